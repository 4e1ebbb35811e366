/** Reads of what waits for a person (table `parked`); each function is one SQL statement. */
import { commonSentence } from '../base/sentences/common-sentence.js';
import { classificationSql, retryableClassifications } from '../schema/classifications.js';
import type { DeadLetterFilter } from '../schema/operation-filters.js';
import type { DeadLetterSort } from '../schema/sorts.js';
import type { DeadLetter, DeadLetterGroup } from '../schema/sync-event.js';
import { listCondition, searchConditions, textConditions, timeConditions } from './conditions.js';
import type { Query } from './database.js';
import type { List, Order } from './pages.js';
import { allOf, raw, selected, sql, textOf, type Sql } from './sql.js';
import { entitiesOf, entityTypeSql } from './sync-reads.js';

const classification = classificationSql('k.code', 'k.classification');
const retryable = retryableClassifications.map((name) => `'${name}'`).join(', ');

export const problemColumns = `k.id, k.status, ${entityTypeSql('k.entity')} as "entityType", k.external_id as "externalId",
  json_build_object('classification', ${classification}, 'code', k.code, 'message', k.message,
    'originalMessage', k.original, 'path', k.path, 'isRetryable', ${classification} in (${retryable}),
    'about', json_build_object('entity', k.entity, 'system', k.system)) as error,
  k.hint, k.source_path as "sourcePath", k.value, k.fingerprint, k.payload, k.first_failed_at as "firstFailedAt", k.last_failed_at as "lastFailedAt",
  k.attempt_count as "attemptCount", k.note, k.resolved_at as "resolvedAt",
  case when k.resolution is null then null
    when upper(k.resolution) in ('REPLAYED', 'SUPERSEDED', 'FIXED_IN_TARGET', 'NOT_NEEDED') then upper(k.resolution)
    when k.status = 'DISCARDED' then 'NOT_NEEDED' else 'SUPERSEDED' end as resolution,
  k.trace_id as "traceId", k.flow as "flowKey", k.system as "systemKey", k.canonical_id as "canonicalId",
  k.stage, k.entity as "entityName", k.record_key as "recordKey", k.tags, k.assignee as "assigneeId", k.resolved_by as "resolvedById"`;

const id = { expression: 'k.id', type: 'text' } as const;

const orders: Readonly<Record<DeadLetterSort['field'], Omit<Order, 'descending'>>> = {
  FIRST_FAILED_AT: { name: 'first', keys: [{ expression: 'k.first_failed_at', type: 'timestamptz' }, id] },
  LAST_FAILED_AT: { name: 'last', keys: [{ expression: 'k.last_failed_at', type: 'timestamptz' }, id] },
  ATTEMPT_COUNT: { name: 'attempts', keys: [{ expression: 'k.attempt_count', type: 'integer' }, id] },
};

export interface ProblemQuery {
  readonly search?: string | null | undefined;
  readonly filter?: DeadLetterFilter | null | undefined;
  readonly sort?: DeadLetterSort | null | undefined;
}

export function problemConditions(filter: DeadLetterFilter | null | undefined): Sql[] {
  if (filter === null || filter === undefined) return [];
  const flow = textConditions('f.id', filter.flowId);
  const found = [
    ...listCondition('k.status', filter.status),
    ...listCondition(classification, filter.classification),
    ...listCondition('k.entity', filter.entityType ? entitiesOf(filter.entityType) : null),
    ...timeConditions('k.first_failed_at', filter.firstFailedAt),
    ...flow.map((condition) => sql`k.flow in (select f.key from flow f where ${condition})`),
  ];
  if (filter.assigneeId) found.push(sql`k.assignee = ${filter.assigneeId}`);
  if (filter.fingerprint) found.push(sql`k.fingerprint = ${filter.fingerprint}`);
  if (filter.systemId) found.push(sql`k.system = (select s.key from system s where s.id = ${filter.systemId})`);
  return found;
}

/** What is searched: words of sentences and of systems may quote a person. */
const searched = (seesPersonal: boolean): string[] =>
  seesPersonal ? ['k.message', 'k.external_id', 'k.code', 'k.original'] : ['k.external_id', 'k.code'];

export function problemList({ search, filter, sort }: ProblemQuery, seesPersonal: boolean): List {
  const order = sort ? orders[sort.field] : orders.LAST_FAILED_AT;
  return {
    select: raw(problemColumns),
    from: raw('parked k'),
    where: [...searchConditions(searched(seesPersonal), search), ...problemConditions(filter)],
    order: { ...order, descending: sort?.direction !== 'ASC' },
  };
}

/** Different sentences of a group that its title is made of. */
const mostMessages = 500;

/** Problems with the same cause, the latest first; without a filter on the status only open ones. */
export function groupList(filter: DeadLetterFilter | null | undefined): List {
  const status = filter?.status ? [] : [raw(`k.status in ('OPEN', 'REPLAYING')`)];
  return {
    select: raw(
      `g.fingerprint, g.messages, g.classification, g.count, g."firstSeenAt", g."lastSeenAt", g."exampleId", g."flowKey", g."entityType", g.about`,
    ),
    from: sql`(select k.fingerprint, (array_agg(distinct k.message))[1:${raw(String(mostMessages))}] as messages,
        (array_agg(${raw(classification)} order by k.last_failed_at desc))[1] as classification, count(*)::integer as count,
        min(k.first_failed_at) as "firstSeenAt", max(k.last_failed_at) as "lastSeenAt",
        (array_agg(k.id order by k.last_failed_at desc))[1] as "exampleId",
        (array_agg(k.flow order by k.last_failed_at desc))[1] as "flowKey",
        (array_agg(${raw(entityTypeSql('k.entity'))} order by k.last_failed_at desc))[1] as "entityType",
        (array_agg(json_build_object('entity', k.entity, 'system', k.system) order by k.last_failed_at desc))[1] as about
      from parked k where ${allOf([...status, ...problemConditions(filter)])} group by k.fingerprint) as g`,
    where: [],
    order: {
      name: 'lastSeen',
      keys: [
        { expression: 'g."lastSeenAt"', type: 'timestamptz' },
        { expression: 'g.fingerprint', type: 'text' },
      ],
      descending: true,
    },
  };
}
export interface GroupRow extends Omit<DeadLetterGroup, 'title'> {
  readonly messages: readonly string[];
}

/** A group whose title is true of all its records. */
export const shownGroup = ({ messages, ...group }: GroupRow): DeadLetterGroup => ({
  ...group,
  title: commonSentence(messages),
});

export const readProblems = (query: Query, ids: readonly string[]): Promise<DeadLetter[]> =>
  selected(query, `select ${problemColumns} from parked k where k.id = any($1)`, [ids]);

/** Open problem of each (system, record key) of the projecting stage. */
export const readOpenProblemsOf = (
  query: Query,
  records: readonly { readonly system: string; readonly recordKey: string }[],
): Promise<(DeadLetter & { readonly key: string })[]> =>
  selected(
    query,
    `select k.system || ' ' || k.record_key as key, ${problemColumns}
     from unnest($1::text[], $2::text[]) as w(system, record_key)
     join parked k on k.stage = 'project' and k.system = w.system and k.record_key = w.record_key
     where k.status in ('OPEN', 'REPLAYING')`,
    [records.map(({ system }) => system), records.map(({ recordKey }) => recordKey)],
  );

/** Problems of each trace, the latest first. */
export const readProblemsOfTraces = (query: Query, traceIds: readonly string[]): Promise<DeadLetter[]> =>
  selected(query, `select ${problemColumns} from parked k where k.trace_id = any($1) order by k.last_failed_at desc`, [
    traceIds,
  ]);

/** Ids of the open problems that are meant, at most `limit` of them. */
export async function readOpenIds(
  query: Query,
  selection: { readonly ids?: readonly string[]; readonly fingerprint?: string; readonly filter?: DeadLetterFilter },
  limit: number,
): Promise<string[]> {
  const meant = selection.ids
    ? [sql`k.id = any(${[...selection.ids]}::text[])`]
    : selection.fingerprint !== undefined
      ? [sql`k.fingerprint = ${selection.fingerprint}`]
      : problemConditions(selection.filter);
  const statement = sql`select k.id from parked k
    where k.status in ('OPEN', 'REPLAYING') and ${allOf(meant)} order by k.id limit ${limit}::integer`;
  const rows = await query.query<{ id: string }>(textOf(statement), statement.values);
  return rows.map((row) => row.id);
}

/** Open problems per flow. */
export const countOpenPerFlow = (query: Query): Promise<{ readonly flowKey: string | null; readonly n: number }[]> =>
  selected(
    query,
    `select k.flow as "flowKey", count(*)::integer as n from parked k where k.status in ('OPEN', 'REPLAYING') group by k.flow`,
  );
