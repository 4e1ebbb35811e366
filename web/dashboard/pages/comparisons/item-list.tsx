/** Records that are not simply the same: each with what both sides hold, or why; those that can be repaired can be chosen. */
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import type { ComparisonItemFragment } from '../../graph/graphql.ts';
import type { ReconciliationState } from '../../graph/kinds.ts';
import { useFormats } from '../../parts/formats.ts';
import { recordPath } from '../../parts/record-paths.ts';
import { RecordTable } from '../../parts/record-table.tsx';
import type { Sides } from './balance.tsx';
import { ItemCell, useItemName } from './item-cell.tsx';
import { RepairDialog, type Repair } from './repair-dialog.tsx';
import type { ShownComparison } from './shown-comparison.ts';
import { repairable, sumOf } from './verdict.ts';

type Row = ComparisonItemFragment;

export function ItemList({
  comparison: { id, counts },
  state,
  sides,
  rows,
  onRepair,
}: {
  readonly comparison: ShownComparison;
  /** The only state that is shown. */
  readonly state: ReconciliationState | undefined;
  readonly sides: Sides;
  readonly rows: readonly Row[];
  onRepair(jobId: string): void;
}) {
  const { t } = useTranslation('comparisons');
  const nameOf = useItemName();
  const mayReplay = useMay('REPLAY');
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [asked, ask] = useState<Repair | null>(null);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const meant = rows.filter((row) => chosen.has(row.id) && row.isRepairable);
  const all = repairable(counts, state);
  const mayRepair = mayReplay && sumOf(all) > 0;
  return (
    <>
      {mayRepair && (
        <Bar
          {...{ meant, all }}
          onChosen={() => ask({ itemIds: meant.map((row) => row.id), states: null, counts: countsOf(meant) })}
          onAll={() => ask({ itemIds: null, states: state === undefined ? null : [state], counts: all })}
        />
      )}
      <RecordTable
        label={t('found')}
        rows={rows}
        pathOf={({ entity, entityType }) => (entity == null ? null : recordPath(entityType, entity.id))}
        columns={[{ key: 'item', title: t('recordAndDifference'), show: (item) => <ItemCell {...{ item, sides }} /> }]}
        {...(mayRepair
          ? {
              selection: {
                chosen,
                onChange: choose,
                nameOf: (each) => t('choose', { name: nameOf(byId.get(each)) }),
                isChoosable: (each) => byId.get(each)?.isRepairable === true,
              },
            }
          : {})}
      />
      {asked !== null && (
        <RepairDialog
          comparisonId={id}
          {...{ sides }}
          repair={asked}
          onClose={() => ask(null)}
          onStarted={(jobId) => {
            ask(null);
            choose(new Set());
            onRepair(jobId);
          }}
        />
      )}
    </>
  );
}

function countsOf(rows: readonly Row[]): ReadonlyMap<ReconciliationState, number> {
  const counts = new Map<ReconciliationState, number>();
  for (const { state } of rows) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}

function Bar({
  meant,
  all,
  onChosen,
  onAll,
}: {
  readonly meant: readonly Row[];
  readonly all: ReadonlyMap<ReconciliationState, number>;
  onChosen(): void;
  onAll(): void;
}) {
  const { t } = useTranslation('comparisons');
  const formats = useFormats();
  const count = sumOf(all);
  return (
    <Group gap="xs" pb="xs" mih={36}>
      <Button size="xs" onClick={onAll}>
        {t('repairAll', { count, number: formats.number(count) })}
      </Button>
      <Button size="xs" variant="default" disabled={meant.length === 0} onClick={onChosen}>
        {t('repairChosen')}
      </Button>
      <Text size="sm" className="muted" role="status">
        {meant.length === 0 ? t('chooseSome') : t('chosen', { count: meant.length })}
      </Text>
    </Group>
  );
}
