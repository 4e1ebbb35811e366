/**
 * Takes old entries off the change log in Postgres. Only what every consumer of a partition has passed is removed, whatever its age: the
 * statement that deletes looks at their positions itself. Of what systems showed, the last word on each record stays, and what waits
 * for a person or for a write: with these a record can always be taken in again.
 */
import type { Query, Tx } from './database.js';
import type { Removed } from './retention.js';

export interface LogPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Partitions that old entries are taken off, and what is kept of them. */
export interface OldEntries extends LogPartition {
  readonly before: Date;
  /** Without it nothing has been passed, however far others are. */
  readonly consumer: string;
  /** The last entry of each key, and those of open problems and deferred changes, stay. */
  readonly keepsLast: boolean;
}

/** Where the slowest consumer of a partition stands; null when the one that must have read it is not known yet. */
const floor = `(select case when bool_or(c.consumer = $3) then min(c.next_offset) end
  from consumer_position c where c.topic = $1 and c.partition = $2)`;

/**
 * Deletes one batch behind the offset `after`, in the order of the partition, and marks how far it was removed: whoever reads from below
 * that is told. The counter's row is locked last, as by those who append.
 */
export async function deleteOldEntries(
  tx: Tx,
  { topic, partition, consumer, before, keepsLast }: OldEntries,
  after: string,
  limit: number,
): Promise<Removed> {
  // By the index of the key, one step for each entry. Not prepared: a plan of when the table was small would read it whole for each.
  const last = keepsLast
    ? `and o."offset" < (select n."offset" from log_entry n where n.topic = $1 and n.key = o.key order by n."offset" desc limit 1)
       and o."offset" not in (select place from waiting)`
    : '';
  const [row] = await tx.query<{ count: number; seen: number; last: string | null }>(
    `with old as materialized (
       select e."offset", e.key, e.at from log_entry e
       where e.topic = $1 and e.partition = $2 and e."offset" > $4::bigint and e."offset" < ${floor}
       order by e."offset" limit $6
     ), waiting as materialized (
       select log_offset as place from parked
       where status in ('OPEN', 'REPLAYING') and log_topic = $1 and log_partition = $2 and log_offset is not null
       union all
       select log_offset from deferred_change where log_topic = $1 and log_partition = $2 and log_offset is not null
     ), gone as (
       delete from log_entry
       where topic = $1 and partition = $2 and "offset" = any(array(select o."offset" from old o where o.at < $5 ${last}))
       returning "offset"
     ), marked as (
       update log_partition set kept_from = greatest(kept_from, g.upto + 1)
       from (select max("offset") as upto from gone) g
       where topic = $1 and partition = $2 and g.upto is not null
     )
     select (select count(*) from gone)::integer as count, count(*) filter (where at < $5)::integer as seen,
       max("offset")::text as last from old`,
    [topic, partition, consumer, after, before, limit],
  );
  const { count, seen, last: upTo } = row!;
  return { count, next: seen < limit ? null : upTo };
}

/** Partitions of the log that hold entries at all. */
export const logPartitions = (query: Query): Promise<readonly LogPartition[]> =>
  query.query<{ topic: string; partition: number }>(
    `select p.topic, p.partition from log_partition p
     where (p.topic = 'canonical' or p.topic like 'changes.%')
       and exists (select from log_entry e where e.topic = p.topic and e.partition = p.partition)
     order by p.topic, p.partition`,
  );

/** Who still needs the oldest entry of a partition that nobody should need any more; null when nobody does. */
export async function whoLags(
  query: Query,
  { topic, partition, consumer, before }: OldEntries,
): Promise<string | null> {
  const [row] = await query.query<{ consumer: string }>(
    `select coalesce(
       (select c.consumer from consumer_position c where c.topic = $1 and c.partition = $2 order by c.next_offset limit 1), $3) as consumer
     where (select e.at from log_entry e where e.topic = $1 and e.partition = $2 and e."offset" >= coalesce(${floor}, 0)
       order by e."offset" limit 1) < $4`,
    [topic, partition, consumer, before],
  );
  return row?.consumer ?? null;
}
