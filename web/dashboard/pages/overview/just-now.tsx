/** The latest events as they come, at most once a second, with a button that stops them. What is read aloud is a sum now and then, not each line. */
import { Anchor, Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import { OverviewEventNewsDocument, OverviewEventsDocument, type OverviewEventFragment } from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Shape, toneOf, useStateWord } from '../../parts/status.tsx';
import { useFeedStart, type FeedStart } from '../records/changes.ts';
import { Panel } from './panel.tsx';

const most = 8;
const everyMs = 1_000;
const saidEveryMs = 15_000;
const shown = [OverviewEventsDocument];

export function JustNow() {
  const { t } = useTranslation('overview');
  const [isHeld, setHeld] = useState(false);
  const start = useFeedStart(shown);
  const asked = useAsk(OverviewEventsDocument, {}, { isOff: !start.isKnown });
  const { news, said } = useNews(isHeld, start);
  return (
    <Panel
      title={t('justNowTitle')}
      actions={
        <Button size="compact-sm" variant="subtle" aria-pressed={isHeld} onClick={() => setHeld(!isHeld)}>
          {isHeld ? t('goOn') : t('hold')}
        </Button>
      }
    >
      <span className="overview-hidden" role="status">
        {said}
      </span>
      <Answer of={asked} skeleton={<Lines count={most} height={18} />}>
        {({ syncEvents: { nodes } }) => <Events events={merged(news, nodes)} />}
      </Answer>
    </Panel>
  );
}

/** The newest first, none twice. */
function merged(
  news: readonly OverviewEventFragment[],
  before: readonly OverviewEventFragment[],
): readonly OverviewEventFragment[] {
  const known = new Set(news.map(({ id }) => id));
  return [...news, ...before.filter(({ id }) => !known.has(id))].slice(0, most);
}

function Events({ events }: { readonly events: readonly OverviewEventFragment[] }) {
  const { t } = useTranslation('overview');
  const formats = useFormats();
  const word = useStateWord();
  if (events.length === 0) return <Text size="sm">{t('noEvents')}</Text>;
  return (
    <ul className="overview-news" style={{ minHeight: most * 30 }}>
      {events.map(({ id, occurredAt, outcome, summary, entityLabel }) => (
        <li key={id}>
          <Text component="time" size="xs" className="muted" dateTime={occurredAt} title={formats.moment(occurredAt)}>
            {formats.time(occurredAt)}
          </Text>
          <span role="img" aria-label={word('outcome', outcome)} title={word('outcome', outcome)}>
            <Shape tone={toneOf('outcome', outcome)} />
          </span>
          <Anchor component={Link} to={`/events/${id}`} size="sm" c="inherit" truncate title={summary}>
            <b>{entityLabel}</b> {summary}
          </Anchor>
        </li>
      ))}
    </ul>
  );
}

/** What has come since the list was asked for, and what is said of it. */
function useNews(isHeld: boolean, start: FeedStart) {
  const { t } = useTranslation('overview');
  const [news, setNews] = useState<readonly OverviewEventFragment[]>([]);
  const [said, setSaid] = useState('');
  const waiting = useRef<OverviewEventFragment[]>([]);
  const heard = useRef({ all: 0, failed: 0 });
  const renew = (): void => {
    waiting.current = [];
    setNews([]);
    start.renew();
  };
  useLive<Parameters<typeof cursorOf>[0], { since?: string | null }>(
    OverviewEventNewsDocument,
    start.since === undefined ? {} : { since: start.since },
    {
      isOff: !start.isKnown,
      cursorOf,
      // Without a place to go on from, what came in between is in the list only.
      onResume: () => start.since === undefined && renew(),
      onLost: renew,
      onNews({ syncEventRecorded: { event } }) {
        waiting.current = [event, ...waiting.current].slice(0, most);
        heard.current.all++;
        if (event.outcome === 'FAILED') heard.current.failed++;
      },
    },
  );
  useEffect(() => {
    if (isHeld) return;
    const timer = setInterval(() => {
      const come = waiting.current;
      if (come.length === 0) return;
      waiting.current = [];
      setNews((before) => merged(come, before));
    }, everyMs);
    return () => clearInterval(timer);
  }, [isHeld]);
  useEffect(() => {
    if (isHeld) return;
    const timer = setInterval(() => {
      const { all, failed } = heard.current;
      heard.current = { all: 0, failed: 0 };
      if (all > 0) setSaid(`${t('heard', { count: all })} ${failed === 0 ? '' : t('heardFailed', { count: failed })}`);
    }, saidEveryMs);
    return () => clearInterval(timer);
  }, [isHeld, t]);
  return { news, said };
}

const cursorOf = ({ syncEventRecorded }: { readonly syncEventRecorded: { readonly cursor: string; readonly event: OverviewEventFragment } }): string => syncEventRecorded.cursor; // prettier-ignore
