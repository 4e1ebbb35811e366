/** The lines of an order: what was sold, with the way to the product or the reason why there is none. */
import { Anchor, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { OrderLinesDocument, type OrderLineShownFragment } from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { argumentsOf, Pager, type Place } from '../../parts/pager.tsx';
import { Amount, Part } from '../records/shown.tsx';
import { isZero } from '../records/amounts.ts';

const linesSize = 50;

export function Lines({ id }: { readonly id: string }) {
  const { t } = useTranslation('orders');
  const [place, setPlace] = useState<Place>({});
  const asked = useAsk(OrderLinesDocument, { id, ...argumentsOf(place, linesSize) });
  return (
    <Part title={t('lines')} path="lines">
      <Answer of={asked}>
        {({ node }) => {
          const lines = node?.__typename === 'Order' ? node.lines : null;
          if (lines === null || lines.nodes.length === 0) return <Text size="sm">{t('linesNone')}</Text>;
          return (
            <>
              <LineTable lines={lines.nodes} />
              {(lines.pageInfo.hasNextPage || lines.pageInfo.hasPreviousPage) && (
                <Pager info={lines.pageInfo} onMove={setPlace} />
              )}
            </>
          );
        }}
      </Answer>
    </Part>
  );
}

function LineTable({ lines }: { readonly lines: readonly OrderLineShownFragment[] }) {
  const { t } = useTranslation('orders');
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table verticalSpacing="xs" aria-label={t('lines')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('article')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('quantity')}
            </Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="xs">
              {t('price')}
            </Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="sm">
              {t('discount')}
            </Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="sm">
              {t('vat')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('total')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Line({ line }: { readonly line: OrderLineShownFragment }) {
  const { t } = useTranslation('orders');
  const formats = useFormats();
  const { unitPrice, discounts, taxes, total } = line;
  return (
    <Table.Tr>
      <Table.Td>
        <Article line={line} />
      </Table.Td>
      <Table.Td ta="right">
        {formats.number(line.quantity)}
        <Parts line={line} />
      </Table.Td>
      <Table.Td ta="right" visibleFrom="xs">
        <Amount of={unitPrice?.statedSide === 'NET' ? unitPrice.net : unitPrice?.gross} />
        {unitPrice?.statedSide === 'NET' && (
          <Text size="xs" className="muted">
            {t('withoutVat')}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right" visibleFrom="sm">
        {discounts.map(({ label, amount }, i) => (
          <div key={i} title={label}>
            <Amount of={amount?.gross} />
          </div>
        ))}
      </Table.Td>
      <Table.Td ta="right" visibleFrom="sm">
        {taxes.map(({ ratePercent }) => t('percent', { rate: formats.number(ratePercent) })).join(', ') || '–'}
      </Table.Td>
      <Table.Td ta="right">
        <Amount of={total?.gross} />
      </Table.Td>
    </Table.Tr>
  );
}

/** How much of the line was delivered or cancelled, where that is not all or nothing. */
function Parts({ line: { quantityFulfilled, quantityCancelled } }: { readonly line: OrderLineShownFragment }) {
  const { t } = useTranslation('orders');
  const formats = useFormats();
  const isSome = (quantity: string | null | undefined): quantity is string => quantity != null && !isZero(quantity); // prettier-ignore
  return (
    <>
      {isSome(quantityFulfilled) && (
        <Text size="xs" className="muted">
          {t('deliveredOf', { number: formats.number(quantityFulfilled) })}
        </Text>
      )}
      {isSome(quantityCancelled) && (
        <Text size="xs" className="muted">
          {t('cancelledOf', { number: formats.number(quantityCancelled) })}
        </Text>
      )}
    </>
  );
}

function Article({ line: { sku, description, variant, kind } }: { readonly line: OrderLineShownFragment }) {
  const { t } = useTranslation('orders');
  return (
    <>
      {variant == null ? (
        <Text size="sm">{description}</Text>
      ) : (
        <Anchor component={Link} to={`/products/${variant.id}`} size="sm">
          {description}
        </Anchor>
      )}
      <Text size="xs" className="muted">
        {[sku, kind === 'PRODUCT' ? null : t(`line.${kind}`)].filter(Boolean).join(' · ')}
      </Text>
      {variant == null && kind === 'PRODUCT' && (
        <Text size="xs" className="tone-retrying" component="div">
          {sku == null || sku === '' ? (
            t('lineWithoutCode')
          ) : (
            <>
              {t('lineWithoutProduct', { sku })}{' '}
              <Anchor component={Link} to={`/products?search=${encodeURIComponent(sku)}`} size="xs">
                {t('searchProduct')}
              </Anchor>
            </>
          )}
        </Text>
      )}
    </>
  );
}
