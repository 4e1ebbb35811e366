/** What a repair would do, in numbers, before it is asked for. */
import { List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { ComparisonRepairDocument } from '../../graph/graphql.ts';
import type { ReconciliationState } from '../../graph/kinds.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useFormats } from '../../parts/formats.ts';
import type { Sides } from './balance.tsx';
import { sumOf } from './verdict.ts';

export interface Repair {
  /** Null: all in the states. */
  readonly itemIds: readonly string[] | null;
  /** Null: all that can be repaired. */
  readonly states: readonly ReconciliationState[] | null;
  /** How many records are meant, by how they stand. */
  readonly counts: ReadonlyMap<ReconciliationState, number>;
}

export function RepairDialog({
  comparisonId,
  sides,
  repair: { itemIds, states, counts },
  onClose,
  onStarted,
}: {
  readonly comparisonId: string;
  readonly sides: Sides;
  readonly repair: Repair;
  onClose(): void;
  /** With the id of the job. */
  onStarted(jobId: string): void;
}) {
  const { t } = useTranslation('comparisons');
  const formats = useFormats();
  const { run, isRunning, error } = useCommand(ComparisonRepairDocument, []);
  const count = sumOf(counts);
  const begin = async (): Promise<void> => {
    const { reconciliationRepair } = await run({ input: { id: comparisonId, itemIds, states } });
    if (reconciliationRepair.job != null) onStarted(reconciliationRepair.job.id);
  };
  return (
    <Confirm
      isOpen
      title={t('repairTitle', { count, number: formats.number(count) })}
      action={t('repair')}
      isRunning={isRunning}
      error={error}
      // What went against it stands in `error`.
      onConfirm={() => void begin().catch(() => undefined)}
      onClose={onClose}
    >
      <Stack gap="xs">
        <List size="sm" spacing={4}>
          {[...counts].map(([state, number]) => (
            <List.Item key={state}>
              {t(`repairOf.${state as 'DIFFERENT'}`, { ...sides, count: number, number: formats.number(number) })}
            </List.Item>
          ))}
        </List>
        <Text size="sm">{t('repairHow')}</Text>
      </Stack>
    </Confirm>
  );
}
