/** Runs of flows: from the first thing to do until nothing is left. Their counts come from the journal, for open ones every few seconds. */
import type { Query, Row, Tx } from './database.js';

export interface FlowActivity {
  readonly flow: string;
  /** Some changes are not ingested yet, events not looked at, or projections on their way. */
  readonly isBusy: boolean;
  /** Something was done since the last run ended, possibly between two looks. */
  readonly hasNews: boolean;
  readonly run: { readonly id: string; readonly startedAt: Date; readonly isCountDue: boolean } | null;
  /** The guard holds writes of it back. */
  readonly isHeld: boolean;
  /** Somebody asked for a run after the last one began. */
  readonly isRequested: boolean;
}

/** How often what an open run has done is counted. */
const countEverySeconds = 5;

interface ActivityRow extends Row {
  readonly flow: string;
  readonly is_busy: boolean;
  readonly has_news: boolean;
  readonly run: string | null;
  readonly started_at: Date | null;
  readonly is_count_due: boolean;
  readonly is_requested: boolean;
  readonly is_held: boolean;
}

const openRunOf = ({ run, started_at: startedAt, is_count_due: isCountDue }: ActivityRow): FlowActivity['run'] =>
  run === null || startedAt === null ? null : { id: run, startedAt, isCountDue };

/** What each flow that is not switched off has to do, and its present run. Costs the same however much there is to do. */
export async function flowActivity(query: Query): Promise<readonly FlowActivity[]> {
  // A row has a next_at exactly while it is on its way. The order makes the look go by that index, to the first such row.
  const rows = await query.query<ActivityRow>(
    `with behind as materialized (
       select distinct p.topic
       from log_partition p
       left join consumer_position c on c.topic = p.topic and c.partition = p.partition
         and c.consumer = case p.topic when 'canonical' then 'look' else 'ingest' end
       where (p.topic = 'canonical' or p.topic like 'changes.%' or p.topic like 'kafka.changes.%') and p.next_offset > coalesce(c.next_offset, 0)
         -- After a restore a stretch of positions is left out.
         and (p.topic <> 'canonical' or exists (
           select from log_entry e
           where e.topic = p.topic and e.partition = p.partition and e."offset" >= coalesce(c.next_offset, 0)))
     ), recent as materialized (
       -- Small work is over before anybody looks; the end of the journal tells.
       select flow, max(at) as at
       from journal
       where position >= (select next_offset from log_partition where topic = 'journal' and partition = 0) - 500
         -- So that not every day that is kept is looked at.
         and at > now() - interval '14 days'
         and step in ('applied', 'written', 'repaired', 'excluded', 'parked')
       group by flow
     )
     select f.key as flow, r.id as run, r.started_at,
       coalesce(r.counted_at, r.started_at) < clock_timestamp() - interval '${countEverySeconds} seconds' as is_count_due,
       exists (select from behind where topic in ('canonical', 'changes.' || f.source, 'kafka.changes.' || f.source))
         or exists (
           select from unnest(case f.entity when 'product' then array['product', 'variant'] else array[f.entity] end) as e(entity),
             lateral (
               select from projection p
               where p.target = f.target and p.entity = e.entity and p.next_at is not null and p.flow = f.key
               order by p.next_at
               limit 1
             ) first) as is_busy,
       exists (
         select from recent
         where recent.flow = f.key
           and recent.at > coalesce((select max(finished_at) from flow_run l where l.flow = f.key), '-infinity')
       ) as has_news,
       coalesce(f.run_requested_at > coalesce((select max(l.started_at) from flow_run l where l.flow = f.key), '-infinity'), false)
         as is_requested,
       exists (select from write_hold h where h.flow = f.key and h.ended_at is null) as is_held
     from flow f
     left join lateral (
       select id, started_at, counted_at from flow_run where flow = f.key and finished_at is null order by started_at desc limit 1
     ) r on true
     where f.state in ('ENABLED', 'PAUSED', 'SUSPENDED')
     order by f.key`,
    [],
    'flow-activity',
  );
  return rows.map((row) => ({
    flow: row.flow,
    isBusy: row.is_busy,
    hasNews: row.has_news,
    run: openRunOf(row),
    isHeld: row.is_held,
    isRequested: row.is_requested,
  }));
}

/**
 * Opens a run unless the flow has one, from its first step since the last one ended, however late this is noticed; false when
 * another process was first.
 */
export async function openRun(tx: Tx, id: string, flow: string, trigger: 'SCHEDULE' | 'MANUAL'): Promise<boolean> {
  const rows = await tx.query(
    `with one as (select key from flow where key = $2 for update)
     insert into flow_run (id, flow, trigger, status, started_at)
     select $1, key, $3, 'RUNNING', greatest(last.at, least(clock_timestamp() - interval '2 seconds',
       (select min(j.at) from journal j where j.flow = key and j.at > greatest(last.at, clock_timestamp() - interval '1 minute'))))
     from one, (select max(finished_at) as at from flow_run where flow = $2) last
     where not exists (select from flow_run where flow = $2 and finished_at is null)
     returning 1 as opened`,
    [id, flow, trigger],
  );
  return rows.length > 0;
}

export interface ClosedRun {
  readonly flow: string;
  readonly status: string;
  readonly trigger: string;
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly excluded: number;
  readonly failed: number;
  readonly blocked: number;
  readonly durationMs: number;
}

/** What steps `j` of the journal count as. A record that comes back as the hub has written it is unchanged. */
const counts = `count(*) filter (where j.step = 'applied')::integer as read,
    count(*) filter (where j.step in ('written', 'repaired') and j.outcome = 'created')::integer as created,
    count(*) filter (where j.step in ('written', 'repaired') and j.outcome = 'updated')::integer as updated,
    count(*) filter (where j.step = 'echo' or j.outcome = 'unchanged')::integer as unchanged,
    count(*) filter (where j.step = 'excluded')::integer as excluded,
    count(distinct coalesce(j.canonical_id, j.external_id)) filter (where j.step = 'parked')::integer as failed,
    max(j.at) filter (where j.step in ('written', 'repaired')) as last_written_at`;

const waiting = `(select count(*) from flow w join projection p on p.target = w.target and p.flow = w.key and p.state = 'waiting_for' where w.key = f.flow)`;

/**
 * Adds to an open run what the journal says has happened since it was counted last: only those steps are read. A record that was put aside
 * in two such pieces counts twice until the run ends. Nothing when another process counts it.
 */
export async function countRun(tx: Tx, id: string): Promise<void> {
  const [run] = await tx.query<{ flow: string; started_at: string; from: string | null; to: string }>(
    `select flow, started_at::text, counted_to::text as from,
       (select next_offset::text from log_partition where topic = 'journal' and partition = 0) as to
     from flow_run where id = $1 and finished_at is null for update skip locked`,
    [id],
  );
  if (run === undefined) return;
  await tx.query(
    `with c as (
       select ${counts} from journal j
       where j.flow = $2 and j.at >= $3 and j.position < $4::bigint ${run.from === null ? '' : 'and j.position >= $5::bigint'}
     )
     update flow_run f
     set read = f.read + c.read, created = f.created + c.created, updated = f.updated + c.updated, unchanged = f.unchanged + c.unchanged,
       excluded = f.excluded + c.excluded, failed = f.failed + c.failed, blocked = ${waiting},
       last_written_at = greatest(f.last_written_at, c.last_written_at), counted_to = $4::bigint, counted_at = clock_timestamp()
     from c
     where f.id = $1`,
    [id, run.flow, run.started_at, run.to, ...(run.from === null ? [] : [run.from])],
  );
}

/** Closes a run with what the journal says happened since it began; undefined when another process has closed it. */
export async function closeRun(tx: Tx, id: string): Promise<ClosedRun | undefined> {
  const [run] = await tx.query<{ flow: string; started_at: string }>(
    `select flow, started_at::text from flow_run where id = $1 and finished_at is null for update`,
    [id],
  );
  if (run === undefined) return undefined;
  // The beginning is a parameter, so that the plan is made for how little of the journal lies behind it.
  const [row] = await tx.query<{ [name: string]: unknown } & ClosedRun>(
    `with c as (
       select ${counts} from journal j where j.flow = $2 and j.at >= $3
     )
     update flow_run f
     set status = case when f.status = 'HELD' then 'HELD' when c.failed = 0 then 'SUCCEEDED'
         -- Nothing of what it was about came through.
         when c.failed >= c.read and c.created + c.updated + c.excluded = 0 then 'FAILED' else 'PARTIAL' end,
       finished_at = clock_timestamp(), read = c.read, created = c.created, updated = c.updated, unchanged = c.unchanged,
       excluded = c.excluded, failed = c.failed, blocked = ${waiting}, last_written_at = c.last_written_at
     from c
     where f.id = $1
     returning f.flow, f.status, f.trigger, f.read, f.created, f.updated, f.excluded, f.failed, f.blocked,
       (extract(epoch from f.finished_at - f.started_at) * 1000)::int as "durationMs"`,
    [id, run.flow, run.started_at],
  );
  return row;
}

/** Takes a run back in which nothing was done for this flow. */
export async function discardRun(tx: Tx, id: string): Promise<void> {
  await tx.query('delete from flow_run where id = $1', [id]);
}
