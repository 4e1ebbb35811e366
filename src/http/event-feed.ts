/**
 * The live activity log. In: where to go on (`since`) and a filter. Out: events in commit order, each once, gap-free: readers
 * follow the journal by position and are never pushed to, so a slow client slows only itself. One watcher looks how far the
 * journal has come; readers that have caught up wait for it and ask the database nothing.
 */
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { EventFeed, FeedClient } from '../resolvers/feed.js';
import type { SyncEventFilter } from '../schema/operation-filters.js';
import type { SyncEventRecordedPayload } from '../schema/payloads.js';
import type { CursorCodec } from '../store/connections.js';
import type { Database } from '../store/database.js';
import { readEventsFrom, readJournalSpan } from '../store/journal-reads.js';
import { shownEvent } from '../store/shown-events.js';

export const feedCursor = 'syncEventRecorded';
const pollMs = 250;
const batch = 200;
/** A live reader that is further behind than this is closed; it can come back by its cursor. */
const lagLimit = 10_000n;

interface FeedDeps {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function makeEventFeed(deps: FeedDeps): EventFeed & Service {
  const { database, cursors } = deps;
  let head = 0n;
  let readers = 0;
  const waiting = new Set<() => void>();
  const watcher = makeLoop(
    {
      name: 'event feed',
      restMs: pollMs,
      maxBackoffMs: 1_000,
      run: async () => {
        if (readers === 0) return 'idle';
        const { next } = await readJournalSpan(database);
        if (next === head) return 'idle';
        head = next;
        for (const wake of [...waiting]) wake();
        return 'idle';
      },
    },
    deps,
  );

  /** Resolves when the journal may have grown beyond the position, or when the signal ends. */
  async function grown(position: bigint, signal: AbortSignal): Promise<void> {
    if (head > position || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  async function start(since: string | null | undefined): Promise<{ position: bigint; live: bigint }> {
    const span = await readJournalSpan(database);
    if (since === null || since === undefined) return { position: span.next, live: span.next };
    const position = BigInt(cursors.decode(feedCursor, since)[0]!) + 1n;
    if (position > span.next) throw new KoppelError('BAD_CURSOR', { what: 'it is ahead of the activity log' });
    if (position < span.first) throw new KoppelError('CURSOR_EXPIRED');
    return { position, live: span.next };
  }

  async function* events(
    client: FeedClient,
    from: { readonly position: bigint; readonly live: bigint },
    filter: SyncEventFilter | null | undefined,
  ): AsyncGenerator<SyncEventRecordedPayload> {
    let { position } = from;
    for (;;) {
      if (client.signal.aborted) return;
      if (position >= from.live && head - position > lagLimit) {
        throw new KoppelError('SUBSCRIPTION_LAGGED', { limit: Number(lagLimit) });
      }
      const read = await readEventsFrom(database, position, batch, filter);
      for (const row of read.events) {
        await client.recheck();
        client.renew();
        const cursor = cursors.encode(feedCursor, [row.position]);
        yield { event: shownEvent(row), cursor, isReplayed: BigInt(row.position) < from.live };
      }
      if (read.upTo === position) await grown(position, client.signal);
      position = read.upTo;
    }
  }

  return {
    name: 'event feed',
    start: () => watcher.start(),
    stop: () => watcher.stop(),
    async open(client, { since, filter }) {
      return closing(events(client, await start(since), filter), {
        opened: () => readers++,
        closed: () => readers--,
      });
    },
  };
}

/**
 * Ends at once when the reader goes away, also while it waits for the next event: a generator alone would only notice at its
 * next step.
 */
function closing<T>(
  inner: AsyncGenerator<T>,
  on: { readonly opened: () => void; readonly closed: () => void },
): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      let open = true;
      let endPending: (() => void) | undefined;
      on.opened();
      const close = (): void => {
        if (open) on.closed();
        open = false;
        endPending?.();
      };
      return {
        next: () =>
          new Promise<IteratorResult<T>>((resolve, reject) => {
            endPending = () => resolve({ done: true, value: undefined });
            if (!open) return endPending();
            inner.next().then(
              (step) => {
                if (step.done === true) close();
                resolve(step);
              },
              (error: Error) => {
                reject(error);
                close();
              },
            );
          }),
        return() {
          close();
          inner.return(undefined).catch(() => undefined);
          return Promise.resolve({ done: true as const, value: undefined });
        },
      };
    },
  };
}
