/**
 * Removes what is older than it is to be kept. In: how long that is. Out: days of the journal dropped, entries of the log and rows of other
 * tables deleted in small batches with rests between them, so that ingest goes on beside it, and a report. One process does it at
 * a time; one that is stopped, or dies, leaves the rest to the next, because every batch is complete in itself.
 */
import type { Clock } from '../base/clock.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { Database, Tx } from '../store/database.js';
import type { LogPartition, OldEntries } from '../store/old-log.js';
import type { LeftOver, Removed, SweepReport } from '../store/retention.js';
import { lookConsumer } from './look.js';

/** How long what is kept, in milliseconds. */
export interface KeptFor {
  readonly eventsMs: number;
  readonly payloadsMs: number;
  readonly auditMs: number;
}

export interface RetentionDeps {
  readonly database: Database;
  readonly store: typeof import('../store/retention.js') &
    typeof import('../store/old-journal.js') &
    Pick<typeof import('../store/brief-locks.js'), 'isLockRefused'> &
    typeof import('../store/old-log.js') &
    typeof import('../store/old-rows.js') &
    Pick<typeof import('../store/record-past.js'), 'readJournalStart'>;
  readonly canonicalTopic: string;
  readonly keptFor: KeptFor;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Unique per run of a process. */
  readonly owner: string;
  readonly leaseMs?: number;
  /** Most rows of one batch, and how often a day of the journal is tried. */
  readonly batchSize?: number;
  readonly tries?: number;
}

/** The consumer of changes; the name is that of its positions. */
const ingestConsumer = 'ingest';
const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Nobody else begins while this process is at a batch or rests behind one, however slow the database is. */
const leaseTimeMs = 180_000;
/** Rest between two batches: three times as long as the batch took, within these bounds. */
const [leastRestMs, mostRestMs, restShare] = [20, 10_000, 3];
/** Between two tries to have the journal to oneself. */
const tryAgainMs = 300;

/** One sweep from beginning to end; undefined when it is not time, another process does it, or it was taken over. */
export async function sweepOnce(deps: RetentionDeps, stopping: AbortSignal): Promise<SweepReport | undefined> {
  const { database, store, owner, leaseMs = leaseTimeMs } = deps;
  const now = await store.takeSweep(database, owner, leaseMs);
  if (now === undefined) return undefined;
  const lost = new AbortController();
  try {
    const sweep = makeBatches(deps, AbortSignal.any([stopping, lost.signal]), lost);
    const report = await removeAll(deps, sweep, now);
    await store.leaveSweep(database, owner, { report, restMs: report.left.length > 0 ? hourMs : 6 * hourMs });
    tell(deps.logger, report);
    return report;
  } catch (thrown) {
    await store.leaveSweep(database, owner).catch(() => undefined);
    if (!lost.signal.aborted) throw thrown;
    deps.logger.info({}, 'another process removes what is older than it is kept');
    return undefined;
  }
}

/** `line` is for people who watch the hub start and work. */
function tell(logger: Logger, report: SweepReport): void {
  const removed = Object.entries(report.removed).filter(([, count]) => count > 0);
  const line = `removed by age: ${removed.map(([name, count]) => `${count} ${name}`).join(', ') || 'nothing'}`;
  const isNews = removed.length > 0 || report.left.length > 0;
  logger[isNews ? 'info' : 'debug']({ ...report, line }, 'what is older than it is kept was removed');
}

/** As a service: it looks every few minutes whether it is time. */
export function makeRetention(deps: RetentionDeps): Service {
  return makeLoop(
    {
      name: 'retention',
      restMs: 300_000,
      // As much as there is; between batches it is told to stop, and each has a time limit of its own.
      isUnwatched: true,
      async run(signal) {
        await sweepOnce(deps, signal);
        return 'idle';
      },
    },
    deps,
  );
}

interface Batches {
  /** Removes batch after batch; returns how many rows that were. */
  all(step: (tx: Tx, from: string) => Promise<Removed>): Promise<number>;
  /** One transaction, if this process still has the lease. */
  alone<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  rest(ms: number): Promise<void>;
}

function makeBatches(deps: RetentionDeps, signal: AbortSignal, lost: AbortController): Batches {
  const { database, store, clock, owner, leaseMs = leaseTimeMs } = deps;
  const alone = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    return database.tx(async (tx) => {
      if (!(await store.keepSweep(tx, owner, leaseMs))) lost.abort(new Error('the lease was lost'));
      lost.signal.throwIfAborted();
      return work(tx);
    });
  };
  const rest = (ms: number): Promise<void> => clock.sleep(ms, signal);
  return {
    alone,
    rest,
    async all(step) {
      let count = 0;
      for (let from: string | null = '-1'; from !== null;) {
        const at: string = from;
        const began = clock.monotonic();
        const removed = await alone((tx) => step(tx, at));
        count += removed.count;
        from = removed.next;
        await rest(Math.min(mostRestMs, Math.max(leastRestMs, (clock.monotonic() - began) * restShare)));
      }
      return count;
    },
  };
}

async function removeAll(deps: RetentionDeps, batches: Batches, now: Date): Promise<SweepReport> {
  const { database, store, keptFor, batchSize = 500 } = deps;
  const ago = (ms: number): Date => new Date(now.getTime() - ms);
  // Whole days, because the journal goes by days and what belongs to it goes with it.
  const events = new Date(Math.floor(ago(keptFor.eventsMs).getTime() / dayMs) * dayMs);
  const [payloads, audit] = [ago(keptFor.payloadsMs), ago(keptFor.auditMs)];
  const left: LeftOver[] = [];
  const removed: Record<string, number> = {};

  removed['journal'] = await batches.all((tx) => store.deleteOldJournal(tx, events, batchSize));
  removed['journalDays'] = await dropDays(deps, batches, events, left);
  const begins = (await store.readJournalStart(database)) ?? events;
  // What an entry of the journal changed stays as long as the entry; it was written a moment earlier in the same transaction.
  const canonical = new Date(Math.min(begins.getTime(), events.getTime()) - hourMs);
  for (const each of await store.logPartitions(database)) {
    const old = oldEntries(deps, each, { canonical, payloads });
    const name = old.keepsLast ? 'changes' : 'canonical';
    const count = await batches.all((tx, after) => store.deleteOldEntries(tx, old, after, batchSize));
    removed[name] = (removed[name] ?? 0) + count;
    const consumer = await store.whoLags(database, old);
    if (consumer !== null) left.push({ what: `${old.topic}/${old.partition}`, because: 'unread', consumer });
  }
  const rows = [
    ['problems', store.removeOldProblems, events],
    ['conflicts', store.removeOldConflicts, events],
    ['holds', store.removeOldHolds, events],
    ['runs', store.removeOldRuns, events],
    ['undo', store.removeOldUndoRecords, ago(dayMs)],
    ['impacts', store.removeOldImpacts, events],
    ['jobs', store.removeOldJobs, events],
    // Last, so that who did what outlives what was done.
    ['audit', store.removeOldAudit, audit],
  ] as const;
  for (const [name, remove, before] of rows) removed[name] = await batches.all((tx) => remove(tx, before, batchSize));
  const keptSince = {
    events: new Date(Math.min(begins.getTime(), events.getTime())).toISOString(),
    payloads: payloads.toISOString(),
    audit: audit.toISOString(),
  };
  return { removed, keptSince, storedBytes: await store.storedBytes(database), left };
}

function oldEntries(
  { canonicalTopic }: RetentionDeps,
  { topic, partition }: LogPartition,
  before: { readonly canonical: Date; readonly payloads: Date },
): OldEntries {
  return topic === canonicalTopic
    ? { topic, partition, before: before.canonical, consumer: lookConsumer, keepsLast: false }
    : { topic, partition, before: before.payloads, consumer: ingestConsumer, keepsLast: true };
}

/** Drops old days, the oldest first, and none behind one that has to stay: positions of the journal have no gaps. */
async function dropDays(deps: RetentionDeps, batches: Batches, before: Date, left: LeftOver[]): Promise<number> {
  const { database, store, tries = 10 } = deps;
  let count = 0;
  for (const day of await store.oldJournalDays(database, before)) {
    const because = await dropDay(deps, batches, day, tries);
    if (because !== null) {
      left.push({ what: day, because });
      return count;
    }
    count++;
  }
  return count;
}

/** Null: it is gone; else why not. */
async function dropDay(
  { store }: RetentionDeps,
  batches: Batches,
  day: string,
  tries: number,
): Promise<LeftOver['because'] | null> {
  for (let tried = 1; ; tried++) {
    try {
      return (await batches.alone((tx) => store.dropJournalDay(tx, day))) ? null : 'inUse';
    } catch (thrown) {
      if (!store.isLockRefused(thrown)) throw thrown;
      if (tried >= tries) return 'busy';
      await batches.rest(tryAgainMs);
    }
  }
}
