/**
 * Takes old days off the journal. A day is a partition, which is dropped whole: for that nobody may use the journal for a moment, so
 * the lock is asked for briefly and given up when it does not come. What stands in the default partition is deleted in batches.
 */
import { lockBriefly } from './brief-locks.js';
import type { Query, Tx } from './database.js';
import type { Removed } from './retention.js';

/**
 * Somebody reads far back: changes are being taken back by a job, or flows compared after a restore, perhaps of a backup that is old. Nothing
 * of the journal, nor of what belongs to it, is removed meanwhile.
 */
const isInUse = `(exists (select from job where kind = 'UNDO' and status in ('QUEUED', 'RUNNING', 'CANCELLING'))
  or exists (select from restore_check where finished_at is null))`;

/** Whether history is in use by work that is under way. */
export async function journalIsInUse(query: Query): Promise<boolean> {
  const [row] = await query.query<{ used: boolean }>(`select ${isInUse} as used`);
  return row!.used;
}

/** Partitions of days that were over at a moment, the oldest first. */
export async function oldJournalDays(query: Query, before: Date): Promise<readonly string[]> {
  const rows = await query.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'journal'::regclass and c.relname ~ '^journal_[0-9]{8}$'
       and to_date(right(c.relname, 8), 'YYYYMMDD') < ($1::timestamptz at time zone 'UTC')::date
     order by 1`,
    [before],
  );
  return rows.map(({ name }) => name);
}

/** Drops a day; false when it is in use. Fails with `isLockRefused` when somebody reads or writes and does not come to an end. */
export async function dropJournalDay(tx: Tx, name: string): Promise<boolean> {
  await lockBriefly(tx);
  // Only the journal itself: whoever uses one of its days has a lock on it too.
  await tx.query('lock table only journal in access exclusive mode');
  // With the lock nobody has read the journal who has not committed: an undo that was planned is seen.
  if (await journalIsInUse(tx)) return false;
  await tx.query(`drop table ${name}`);
  return true;
}

/** Deletes what is older from the default partition, where days stand that had no partition in time. */
export async function deleteOldJournal(tx: Tx, before: Date, limit: number): Promise<Removed> {
  const rows = await tx.query(
    `delete from journal_default where (position, at) in (
       select position, at from journal_default where at < $1 and not ${isInUse} order by position limit $2) returning 1 as gone`,
    [before, limit],
  );
  return { count: rows.length, next: rows.length < limit ? null : '' };
}
