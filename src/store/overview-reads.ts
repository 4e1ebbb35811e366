/** Sums over what happened: of all flows within a window, and in pieces of time. Counts are those of runs, times those of writes. */
import type { ActivityBucket } from '../schema/overview.js';
import type { SyncCounts } from '../schema/flow.js';
import type { Query } from './database.js';
import { selected } from './sql.js';

const sums = `coalesce(sum(r.read), 0)::integer as read, coalesce(sum(r.created), 0)::integer as created,
  coalesce(sum(r.updated), 0)::integer as updated, 0 as deleted, coalesce(sum(r.unchanged), 0)::integer as unchanged,
  coalesce(sum(r.excluded), 0)::integer as excluded, coalesce(sum(r.failed), 0)::integer as failed,
  coalesce(sum(r.blocked), 0)::integer as blocked`;

/** Sums over the runs that started within the window, and within the one of the same length before it. */
export async function readTotals(
  query: Query,
  windowMs: number,
): Promise<{ readonly now: SyncCounts; readonly before: SyncCounts }> {
  const between = (from: number, to: number): Promise<SyncCounts[]> =>
    selected(
      query,
      `select ${sums} from flow_run r
       where r.started_at >= now() - $1::double precision * interval '1 millisecond'
         and r.started_at < now() - $2::double precision * interval '1 millisecond'`,
      [from, to],
    );
  const [now] = await between(windowMs, 0);
  const [before] = await between(2 * windowMs, windowMs);
  return { now: now!, before: before! };
}

type BucketRow = SyncCounts & { readonly from: Date; readonly to: Date; readonly durationP95Ms: number | null };

/** The window in pieces of the same length, the oldest first; a piece in which nothing happened has zeros. */
export async function readActivity(query: Query, windowMs: number, bucketMs: number): Promise<ActivityBucket[]> {
  const rows = await selected<BucketRow>(
    query,
    `with bucket as (
       select now() - $1::double precision * interval '1 millisecond' + i * $2::double precision * interval '1 millisecond' as start
       from generate_series(0, ceil($1::double precision / $2)::integer - 1) i
     )
     select b.start as "from", b.start + $2::double precision * interval '1 millisecond' as "to", s.*,
       (select percentile_cont(0.95) within group (order by j.duration_ms)::integer from journal j
        where j.at >= b.start and j.at < b.start + $2::double precision * interval '1 millisecond'
          and j.step in ('written', 'repaired')) as "durationP95Ms"
     from bucket b
     cross join lateral (select ${sums} from flow_run r
       where r.started_at >= b.start and r.started_at < b.start + $2::double precision * interval '1 millisecond') s
     order by b.start`,
    [windowMs, bucketMs],
  );
  return rows.map(({ from, to, durationP95Ms, ...counts }) => ({ from, to, durationP95Ms, counts }));
}

/** Problems and conflicts that wait for a person. */
export async function readOpenCounts(query: Query): Promise<{ problems: number; conflicts: number }> {
  const [row] = await selected<{ problems: number; conflicts: number }>(
    query,
    `select (select count(*)::integer from parked where status in ('OPEN', 'REPLAYING')) as problems,
       (select count(*)::integer from field_conflict where resolved_at is null) as conflicts`,
  );
  return row!;
}
