/**
 * The live activity log. In: where to go on (`since`), a filter and a text to look for. Out: events in commit order, each once, gap-free: readers
 * follow the journal by position and are never pushed to, so a slow client slows only itself. One watcher looks how far the
 * journal has come, at once when steps are announced; readers that have caught up wait for it and ask the database nothing, and readers that stand at the same
 * place with the same filter share what they read.
 */
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop, type Loop } from '../base/loop.js';
import type { EventFeed, FeedClient } from '../resolvers/feed.js';
import type { SyncEventRecordedPayload } from '../schema/payloads.js';
import type { CursorCodec } from '../store/connections.js';
import type { Database, Query } from '../store/database.js';
import { readEventsFrom, readJournalEnd, readJournalSpan, type WantedEvents } from '../store/journal-reads.js';
import { makeStatementNames } from '../store/statement-names.js';
import { shownRecords } from '../store/shown-records.js';
import { closing } from './closing.js';

export const feedCursor = 'syncEventRecorded';
/** Pages of the activity log say where they stand in the same way: who has read one goes on behind it. */
const pageCursor = 'syncEvents.position.desc';
const pollMs = 250;
/** However often steps are announced, nobody looks more often than this. */
const quietMs = 50;
const batch = 200;
/** A live reader that is further behind than this is closed; it can come back by its cursor. */
const lagLimit = 10_000n;

export interface FeedDeps {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Calls soon after steps were stored, by whichever process; a call may be lost. */
  readonly onSteps?: ((listener: () => void) => void) | undefined;
  /** Rest between looks when nothing is announced; 250 ms when not given. */
  readonly restMs?: number;
}

interface FeedState {
  /** Position that the next entry of the journal will have, as far as the watcher knows. */
  head: bigint;
  readers: number;
  readonly waiting: Set<() => void>;
}

function moveHead(state: FeedState, next: bigint): void {
  state.head = next;
  for (const wake of [...state.waiting]) wake();
}

/** Looks how far the journal has come while anybody reads, and wakes those who wait. */
function makeWatcher(deps: FeedDeps, state: FeedState): Loop {
  let lookedAt = -Infinity;
  return makeLoop(
    {
      name: 'event feed',
      restMs: deps.restMs ?? pollMs,
      maxBackoffMs: 1_000,
      run: async (signal) => {
        if (state.readers === 0) return 'idle';
        const restMs = lookedAt + quietMs - deps.clock.monotonic();
        if (restMs > 0) await deps.clock.sleep(restMs, signal);
        lookedAt = deps.clock.monotonic();
        const next = await readJournalEnd(deps.database);
        if (next !== state.head) moveHead(state, next);
        return 'idle';
      },
    },
    deps,
  );
}

/** Resolves when the journal may have grown beyond the position, or when the signal ends. */
async function grown(state: FeedState, position: bigint, signal: AbortSignal): Promise<void> {
  if (state.head > position || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      state.waiting.delete(done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    state.waiting.add(done);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** Entries are numbered in the order in which they are written, but for clocks that are put right. */
const clockMarginMs = 86_400_000;

/** A place in the activity log, and when what stands before it was written, as far as that is known. */
interface Place {
  readonly position: bigint;
  readonly at: Date | undefined;
}

type ReadEvents = (from: Place, wanted: WantedEvents) => ReturnType<typeof readEventsFrom>;

/** Reads once for all who ask the same while it is read. */
function makeSharedReads(database: Database): ReadEvents {
  const names = makeStatementNames('feed');
  const named: Query = { query: (text, values, name) => database.query(text, values, name ?? names(text)) };
  const running = new Map<string, ReturnType<typeof readEventsFrom>>();
  return ({ position, at }, wanted) => {
    const key = `${position} ${JSON.stringify(wanted)}`;
    const known = running.get(key);
    if (known !== undefined) return known;
    const notBefore = at && new Date(at.getTime() - clockMarginMs);
    const reading = readEventsFrom(named, position, { limit: batch, notBefore }, wanted);
    const started = reading.finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
}

export function makeEventFeed(deps: FeedDeps): EventFeed & Service {
  const { database, cursors } = deps;
  const readEvents = makeSharedReads(database);
  const state: FeedState = { head: 0n, readers: 0, waiting: new Set() };
  const watcher = makeWatcher(deps, state);
  deps.onSteps?.(() => watcher.wake());

  async function* events(
    client: FeedClient,
    from: Place & { readonly live: bigint },
    wanted: WantedEvents,
  ): AsyncGenerator<SyncEventRecordedPayload> {
    let { position, at } = from;
    let emptyReads = 0;
    const shown = shownRecords(wanted.seesPersonal);
    for (;;) {
      if (client.signal.aborted) return;
      if (position >= from.live && state.head - position > lagLimit) {
        throw new KoppelError('SUBSCRIPTION_LAGGED', { limit: Number(lagLimit) });
      }
      const read = await readEvents({ position, at }, wanted);
      // Positions have no gaps: what this reader would have had next was removed while it read.
      if (read.isCut) throw new KoppelError('CURSOR_EXPIRED');
      for (const row of read.events) {
        await client.recheck();
        client.renew();
        const cursor = cursors.encode(feedCursor, [row.position]);
        yield { event: shown.event(row), cursor, isReplayed: BigInt(row.position) < from.live };
      }
      const wasEmpty = read.upTo === position;
      const isBehind = wasEmpty && state.head > position;
      emptyReads = isBehind ? emptyReads + 1 : 0;
      // Twice nothing although the journal goes on: what this reader would have had next is not kept any more.
      if (emptyReads > 1) throw new KoppelError('CURSOR_EXPIRED');
      position = read.upTo;
      // A clock that was put back by days writes into days that are over: the second look is everywhere.
      at = isBehind ? undefined : (read.lastAt ?? at);
      // What the watcher has seen is read: asking again would find nothing.
      if (wasEmpty || position >= state.head) await grown(state, position, client.signal);
    }
  }

  return {
    name: 'event feed',
    start: () => watcher.start(),
    stop: () => watcher.stop(),
    async open(client, { since, filter, search }) {
      const wanted = {
        filter: filter ?? null,
        search: search ?? null,
        seesPersonal: client.caller.scopes.has('READ_CUSTOMERS'),
      };
      const from = await startOf(deps, since);
      if (from.live > state.head) moveHead(state, from.live);
      return closing(events(client, from, wanted), {
        opened: () => state.readers++,
        closed: () => state.readers--,
      });
    },
  };
}

/** Where reading begins, and from where on events are new. */
async function startOf(
  { database, cursors }: FeedDeps,
  since: string | null | undefined,
): Promise<Place & { readonly live: bigint }> {
  const span = await readJournalSpan(database);
  if (since === null || since === undefined) return { position: span.next, at: span.at, live: span.next };
  const position = BigInt(cursors.decode([feedCursor, pageCursor], since)[0]!) + 1n;
  if (position > span.next) throw new KoppelError('BAD_CURSOR', { what: 'it is ahead of the activity log' });
  if (position < span.first) throw new KoppelError('CURSOR_EXPIRED');
  return { position, at: undefined, live: span.next };
}
