/** What needs a person: alerts that fire, systems that do not answer, flows that stand still, fields to decide about, and problems by their cause, the largest first. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { OverviewCausesDocument, type OverviewCausesQuery } from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { Shape, toneOf, useStateWord, type Tone } from '../../parts/status.tsx';
import { useCauseTitle } from '../problems/naming.ts';
import { answers } from './flow-lines.ts';
import { Panel } from './panel.tsx';
import type { Seen } from './seen.ts';

export function Attention({ overview }: { readonly overview: Seen }) {
  const { t } = useTranslation('overview');
  const asked = useAsk(OverviewCausesDocument, {}, { everyMs: 15_000 });
  return (
    <Panel
      title={t('attentionTitle')}
      actions={
        overview.openDeadLetters > 0 && (
          <Button component={Link} to="/problems" size="compact-sm" variant="subtle">
            {t('allProblems')}
          </Button>
        )
      }
    >
      <Answer of={asked} skeleton={<Lines count={3} height={28} />}>
        {({ deadLetterGroups: { nodes }, alerts }) => <Rows overview={overview} causes={nodes} alerts={alerts.nodes} />}
      </Answer>
    </Panel>
  );
}

type Cause = OverviewCausesQuery['deadLetterGroups']['nodes'][number];
type Firing = OverviewCausesQuery['alerts']['nodes'][number];

function Rows({
  overview,
  causes,
  alerts,
}: {
  readonly overview: Seen;
  readonly causes: readonly Cause[];
  readonly alerts: readonly Firing[];
}) {
  const { t } = useTranslation('overview');
  const word = useStateWord();
  const { colon } = useFormats();
  // What an alert says already is not said twice.
  const told = (of: 'system' | 'flow', id: string): boolean =>
    alerts.some((alert) => alert[of]?.id === id && saysAll.has(alert.kind));
  const silent = overview.systems.filter((system) => !answers(system) && !told('system', system.id));
  const standing = overview.flows.filter(({ id, state, syncState }) => (state === 'SUSPENDED' || syncState.stoppedBecause != null) && !told('flow', id)); // prettier-ignore
  const unread = overview.flows.filter(({ source, target, syncState }) => syncState.failingBecause != null && !told('system', source.id) && !told('system', target.id)); // prettier-ignore
  const { openFieldConflicts: contested } = overview;
  const held = overview.flows.filter(({ heldRun }) => heldRun != null);
  if (alerts.length + silent.length + standing.length + unread.length + held.length + contested + causes.length === 0) {
    return (
      <span className="status">
        <Shape tone="ok" />
        <Text size="sm">{t('allWell')}</Text>
      </span>
    );
  }
  return (
    <Stack gap={4} component="ul" p={0} m={0}>
      {alerts.map(({ id, title, startedAt }) => (
        <Row key={id} tone="failed" to="/alerts" name={title}>
          <b>{t('alert')}</b> {title}{' '}
          <Text span size="xs" className="muted">
            {t('began')} <Moment at={startedAt} />
          </Text>
        </Row>
      ))}
      {silent.map(({ id, name, status, statusReason, statusSince }) => (
        <Row key={id} tone={toneOf('connection', status)} to={`/systems/${id}`} name={name}>
          {name}
          {colon}
          {word('connection', status)}, <Moment at={statusSince} />. {statusReason}
        </Row>
      ))}
      {standing.map(({ id, name, stateReason, syncState }) => (
        <Row key={id} tone="blocked" to={`/flows/${id}`} name={name}>
          {name}
          {colon}
          {syncState.stoppedBecause ?? stateReason ?? t('stopped')}
        </Row>
      ))}
      {unread.map(({ id, name, syncState }) => (
        <Row key={id} tone="failed" to={`/flows/${id}`} name={name}>
          {name}
          {colon}
          {syncState.failingBecause}
        </Row>
      ))}
      {held.map(({ name, heldRun }) => (
        <Row key={heldRun!.id} tone="paused" to={`/runs/${heldRun!.id}`} name={name}>
          {name}
          {colon}
          {t('held', { count: heldRun!.hold?.affectedCount ?? 0 })}
        </Row>
      ))}
      {contested > 0 && (
        <Row tone="blocked" to="/conflicts" name={t('contested', { count: contested })}>
          {t('contested', { count: contested })}
        </Row>
      )}
      {causes.map((cause) => (
        <CauseRow key={cause.fingerprint} cause={cause} />
      ))}
    </Stack>
  );
}

/** Kinds of rules whose alert says what the row of the system or flow would say. */
const saysAll: ReadonlySet<string> = new Set(['SYSTEM_UNREACHABLE', 'CREDENTIALS', 'FLOW_SUSPENDED']);

function CauseRow({ cause }: { readonly cause: Cause }) {
  const { t } = useTranslation('overview');
  const { t: kinds } = useTranslation('kinds');
  const formats = useFormats();
  const titleOf = useCauseTitle();
  const { fingerprint, count, lastSeenAt, flow } = cause;
  const [number, title] = [formats.number(count), titleOf(cause)];
  return (
    <Row tone="failed" to="/problems" search={{ cause: fingerprint }} name={title}>
      <b>{flow == null ? number : `${number} ${kinds(`${count === 1 ? 'entity' : 'entities'}.${flow.entityType}`)}`}</b>{' '}
      {title}{' '}
      <Text span size="xs" className="muted">
        {t('last')} <Moment at={lastSeenAt} />
      </Text>
    </Row>
  );
}

function Row({
  tone,
  to,
  search,
  name,
  children,
}: {
  readonly tone: Tone;
  readonly to: string;
  readonly search?: object;
  /** What the button opens, for those who do not see the row. */
  readonly name: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="xs" style={{ listStyle: 'none' }}>
      <span style={{ paddingTop: 4 }}>
        <Shape tone={tone} />
      </span>
      <Text size="sm" component="div" style={{ flex: 1, overflowWrap: 'anywhere' }}>
        {children}
      </Text>
      <Button
        component={Link}
        to={to}
        {...(search === undefined ? {} : { search: search as never })}
        size="compact-sm"
        variant="light"
        aria-label={`${t('open')}: ${name}`}
      >
        {t('open')}
      </Button>
    </Group>
  );
}
