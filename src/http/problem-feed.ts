/**
 * Problems as they arise, change and end. In: a filter. Out: first the one that failed last of those that it means, if there is any, so that whoever
 * has listed them before knows that what comes now is told, and lists them again; then the id of each that has changed and is meant by it, with how
 * many open ones it means. One watcher looks which rows have changed since it looked last, by the transactions that changed them, so that
 * none is missed whenever it commits; readers that wait ask nothing, and those with the same filter share what they read. Several
 * changes of one problem in a row may come as one.
 */
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { ChangedProblem, FeedClient } from '../resolvers/feed.js';
import type { DeadLetterFilter } from '../schema/operation-filters.js';
import type { Database } from '../store/database.js';
import { readChangedProblems, readMeantProblems } from '../store/followed-reads.js';
import { closing, woken } from './closing.js';

const restMs = 250;
/** Changes that are kept for readers; who is further behind is closed. */
const kept = 20_000;
const batch = 200;
/** Open problems are counted to here. */
const countLimit = 10_000;

interface ProblemFeedDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What has changed, in order; each change has a number that rises by one. */
interface Changes {
  readonly ids: string[];
  /** Number of the first that is kept. */
  first: number;
  /** Null while nobody reads. */
  horizon: string | null;
  /** What was seen of transactions that are not behind the horizon yet. */
  seen: ReadonlyMap<string, string>;
}

const nextOf = ({ first, ids }: Changes): number => first + ids.length;

/** Takes over what has changed since the last look; whether there was anything. */
async function look(database: Database, changes: Changes): Promise<boolean> {
  const { horizon, changed } = await readChangedProblems(database, changes.horizon, kept);
  const fresh = changed.filter(([id, changedIn]) => changes.seen.get(id) !== changedIn);
  changes.ids.push(...fresh.map(([id]) => id));
  // A page that is full may not be the end; whoever has not read up to here has missed something.
  const over = changed.length === kept ? changes.ids.length : Math.max(0, changes.ids.length - kept);
  changes.ids.splice(0, over);
  changes.first += over;
  changes.seen = new Map(changed.filter(([, changedIn]) => BigInt(changedIn) >= BigInt(horizon)));
  changes.horizon = horizon;
  return fresh.length > 0;
}

type Meant = (
  from: number,
  ids: readonly string[] | null,
  filter: DeadLetterFilter | null,
) => ReturnType<typeof readMeantProblems>;

/** Reads once for all who ask the same while it is read. */
function makeSharedReads(database: Database): Meant {
  const running = new Map<string, ReturnType<typeof readMeantProblems>>();
  return (from, ids, filter) => {
    const key = `${from} ${ids?.length} ${JSON.stringify(filter)}`;
    const known = running.get(key);
    if (known !== undefined) return known;
    const started = readMeantProblems(database, ids, filter, countLimit).finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
}

async function* told(client: FeedClient, ids: Iterable<string>, openCount: number): AsyncGenerator<ChangedProblem> {
  for (const id of ids) {
    await client.recheck();
    client.renew();
    yield { id, openCount };
  }
}

export interface ProblemFeed extends Service {
  open(client: FeedClient, filter: DeadLetterFilter | null): Promise<AsyncIterable<ChangedProblem>>;
}

export function makeProblemFeed(deps: ProblemFeedDeps): ProblemFeed {
  const changes: Changes = { ids: [], first: 0, horizon: null, seen: new Map() };
  const waiting = new Set<() => void>();
  const meant = makeSharedReads(deps.database);
  let readers = 0;
  let beginning: Promise<unknown> | undefined;
  const loop = makeLoop(
    {
      name: 'problem feed',
      restMs,
      maxBackoffMs: 2_000,
      async run() {
        if (changes.horizon === null) return 'idle';
        if (readers === 0) {
          changes.horizon = null;
          changes.seen = new Map();
          return 'idle';
        }
        if (await look(deps.database, changes)) for (const wake of [...waiting]) wake();
        return 'idle';
      },
    },
    deps,
  );

  async function* changed(
    client: FeedClient,
    filter: DeadLetterFilter | null,
    start: number,
  ): AsyncGenerator<ChangedProblem> {
    let at = start;
    // Read after the place from which on changes are told, so that nothing lies between.
    const latest = await meant(start, null, filter);
    yield* told(client, latest.ids, latest.openCount);
    while (!client.signal.aborted) {
      if (at === nextOf(changes)) await woken(waiting, client.signal);
      else if (at < changes.first) throw new KoppelError('SUBSCRIPTION_LAGGED', { limit: kept });
      else {
        const part = changes.ids.slice(at - changes.first, at - changes.first + batch);
        const read = await meant(at, part, filter);
        at += part.length;
        const isMeant = new Set(read.ids);
        yield* told(client, new Set(part.filter((id) => isMeant.has(id))), read.openCount);
      }
    }
  }

  return {
    name: 'problem feed',
    start: () => loop.start(),
    stop: () => loop.stop(),
    async open(client, filter) {
      readers++;
      try {
        // A first reader is told of what changes from now on; for the others somebody looks already.
        if (changes.horizon === null) await (beginning ??= look(deps.database, changes));
      } catch (thrown) {
        readers--;
        throw thrown;
      } finally {
        beginning = undefined;
      }
      const inner = changed(client, filter, nextOf(changes));
      return closing(inner, { opened: () => undefined, closed: () => readers-- });
    },
  };
}
