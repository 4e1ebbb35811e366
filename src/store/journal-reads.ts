/** Reads of the journal, as events of the activity log and as steps of a journey; each function is one SQL statement. */
import type { SyncEventFilter } from '../schema/operation-filters.js';
import { listCondition, searchConditions, textConditions, timeConditions } from './conditions.js';
import type { Query } from './database.js';
import type { JournalStep } from './journal.js';
import type { List } from './pages.js';
import { allOf, raw, selected, sql, textOf, type Sql } from './sql.js';
import { entitiesOf } from './sync-reads.js';

export interface JournalRow {
  readonly id: string;
  readonly position: string;
  readonly at: Date;
  readonly traceId: string;
  readonly step: JournalStep;
  readonly outcome: string;
  readonly flow: string | null;
  readonly system: string | null;
  readonly entity: string | null;
  readonly canonicalId: string | null;
  readonly externalId: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly detail: Record<string, unknown> | null;
  readonly durationMs: number | null;
}

const columns = `'evt_' || j.position as id, j.position::text as position, j.at, j.trace_id as "traceId", j.step, j.outcome,
  j.flow, j.system, j.entity, j.canonical_id as "canonicalId", j.external_id as "externalId", j.code, j.message, j.detail,
  j.duration_ms as "durationMs"`;

/** What is shown as which outcome. */
export const outcomeSql = `case
  when j.step = 'parked' then 'FAILED'
  when j.step = 'failed' then case when j.outcome in ('retrying', 'stale', 'gone') then 'RETRYING' else 'FAILED' end
  when j.step = 'in_doubt' then 'RETRYING'
  when j.step = 'excluded' then 'EXCLUDED'
  when j.step = 'echo' or j.outcome = 'unchanged' then 'UNCHANGED'
  when j.outcome in ('held', 'deferred') then 'BLOCKED'
  when j.outcome = 'discarded' then 'DISCARDED'
  else 'SUCCEEDED' end`;

const actionSql = `case when j.outcome = 'created' then 'CREATE' when j.outcome in ('updated', 'written', 'undone') then 'UPDATE'
  when j.outcome = 'deleted' then 'DELETE' when j.outcome in ('matched', 'linked', 'unlinked', 'merged', 'unmerged') then 'LINK' else 'NONE' end`;

export interface EventRow extends JournalRow {
  readonly shownOutcome: string;
  readonly action: string;
}

const eventColumns = `${columns}, ${outcomeSql} as "shownOutcome", ${actionSql} as action`;

export function eventConditions(filter: SyncEventFilter | null | undefined): Sql[] {
  if (filter === null || filter === undefined) return [];
  const flow = textConditions('f.id', filter.flowId);
  const found = [
    ...listCondition('j.entity', filter.entityType ? entitiesOf(filter.entityType) : null),
    ...textConditions('j.canonical_id', filter.entityId),
    ...textConditions('j.external_id', filter.externalId),
    ...listCondition(actionSql, filter.action),
    ...listCondition(outcomeSql, filter.outcome),
    ...timeConditions('j.at', filter.occurredAt),
    ...flow.map((condition) => sql`j.flow in (select f.key from flow f where ${condition})`),
  ];
  if (filter.step) found.push(sql`j.step = ${filter.step}`);
  if (filter.isChange != null) found.push(raw(`j.step ${filter.isChange ? '=' : '<>'} 'applied'`));
  if (filter.correlationId) found.push(sql`j.trace_id = ${filter.correlationId}`);
  if (filter.systemId) found.push(sql`j.system = (select s.key from system s where s.id = ${filter.systemId})`);
  return found;
}

/** Which events are meant. `seesPersonal`: whether sentences are searched too, which may quote a person. */
export interface WantedEvents {
  readonly search: string | null;
  readonly filter: SyncEventFilter | null;
  readonly seesPersonal: boolean;
}

export function conditionsOf({ search, filter, seesPersonal }: WantedEvents): Sql[] {
  const columns = [...(seesPersonal ? ['j.message'] : []), 'j.external_id', 'j.code'];
  return [...searchConditions(columns, search), ...eventConditions(filter)];
}

/** The activity log, newest first. `seesPersonal`: whether sentences are searched too, which may quote a person. */
export function eventList(
  search: string | null | undefined,
  filter: SyncEventFilter | null | undefined,
  seesPersonal: boolean,
): List {
  return {
    select: raw(eventColumns),
    from: raw('journal j'),
    where: conditionsOf({ search: search ?? null, filter: filter ?? null, seesPersonal }),
    order: { name: 'position', keys: [{ expression: 'j.position', type: 'bigint' }], descending: true },
  };
}

/** History of each record, newest first. */
export const historyOf = (filter: SyncEventFilter | null | undefined): List & { readonly parent: Sql } => ({
  ...eventList(null, filter, false),
  parent: raw('j.canonical_id'),
});

const positionOf = (id: string): string | null => /^evt_(\d{1,18})$/.exec(id)?.[1] ?? null;

export const readEvents = (query: Query, ids: readonly string[]): Promise<EventRow[]> =>
  selected(query, `select ${eventColumns} from journal j where j.position = any($1::bigint[])`, [
    ids.map(positionOf).filter((position) => position !== null),
  ]);

/** Steps of each (trace, record), oldest first: those of the record and those that name no record yet. */
export const readJourneys = (query: Query, traceIds: readonly string[]): Promise<EventRow[]> =>
  selected(query, `select ${eventColumns} from journal j where j.trace_id = any($1) order by j.position limit 5000`, [
    traceIds,
  ]);

/** The latest event of each record that one system took part in. */
export const readLastEvents = (
  query: Query,
  records: readonly { readonly system: string; readonly canonicalId: string }[],
): Promise<EventRow[]> =>
  selected(
    query,
    `select e.* from unnest($1::text[], $2::text[]) as k(system, canonical_id)
     cross join lateral (select ${eventColumns} from journal j
       where j.canonical_id = k.canonical_id and j.system = k.system order by j.position desc limit 1) as e`,
    [records.map(({ system }) => system), records.map(({ canonicalId }) => canonicalId)],
  );

export interface JournalSpan {
  /** The database's time when it was asked: what comes next is written later. */
  readonly at: Date;
  /** First position that is still kept; equals `next` when nothing is. */
  readonly first: bigint;
  /** Position that the next entry will have. */
  readonly next: bigint;
}

/** What the journal holds. Positions have no gaps and are in commit order. */
export async function readJournalSpan(query: Query): Promise<JournalSpan> {
  const rows = await query.query<{ at: Date; first: string | null; next: string | null }>(
    `select now() as at, (select min(position) from journal)::text as first,
       (select next_offset from log_partition where topic = 'journal' and partition = 0)::text as next`,
  );
  const [row] = rows;
  const next = BigInt(row?.next ?? '0');
  return { at: row!.at, first: row?.first == null ? next : BigInt(row.first), next };
}

/** Position that the next entry will have; 0 before the first. */
export async function readJournalEnd(query: Query): Promise<bigint> {
  const rows = await query.query<{ next: string }>(
    `select next_offset::text as next from log_partition where topic = 'journal' and partition = 0`,
    [],
    'journal-end',
  );
  return BigInt(rows[0]?.next ?? '0');
}

/** What was read of the journal from a position on. */
export interface EventsRead {
  readonly events: readonly EventRow[];
  /** How far the journal was read, so that a reader moves on over what its filter leaves out. */
  readonly upTo: bigint;
  /** When the last entry was written that was read; undefined when there was none. */
  readonly lastAt: Date | undefined;
  /** What stood at the position is not kept any more. */
  readonly isCut: boolean;
}

/**
 * Events from a position on, in commit order. `notBefore`: that day and what follows is all that is looked at; undefined when it is
 * not known when the entry at the position was written. Each day that is kept costs time otherwise.
 */
export async function readEventsFrom(
  query: Query,
  from: bigint,
  { limit, notBefore }: { readonly limit: number; readonly notBefore?: Date | undefined },
  wanted: WantedEvents,
): Promise<EventsRead> {
  const since = notBefore?.toISOString() ?? '-infinity';
  const statement = sql`select window_of.first::text as first, window_of.last::text as last, window_of."lastAt", e.*
    from (select min(w.position) as first, coalesce(max(w.position), -1) as last, max(w.at) as "lastAt" from (select j.position, j.at from journal j
        where j.position >= ${String(from)}::bigint and j.at >= ${since}::timestamptz order by j.position limit ${limit}::integer) as w) as window_of
    left join lateral (select ${raw(eventColumns)} from journal j
      where j.position >= ${String(from)}::bigint and j.position <= window_of.last and j.at >= ${since}::timestamptz
        and ${allOf(conditionsOf(wanted))} order by j.position) as e on true`;
  const rows = (await query.query(textOf(statement), statement.values)) as unknown as (EventRow & {
    readonly first: string | null;
    readonly last: string;
    readonly lastAt: Date | null;
  })[];
  const first = rows[0]?.first ?? null;
  const last = BigInt(rows[0]?.last ?? '-1');
  return {
    events: rows.filter((row) => row.id !== null),
    upTo: last < from ? from : last + 1n,
    lastAt: rows[0]?.lastAt ?? undefined,
    isCut: first !== null && BigInt(first) > from,
  };
}
