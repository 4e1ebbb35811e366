/** How a flow stands: its state with the reason, what it does, its latest runs, what people did to it. */
import { Alert, Anchor, Button, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { useNow } from '../../parts/now.ts';
import { listPath } from '../../parts/record-paths.ts';
import { Status } from '../../parts/status.tsx';
import { LastCompared } from '../comparisons/last-compared.tsx';
import { RestoreNotice } from '../restore/notice.tsx';
import { CountBar, CountList, overTime } from './counts.tsx';
import { LinkedDay } from './day-strip.tsx';
import type { SeenFlow } from './seen-flow.ts';
import { History } from './history.tsx';
import { LagGauge } from './lag-gauge.tsx';
import { useLagThreshold } from './lag-threshold.ts';
import { RunStrip } from './run-state.tsx';
import { TryFlow } from './try-flow.tsx';

const hourMs = 3_600_000;

export function StatusTab({ flow }: { readonly flow: SeenFlow }) {
  const { t } = useTranslation('flows');
  const isAdmin = useMay('ADMIN');
  const mayWrite = useMay('WRITE_FLOWS');
  const now = useNow();
  const since = (hours: number): string => new Date(Math.floor(now / 60_000) * 60_000 - hours * hourMs).toISOString();
  const { syncState } = flow;
  return (
    <Stack gap="md">
      {flow.restoreCheck != null && <RestoreNotice />}
      <Trouble flow={flow} />
      {mayWrite && (flow.state === 'DRAFT' || flow.state === 'DISABLED') && (
        <Section title={t('tryTitle')}>
          <TryFlow flow={flow} />
        </Section>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Facts flow={flow} />
        <Section title={t('rates')}>
          <Stack gap="sm">
            <Text size="sm" fw={600}>
              {t('lastHour')}
            </Text>
            <CountBar counts={overTime(syncState.hour)} />
            <CountList counts={overTime(syncState.hour)} span={{ flow: flow.id, from: since(1) }} />
            <Text size="sm" fw={600}>
              {t('lastDay')}
            </Text>
            <CountBar counts={overTime(syncState.day)} />
            <CountList counts={overTime(syncState.day)} span={{ flow: flow.id, from: since(24) }} />
          </Stack>
        </Section>
      </SimpleGrid>
      <Section title={t('byHour')}>
        <LinkedDay flowId={flow.id} hours={flow.activity} />
        <Text size="xs" className="muted">
          {t('byHourHint')}
        </Text>
      </Section>
      <Section title={t('latestRuns')}>
        <RunStrip runs={flow.runs.nodes} isLinked />
        <Text size="xs" className="muted">
          {t('stripHint')}
        </Text>
      </Section>
      {isAdmin && (
        <Section title={t('history')}>
          <History flowId={flow.id} />
        </Section>
      )}
    </Stack>
  );
}

export const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Paper withBorder p="md" component="section" aria-label={title}>
    <Title order={2} mb="xs">
      {title}
    </Title>
    {children}
  </Paper>
);

/** What stands in its way, and where it is ended. */
function Trouble({ flow: { id, source, target, syncState, state, heldRun } }: { readonly flow: SeenFlow }) {
  const { t } = useTranslation('flows');
  const silent = [target, source].filter(({ status }) => !['CONNECTED', 'DEGRADED', 'DRAFT'].includes(status));
  const { t: held } = useTranslation('held');
  const { t: systems } = useTranslation('systems');
  const formats = useFormats();
  const heldCount = heldRun?.hold?.affectedCount ?? 0;
  return (
    <>
      {heldRun != null && (
        <Alert color="orange" title={held('holds', { count: heldCount, number: formats.number(heldCount) })}>
          <Text size="sm">{held('goesOn')}</Text>
          <Button component={Link} to={`/runs/${heldRun.id}`} size="xs" mt="xs">
            {held('toRun')}
          </Button>
        </Alert>
      )}
      {syncState.stoppedBecause != null && (
        <Alert color="red" title={t('standsStill')}>
          <Text size="sm">{syncState.stoppedBecause}</Text>
          <Button component={Link} to={`/flows/${id}`} search={{ tab: 'position' } as never} size="xs" mt="xs">
            {t('toPosition')}
          </Button>
        </Alert>
      )}
      {syncState.failingBecause != null && (
        <Alert color="orange" title={t('partlyUnread')}>
          <Text size="sm">
            {syncState.failingBecause} {t('goesOnAfter')}
          </Text>
        </Alert>
      )}
      {state === 'ENABLED' &&
        silent.map(({ id: systemId, name, status, statusReason }) => (
          <Alert key={systemId} color="orange" title={<Status kind="connection" state={status} />}>
            <Text size="sm">
              <Anchor component={Link} to={`/systems/${systemId}`} size="sm">
                {name}
              </Anchor>
              {formats.colon}
              {statusReason} {status === 'UNREACHABLE' && t('comesBack')}
              {status === 'CREDENTIALS_REJECTED' && systems('enterAnew')}
            </Text>
          </Alert>
        ))}
    </>
  );
}

function Facts({ flow }: { readonly flow: SeenFlow }) {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const { t: comparisons } = useTranslation('comparisons');
  const formats = useFormats();
  const thresholdOf = useLagThreshold();
  const {
    id,
    entityType,
    target,
    state,
    stateReason,
    stateSince,
    pausedUntil,
    syncState,
    schedule,
    openDeadLetterCount,
  } = flow;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [common('state'), <Status key="state" kind="flow" state={state} />],
    [t('stateSince'), <Moment key="since" at={stateSince} />],
    ...(stateReason == null ? [] : [[t('reason'), stateReason] as const]),
    [t('ends'), pausedUntil == null ? t(`end.${state}`) : t('pausedUntil', { moment: formats.moment(pausedUntil) })],
    [t('delay'), <LagGauge key="lag" lagSeconds={syncState.lagSeconds} threshold={thresholdOf(id)} />],
    [
      t('waiting'),
      <Anchor
        key="waiting"
        component={Link}
        to={listPath(entityType)}
        search={{ system: target.id, state: 'PENDING,RETRYING,BLOCKED' } as never}
        size="sm"
      >
        {formats.number(syncState.pending.value)}
      </Anchor>,
    ],
    [t('lastSuccess'), syncState.lastSuccessAt == null ? '–' : <Moment key="success" at={syncState.lastSuccessAt} />],
    [t('rhythm'), schedule.summary],
    ...(syncState.consecutiveFailures === 0
      ? []
      : [[t('failuresInARow'), formats.number(syncState.consecutiveFailures)] as const]),
    [
      t('openProblems'),
      <Anchor key="problems" component={Link} to="/problems" search={{ flow: id } as never} size="sm">
        {formats.number(openDeadLetterCount)}
      </Anchor>,
    ],
    [comparisons('lastCompared'), <LastCompared key="compared" flow={flow} />],
  ];
  return (
    <Section title={t('howItStands')}>
      <FactList facts={facts} />
    </Section>
  );
}

/** Names and what they are, in two columns. */
export const FactList = ({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) => (
  <dl
    style={{
      ...{ display: 'grid', gridTemplateColumns: 'fit-content(42%) minmax(0, 1fr)', margin: 0 },
      ...{ gap: '6px 16px', fontSize: 'var(--mantine-font-size-sm)', overflowWrap: 'anywhere' },
    }}
  >
    {facts.map(([name, value]) => (
      <div key={name} style={{ display: 'contents' }}>
        <dt className="muted">{name}</dt>
        <dd style={{ margin: 0 }}>{value}</dd>
      </div>
    ))}
  </dl>
);
