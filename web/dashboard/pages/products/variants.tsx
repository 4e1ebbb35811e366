/** The variants of a product: code, options, price, stock as a bar, how each system stands with it. */
import { Anchor, Badge, Box, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ProductVariantRowFragment, ProductWholeFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Amount, Part } from '../records/shown.tsx';
import { StockBar } from '../records/stock-bar.tsx';
import { SyncCells, Troubles } from '../records/sync-cells.tsx';
import { Why } from '../records/why.tsx';

export function Variants({
  product: { variants, type },
  shown,
}: {
  readonly product: ProductWholeFragment;
  /** Id of the one that is meant. */
  readonly shown: string;
}) {
  const { t } = useTranslation('products');
  const { t: records } = useTranslation('records');
  const formats = useFormats();
  if (variants.nodes.length === 0) return <Part title={t('variants')}>{t('variantsNone')}</Part>;
  const hidden = variants.totalCount.value - variants.nodes.length;
  return (
    <Part title={type === 'SIMPLE' ? t('sold') : t('variants')}>
      <Table.ScrollContainer minWidth={0} type="native">
        <Table aria-label={t('variants')} verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('code')}</Table.Th>
              <Table.Th scope="col" visibleFrom="xs">
                {records('inSystems')}
              </Table.Th>
              <Table.Th scope="col" visibleFrom="md">
                {t('barcode')}
              </Table.Th>
              <Table.Th scope="col" ta="right" data-figure>
                {t('price')}
              </Table.Th>
              <Table.Th scope="col">{t('stock')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {variants.nodes.map((variant) => (
              <Variant key={variant.id} variant={variant} isShown={variant.id === shown} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {hidden > 0 && (
        <Text size="sm" className="muted">
          {t('moreVariants', { number: formats.number(hidden) })}
        </Text>
      )}
    </Part>
  );
}

function Variant({ variant, isShown }: { readonly variant: ProductVariantRowFragment; readonly isShown: boolean }) {
  const { t } = useTranslation('products');
  const formats = useFormats();
  const { id, sku, selectedOptions, isActive, gtin, barcodes, price, syncStatuses } = variant;
  const options = selectedOptions.map(({ attribute, value }) => `${attribute.label} ${String(value.value)}`);
  const isNet = price?.price.statedSide === 'NET';
  const amount = <Amount of={isNet ? price?.price.net : price?.price.gross} />;
  return (
    <Table.Tr data-at={isShown || undefined}>
      <Table.Td>
        <Text size="sm" fw={600}>
          {sku} <Why of={id} path="sku" name={t('code')} value={sku} />{' '}
          {!isActive && (
            <Badge size="xs" tt="none" color="gray">
              {t('inactive')}
            </Badge>
          )}
        </Text>
        {options.length > 0 && (
          <Text size="xs" component="div">
            {options.join(' · ')} <Why of={id} path="options" name={t('options')} />
          </Text>
        )}
        <Box hiddenFrom="xs">
          <SyncCells statuses={syncStatuses} />
        </Box>
        <Troubles statuses={syncStatuses} />
      </Table.Td>
      <Table.Td visibleFrom="xs">
        <SyncCells statuses={syncStatuses} />
      </Table.Td>
      <Table.Td visibleFrom="md">
        {gtin ?? (barcodes.length === 0 ? '–' : null)}
        {gtin != null && <Why of={id} path="gtin" name={t('barcode')} value={gtin} />}
        {barcodes
          .filter(({ isValidGtin, value }) => !isValidGtin && value !== gtin)
          .map(({ value }) => (
            <Text key={value} size="xs" className="tone-retrying" title={t('noGtin')}>
              {value} ({t('noGtinShort')})
            </Text>
          ))}
      </Table.Td>
      <Table.Td ta="right" data-figure>
        {amount} {price != null && <Why of={id} path="priceAmount" name={t('price')} value={amount} />}
        {price?.taxClass != null && (
          <Text size="xs" className="muted">
            {price.taxClass.ratePercent == null
              ? t('taxClass', { code: price.taxClass.code })
              : t(isNet ? 'withoutVat' : 'withVat', { rate: formats.number(price.taxClass.ratePercent) })}
          </Text>
        )}
      </Table.Td>
      <Table.Td miw={112}>
        <Stock variant={variant} />
      </Table.Td>
    </Table.Tr>
  );
}

function Stock({ variant: { sku, stock, tracksStock } }: { readonly variant: ProductVariantRowFragment }) {
  const { t } = useTranslation('products');
  if (!tracksStock) {
    return (
      <Text size="sm" className="muted">
        {t('notCounted')}
      </Text>
    );
  }
  return (
    <>
      <StockBar of={stock} />
      <Anchor component={Link} to={`/stock?search=${encodeURIComponent(sku)}`} size="xs">
        {t('perLocation')}
      </Anchor>
      {stock.oldestAsOf != null && (
        <Text span size="xs" className="muted">
          {' · '}
          <Moment at={stock.oldestAsOf} />
        </Text>
      )}
    </>
  );
}
