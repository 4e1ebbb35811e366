/** /comparisons: each flow that is in use, how its systems agreed when they were compared last, and comparing them again. */
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk, useRefresh } from '../../api/hooks.ts';
import { ComparisonsDocument, type ComparedFlowFragment, type ComparisonsQuery } from '../../graph/graphql.ts';
import type { FlowState } from '../../graph/kinds.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { Page } from '../../parts/page.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { Shape } from '../../parts/status.tsx';
import { BalanceBar, BalanceWords } from './balance.tsx';
import { CompareNow } from './compare-now.tsx';
import { Reading } from './progress.tsx';
import { Rhythm } from './rhythm.tsx';
import './comparisons.css';

/** Others may start one too; what goes on tells of itself. */
const everyMs = 10_000;
const inUse: readonly FlowState[] = ['ENABLED', 'PAUSED', 'SUSPENDED'];
/** Enough to know of each flow whether its latest comparison failed. */
const latest = 50;

export function ComparisonsPage() {
  const { t } = useTranslation('comparisons');
  const { t: common } = useTranslation();
  const asked = useAsk(ComparisonsDocument, { states: inUse, latest }, { everyMs });
  return (
    <Page title={common('pageComparisons')} about={t('about')}>
      <Answer of={asked} skeleton={<Lines count={5} height={56} />}>
        {({ flows, reconciliations }) => {
          if (flows.length === 0) return <NoFlows />;
          return (
            <>
              {flows.every(({ lastReconciliation }) => lastReconciliation == null) && <WhatFor />}
              <FlowList flows={flows} recent={reconciliations.nodes} />
            </>
          );
        }}
      </Answer>
    </Page>
  );
}

function NoFlows() {
  const { t } = useTranslation('comparisons');
  const { t: common } = useTranslation();
  return (
    <Nothing kind="yet" title={t('noFlows')}>
      <Text size="sm">{t('proves')}</Text>
      <Button component={Link} to="/flows" variant="default">
        {common('pageFlows')}
      </Button>
    </Nothing>
  );
}

/** As long as nothing has been compared: what it proves, and what it costs. */
function WhatFor() {
  const { t } = useTranslation('comparisons');
  return (
    <Nothing kind="yet" title={t('noneYet')}>
      <Text size="sm">{t('proves')}</Text>
      <Text size="sm">{t('costs')}</Text>
    </Nothing>
  );
}

type Recent = ComparisonsQuery['reconciliations']['nodes'];
type Row = ComparedFlowFragment;

function FlowList({ flows, recent }: { readonly flows: readonly Row[]; readonly recent: Recent }) {
  const { t } = useTranslation('comparisons');
  const refresh = useRefresh([ComparisonsDocument], 300);
  const failureOf = (flow: Row): string | null => {
    const last = recent.find((each) => each.flow?.id === flow.id && flow.runningReconciliation?.id !== each.id);
    return last?.status === 'FAILED' ? (last.error ?? '') : null;
  };
  const columns: readonly Column<Row>[] = [
    { key: 'flow', title: t('flow'), show: (flow) => <FlowName flow={flow} /> },
    {
      key: 'result',
      title: t('result'),
      show: (flow) => (
        <Stack gap={6} className="compared">
          <LastOne flow={flow} />
          <FailedSince reason={failureOf(flow)} />
          {flow.runningReconciliation?.job != null && <Reading job={flow.runningReconciliation.job} onOver={refresh} />}
          <Group gap="xs" hiddenFrom="md">
            <Acts flow={flow} />
          </Group>
        </Stack>
      ),
    },
    {
      key: 'act',
      title: t('actions'),
      from: 'md',
      show: (flow) => (
        <Stack gap={6} align="flex-start">
          <Acts flow={flow} />
        </Stack>
      ),
    },
  ];
  return <RecordTable label={t('byFlow')} rows={flows} columns={columns} pathOf={pathOf} />;
}

function Acts({ flow }: { readonly flow: Row }) {
  return (
    <>
      {flow.runningReconciliation == null && <CompareNow flow={flow} />}
      <Rhythm flow={flow} everyHours={flow.compareEveryHours ?? null} />
    </>
  );
}

/** The last result; before there is one, that which is being found. */
const pathOf = ({ lastReconciliation, runningReconciliation }: Row): string | null => {
  const shown = lastReconciliation ?? runningReconciliation;
  return shown == null ? null : `/comparisons/${shown.id}`;
};

function FlowName({ flow }: { readonly flow: Row }) {
  const path = pathOf(flow);
  return (
    <>
      {path === null ? (
        <Text size="sm" fw={600}>
          {flow.name}
        </Text>
      ) : (
        <Anchor component={Link} to={path} fw={600} size="sm">
          {flow.name}
        </Anchor>
      )}
      <Text size="xs" className="muted">
        {flow.source.name} → {flow.target.name}
      </Text>
    </>
  );
}

function LastOne({ flow: { lastReconciliation: last, source, target } }: { readonly flow: Row }) {
  const { t } = useTranslation('comparisons');
  if (last == null) {
    return (
      <Text size="sm" className="muted">
        {t('neverCompared')}
      </Text>
    );
  }
  return (
    <div>
      <BalanceBar counts={last.counts} />
      <BalanceWords comparison={last} sides={{ source: source.name, target: target.name }} />
      <Text size="xs" className="muted">
        {t('compared')} <Moment at={last.finishedAt ?? last.startedAt} />
      </Text>
    </div>
  );
}

/** The latest one failed: what is shown is an older one's. */
function FailedSince({ reason }: { readonly reason: string | null }) {
  const { t } = useTranslation('comparisons');
  if (reason === null) return null;
  return (
    <Group gap={6} wrap="nowrap" align="baseline">
      <span style={{ flex: 'none' }}>
        <Shape tone="failed" />
      </span>
      <Text size="xs">
        {t('failedSince')} {reason}
      </Text>
    </Group>
  );
}
