/** On the page of a flow: how its systems agreed when they were compared last, and comparing them again. */
import { Anchor, Group } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FlowsPageQuery } from '../../graph/graphql.ts';
import { Moment } from '../../parts/moment.tsx';
import { Shape } from '../../parts/status.tsx';
import { useVerdictWords } from './balance.tsx';
import { CompareNow } from './compare-now.tsx';
import { toneOfVerdict, verdictOf } from './verdict.ts';
import './comparisons.css';

type Compared = Pick<
  NonNullable<FlowsPageQuery['flow']>,
  'id' | 'name' | 'state' | 'lastReconciliation' | 'runningReconciliation'
>;

/** A flow that was never in use has nothing to compare. */
export function LastCompared({ flow }: { readonly flow: Compared }) {
  const { t } = useTranslation('comparisons');
  const words = useVerdictWords();
  const navigate = useNavigate();
  const { lastReconciliation: last, runningReconciliation: running, state } = flow;
  return (
    <Group gap="xs">
      {last == null ? (
        t('neverCompared')
      ) : (
        <span className="status balance-words">
          <Shape tone={toneOfVerdict[verdictOf(last.counts)]} />
          <span>
            <Anchor component={Link} to={`/comparisons/${last.id}`} size="sm">
              {words(last.counts)}
            </Anchor>{' '}
            <Moment at={last.finishedAt ?? last.startedAt} />
          </span>
        </span>
      )}
      {running != null && (
        <Anchor component={Link} to={`/comparisons/${running.id}`} size="sm">
          {t('goesOn')}
        </Anchor>
      )}
      {running == null && state !== 'DRAFT' && state !== 'DISABLED' && (
        <CompareNow flow={flow} onStarted={(id) => void navigate({ to: `/comparisons/${id}` })} />
      )}
    </Group>
  );
}
