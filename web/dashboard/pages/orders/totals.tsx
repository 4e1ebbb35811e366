/** What an order comes to: VAT per rate, sums, what was paid; a rounding difference only where there is one. */
import { SimpleGrid, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { Amount, Part } from '../records/shown.tsx';
import { isZero } from '../records/amounts.ts';
import { Why } from '../records/why.tsx';
import type { Order } from './order.ts';

export function Totals({ order }: { readonly order: Order }) {
  const { t } = useTranslation('orders');
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
      <Part title={t('taxes')} path="taxes">
        <Taxes order={order} />
      </Part>
      <Part title={t('sums')}>
        <Sums order={order} />
      </Part>
    </SimpleGrid>
  );
}

function Taxes({ order: { taxes } }: { readonly order: Order }) {
  const { t } = useTranslation('orders');
  const formats = useFormats();
  if (taxes.length === 0) return <Text size="sm">{t('taxesNone')}</Text>;
  return (
    <Table aria-label={t('taxes')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('rate')}</Table.Th>
          <Table.Th scope="col" ta="right">
            {t('taxable')}
          </Table.Th>
          <Table.Th scope="col" ta="right">
            {t('vat')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {taxes.map((tax, i) => (
          <Table.Tr key={i}>
            <Table.Td>
              {t('percent', { rate: formats.number(tax.ratePercent) })}
              {tax.category != null && tax.category !== 'STANDARD' && ` · ${t(`taxCategory.${tax.category}`)}`}
              {!tax.isStated && (
                <Text span size="xs" className="muted">
                  {' '}
                  {t('computed')}
                </Text>
              )}
            </Table.Td>
            <Table.Td ta="right">
              <Amount of={tax.taxable} />
            </Table.Td>
            <Table.Td ta="right">
              <Amount of={tax.tax} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

type Money = NonNullable<Order['outstanding']>;

function Sums({ order }: { readonly order: Order }) {
  const { t } = useTranslation('orders');
  const { subtotal, shippingPrice, adjustments, roundingDifference, total, paid, outstanding } = order;
  const rows: readonly (readonly [name: string, of: Money | null | undefined, isStrong?: boolean, path?: string])[] = [
    [t('subtotal'), subtotal?.gross],
    [t('shipping'), shippingPrice?.gross],
    ...adjustments.map(({ label, kind, amount }) => [label === '' ? t(`adjustment.${kind}`) : label, amount?.gross] as const), // prettier-ignore
    [t('net'), total?.net, false, 'totalExcl'],
    [t('vat'), total?.tax, false, 'totalTax'],
    [t('totalWithVat'), total?.gross, true, 'totalIncl'],
    [t('rounding'), roundingDifference != null && !isZero(roundingDifference.amount) ? roundingDifference : null],
    [t('paid'), paid, false, 'paidAmount'],
    [t('outstanding'), outstanding, outstanding != null && !isZero(outstanding.amount)],
  ];
  return (
    <Table aria-label={t('sums')}>
      <Table.Tbody>
        {rows.map(
          ([name, money, isStrong, path], i) =>
            money != null && (
              <Table.Tr key={i} fw={isStrong === true ? 700 : undefined}>
                <Table.Th scope="row" fw="inherit">
                  {name} {path !== undefined && <Why path={path} name={name} value={<Amount of={money} />} />}
                </Table.Th>
                <Table.Td ta="right">
                  <Amount of={money} />
                </Table.Td>
              </Table.Tr>
            ),
        )}
      </Table.Tbody>
    </Table>
  );
}
