/** What is read for those who follow states; each function is one SQL statement. */
import type { FlowRun } from '../schema/flow.js';
import type { DeadLetterFilter } from '../schema/operation-filters.js';
import type { Query } from './database.js';
import { runColumns } from './flow-reads.js';
import { problemConditions } from './problem-reads.js';
import { allOf, raw, selected, sql, textOf } from './sql.js';

/** The latest runs of each flow, and those with these ids. Those of one flow follow each other, so none ends unseen. */
export const readLatestRuns = (query: Query, ids: readonly string[]): Promise<FlowRun[]> =>
  selected(
    query,
    `select ${runColumns} from flow f
     cross join lateral (
       select * from flow_run l where l.flow = f.key order by l.started_at desc, l.id desc limit 5) r
     union all
     select ${runColumns} from flow_run r where r.id = any($1)
       and r.id not in (select l.id from flow f cross join lateral (
         select id from flow_run n where n.flow = f.key order by n.started_at desc, n.id desc limit 5) l)
     order by "startedAt", id`,
    [ids],
  );

export interface MappingMark {
  readonly id: string;
  readonly key: string;
  readonly draftRevision: number;
  readonly publishedVersion: number;
  /** Keys of systems that have chosen it. */
  readonly chosenBy: readonly string[];
}

/** Which state of each mapping there is; their rules are not read. */
export const readMappingMarks = (query: Query): Promise<MappingMark[]> =>
  selected(
    query,
    `select m.id, m.key, m.draft_revision as "draftRevision", coalesce(m.own_version, m.published_version) as "publishedVersion",
       array(select c.system from mapping_choice c where c.mapping = m.key order by c.system) as "chosenBy"
     from mapping m where m.deleted_at is null order by m.key`,
  );

export interface ChangedProblems {
  /** From where on transactions may still commit whose changes nobody has seen. */
  readonly horizon: string;
  /** Id and transaction, in the order of transactions; at most as many as asked for. */
  readonly changed: readonly (readonly [id: string, changedIn: string])[];
}

/**
 * Problems that a transaction at or after the horizon has changed; null: none yet, only the horizon. Rows that were restored from
 * another cluster, whose transactions lie in the future of this one, are not among them.
 */
export async function readChangedProblems(
  query: Query,
  horizon: string | null,
  limit: number,
): Promise<ChangedProblems> {
  const [row] = await query.query<ChangedProblems & Record<string, unknown>>(
    `select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
       (select coalesce(json_agg(json_build_array(c.id, c.changed_in::text) order by c.changed_in, c.id), '[]') from (
         select id, changed_in from parked
         where changed_in >= $1::text::xid8 and changed_in < pg_snapshot_xmax(pg_current_snapshot())
         order by changed_in, id limit $2) c) as changed`,
    [horizon, limit],
    'problems-changed',
  );
  return row!;
}

/**
 * Those of the problems that a filter means, and how many open ones it means whatever it says of the status, counted to a limit. `ids`: null for
 * the one that failed last of all that it means.
 */
export async function readMeantProblems(
  query: Query,
  ids: readonly string[] | null,
  filter: DeadLetterFilter | null,
  countLimit: number,
): Promise<{ readonly ids: readonly string[]; readonly openCount: number }> {
  const { status: _, ...others } = filter ?? {};
  const meant = allOf(problemConditions(filter));
  const open = allOf([raw(`k.status in ('OPEN', 'REPLAYING')`), ...problemConditions(others)]);
  const which =
    ids === null
      ? sql`(select k.id from parked k where ${meant} order by k.last_failed_at desc, k.id desc limit 1)`
      : sql`(select k.id from parked k where k.id = any(${[...ids]}::text[]) and ${meant})`;
  const statement = sql`select
    (select coalesce(json_agg(k.id), '[]') from ${which} k) as ids,
    (select count(*)::integer from (select from parked k where ${open} limit ${countLimit}::integer) o) as "openCount"`;
  const [row] = await query.query<{ ids: string[]; openCount: number }>(textOf(statement), statement.values);
  return row!;
}
