/** All flows: whether they work, how far they are behind, how their latest runs ended, what can be done. */
import { Anchor, Button, Group, NativeSelect, Text } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import { useAsk, useRefresh } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import {
  FlowsChoicesDocument,
  FlowsListDocument,
  FlowsRunNewsDocument,
  FlowsStateNewsDocument,
  FlowsSyncNewsDocument,
  type FlowsListQuery,
} from '../../graph/graphql.ts';
import type { EntityType, FlowState } from '../../graph/kinds.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { Page } from '../../parts/page.tsx';
import { RecordTable, type Column } from '../../parts/record-table.tsx';
import { Status } from '../../parts/status.tsx';
import { RestoreNotice } from '../restore/notice.tsx';
import { entities } from '../setup/flow-choice.ts';
import { FlowActions, useMayOperate } from './actions.tsx';
import { CreateFlow } from './create-flow.tsx';
import { DayStrip } from './day-strip.tsx';
import { LagGauge } from './lag-gauge.tsx';
import { useLagThreshold } from './lag-threshold.ts';
import { RunStrip } from './run-state.tsx';

const route = getRouteApi('/inside/flows');
const states = ['ENABLED', 'PAUSED', 'SUSPENDED', 'DISABLED', 'DRAFT'] as const satisfies readonly FlowState[];

type Row = FlowsListQuery['flows'][number];

export function FlowsPage() {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const { state, entity, system } = route.useSearch();
  const asked = useAsk(
    FlowsListDocument,
    {
      filter: {
        ...(state === undefined ? {} : { state: [state as FlowState] }),
        ...(entity === undefined ? {} : { entityType: [entity as EntityType] }),
        ...(system === undefined ? {} : { systemId: system }),
      },
    },
    { everyMs: 15_000 },
  );
  const refresh = useRefresh([FlowsListDocument], 1_500);
  useLive(FlowsStateNewsDocument, {}, { onNews: refresh });
  useLive(FlowsSyncNewsDocument, {}, { onNews: refresh });
  useLive(FlowsRunNewsDocument, {}, { onNews: refresh });
  return (
    <Page title={common('pageFlows')} about={t('about')} actions={<CreateFlow />}>
      <RestoreNotice />
      <Filters />
      <Answer of={asked} skeleton={<Lines count={7} height={36} />}>
        {({ flows }) => (flows.length === 0 ? <NoFlows /> : <FlowList flows={flows} />)}
      </Answer>
    </Page>
  );
}

/** Every choice stands in the address, so that numbers elsewhere lead here. */
function Filters() {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const { t: kinds } = useTranslation('kinds');
  const search = route.useSearch();
  const navigate = useNavigate();
  const { data } = useAsk(FlowsChoicesDocument, {});
  const choice = (
    name: 'state' | 'entity' | 'system',
    label: string,
    any: string,
    options: readonly { readonly value: string; readonly label: string }[],
  ) => (
    <NativeSelect
      {...(name === 'state' ? { 'data-filter': true } : {})}
      aria-label={label}
      value={search[name] ?? ''}
      onChange={({ currentTarget: { value } }) =>
        void navigate({ to: '/flows', search: { ...search, [name]: value === '' ? undefined : value } as never })
      }
      data={[{ value: '', label: any }, ...options]}
    />
  );
  return (
    <Group gap="xs">
      {choice('state', t('filterState'), t('anyState'), states.map((value) => ({ value, label: kinds(`flow.${value}`) })))}
      {choice('entity', t('kindOfRecord'), t('anyKind'), entities.map((value) => ({ value, label: kinds(`entities.${value}`) })))}
      {choice('system', common('system'), t('anySystem'), (data?.systems ?? []).map(({ id, name }) => ({ value: id, label: name })))}
      {Object.keys(search).length > 0 && (
        <Button component={Link} to="/flows" variant="subtle">
          {common('clearFilters')}
        </Button>
      )}
    </Group>
  );
} // prettier-ignore

function NoFlows() {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const mayConnect = useMay('WRITE_SYSTEMS');
  const isFiltered = Object.keys(route.useSearch()).length > 0;
  if (isFiltered) {
    return (
      <Nothing kind="matches" title={common('nothingMatches')}>
        <Button component={Link} to="/flows" variant="default">
          {common('clearFilters')}
        </Button>
      </Nothing>
    );
  }
  return (
    <Nothing kind="yet" title={t('noFlows')}>
      <Text size="sm">{t('noFlowsHint')}</Text>
      {mayConnect && (
        <Button component={Link} to="/setup">
          {t('toSetup')}
        </Button>
      )}
    </Nothing>
  );
}

function FlowList({ flows }: { readonly flows: readonly Row[] }) {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const formats = useFormats();
  const thresholdOf = useLagThreshold();
  const mayOperate = useMayOperate();
  const columns: readonly Column<Row>[] = [
    { key: 'flow', title: t('flow'), show: (flow) => <FlowName flow={flow} /> },
    { key: 'state', title: common('state'), show: (flow) => <FlowStateCell flow={flow} /> },
    {
      key: 'lag',
      title: t('delay'),
      from: 'sm',
      show: ({ id, state, syncState }) =>
        state === 'DRAFT' ? '–' : <LagGauge lagSeconds={syncState.lagSeconds} threshold={thresholdOf(id)} />,
    },
    { key: 'success', title: t('lastSuccess'), from: 'lg', show: (flow) => <SuccessAndNext flow={flow} /> },
    {
      key: 'day',
      title: t('lastDay'),
      from: 'lg',
      show: ({ id, activity }) => <DayStrip flowId={id} hours={activity} />,
    },
    { key: 'runs', title: t('latestRuns'), from: 'lg', show: ({ runs }) => <RunStrip runs={runs.nodes} /> },
    {
      key: 'problems',
      title: common('pageProblems'),
      isFigure: true,
      from: 'xs',
      show: ({ id, openDeadLetterCount }) => (
        <Anchor component={Link} to="/problems" search={{ flow: id } as never} size="sm">
          {formats.number(openDeadLetterCount)}
        </Anchor>
      ),
    },
    ...(mayOperate ? [{ key: 'actions', title: t('actions'), from: 'md', show: (flow) => <FlowActions flow={flow} isCompact /> } satisfies Column<Row>] : []), // prettier-ignore
  ];
  return <RecordTable label={common('pageFlows')} rows={flows} columns={columns} pathOf={({ id }) => `/flows/${id}`} />;
}

function FlowName({ flow: { id, name, source, target } }: { readonly flow: Row }) {
  return (
    <>
      <Anchor component={Link} to={`/flows/${id}`} fw={600} size="sm">
        {name}
      </Anchor>
      <Text size="xs" className="muted">
        {source.name} → {target.name}
      </Text>
    </>
  );
}

function SuccessAndNext({ flow: { schedule, state, syncState } }: { readonly flow: Row }) {
  const { lastSuccessAt, nextRunAt } = syncState;
  return (
    <>
      {lastSuccessAt == null ? '–' : <Moment at={lastSuccessAt} />}
      {state === 'ENABLED' && (
        <Text size="xs" className="muted">
          {nextRunAt == null ? schedule.summary : <Moment at={nextRunAt} />}
        </Text>
      )}
    </>
  );
}

function FlowStateCell({
  flow: { state, stateReason, pausedUntil, syncState, source, target },
}: {
  readonly flow: Row;
}) {
  const { t } = useTranslation('flows');
  const formats = useFormats();
  const silent = [target, source].find(({ status }) => status === 'UNREACHABLE' || status === 'CREDENTIALS_REJECTED');
  const unread = syncState.failingBecause == null ? null : t('partlyUnread');
  const why = syncState.stoppedBecause != null ? t('standsStill') : (stateReason ?? unread);
  return (
    <>
      <Status kind="flow" state={state} />
      {pausedUntil != null && <Text size="xs">{t('until', { moment: formats.moment(pausedUntil) })}</Text>}
      {silent !== undefined && (
        <Group gap={4} wrap="nowrap">
          <Text size="xs">{silent.name}:</Text>
          <Text size="xs" component="span">
            <Status kind="connection" state={silent.status} />
          </Text>
        </Group>
      )}
      {why !== null && (
        <Text size="xs" className="muted" lineClamp={2} title={why}>
          {why}
        </Text>
      )}
    </>
  );
}
