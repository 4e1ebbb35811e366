/** Where the log stands, and whether it is the one that was used before. */
import { KoppelError } from '../base/errors.js';
import type { Query, Tx } from './database.js';
import { selected } from './sql.js';

/** Which hub this database is of, for topics that others may write to as well. Made once; a restored database is still the same hub. */
export async function hubIdOf(query: Query): Promise<string> {
  const rows = await query.query<{ value: string }>(
    `insert into setting (name, value) values ('log.hub', to_jsonb(gen_random_uuid()::text))
     on conflict (name) do update set value = setting.value
     returning value`,
  );
  const [row] = rows;
  return row!.value;
}

/** Grows by one with each entry that is committed. */
export async function headOf(query: Query, topic: string): Promise<string> {
  const [row] = await query.query<{ head: string }>(
    'select coalesce(sum(next_offset), 0)::text as head from log_partition where topic = $1',
    [topic],
  );
  return row?.head ?? '0';
}

/**
 * Refuses to start while the other log, Postgres or Kafka, has changes that were not taken in: nobody would read them any more.
 * `topics`: what the topics of changes begin with in the log that is used now.
 */
export async function refuseUnread(query: Query, topics: string): Promise<void> {
  const [row] = await query.query<{ count: string; other: string | null }>(
    `select coalesce(sum(p.next_offset - coalesce(c.next_offset, 0)), 0)::text as count,
       min(case when p.topic like 'kafka.%' then 'Kafka' else 'Postgres' end) as other
     from log_partition p
     left join consumer_position c on c.consumer = 'ingest' and c.topic = p.topic and c.partition = p.partition
     where (p.topic like 'changes.%' or p.topic like 'kafka.changes.%') and not starts_with(p.topic, $1)
       and p.next_offset > coalesce(c.next_offset, 0)
       and exists (select from system s where p.topic in ('changes.' || s.key, 'kafka.changes.' || s.key))`,
    [topics],
  );
  if (row === undefined || row.count === '0' || row.other === null) return;
  const wanted = row.other === 'Kafka' ? 'Postgres' : 'Kafka';
  throw new KoppelError('LOG_CARRIER_UNREAD', { count: row.count, other: row.other, wanted });
}

/** Since when the oldest entry waits that the consumer has not passed; null when none does, or there is no such consumer. */
export async function unreadSince(query: Query, consumer: string, topic: string): Promise<Date | null> {
  const [row] = await query.query<{ at: Date | null }>(
    `select min(e.at) as at
     from consumer_position c
     cross join lateral (
       select at from log_entry where topic = c.topic and partition = c.partition and "offset" >= c.next_offset
       order by "offset" limit 1) e
     where c.consumer = $1 and c.topic = $2`,
    [consumer, topic],
  );
  return row?.at ?? null;
}

/** A system of which changes wait in the log although ingest stands still. */
export interface StandingIngest {
  /** Key of the system, and its name. */
  readonly system: string;
  readonly systemName: string;
  /** Since when a position has not moved that the log goes beyond, as ISO 8601 to the second. */
  readonly since: string;
  /** For how long, in milliseconds. */
  readonly ms: number;
}

/**
 * SELECT of systems with a partition that the log fills and from which ingest has taken nothing for five minutes; columns as in
 * StandingIngest. A backlog that moves is none, however old. Partitions that wait for a person are told of as what they are.
 */
export const standingIngest = `select s.key as system, s.name as "systemName", to_char(min(w.since) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since,
    (extract(epoch from now() - min(w.since)) * 1000)::double precision as ms
  from system s
  join log_partition p on p.topic in ('changes.' || s.key, 'kafka.changes.' || s.key)
  left join consumer_position c on c.consumer = 'ingest' and c.topic = p.topic and c.partition = p.partition
  cross join lateral (
    select greatest(c.moved_at, p.waits_since, case when p.waits_since is null then (
      select e.at from log_entry e where e.topic = p.topic and e.partition = p.partition and e."offset" >= coalesce(c.next_offset, 0)
      order by e."offset" limit 1) end) as since) w
  where p.next_offset > coalesce(c.next_offset, 0) and c.stopped_code is null
    and (c.moved_at is null or c.moved_at <= now() - interval '5 minutes') and w.since <= now() - interval '5 minutes'
  group by s.key, s.name`;

/** The same, the longest first. */
export const readStandingIngest = (query: Query): Promise<readonly StandingIngest[]> =>
  selected(query, `${standingIngest} order by ms desc, system`);

/** Why consumers of a topic stand still, each with its name. */
export const stoppedConsumers = (
  query: Query,
  topic: string,
): Promise<readonly { readonly consumer: string; readonly message: string }[]> =>
  query.query<{ consumer: string; message: string }>(
    `select consumer, min(stopped_message) as message from consumer_position
     where topic = $1 and stopped_code is not null group by consumer order by consumer`,
    [topic],
  );

/** Consumers that stand still because entries were removed before they had read them go on with what is there. Returns whether there were any. */
export async function goOnBehindLost(tx: Tx, topic: string): Promise<boolean> {
  const rows = await tx.query(
    `update consumer_position c
     set next_offset = p.kept_from, epoch = c.epoch + 1, owner = null, lease_until = '-infinity',
       stopped_code = null, stopped_message = null, stopped_record = null, stopped_at = null
     from log_partition p
     where c.topic = $1 and p.topic = c.topic and p.partition = c.partition and c.stopped_code = 'LOG_EVENTS_LOST'
     returning 1 as went`,
    [topic],
  );
  return rows.length > 0;
}

/**
 * Leaves positions of a topic out: after a restore those behind its end were given to other entries before, which readers outside of the
 * hub may have seen. Consumers that had read everything have still done so.
 */
export async function leap(tx: Tx, topic: string, by: bigint): Promise<void> {
  await tx.query(
    `with moved as (
       update log_partition set next_offset = next_offset + $2 where topic = $1 returning topic, partition, next_offset
     )
     update consumer_position c set next_offset = m.next_offset from moved m
     where c.topic = m.topic and c.partition = m.partition and c.next_offset = m.next_offset - $2`,
    [topic, String(by)],
  );
}
