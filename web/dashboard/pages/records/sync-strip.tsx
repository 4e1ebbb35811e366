/** How a record stands with each system, side by side: state, reason, since when, what ends it, who has to act, what it is called there. */
import { Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RecordIdentityFragment, RecordStatusFragment } from '../../graph/graphql.ts';
import { Moment } from '../../parts/moment.tsx';
import { OpenThere, pageAmong } from '../../parts/open-there.tsx';
import { Shape, toneOf, useStateWord } from '../../parts/status.tsx';
import { nameOf, pathOf } from './called.ts';
import type { Identified } from './identities.tsx';
import { SinceThen } from './shown.tsx';
import './records.css';

export function SyncStrip({
  statuses,
  own,
  records,
}: {
  readonly statuses: readonly RecordStatusFragment[];
  /** Those of the record itself. */
  readonly own: readonly RecordIdentityFragment[];
  /** It and its parts. */
  readonly records: readonly Identified[];
}) {
  const { t } = useTranslation('records');
  const identities = records.flatMap((each) => each.identities);
  return (
    <section aria-label={t('whereIsIt')} className="system-cards">
      {statuses.map((status, i) => {
        const there = ({ system }: RecordIdentityFragment): boolean => system?.id === status.system?.id;
        const all = identities.filter(there);
        return (
          <SystemCard
            key={status.system?.id ?? i}
            status={status}
            codes={codesOf(all)}
            url={pageAmong(own.filter(there), all)}
          />
        );
      })}
    </section>
  );
}

function SystemCard({
  status,
  codes,
  url,
}: {
  readonly status: RecordStatusFragment;
  readonly codes: readonly string[];
  /** Its page there. */
  readonly url: string | null;
}) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const word = useStateWord();
  const { state, system, reason, deadLetter, lastEvent } = status;
  const tone = toneOf('sync', state);
  return (
    <Paper withBorder p="sm" className="system-card" data-tone={tone} component="article">
      <Stack gap={6}>
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h3">
            {system?.name ?? common('unknown')}
          </Title>
          <Text span fw={600} className="status">
            <Shape tone={tone} size={16} />
            {word('sync', state)}
          </Text>
        </Group>
        <Text size="sm">{reason.message}</Text>
        {deadLetter != null && deadLetter.hint !== '' && <Text size="sm">{deadLetter.hint}</Text>}
        {deadLetter?.error.originalMessage != null && (
          <Text size="sm">{t('ownWords', { words: deadLetter.error.originalMessage })}</Text>
        )}
        {reason.waitingFor.length > 0 && <WaitingFor records={reason.waitingFor} />}
        <When status={status} />
        {codes.length > 0 && (
          <Text size="sm" component="div">
            <span className="muted">{t('calledThere')} </span>
            <Codes codes={codes} />
          </Text>
        )}
        {(deadLetter != null || lastEvent != null || url !== null) && (
          <Group gap="xs">
            {deadLetter != null && (
              <Button component={Link} to={`/problems/${deadLetter.id}`} size="xs" variant="light" color="red">
                {common('toProblem')}
              </Button>
            )}
            {lastEvent != null && (
              <Anchor component={Link} to={`/events/${lastEvent.id}`} size="sm">
                {common('lastEvent')}
              </Anchor>
            )}
            <OpenThere url={url} system={system?.name ?? common('unknown')} />
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

/** Since when, who has to act, and when it goes on by itself. */
function When({ status: { state, since, reason } }: { readonly status: RecordStatusFragment }) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const { t: kinds } = useTranslation('kinds');
  return (
    <Text size="sm" className="muted" component="div">
      <SinceThen at={since} />
      {state !== 'IN_SYNC' && (
        <>
          {' · '}
          {common('mustAct', { who: kinds(`who.${reason.responsible}`) })}
          {reason.until != null && (
            <>
              {' · '}
              {t('triesAgain')} <Moment at={reason.until} />
            </>
          )}
          {reason.until == null && reason.responsible !== 'HUB' && ` · ${common('endsNot')}`}
        </>
      )}
    </Text>
  );
}

const mostCodes = 4;

/** What people know the record by there; ids that machines have made stand among the links. */
const codesOf = (identities: readonly RecordIdentityFragment[]): readonly string[] =>
  [...new Set(identities.flatMap(({ alternateKeys, externalId }) => [...alternateKeys, externalId]))].filter(
    (code) => !/^(key:.*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/is.test(code),
  );

function Codes({ codes }: { readonly codes: readonly string[] }) {
  const { t } = useTranslation('records');
  const more = codes.length - mostCodes;
  return (
    <span style={{ overflowWrap: 'anywhere' }}>
      {codes.slice(0, mostCodes).join(' · ')}
      {more > 0 && ` ${t('andMore', { count: more })}`}
    </span>
  );
}

type Awaited = RecordStatusFragment['reason']['waitingFor'][number];

function WaitingFor({ records }: { readonly records: readonly Awaited[] }) {
  const { t } = useTranslation();
  return (
    <Text size="sm" component="div">
      {t('waitingFor')}{' '}
      {records.map((record, i) => (
        <span key={record.id}>
          {i > 0 && ', '}
          <Anchor component={Link} to={pathOf(record) ?? '.'}>
            {nameOf(record) ?? t('unknown')}
          </Anchor>
        </span>
      ))}
    </Text>
  );
}
