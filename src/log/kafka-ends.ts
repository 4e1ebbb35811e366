/**
 * How far the hub's own entries go in Kafka, as far as brokers have acknowledged them. Kept in Postgres, in the transaction that
 * depends on the entries: by it runs of flows know that changes are on their way, and by it a topic that has become shorter is found
 * (brokers that lost what they had acknowledged, a topic that was made anew, another cluster). Nothing else would tell: positions of
 * readers below the new end go on as if nothing had been there.
 */
import type { Query, Tx } from '../store/database.js';

/** Where entries of a partition were put: offset of the first, and the one after the last. */
export interface Written {
  readonly base: bigint;
  readonly end: bigint;
}

/** A partition that ends, or was written, before what was acknowledged. */
export interface Shortened {
  readonly partition: number;
  readonly acknowledged: bigint;
  readonly end: bigint;
}

/** Which partitions had lost entries when these were written. `acknowledged`: as it was before they were sent, so it holds whoever else writes. */
export const shortenedAt = (
  written: ReadonlyMap<number, Written>,
  acknowledged: ReadonlyMap<number, bigint>,
): readonly Shortened[] =>
  [...written].flatMap(([partition, { base }]) => {
    const known = acknowledged.get(partition) ?? 0n;
    return base < known ? [{ partition, acknowledged: known, end: base }] : [];
  });

/** The lower of two ends of each partition. */
export const lowerOf = (
  some: ReadonlyMap<number, bigint>,
  others: ReadonlyMap<number, bigint>,
): ReadonlyMap<number, bigint> =>
  new Map(
    [...some].map(([partition, end]) => {
      const other = others.get(partition) ?? 0n;
      return [partition, end < other ? end : other];
    }),
  );

/** How far each partition goes, at least. */
export async function storedEnds(query: Query, topic: string): Promise<ReadonlyMap<number, bigint>> {
  const rows = await query.query<{ partition: number; next_offset: string }>(
    'select partition, next_offset from log_partition where topic = $1',
    [topic],
    'log-kafka-known',
  );
  return new Map(rows.map(({ partition, next_offset: end }) => [partition, BigInt(end)]));
}

/**
 * In the order of their partitions, as everybody locks them. Since when the oldest entry waits is kept while ingest has not come to the
 * end: no time of an entry is known where the brokers cannot be asked.
 */
export async function rememberEnds(tx: Tx, topic: string, ends: ReadonlyMap<number, Written>): Promise<void> {
  const sorted = [...ends].sort(([a], [b]) => a - b);
  await tx.query(
    `insert into log_partition as p (topic, partition, next_offset, waits_since)
     select $1, partition, "end", now() from unnest($2::int[], $3::bigint[]) as e(partition, "end") order by partition
     on conflict (topic, partition) do update set next_offset = greatest(p.next_offset, excluded.next_offset),
       waits_since = case
         when p.next_offset <= coalesce((select c.next_offset from consumer_position c
           where c.consumer = 'ingest' and c.topic = p.topic and c.partition = p.partition), 0) then excluded.waits_since
         else coalesce(p.waits_since, excluded.waits_since) end`,
    [topic, sorted.map(([partition]) => partition), sorted.map(([, { end }]) => end)],
    'log-kafka-ends',
  );
}

/** People have decided where to go on: what was acknowledged behind these ends does not count any more. */
export async function acceptEnds(tx: Tx, topic: string, ends: ReadonlyMap<number, bigint>): Promise<void> {
  await tx.query(
    `update log_partition p set next_offset = e."end"
     from (select partition, "end" from unnest($2::int[], $3::bigint[]) as u(partition, "end") order by partition) e
     where p.topic = $1 and p.partition = e.partition and p.next_offset > e."end"`,
    [topic, [...ends.keys()], [...ends.values()]],
  );
}
