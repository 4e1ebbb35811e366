/** What rules of alerts look at, as far as flows and systems themselves do not tell it. */
import type { Query } from './database.js';
import { progressOf, type StreamsOf } from './flow-progress.js';
import { readFlows, readSystems, type FlowRow } from './flow-reads.js';
import { selected } from './sql.js';
import { isHeldByGuard } from './write-holds.js';

export interface OpenProblems {
  readonly flow: string | null;
  readonly system: string;
  readonly n: number;
}

/** What became of what a flow had to deliver within a window. */
export interface Outcomes {
  readonly flow: string;
  readonly windowMinutes: number;
  readonly written: number;
  readonly failed: number;
}

/** Alerts about a system as a whole. */
export interface SystemAlerts {
  readonly system: string;
  /** When the last one ended; null while one goes on. */
  readonly endedAt: Date | null;
}

export const readOpenProblems = (query: Query): Promise<OpenProblems[]> =>
  selected(
    query,
    `select flow, system, count(*)::integer as n from parked where status in ('OPEN', 'REPLAYING') group by 1, 2`,
  );

/** Codes because of which records wait for a person. */
export interface LackingCodes {
  readonly count: number;
  /** Since when the first record waits because of the newest of them; null without any. */
  readonly newestAt: Date | null;
}

/** Codes that open problems name and that published lists refuse still: one with a row, or of a list with a way out, is waited for no more. */
export async function readLacking(query: Query): Promise<LackingCodes> {
  const [row] = await selected<LackingCodes>(
    query,
    `with named as materialized (
       select value_list, coalesce(original, value #>> '{}') as code, min(first_failed_at) as at
       from parked where value_list is not null and status in ('OPEN', 'REPLAYING') group by 1, 2)
     select count(*)::integer as count, max(n.at) as "newestAt"
     from named n
     join value_list l on l.key = n.value_list
     join value_list_version v on v.value_list = l.key and v.version = l.published_version
     where (v.body ->> 'whenUnmapped' = 'fail' or v.body ->> 'whenUnmapped' = 'default' and v.body ->> 'defaultValue' is null)
       and exists (
         select from unmapped_value u
         where u.value_list = n.value_list and u.value = n.code and not exists (
           select from jsonb_array_elements(v.body -> 'entries') e
           where e ->> 'from' = u.value and coalesce(e ->> 'secondKey', '') in ('', u.second_key)))`,
  );
  return row!;
}

/** One statement for all windows: the longest one is read once. */
export const readOutcomes = (query: Query, windows: readonly number[]): Promise<Outcomes[]> =>
  selected(
    query,
    `with step as materialized (
       select j.flow, j.at, j.step from journal j
       where j.at >= now() - (select max(w) from unnest($1::integer[]) w) * interval '1 minute'
         and j.flow is not null and j.step in ('written', 'repaired', 'parked')
     )
     select s.flow, w.minutes as "windowMinutes", count(*) filter (where s.step <> 'parked')::integer as written,
       count(*) filter (where s.step = 'parked')::integer as failed
     from unnest($1::integer[]) as w(minutes)
     join step s on s.at >= now() - w.minutes * interval '1 minute'
     group by 1, 2`,
    [windows],
  );

export const readSystemAlerts = (query: Query): Promise<SystemAlerts[]> =>
  selected(
    query,
    `select system, case when bool_and(resolved_at is not null) then max(resolved_at) end as "endedAt"
     from alert where subject = 'system:' || system group by 1`,
  );

/** What the write guard holds back of a flow now. */
export interface HeldWrites {
  readonly flow: string;
  readonly run: string;
  readonly records: number;
}

export const readHeldWrites = (query: Query): Promise<HeldWrites[]> =>
  selected(
    query,
    `select h.flow, h.run,
       (select count(*)::integer from projection p where p.flow = h.flow and ${isHeldByGuard('p')}) as records
     from write_hold h where h.ended_at is null`,
  );

/** How the last comparison of a flow ended that nobody has cancelled. */
export interface LastComparison {
  readonly flow: string;
  readonly id: string;
  /** It came to no end, and nothing is known. */
  readonly hasFailed: boolean;
  readonly compared: number;
  /** What is not the same, without a reason that the hub knows. */
  readonly differing: number;
}

export const readLastComparisons = (query: Query): Promise<LastComparison[]> =>
  selected(
    query,
    `select distinct on (c.flow) c.flow, c.id, j.status = 'FAILED' as "hasFailed",
       coalesce((c.counts ->> 'compared')::integer, 0) as compared,
       (select coalesce(sum(e.value::integer), 0)::integer from jsonb_each_text(c.counts) e
        where e.key not in ('compared', 'equal', 'leftOut', 'KNOWN', 'IN_FLIGHT')) as differing
     from comparison c join job j on j.id = c.job
     where j.status in ('SUCCEEDED', 'FAILED')
     order by c.flow, c.created_at desc, c.id desc`,
  );

/** All that the watch reads. `streamsOf`: what is read for a flow, which tells what keeps it from coming further. */
export const makeAlertFacts = (streamsOf: StreamsOf) => ({
  readFlows,
  readSystems,
  readProgress: (query: Query, flows: readonly FlowRow[]) => progressOf(query, flows, streamsOf),
  readOpenProblems,
  readLacking,
  readOutcomes,
  readSystemAlerts,
  readHeldWrites,
  readLastComparisons,
});
