/** /activity: everything that happens, as it happens. Nothing moves while somebody reads. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { ActivityBarsDocument } from '../../graph/graphql.ts';
import { Answer, Lines, Waiting } from '../../parts/answer.tsx';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { useNow } from '../../parts/now.ts';
import { Page } from '../../parts/page.tsx';
import { beginningWithDefault, Views } from '../../parts/views.tsx';
import { ExportList } from '../data-export/export-list.tsx';
import { Announcements } from './announcements.tsx';
import { ChooseButton, ChooseUndo, useChoice } from './choose-undo.tsx';
import { EventBars } from './event-bars.tsx';
import { EventList } from './event-list.tsx';
import type { EventLog } from './event-log.ts';
import { FilterBar, TimeBar } from './filter-bar.tsx';
import { filterOf, momentsOf, spanOf, type ActivityFilters } from './filters.ts';
import { NoEvents } from './no-events.tsx';
import { useEvents, type Events, type Wanted } from './use-events.ts';
import './activity.css';

const route = getRouteApi('/inside/activity');
const pieces = 60;

export const ActivityPage = beginningWithDefault('ACTIVITY', ActivityList);

function ActivityList() {
  const { t } = useTranslation('activity');
  const { t: common } = useTranslation();
  const filters = route.useSearch();
  const change = useChange();
  const wanted = useWanted(filters);
  const [isPaused, setPaused] = useState(false);
  const [isAtTop, setAtTop] = useState(true);
  const scroller = useRef<HTMLDivElement>(null);
  const { choice, choose } = useChoice();
  const events = useEvents(wanted, isPaused || !isAtTop || choice !== null);
  const { log, error } = events;

  function showNew(): void {
    if (log?.isCut === true) events.restart();
    else events.release();
    scroller.current?.scrollTo({ top: 0 });
  }
  return (
    <Page
      title={common('pageActivity')}
      about={wanted.isLive ? t('about') : t('aboutPast')}
      actions={
        <>
          <Views list="ACTIVITY" />
          {wanted.isLive && <PauseButton isPaused={isPaused} onChange={setPaused} />}
          <ExportList
            list={{ entityType: 'SYNC_EVENT', filter: wanted.filter, search: wanted.search }}
            title={common('pageActivity')}
          />
          {choice === null && <ChooseButton isOff={log === undefined} onChoose={() => choose(new Set())} />}
        </>
      }
    >
      <FilterBar filters={filters} onChange={change} />
      <Stack gap={4}>
        <TimeBar filters={filters} onChange={change} />
        <Bars filters={filters} onZoom={(from, to) => change({ from, to })} />
      </Stack>
      <Announcements arrivals={events.arrivals} />
      {error !== null && <Failure error={error} onRetry={events.restart} />}
      {log === undefined && error === null && (
        <Waiting>
          <Lines count={12} />
        </Waiting>
      )}
      {log !== undefined && (
        <Stack gap={4}>
          {choice === null ? (
            <NewOnes events={events} isPaused={isPaused} onShow={showNew} />
          ) : (
            <ChooseUndo rows={log.rows} filter={meantBy(wanted)} choice={choice} choose={choose} />
          )}
          {log.rows.length === 0 ? (
            <NoEvents filters={filters} onChange={change} />
          ) : (
            <Rows {...{ log, events, scroller, choice }} onTop={setAtTop} />
          )}
        </Stack>
      )}
    </Page>
  );
}

function Rows({
  log,
  events,
  ...list
}: Pick<Parameters<typeof EventList>[0], 'scroller' | 'choice' | 'onTop'> & {
  readonly log: EventLog;
  readonly events: Events;
}) {
  // What another filter has found begins at its top.
  return <EventList key={events.found} rows={log.rows} onEnd={events.loadOlder} {...list} />;
}

/** Searching finds sentences, which name no changes; without a moment or a record nearly everything would be meant. */
function meantBy({ filter, search }: Wanted): Wanted['filter'] | null {
  const { occurredAt, entityId, correlationId } = filter;
  return search === null && [occurredAt, entityId, correlationId].some((each) => each != null) ? filter : null;
}

function PauseButton({ isPaused, onChange }: { readonly isPaused: boolean; onChange(isPaused: boolean): void }) {
  const { t } = useTranslation('activity');
  return (
    <Button
      variant="default"
      leftSection={
        isPaused ? <IconPlayerPlay size={16} aria-hidden="true" /> : <IconPlayerPause size={16} aria-hidden="true" />
      }
      onClick={() => onChange(!isPaused)}
    >
      {isPaused ? t('goOn') : t('pause')}
    </Button>
  );
}

/** How many are loaded, how many wait. Always there, so that nothing moves when it has more to say. */
function NewOnes({
  events: { log, isLoadingOlder },
  isPaused,
  onShow,
}: {
  readonly events: Events;
  readonly isPaused: boolean;
  onShow(): void;
}) {
  const { t } = useTranslation('activity');
  const formats = useFormats();
  const count = log?.waitingCount ?? 0;
  return (
    <Group h={30} gap="sm" wrap="nowrap">
      <Text size="xs" className="muted">
        {t('held', { number: formats.number(log?.rows.length ?? 0) })} {isLoadingOlder && t('loadingOlder')}{' '}
        {isPaused && t('paused')}
      </Text>
      {count > 0 && (
        <Button size="xs" radius="xl" onClick={onShow}>
          {t('newOnes', { count })}
        </Button>
      )}
    </Group>
  );
}

const barsEveryMs = 10_000;

function Bars({ filters, onZoom }: { readonly filters: ActivityFilters; onZoom(from: string, to: string): void }) {
  const moments = momentsOf(filters);
  const isRange = Object.keys(moments).length > 0;
  const occurredAt = isRange ? moments : { within: spanOf(filters) };
  const asked = useAsk(
    ActivityBarsDocument,
    { filter: { ...filterOf(filters), occurredAt }, search: filters.search ?? null, pieces },
    filters.to === undefined ? { everyMs: barsEveryMs } : {},
  );
  return (
    <div style={{ minHeight: 120 }}>
      <Answer of={asked} skeleton={<Lines count={3} height={24} />}>
        {({ syncEventBuckets }) => <EventBars buckets={syncEventBuckets} onZoom={onZoom} />}
      </Answer>
    </div>
  );
}

/** Changes of the address; what is undefined goes out of it. */
function useChange() {
  const navigate = useNavigate();
  return (changes: { readonly [name in keyof ActivityFilters]?: string | undefined }): void =>
    void navigate({ to: '/activity', search: (before) => ({ ...before, ...changes }) as ActivityFilters });
}

/** Live as long as what is wanted has not ended. The same object while the filters are the same. */
function useWanted(filters: ActivityFilters): Wanted {
  const now = useNow();
  const isLive = filters.to === undefined || Date.parse(filters.to) > now;
  const key = JSON.stringify(filters);
  return useMemo(() => {
    const given = JSON.parse(key) as ActivityFilters;
    const moments = momentsOf(given);
    const occurredAt = Object.keys(moments).length === 0 ? {} : { occurredAt: moments };
    return { filter: { ...filterOf(given), ...occurredAt }, search: given.search ?? null, isLive };
  }, [key, isLive]);
}
