/**
 * How far each consumer of the log has come, and who may move it. A lease is taken only when the old one has expired by the
 * database's clock; taking it raises the epoch. A position moves only in the transaction of the effect, under the epoch and
 * from the offset that its mover knows: whoever lost it finds no row and abandons the batch, so no batch counts twice.
 */
import { KoppelError } from '../base/errors.js';
import type { Query, Tx } from './database.js';

export interface HeldPosition {
  readonly consumer: string;
  readonly topic: string;
  readonly partition: number;
  readonly nextOffset: bigint;
  readonly epoch: bigint;
}

export interface Holding {
  readonly consumer: string;
  readonly topic: string;
  /** Unique per run of a process. */
  readonly owner: string;
  readonly leaseMs: number;
}

/** Positions that were given back longer ago than this are taken by anyone, fair share or not. */
const orphanedMs = 1_500;

/** Makes the rows of a consumer, at offset 0 or at `starts`; harmless when they exist. */
export async function preparePositions(
  query: Query,
  consumer: string,
  topic: string,
  partitions: number,
  starts: readonly bigint[] = [],
): Promise<void> {
  await query.query(
    `insert into consumer_position (consumer, topic, partition, next_offset)
     select $1, $2, p - 1, coalesce(($4::bigint[])[p], 0) from generate_series(1, $3::int) as p
     on conflict do nothing`,
    [consumer, topic, partitions, starts],
  );
}

/**
 * Renews what this owner holds and takes at most `take` positions that are free, and as many as their owner has let expire or
 * nobody has taken for a while after they were given back: the share of a process that was killed must not wait until it is not counted
 * any more. Positions that were stopped are not taken. Returns everything this owner holds now.
 * Rows that a running batch has locked are left alone: that batch renews its own lease.
 */
export async function holdPositions(query: Query, holding: Holding, take: number): Promise<readonly HeldPosition[]> {
  const rows = await query.query<{ partition: number; next_offset: string; epoch: string }>(
    `with mine as (
       select partition from consumer_position
       where consumer = $1 and topic = $2 and owner = $3 and stopped_code is null
       for update skip locked
     ), free as (
       select partition from consumer_position
       where consumer = $1 and topic = $2 and owner is distinct from $3 and lease_until < clock_timestamp()
         and stopped_code is null
       order by partition
       limit greatest($5, (
         select count(*) from consumer_position
         where consumer = $1 and topic = $2 and owner is distinct from $3 and lease_until <> '-infinity'
           and lease_until < clock_timestamp() - case when owner is null then $6 else 0 end * interval '1 millisecond'))
       for update skip locked
     )
     update consumer_position p
     set owner = $3,
         epoch = case when p.owner = $3 then p.epoch else p.epoch + 1 end,
         lease_until = clock_timestamp() + $4 * interval '1 millisecond'
     from (select partition from mine union select partition from free) t
     where p.consumer = $1 and p.topic = $2 and p.partition = t.partition
     returning p.partition, p.next_offset, p.epoch`,
    [holding.consumer, holding.topic, holding.owner, holding.leaseMs, take, orphanedMs],
    'positions-hold',
  );
  return rows
    .map((row) => ({
      consumer: holding.consumer,
      topic: holding.topic,
      partition: row.partition,
      nextOffset: BigInt(row.next_offset),
      epoch: BigInt(row.epoch),
    }))
    .sort((a, b) => a.partition - b.partition);
}

/** Where a position goes. */
export interface PositionMove {
  readonly held: HeldPosition;
  readonly to: bigint;
}

/**
 * Moves positions of one consumer in one topic and renews their leases. Throws POSITION_LOST when one of them is no longer held or
 * was moved by somebody else. Best called first in a transaction: a second worker with the same batch then waits here and does no work.
 */
export async function movePositions(tx: Tx, moves: readonly PositionMove[], leaseMs: number): Promise<void> {
  const [first] = moves;
  if (first === undefined) return;
  const { consumer, topic } = first.held;
  const rows = await tx.query<{ partition: number }>(
    `update consumer_position p
     set next_offset = k."to", moved_at = clock_timestamp(),
       lease_until = greatest(p.lease_until, clock_timestamp() + $7 * interval '1 millisecond')
     from (
       select c.partition, m."to"
       from unnest($3::int[], $4::bigint[], $5::bigint[], $6::bigint[]) as m(partition, epoch, "from", "to")
       join consumer_position c on c.consumer = $1 and c.topic = $2 and c.partition = m.partition
         and c.epoch = m.epoch and c.next_offset = m."from"
       order by c.partition
       for update of c
     ) k
     where p.consumer = $1 and p.topic = $2 and p.partition = k.partition
     returning p.partition`,
    [
      consumer,
      topic,
      moves.map(({ held }) => held.partition),
      moves.map(({ held }) => held.epoch),
      moves.map(({ held }) => held.nextOffset),
      moves.map(({ to }) => to),
      leaseMs,
    ],
    'positions-move',
  );
  const moved = new Set(rows.map(({ partition }) => partition));
  const lost = moves.find(({ held }) => !moved.has(held.partition));
  if (lost !== undefined) throw new KoppelError('POSITION_LOST', { consumer, topic, partition: lost.held.partition });
}

/** The same for one. */
export const movePosition = (tx: Tx, held: HeldPosition, to: bigint, leaseMs: number): Promise<void> =>
  movePositions(tx, [{ held, to }], leaseMs);

/** Gives partitions back at once, all of them without a list, so that another process need not wait for the leases to expire. */
export async function releasePositions(
  query: Query,
  consumer: string,
  topic: string,
  owner: string,
  partitions?: readonly number[],
): Promise<void> {
  await query.query(
    `update consumer_position set owner = null, lease_until = clock_timestamp()
     where consumer = $1 and topic = $2 and owner = $3 and ($4::int[] is null or partition = any($4))`,
    [consumer, topic, owner, partitions ?? null],
  );
}

/** Why a position stands still. */
export interface Stopped {
  readonly code: string;
  readonly message: string;
  /** Kind of record in the partition; null when there are several. */
  readonly record: string | null;
}

/** Nobody moves the position until a person has decided; nothing happens when somebody else has it by now. */
export async function stopPosition(
  query: Query,
  held: HeldPosition,
  { code, message, record }: Stopped,
): Promise<void> {
  await query.query(
    `update consumer_position
     set stopped_code = $6, stopped_message = $7, stopped_record = $8, stopped_at = clock_timestamp(),
       owner = null, lease_until = '-infinity'
     where consumer = $1 and topic = $2 and partition = $3 and epoch = $4 and next_offset = $5`,
    [held.consumer, held.topic, held.partition, held.epoch, held.nextOffset, code, message, record],
  );
}

/**
 * Stops a partition whoever reads it, also when nobody has begun to: who holds it loses it and abandons its batch. One that stands
 * still already keeps its reason, and its row is not waited for: who lets it go on has that, and may wait for what the caller has.
 * Returns whether it was stopped now.
 */
export async function stopPartition(
  query: Query,
  consumer: string,
  topic: string,
  partition: number,
  { code, message, record }: Stopped,
): Promise<boolean> {
  const rows = await query.query<{ partition: number }>(
    `insert into consumer_position as p (consumer, topic, partition, stopped_code, stopped_message, stopped_record, stopped_at)
     select $1, $2, $3::int, $4, $5, $6, clock_timestamp()
     where not exists (
       select from consumer_position s where s.consumer = $1 and s.topic = $2 and s.partition = $3 and s.stopped_code is not null)
     on conflict (consumer, topic, partition) do update
     set stopped_code = excluded.stopped_code, stopped_message = excluded.stopped_message,
       stopped_record = excluded.stopped_record, stopped_at = excluded.stopped_at,
       epoch = p.epoch + 1, owner = null, lease_until = '-infinity'
     where p.stopped_code is null
     returning partition`,
    [consumer, topic, partition, code, message, record],
  );
  return rows.length > 0;
}

/** Partitions of a topic that stand still, of those kinds of record. */
export async function stoppedPositions(
  query: Query,
  consumer: string,
  topic: string,
  records: readonly string[],
): Promise<readonly number[]> {
  const rows = await query.query<{ partition: number }>(
    `select partition from consumer_position
     where consumer = $1 and topic = $2 and stopped_code is not null and (stopped_record is null or stopped_record = any($3::text[]))
     order by partition`,
    [consumer, topic, records],
  );
  return rows.map(({ partition }) => partition);
}

/** Lets positions go on from the given offsets; those that go on already are left alone. */
export async function resumePositions(
  tx: Tx,
  consumer: string,
  topic: string,
  at: ReadonlyMap<number, bigint>,
): Promise<void> {
  await tx.query(
    `update consumer_position p
     set next_offset = a."offset", moved_at = clock_timestamp(), epoch = p.epoch + 1, owner = null, lease_until = '-infinity',
       stopped_code = null, stopped_message = null, stopped_record = null, stopped_at = null
     from (select partition, "offset" from unnest($3::int[], $4::bigint[]) as a(partition, "offset") order by partition) a
     where p.consumer = $1 and p.topic = $2 and p.partition = a.partition and p.stopped_code is not null`,
    [consumer, topic, [...at.keys()], [...at.values()]],
  );
}
