/** Starting a comparison, for those who may. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { ComparisonStartDocument } from '../../graph/graphql.ts';
import { toldFailure } from '../../parts/told.ts';
import { comparisonViews } from './progress.tsx';

export function CompareNow({
  flow: { id, name },
  isAgain = false,
  size = 'xs',
  onStarted,
}: {
  readonly flow: { readonly id: string; readonly name: string };
  readonly isAgain?: boolean;
  readonly size?: 'xs' | 'sm';
  /** With the id of the comparison. */
  onStarted?(id: string): void;
}) {
  const { t } = useTranslation('comparisons');
  const mayReplay = useMay('REPLAY');
  const start = useCommand(ComparisonStartDocument, comparisonViews);
  if (!mayReplay) return null;
  const word = isAgain ? t('compareAgain') : t('compareNow');
  const begin = async (): Promise<void> => {
    const { reconciliationStart } = await start.run({ input: { flowId: id } });
    const started = reconciliationStart.reconciliation?.id;
    if (started !== undefined) onStarted?.(started);
  };
  return (
    <Button
      size={size}
      variant="default"
      aria-label={`${word}: ${name}`}
      loading={start.isRunning}
      onClick={() => void begin().catch(toldFailure)}
    >
      {word}
    </Button>
  );
}
