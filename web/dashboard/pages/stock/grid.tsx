/** Variants by locations: what is available as a number on the warmth of how much it is, and how old each figure is. */
import { Anchor, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { StockPlaceFragment, StockRowFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { useNow } from '../../parts/now.ts';
import { wholeUnits } from '../records/amounts.ts';
import { SyncCells } from '../records/sync-cells.tsx';

export function Grid({
  rows,
  locations,
}: {
  readonly rows: readonly StockRowFragment[];
  readonly locations: readonly StockPlaceFragment[];
}) {
  const { t } = useTranslation('stock');
  const { t: common } = useTranslation();
  const { t: records } = useTranslation('records');
  const formats = useFormats();
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table aria-label={common('pageStock')} verticalSpacing={4} withColumnBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" className="grid-first">
              {t('variant')}
            </Table.Th>
            <Table.Th scope="col">{records('inSystems')}</Table.Th>
            {locations.map(({ id, code, name }) => (
              <Table.Th key={id} scope="col" ta="right" title={code} data-from-hub>
                {name}
              </Table.Th>
            ))}
            <Table.Th scope="col" ta="right">
              {t('all')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ id, sku, name, stock, told, stockLevels }) => {
            const levels = new Map(stockLevels.nodes.map((level) => [level.location?.id, level] as const));
            return (
              <Table.Tr key={id}>
                <Table.Th scope="row" fw={400} className="grid-first">
                  <Anchor component={Link} to={`/products/${id}`} size="sm" className="record-name">
                    {name}
                  </Anchor>
                  <Text size="xs" className="muted">
                    {sku}
                  </Text>
                </Table.Th>
                <Table.Td>
                  <SyncCells statuses={told.nodes[0]?.syncStatuses ?? []} />
                </Table.Td>
                {locations.map((location) => (
                  <Cell key={location.id} level={levels.get(location.id)} />
                ))}
                <Table.Td ta="right" fw={600}>
                  {formats.number(stock.available)}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

type Level = StockRowFragment['stockLevels']['nodes'][number];

const [low, much] = [5, 50];

/** How warm a cell is. Only its colour may be inexact. */
export function heatOf(available: string): 'below' | 'zero' | 'low' | 'some' | 'much' {
  const amount = Number(available);
  if (amount < 0) return 'below';
  if (amount === 0) return 'zero';
  if (amount < low) return 'low';
  return amount < much ? 'some' : 'much';
}

function Cell({ level }: { readonly level: Level | undefined }) {
  const { t } = useTranslation('stock');
  const { t: records } = useTranslation('records');
  const formats = useFormats();
  const now = useNow();
  if (level === undefined) {
    return (
      <Table.Td ta="right" className="heat-none" aria-label={t('notKept')}>
        –
      </Table.Td>
    );
  }
  const { id, available, onHand, reserved, incoming, asOf } = level;
  const parts = [
    records('onHand', { number: formats.number(onHand) }),
    records('reserved', { number: formats.number(reserved) }),
    records('incoming', { number: formats.number(incoming) }),
    t('asOf', { moment: formats.moment(asOf) }),
  ];
  return (
    <Table.Td ta="right" className={`heat-${heatOf(available)}`} title={parts.join('\n')}>
      <Anchor component={Link} to={`/stock/${id}`} c="inherit" size="sm" fw={600}>
        {formats.number(available)}
      </Anchor>
      <Text size="xs" className="muted">
        {formats.duration(wholeUnits(now - new Date(asOf).getTime()))}
      </Text>
    </Table.Td>
  );
}
