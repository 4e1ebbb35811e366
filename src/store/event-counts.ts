/** Events of the activity log counted in pieces of time. One statement; the days of the journal that are not meant are not read. */
import type { SyncEventBucket, SyncOutcomeCount } from '../schema/overview.js';
import type { Query } from './database.js';
import { conditionsOf, outcomeSql, type WantedEvents } from './journal-reads.js';
import { allOf, raw, sql, textOf } from './sql.js';

export interface BucketRange {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly stepMs: number;
  readonly pieces: number;
}

/** All pieces, the oldest first; one in which nothing happened has no counts. */
export async function readEventBuckets(
  query: Query,
  wanted: WantedEvents,
  { from, stepMs, pieces }: BucketRange,
): Promise<SyncEventBucket[]> {
  const moment = (piece: number): Date => new Date(from + piece * stepMs);
  const statement = sql`select floor((extract(epoch from j.at) * 1000 - ${from}::bigint) / ${stepMs}::bigint)::integer as piece,
      ${raw(outcomeSql)} as outcome, count(*)::integer as count
    from journal j
    where j.at >= ${moment(0)}::timestamptz and j.at < ${moment(pieces)}::timestamptz and ${allOf(conditionsOf(wanted))}
    group by 1, 2 order by 1, 2`;
  const rows = (await query.query(textOf(statement), statement.values)) as unknown as (SyncOutcomeCount & {
    readonly piece: number;
  })[];
  const counts = Array.from({ length: pieces }, (): SyncOutcomeCount[] => []);
  for (const { piece, outcome, count } of rows) counts[piece]?.push({ outcome, count });
  return counts.map((each, piece) => ({ from: moment(piece), to: moment(piece + 1), counts: each }));
}
