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

/** Makes the rows of a consumer; harmless when they exist. */
export async function preparePositions(
  query: Query,
  consumer: string,
  topic: string,
  partitions: number,
): Promise<void> {
  await query.query(
    `insert into consumer_position (consumer, topic, partition)
     select $1, $2, generate_series(0, $3::int - 1)
     on conflict do nothing`,
    [consumer, topic, partitions],
  );
}

/**
 * Renews what this owner holds and takes at most `take` positions whose lease has expired. Returns everything it holds now.
 * Rows that a running batch has locked are left alone: that batch renews its own lease.
 */
export async function holdPositions(query: Query, holding: Holding, take: number): Promise<readonly HeldPosition[]> {
  const rows = await query.query<{ partition: number; next_offset: string; epoch: string }>(
    `with mine as (
       select partition from consumer_position
       where consumer = $1 and topic = $2 and owner = $3
       for update skip locked
     ), free as (
       select partition from consumer_position
       where consumer = $1 and topic = $2 and owner is distinct from $3 and lease_until < clock_timestamp()
       order by partition
       limit $5
       for update skip locked
     )
     update consumer_position p
     set owner = $3,
         epoch = case when p.owner = $3 then p.epoch else p.epoch + 1 end,
         lease_until = clock_timestamp() + $4 * interval '1 millisecond'
     from (select partition from mine union select partition from free) t
     where p.consumer = $1 and p.topic = $2 and p.partition = t.partition
     returning p.partition, p.next_offset, p.epoch`,
    [holding.consumer, holding.topic, holding.owner, holding.leaseMs, take],
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

/**
 * Moves a position to `to` and renews its lease. Throws POSITION_LOST when it is no longer held or was moved by somebody else.
 * Best called first in a transaction: a second worker with the same batch then waits here and does no work.
 */
export async function movePosition(tx: Tx, held: HeldPosition, to: bigint, leaseMs: number): Promise<void> {
  const rows = await tx.query(
    `update consumer_position
     set next_offset = $6, lease_until = greatest(lease_until, clock_timestamp() + $7 * interval '1 millisecond')
     where consumer = $1 and topic = $2 and partition = $3 and epoch = $4 and next_offset = $5
     returning 1 as moved`,
    [held.consumer, held.topic, held.partition, held.epoch, held.nextOffset, to, leaseMs],
    'positions-move',
  );
  if (rows.length === 0) {
    const { consumer, topic, partition } = held;
    throw new KoppelError('POSITION_LOST', { consumer, topic, partition });
  }
}

/** Gives everything back at once, so that another process need not wait for the leases to expire. */
export async function releasePositions(query: Query, consumer: string, topic: string, owner: string): Promise<void> {
  await query.query(
    `update consumer_position set owner = null, lease_until = '-infinity'
     where consumer = $1 and topic = $2 and owner = $3`,
    [consumer, topic, owner],
  );
}
