/** What tests of retention share: sweeps at other moments and by other owners, and making what is there older. */
import { systemClock } from '../../src/base/clock.js';
import { newId } from '../../src/base/ids.js';
import { silentLogger } from '../../src/base/logger.js';
import { canonicalTopic } from '../../src/log/change-log.js';
import type { Database } from '../../src/store/database.js';
import { isLockRefused } from '../../src/store/brief-locks.js';
import * as oldJournal from '../../src/store/old-journal.js';
import * as oldLog from '../../src/store/old-log.js';
import * as oldRows from '../../src/store/old-rows.js';
import { readJournalStart } from '../../src/store/record-past.js';
import * as retention from '../../src/store/retention.js';
import { sweepOnce, type RetentionDeps } from '../../src/sync/retention.js';

export const dayMs = 86_400_000;
export const keptFor = { eventsMs: 180 * dayMs, payloadsMs: 30 * dayMs, auditMs: 7 * 366 * dayMs };
const stores = { ...retention, ...oldJournal, ...oldLog, ...oldRows, isLockRefused, readJournalStart };

export interface SweepOptions extends Partial<Omit<RetentionDeps, 'database' | 'store'>> {
  readonly store?: Partial<RetentionDeps['store']>;
  /** By how many days the clock is ahead. */
  readonly inDays?: number;
  readonly signal?: AbortSignal;
}

/** One sweep by a process of its own. It is time for one whenever a test asks, unless another process has the lease. */
export async function sweep(
  database: Database,
  options: SweepOptions = {},
): Promise<retention.SweepReport | undefined> {
  const { store, inDays = 0, signal = new AbortController().signal, ...more } = options;
  await database.query(`update retention set due_at = '-infinity'`);
  const takeSweep: typeof retention.takeSweep = async (...asked) => {
    const now = await retention.takeSweep(...asked);
    return now && new Date(now.getTime() + inDays * dayMs);
  };
  const deps: RetentionDeps = {
    ...{ database, canonicalTopic, keptFor, clock: systemClock, logger: silentLogger, owner: newId('run'), tries: 2 },
    ...more,
    store: { ...stores, takeSweep, ...store },
  };
  return sweepOnce(deps, signal);
}

/** Makes all that happened so far so many days older; the journal gets partitions for those days. */
export async function age(database: Database, days: number): Promise<void> {
  const old = await database.query<{ day: string }>(
    `select distinct to_char((at - $1 * interval '1 day') at time zone 'UTC', 'YYYYMMDD') as day from journal`,
    [days],
  );
  for (const { day } of old) {
    await database.query(
      `create table if not exists journal_${day} partition of journal for values from ('${day} 00:00:00+00') to ('${next(day)} 00:00:00+00')`,
    );
  }
  for (const table of ['journal', 'log_entry', 'audit'])
    await database.query(`update ${table} set at = at - $1 * interval '1 day'`, [days]);
}

function next(day: string): string {
  const [year, month, date] = [day.slice(0, 4), day.slice(4, 6), day.slice(6)];
  return new Date(Date.parse(`${year}-${month}-${date}T00:00:00Z`) + dayMs)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');
}

/** Days of the journal that have a partition of their own, of those that were over yesterday. */
export const oldDays = (database: Database): Promise<readonly string[]> =>
  oldJournal.oldJournalDays(database, new Date());

export async function countOf(database: Database, from: string): Promise<number> {
  const [row] = await database.query<{ n: number }>(`select count(*)::integer as n from ${from}`);
  return row!.n;
}
