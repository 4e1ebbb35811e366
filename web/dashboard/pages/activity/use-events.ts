/**
 * The activity log of a page. In: what is filtered by, whether somebody reads. Out: the rows, those that wait, older ones on demand. Guarantee: no
 * event is missed and none is shown twice, also over lost connections: the newest cursor is asked for first, then the page, and the feed goes on
 * behind that cursor.
 */
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { ask, type AskError } from '../../api/ask.ts';
import { useLive } from '../../api/live.ts';
import { useSignedInAgain } from '../../app/session.tsx';
import {
  ActivityHeadDocument,
  ActivityPageDocument,
  ActivityRecordedDocument,
  type ActivityRowFragment,
  type SyncEventFilter,
} from '../../graph/graphql.ts';
import { arrived, beginLog, released, withOlder, type EventLog } from './event-log.ts';

const pageSize = 100;
/** So often what has arrived is shown: often enough to be live, seldom enough to leave the browser its frames. */
const flushMs = 250;

export interface Wanted {
  readonly filter: SyncEventFilter;
  readonly search: string | null;
  /** False when the moments that are wanted are over. */
  readonly isLive: boolean;
}

export interface Events {
  /** Undefined until the first page is there. */
  readonly log: EventLog | undefined;
  /** What the rows were found by. */
  readonly found: string | undefined;
  readonly error: AskError | null;
  /** All that has arrived since the page was opened, for those who are told of it. */
  readonly arrivals: { readonly count: number; readonly failed: number };
  readonly isLoadingOlder: boolean;
  release(): void;
  restart(): void;
  loadOlder(): void;
}

interface Start {
  readonly key: string;
  /** What the rows were found by. */
  readonly found: string;
  /** Where the feed goes on; undefined when there was no event at all. */
  readonly since: string | undefined;
}

export function useEvents(wanted: Wanted, isHeld: boolean): Events {
  const [log, setLog] = useState<EventLog>();
  const [error, setError] = useState<AskError | null>(null);
  const [start, setStart] = useState<Start>();
  const [round, setRound] = useState(0);
  const [arrivals, setArrivals] = useState({ count: 0, failed: 0 });
  const pageEnd = useRef<string | null>(null);
  const key = JSON.stringify([wanted, round]);
  const { filter, search, isLive } = wanted;
  const found = JSON.stringify([filter, search]);

  const begin = useEffectEvent(async (signal: AbortSignal) => {
    try {
      const head = await ask(ActivityHeadDocument, {}, signal);
      const page = await ask(ActivityPageDocument, { filter, search, first: pageSize, after: null }, signal);
      const { nodes, pageInfo } = page.syncEvents;
      pageEnd.current = pageInfo.endCursor ?? null;
      setError(null);
      setLog(beginLog(nodes, pageInfo.hasNextPage));
      setStart({ key, found, since: head.syncEvents.edges[0]?.cursor });
    } catch (thrown) {
      if (signal.aborted) return;
      setError(thrown as AskError);
      // Rows of another filter would be taken for what this one finds.
      if (start?.found !== found) setLog(undefined);
    }
  });
  useEffect(() => {
    const control = new AbortController();
    void begin(control.signal);
    return () => control.abort();
  }, [key]);

  const restart = useCallback(() => setRound((before) => before + 1), []);
  useSignedInAgain(() => void (error !== null && restart()));
  const onEvents = useBatches(key, (events) => {
    setLog((before) => before && arrived(before, events, isHeld));
    setArrivals(({ count, failed }) => ({
      count: count + events.length,
      failed: failed + events.filter(({ outcome }) => outcome === 'FAILED').length,
    }));
  });
  useLive(
    ActivityRecordedDocument,
    { filter, search, ...(start?.since === undefined ? {} : { since: start.since }) },
    {
      isOff: !isLive || start?.key !== key,
      onNews: ({ syncEventRecorded }) => onEvents(syncEventRecorded.event),
      cursorOf: ({ syncEventRecorded }) => syncEventRecorded.cursor,
      onResume: () => start?.since === undefined && restart(),
      onLost: restart,
    },
  );
  const { isLoadingOlder, loadOlder } = useOlder(log, { ...wanted, key }, pageEnd, setLog, setError);
  useEffect(() => {
    if (!isHeld) setLog((before) => (before?.isCut === false ? released(before) : before));
  }, [isHeld]);
  const release = useCallback(() => setLog((before) => before && released(before)), []);
  return { log, found: start?.found, error, arrivals, isLoadingOlder, release, restart, loadOlder };
}

/** Gathers what comes one by one; gives it on newest first. What came under another key is of no use under this one. */
function useBatches(
  key: string,
  take: (events: readonly ActivityRowFragment[]) => void,
): (event: ActivityRowFragment) => void {
  const gathered = useRef<ActivityRowFragment[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const flush = useEffectEvent(() => {
    timer.current = undefined;
    take(gathered.current.splice(0).reverse());
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      gathered.current = [];
    },
    [key],
  );
  return (event) => {
    gathered.current.push(event);
    timer.current ??= setTimeout(flush, flushMs);
  };
}

/** After so many pages that hold nothing new the reader may ask again. */
const mostPages = 20;

function useOlder(
  log: EventLog | undefined,
  { filter, search, key }: Wanted & { readonly key: string },
  pageEnd: { current: string | null },
  setLog: (change: (before: EventLog | undefined) => EventLog | undefined) => void,
  setError: (error: AskError | null) => void,
) {
  const [isLoadingOlder, setLoading] = useState(false);
  const isBusy = useRef(false);
  /** What is answered after the filter has changed is of no use any more. */
  const present = useRef(key);
  useEffect(() => void (present.current = key), [key]);
  async function load(): Promise<void> {
    const last = log?.rows.at(-1);
    if (log === undefined || last === undefined) return;
    // Rows at the end were let go: from the moment of the last one on, with those of the same moment once more.
    const moment = new Date(new Date(last.occurredAt).getTime() + 1).toISOString();
    const upTo = log.isShortened ? { ...filter, occurredAt: { ...filter.occurredAt, to: moment } } : filter;
    let after = log.isShortened ? null : pageEnd.current;
    const known = new Set(log.rows.map(({ id }) => id));
    for (let page = 0; page < mostPages; page++) {
      const { syncEvents } = await ask(ActivityPageDocument, { filter: upTo, search, first: pageSize, after });
      if (present.current !== key) return;
      after = syncEvents.pageInfo.endCursor ?? after;
      pageEnd.current = after;
      const { hasNextPage } = syncEvents.pageInfo;
      setLog((before) => before && withOlder(before, syncEvents.nodes, hasNextPage));
      if (!hasNextPage || syncEvents.nodes.some(({ id }) => !known.has(id))) return;
    }
  }
  const loadOlder = (): void => {
    if (isBusy.current || log?.hasOlder !== true) return;
    isBusy.current = true;
    setLoading(true);
    load()
      .catch((thrown: AskError) => setError(thrown))
      .finally(() => {
        isBusy.current = false;
        setLoading(false);
      });
  };
  return { isLoadingOlder, loadOlder };
}
