/**
 * What taking changes back has to know: which changes are meant, which records they are about, what each replaced, what was changed after it,
 * and who has the record. Each function is one statement, whatever the number of records.
 */
import type { Json } from '../base/document.js';
import type { Changes } from '../canonical/record.js';
import type { SyncEventFilter } from '../schema/operation-filters.js';
import type { Query } from './database.js';
import { readCanonicalEvents, type AppliedKey } from './event-contents.js';
import { eventConditions } from './journal-reads.js';
import { allOf, raw, selected, sql, textOf, type Sql } from './sql.js';

/** Which changes are taken back. */
export type UndoSelection =
  | { readonly of: 'events'; readonly ids: readonly string[] }
  /** All changes that a filter finds. */
  | { readonly of: 'filter'; readonly filter: SyncEventFilter }
  /** All that came in with a run of a flow. */
  | { readonly of: 'run'; readonly id: string }
  /** All that was taken in by a version of a mapping. */
  | { readonly of: 'version'; readonly mapping: string; readonly version: number }
  /** All that a job has put back. */
  | { readonly of: 'job'; readonly id: string };

/** A selection as the journal knows it. */
export interface MeantChanges {
  /** On `j`, the journal. */
  readonly condition: Sql;
  /** The version of the mapping still translates what comes in. */
  readonly isInUse: boolean;
}

const positionsIn = (ids: readonly string[]): readonly string[] =>
  ids.flatMap((id) => /^evt_(\d{1,18})$/.exec(id)?.[1] ?? []);

/** Null when there is no such run, version or job, or it has not ended yet. */
export async function findMeant(query: Query, selection: UndoSelection): Promise<MeantChanges | null> {
  switch (selection.of) {
    case 'events':
      return { condition: sql`j.position = any(${positionsIn(selection.ids)}::bigint[])`, isInUse: false };
    case 'filter':
      return { condition: allOf([...eventConditions(selection.filter), raw(`j.step = 'applied'`)]), isInUse: false };
    case 'run': {
      // The moments are text: a date would lose what is below a millisecond.
      const [run] = await selected<{ flow: string; from: string; to: string }>(
        query,
        `select flow, started_at::text as from, finished_at::text as to from flow_run where id = $1 and finished_at is not null`,
        [selection.id],
      );
      if (run === undefined) return null;
      const { flow, from, to } = run;
      const condition = sql`j.flow = ${flow} and j.at >= ${from}::timestamptz and j.at < ${to}::timestamptz and j.step = 'applied'`;
      return { condition, isInUse: false };
    }
    case 'version': {
      const { mapping, version } = selection;
      // Processes that have not heard of the next version yet go on with this one for a moment.
      const [found] = await selected<{ from: string; to: string; isInUse: boolean }>(
        query,
        `select v.published_at::text as from, coalesce(m.own_version, m.published_version) = v.version and m.deleted_at is null as "isInUse",
           coalesce((select min(n.published_at) + interval '1 hour' from mapping_version n where n.mapping = m.key and n.version > v.version), 'infinity')::text as to
         from mapping m join mapping_version v on v.mapping = m.key where m.key = $1 and v.version = $2`,
        [mapping, version],
      );
      if (found === undefined) return null;
      const condition = sql`j.at >= ${found.from}::timestamptz and j.at < ${found.to}::timestamptz
        and j.step = 'applied' and j.detail ->> 'mapping' = ${`${mapping}@${version}`}`;
      return { condition, isInUse: found.isInUse };
    }
    case 'job': {
      const [job] = await selected<{ from: string; to: string }>(
        query,
        `select created_at::text as from, (finished_at + interval '1 minute')::text as to from job where id = $1 and kind = 'UNDO' and finished_at is not null`,
        [selection.id],
      );
      if (job === undefined) return null;
      const condition = sql`j.at >= ${job.from}::timestamptz and j.at < ${job.to}::timestamptz
        and j.step = 'applied' and j.detail ->> 'job' = ${selection.id}`;
      return { condition, isInUse: false };
    }
  }
}

/** A record with those of its changes that are taken back. */
export interface MeantRecord {
  readonly entity: string | null;
  /** Null: the event is about no record of the hub. */
  readonly canonicalId: string | null;
  /** In the journal, the oldest first. */
  readonly positions: readonly string[];
  /** One of them made the record. */
  readonly isMade: boolean;
  /** All of them are changes that the hub has taken over. */
  readonly isChange: boolean;
}

/** Records by the changes that are meant, in the order in which they were changed first. */
export const groupedByRecord = (condition: Sql): Sql => sql`
  select j.entity, j.canonical_id as "canonicalId", array_agg(j.position::text order by j.position) as positions,
    bool_or(j.outcome = 'created') as "isMade", bool_and(j.step = 'applied' and coalesce(j.detail ? 'version', false)) as "isChange",
    row_number() over (order by min(j.position)) as place, (count(*) over ())::integer as total
  from journal j where ${condition}
  group by j.entity, j.canonical_id, case when j.canonical_id is null then j.position end`;

/** The first of the records that are meant, and how many there are in all. */
export async function readMeantRecords(
  query: Query,
  { condition }: MeantChanges,
  limit: number,
): Promise<{ readonly records: readonly MeantRecord[]; readonly total: number }> {
  const statement = sql`select * from (${groupedByRecord(condition)}) g order by g.place limit ${limit}::integer`;
  const rows = await selected<MeantRecord & { total: number }>(query, textOf(statement), statement.values);
  const records = rows.map(({ entity, canonicalId, positions, isMade, isChange }) => {
    return { entity, canonicalId, positions, isMade, isChange };
  });
  return { records, total: rows[0]?.total ?? 0 };
}

/** One record of each kind that is meant: whoever may see these may see all of them. */
export async function readMeantKinds(query: Query, { condition }: MeantChanges): Promise<readonly string[]> {
  const statement = sql`select min(j.canonical_id) as id from journal j where ${condition} and j.canonical_id is not null group by j.entity`;
  return (await selected<{ id: string }>(query, textOf(statement), statement.values)).map(({ id }) => id);
}

/** Which of the events are there. */
export const readKnownEvents = async (query: Query, ids: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(
    (
      await selected<{ id: string }>(
        query,
        `select 'evt_' || j.position as id from journal j where j.position = any($1::bigint[])`,
        [positionsIn(ids)],
      )
    ).map(({ id }) => id),
  );

/** One change in the past of a record. */
export interface JournalChange extends AppliedKey {
  readonly position: string;
  readonly version: number | null;
  readonly fields: readonly string[];
}

/** All changes of each record from a place in the journal on, the oldest first. */
export const readHistory = (
  query: Query,
  records: readonly { readonly canonicalId: string; readonly from: string }[],
): Promise<readonly JournalChange[]> =>
  selected<JournalChange>(
    query,
    `with k as materialized (select * from unnest($1::text[], $2::bigint[]) as k(id, first)),
       -- Partitions of days before are not looked at; a transaction that was slow may have an older moment.
       since as materialized (select min(f.at) - interval '1 hour' as at from k join journal f on f.position = k.first)
     select j.canonical_id as "canonicalId", j.position::text as position, j.trace_id as "traceId", (j.detail ->> 'version')::integer as version,
       coalesce(array(select jsonb_array_elements_text(j.detail -> 'fields')), '{}') as fields
     from k join journal j on j.canonical_id = k.id and j.position >= k.first
     where j.step = 'applied' and j.at >= (select at from since)
     order by j.position`,
    [records.map(({ canonicalId }) => canonicalId), records.map(({ from }) => from)],
  );

const nameOf = (canonicalId: string, version: number): string => `${canonicalId} ${version}`;

/** What changes of records replaced, as far as it is kept: by record and version. */
export async function readReplaced(
  query: Query,
  changes: readonly JournalChange[],
): Promise<(of: JournalChange) => Changes | null> {
  const found = new Map<string, Changes>();
  for (const { canonicalId, payload } of await readCanonicalEvents(query, changes)) {
    const event = JSON.parse(payload) as { version: number; changes: Record<string, readonly [Json, Json]> };
    found.set(nameOf(canonicalId, event.version), event.changes);
  }
  return ({ canonicalId, version }) => (version === null ? null : (found.get(nameOf(canonicalId, version)) ?? null));
}

/** Keys of the systems that have each record, or a record that it is shown with: a product with its variants. */
export async function readHolders(
  query: Query,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await selected<{ id: string; systems: readonly string[] }>(
    query,
    `select k.id, array_agg(distinct r.system order by r.system) as systems
     from unnest($1::text[]) as k(id)
     cross join lateral (
       select k.id as record
       union select v.id from variant v where v.product_id = k.id
       union select v.product_id from variant v where v.id = k.id) o
     join external_reference r on r.canonical_id = o.record and r.origin <> 'MENTIONED'
     group by k.id`,
    [ids],
  );
  return new Map(rows.map(({ id, systems }) => [id, systems]));
}
