/** /comparisons/$comparisonId: what one comparison has found, as it goes on and when it has ended, and putting it right. */
import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk, useRefresh } from '../../api/hooks.ts';
import { ComparisonHistoryDocument, ComparisonItemsDocument, ComparisonPageDocument } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { Page } from '../../parts/page.tsx';
import { PageOfOne } from '../../parts/page-of-one.tsx';
import { Status } from '../../parts/status.tsx';
import { Said } from '../problems/said.tsx';
import { BalanceBar, useVerdictWords } from './balance.tsx';
import { CompareNow } from './compare-now.tsx';
import { History } from './history.tsx';
import { ItemTabs } from './item-tabs.tsx';
import { Reading } from './progress.tsx';
import { RepairProgress } from './repair-progress.tsx';
import { Rhythm } from './rhythm.tsx';
import type { ShownComparison } from './shown-comparison.ts';
import { statesIn, toneOfVerdict, verdictOf } from './verdict.ts';
import './comparisons.css';

const route = getRouteApi('/inside/comparisons/$comparisonId');
/** Another one of the same flow may be started by somebody else. */
const everyMs = 10_000;

export function ComparisonPage() {
  const { t } = useTranslation('comparisons');
  const { t: common } = useTranslation();
  const { comparisonId } = route.useParams();
  const asked = useAsk(ComparisonPageDocument, { id: comparisonId }, { everyMs });
  return (
    <PageOfOne
      of={asked}
      pick={({ reconciliation }) => reconciliation}
      kind={common('pageComparisons')}
      list={{ path: '/comparisons' }}
      none={t('notFound')}
    >
      {(comparison) => <Found comparison={comparison} />}
    </PageOfOne>
  );
}

function Found({ comparison }: { readonly comparison: ShownComparison }) {
  const { t } = useTranslation('comparisons');
  const { t: common } = useTranslation();
  const { repair } = route.useSearch();
  const navigate = useNavigate();
  const refresh = useRefresh([ComparisonPageDocument, ComparisonItemsDocument, ComparisonHistoryDocument], 300);
  const { status, error, flow, job, finishedAt, counts } = comparison;
  const open = (id: string): void => void navigate({ to: `/comparisons/${id}` });
  const isUnderWay = status === 'QUEUED' || status === 'RUNNING' || status === 'CANCELLING';
  const again = flow != null && flow.runningReconciliation == null && (
    <CompareNow flow={flow} isAgain size="sm" onStarted={open} />
  );
  return (
    <Page
      title={t('comparisonOf', { name: flow?.name ?? common('unknown') })}
      about={<About comparison={comparison} />}
      actions={again}
    >
      <Others comparison={comparison} onOver={refresh} />
      {isUnderWay && job != null && <Reading job={job} onOver={refresh} />}
      {error != null && (
        <Alert color="red" role="alert" title={t('failed')}>
          {error}
        </Alert>
      )}
      {status === 'CANCELLED' && <Nothing kind="yet" title={t('stopped')} />}
      {finishedAt != null && status === 'SUCCEEDED' && (
        <>
          <Verdict comparison={comparison} finishedAt={finishedAt} />
          {repair !== undefined && <RepairProgress jobId={repair} onOver={refresh} again={again} />}
          {statesIn(counts).length > 0 && <ItemTabs comparison={comparison} onRepair={refresh} />}
        </>
      )}
      {flow != null && <History flowId={flow.id} shown={comparison} />}
    </Page>
  );
}

function About({
  comparison: { status, startedAt, startedBy, flow, source, target },
}: {
  readonly comparison: ShownComparison;
}) {
  const { t } = useTranslation('comparisons');
  return (
    <Group gap="sm">
      <Status kind="job" state={status} />
      <span>
        {startedBy != null && 'name' in startedBy ? t('startedBy', { name: startedBy.name }) : t('startedByItself')}{' '}
        <Moment at={startedAt} />
      </span>
      {flow != null && (
        <>
          <Anchor component={Link} to={`/flows/${flow.id}`} size="sm">
            {source?.name} → {target?.name}
          </Anchor>
          <Rhythm flow={flow} everyHours={flow.compareEveryHours ?? null} />
        </>
      )}
    </Group>
  );
}

/** One of the same flow that is newer: going on, or ended. */
function Others({
  comparison: { id, flow, startedAt },
  onOver,
}: {
  readonly comparison: ShownComparison;
  onOver(): void;
}) {
  const { t } = useTranslation('comparisons');
  const going = flow?.runningReconciliation;
  const last = flow?.lastReconciliation;
  if (going?.job != null && going.id !== id) {
    return (
      <Stack gap={4}>
        <Anchor component={Link} to={`/comparisons/${going.id}`} size="sm">
          {t('newerGoesOn')}
        </Anchor>
        <Reading job={going.job} onOver={onOver} />
      </Stack>
    );
  }
  if (last == null || last.id === id || last.startedAt <= startedAt) return null;
  return (
    <Said tone="pending">
      <Anchor component={Link} to={`/comparisons/${last.id}`} size="sm">
        {t('newerThere')}
      </Anchor>
    </Said>
  );
}

/** Whether the systems agree, as a proof: how much was read, when, and what was left out. */
function Verdict({ comparison, finishedAt }: { readonly comparison: ShownComparison; readonly finishedAt: string }) {
  const { t } = useTranslation('comparisons');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const words = useVerdictWords();
  const { counts, source, target, startedAt, job } = comparison;
  const verdict = verdictOf(counts);
  const began = job?.startedAt ?? startedAt;
  const read = job?.done ?? 0;
  const sides = { source: source?.name ?? common('unknown'), target: target?.name ?? common('unknown') };
  return (
    <Said tone={toneOfVerdict[verdict]} title={`${words(counts)}.`}>
      <Stack gap="xs">
        <BalanceBar counts={counts} />
        {verdict !== 'differ' && <Text size="sm">{t(`meaning.${verdict}`, sides)}</Text>}
        <Text size="sm" className="muted">
          {t('proof', {
            ...sides,
            ...{ count: read, number: formats.number(read), moment: formats.moment(finishedAt) },
            duration: formats.duration(new Date(finishedAt).getTime() - new Date(began).getTime()),
          })}{' '}
          {counts.leftOut > 0 && t('leftOut', { count: counts.leftOut, number: formats.number(counts.leftOut) })}
        </Text>
      </Stack>
    </Said>
  );
}
