/** The overview: whether both systems answer, whether every flow keeps up, what is broken, what changed against the day before. */
import { Stack } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useRefresh } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import {
  OverviewCausesDocument,
  OverviewFlowNewsDocument,
  OverviewPageDocument,
  OverviewProblemNewsDocument,
  OverviewSyncNewsDocument,
  OverviewSystemNewsDocument,
  type OverviewPageQuery,
} from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { changeHabits, presentHabits } from '../../parts/habits.ts';
import { Page } from '../../parts/page.tsx';
import { RestoreNotice } from '../restore/notice.tsx';
import { Activity } from './activity.tsx';
import { Attention } from './attention.tsx';
import { Checklist, isStarted, NobodyTold } from './checklist.tsx';
import { FlowOverview } from './flow-overview.tsx';
import { JustNow } from './just-now.tsx';
import type { Seen } from './seen.ts';
import { Totals } from './totals.tsx';
import './overview.css';

const window = 'PT24H';
/** News come by themselves; this is for what none is told of, such as a bar that grows. */
const everyMs = 10_000;

export function OverviewPage() {
  const { t } = useTranslation();
  const asked = useAsk(OverviewPageDocument, { window }, { everyMs });
  const refresh = useRefresh([OverviewPageDocument], 1_500);
  const refreshProblems = useRefresh([OverviewPageDocument, OverviewCausesDocument], 1_500);
  useLive(OverviewSystemNewsDocument, {}, { onNews: refresh });
  useLive(OverviewFlowNewsDocument, {}, { onNews: refresh });
  useLive(OverviewSyncNewsDocument, {}, { onNews: refresh });
  useLive(OverviewProblemNewsDocument, {}, { onNews: refreshProblems, onResume: refreshProblems });
  return (
    <Page title={t('pageOverview')}>
      <Answer of={asked} skeleton={<Lines count={9} height={32} />}>
        {({ overview, alertRules, setup }) => (
          <Panels overview={overview} setup={setup} isSomebodyTold={alertRules.some(tells)} />
        )}
      </Answer>
    </Page>
  );
}

/** Whether anybody hears of what the rule watches. */
const tells = ({ isEnabled, channels }: OverviewPageQuery['alertRules'][number]): boolean =>
  isEnabled && channels.length > 0;

function Panels({
  overview,
  setup,
  isSomebodyTold,
}: {
  readonly overview: Seen;
  readonly setup: OverviewPageQuery['setup'];
  readonly isSomebodyTold: boolean;
}) {
  // Who takes the last channel away later is told anew.
  useEffect(() => {
    if (isSomebodyTold && presentHabits().isNobodyToldAway) changeHabits({ isNobodyToldAway: false });
  }, [isSomebodyTold]);
  const isLive = overview.systems.length > 0 && overview.flows.some(isStarted);
  return (
    <Stack gap="md">
      <RestoreNotice />
      {!isLive && <Checklist overview={overview} setup={setup} />}
      {isLive && !isSomebodyTold && <NobodyTold />}
      {overview.systems.length > 0 && (
        <div className="overview-top">
          <FlowOverview systems={overview.systems} flows={overview.flows} />
          <Totals overview={overview} />
        </div>
      )}
      {overview.systems.length > 0 && (
        <>
          <Activity buckets={overview.activity} />
          <div className="overview-two">
            <Attention overview={overview} />
            <JustNow />
          </div>
        </>
      )}
    </Stack>
  );
}
