/** How often a flow is compared by itself: a choice for those who may, else a sentence. */
import { NativeSelect, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { ComparisonScheduleDocument } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { told, toldFailure } from '../../parts/told.ts';
import { comparisonViews } from './progress.tsx';

const [day, week] = [24, 168];
const never = '';

export function Rhythm({
  flow: { id, name },
  everyHours,
}: {
  readonly flow: { readonly id: string; readonly name: string };
  /** Null: only when somebody asks. */
  readonly everyHours: number | null;
}) {
  const { t } = useTranslation('comparisons');
  const formats = useFormats();
  const mayWrite = useMay('WRITE_FLOWS');
  const { run, isRunning } = useCommand(ComparisonScheduleDocument, comparisonViews);
  const wordOf = (hours: number | null): string => {
    if (hours === null) return t('onlyAsked');
    if (hours === day) return t('everyDay');
    return hours === week ? t('everyWeek') : t('everyHours', { count: hours, number: formats.number(hours) });
  };
  if (!mayWrite) return <Text size="sm">{wordOf(everyHours)}</Text>;
  const choices = [...new Set([null, day, week, everyHours])];
  const change = (chosen: string): void => {
    const hours = chosen === never ? null : Number(chosen);
    void run({ input: { flowId: id, everyHours: hours } }).then(
      () => told(t('scheduled', { name, rhythm: wordOf(hours) })),
      toldFailure,
    );
  };
  return (
    <NativeSelect
      size="xs"
      aria-label={t('rhythmOf', { name })}
      disabled={isRunning}
      miw={170}
      value={everyHours === null ? never : String(everyHours)}
      onChange={(event) => change(event.currentTarget.value)}
      data={choices.map((hours) => ({ value: hours === null ? never : String(hours), label: wordOf(hours) }))}
    />
  );
}
