/**
 * Who removes what is older than it is to be kept (table `retention`): a lease that one process has, renewed in the transaction of
 * each batch, so that whoever has lost it removes nothing more. Moments are the database's.
 */
import type { Query, Tx } from './database.js';

/** What one batch has removed, and where the next one goes on; null: there is nothing more. */
export interface Removed {
  readonly count: number;
  readonly next: string | null;
}

/** What had to stay although it is old enough to go, and why; it goes another time. */
export interface LeftOver {
  /** A partition of the log, as `topic/partition`, or a day of the journal. */
  readonly what: string;
  /** `unread`: a consumer has not come so far. `inUse`: work reads far back. `busy`: somebody had the journal all the time. */
  readonly because: 'unread' | 'inUse' | 'busy';
  readonly consumer?: string;
}

/** What was done from beginning to end. */
export interface SweepReport {
  /** Rows of each kind; of the journal days, too. */
  readonly removed: Readonly<Record<string, number>>;
  /** ISO 8601. */
  readonly keptSince: Readonly<Record<'events' | 'payloads' | 'audit', string>>;
  readonly storedBytes: Readonly<Record<string, number>>;
  readonly left: readonly LeftOver[];
}

/** Takes the lease when it is time again; the moment by which ages are counted, or undefined. */
export async function takeSweep(query: Query, owner: string, leaseMs: number): Promise<Date | undefined> {
  const [row] = await query.query<{ now: Date }>(
    `update retention set owner = $1, lease_until = clock_timestamp() + $2 * interval '1 millisecond'
     where due_at <= clock_timestamp() and lease_until < clock_timestamp() returning clock_timestamp() as now`,
    [owner, leaseMs],
  );
  return row?.now;
}

/** Renews the lease; false when somebody else may have it by now. Nobody else can take it before the transaction ends. */
export async function keepSweep(tx: Tx, owner: string, leaseMs: number): Promise<boolean> {
  const rows = await tx.query(
    `update retention set lease_until = clock_timestamp() + $2 * interval '1 millisecond'
     where owner = $1 and lease_until > clock_timestamp() returning 1 as kept`,
    [owner, leaseMs],
    'retention-keep',
  );
  return rows.length > 0;
}

/** Gives the lease back. Without a report it was not done to the end, and anybody may begin anew at once. */
export async function leaveSweep(
  query: Query,
  owner: string,
  done?: { readonly report: SweepReport; readonly restMs: number },
): Promise<void> {
  await query.query(
    `update retention set owner = null, lease_until = '-infinity', report = coalesce($2::jsonb, report),
       swept_at = case when $2 is null then swept_at else clock_timestamp() end,
       due_at = case when $2 is null then due_at else clock_timestamp() + $3 * interval '1 millisecond' end
     where owner = $1`,
    [owner, done === undefined ? null : JSON.stringify(done.report), done?.restMs ?? 0],
  );
}

/** The last time that it was done to the end; null before the first. */
export async function lastSweep(query: Query): Promise<SweepReport | null> {
  const [row] = await query.query<{ report: SweepReport | null }>('select report from retention');
  return row?.report ?? null;
}

/** Bytes on disk, with indexes, of what grows with time. */
export async function storedBytes(query: Query): Promise<Readonly<Record<string, number>>> {
  const [row] = await query.query<{ journal: string; log: string; audit: string }>(
    `select (select sum(pg_total_relation_size(relid)) from pg_partition_tree('journal'))::text as journal,
       pg_total_relation_size('log_entry')::text as log, pg_total_relation_size('audit')::text as audit`,
  );
  return { journal: Number(row!.journal), log: Number(row!.log), audit: Number(row!.audit) };
}
