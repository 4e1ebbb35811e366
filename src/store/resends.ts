/**
 * What sending again needs: which records a flow can send, looking at some of them again whatever the hub believes of the target,
 * and how they stand afterwards. Rows are written in key order.
 */
import type { CanonicalEntity, FlowEntity, ProjectedEntity } from '../canonical/entities.js';
import type { Query, Tx } from './database.js';
import { affectedBy, concernedIf, upsert } from './projection-looks.js';
import { allOf, raw, sql, textOf, type Sql } from './sql.js';

/** Exactly one is given. */
export interface ResendSelection {
  readonly all?: boolean;
  readonly entityIds?: readonly string[];
  /** As the source of the flow calls them. */
  readonly externalIds?: readonly string[];
  /** ISO 8601; records that the hub has changed since. */
  readonly changedSince?: string;
}

export interface ResendFlow {
  readonly key: string;
  readonly entity: FlowEntity;
  readonly source: string;
  readonly target: string;
}

/** Table whose rows a flow sends, and the entity of the reference by which its source knows them. */
const sent: Readonly<Record<FlowEntity, { readonly table: string; readonly entity: CanonicalEntity }>> = {
  product: { table: 'product', entity: 'product' },
  category: { table: 'category', entity: 'category' },
  // Stock is sent by variants: all levels of one are one document.
  stock: { table: 'variant', entity: 'variant' },
  customer: { table: 'customer', entity: 'customer' },
  order: { table: 'sales_order', entity: 'order' },
};

/** The event whose record it is: `lookAt` finds what belongs to it. */
export const eventEntityOf = (flow: FlowEntity): CanonicalEntity => sent[flow].entity;

function conditions({ entity, source }: ResendFlow, selection: ResendSelection): Sql[] {
  const found: Sql[] = [
    sql`exists (select from external_reference r where r.system = ${source} and r.canonical_id = c.id and r.entity = ${sent[entity].entity})`,
  ];
  if (entity === 'stock') found.push(raw('exists (select from stock_level l where l.variant_id = c.id)'));
  const { entityIds, externalIds, changedSince } = selection;
  if (changedSince !== undefined) {
    found.push(
      entity === 'stock'
        ? sql`exists (select from stock_level l where l.variant_id = c.id and l.updated_at >= ${changedSince}::timestamptz)`
        : sql`c.updated_at >= ${changedSince}::timestamptz`,
    );
  }
  const parts =
    entity === 'product' ? ` or c.id in (select v.product_id from variant v where v.id = any(k.ids))`
    : entity === 'stock' ? ` or c.product_id = any(k.ids) or c.id in (select l.variant_id from stock_level l where l.id = any(k.ids))`
    : ''; // prettier-ignore
  if (entityIds !== undefined) {
    found.push(
      sql`exists (select from (select ${[...entityIds]}::text[] as ids) k where c.id = any(k.ids)${raw(parts)})`,
    );
  }
  if (externalIds !== undefined) {
    const ids = sql`array(select r.canonical_id from external_reference r
      where r.system = ${source} and r.external_id = any(${[...externalIds]}::text[]))`;
    found.push(sql`exists (select from (select ${ids} as ids) k where c.id = any(k.ids)${raw(parts)})`);
  }
  return found;
}

/** Ids of the records that are meant, in their order. */
export async function recordsToResend(
  query: Query,
  flow: ResendFlow,
  selection: ResendSelection,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  const statement = sql`select c.id from ${raw(sent[flow.entity].table)} c
    where c.id > ${after} and ${allOf(conditions(flow, selection))} order by c.id limit ${limit}::integer`;
  const rows = await query.query<{ id: string }>(textOf(statement), statement.values);
  return rows.map(({ id }) => id);
}

export interface ResendCounts {
  readonly count: number;
  /** Of them those that the target is known to have. */
  readonly known: number;
}

export async function countToResend(query: Query, flow: ResendFlow, selection: ResendSelection): Promise<ResendCounts> {
  const statement = sql`select count(*)::integer as count, count(*) filter (where exists (
      select from external_reference t where t.system = ${flow.target} and t.canonical_id = c.id
        and t.external_id not like 'key:%'))::integer as known
    from ${raw(sent[flow.entity].table)} c where ${allOf(conditions(flow, selection))}`;
  const [row] = await query.query<ResendCounts & Record<string, unknown>>(textOf(statement), statement.values);
  return row!;
}

export interface ResentRow {
  readonly target: string;
  readonly entity: ProjectedEntity;
  readonly canonicalId: string;
}

/**
 * Makes the projections of records due, of one flow or of all, in some targets or in all, and has the target asked what it holds.
 * Also what rests because somebody has unlinked it. Returns the rows.
 */
export async function lookForResend(
  tx: Tx,
  records: readonly { readonly entity: CanonicalEntity; readonly id: string }[],
  {
    flow,
    targets,
    traceId,
  }: { readonly flow: string | null; readonly targets: readonly string[] | null; readonly traceId: string },
): Promise<readonly ResentRow[]> {
  if (records.length === 0) return [];
  const rows = await tx.query<ResentRow & Record<string, unknown>>(
    `with event as materialized (
       select entity, id, $4::text as trace_id, now() as at from unnest($2::text[], $3::text[]) as e(entity, id)
     ), ${affectedBy()}, ${concernedIf('($1::text is null or flow = $1) and ($5::text[] is null or target = any($5))')}, looked as (
       ${upsert} returning p.target, p.entity, p.canonical_id as "canonicalId"
     )
     select * from looked order by target, entity, "canonicalId"`,
    [flow, records.map(({ entity }) => entity), records.map(({ id }) => id), traceId, targets],
    'resend-look',
  );
  await tx.query(
    `update projection p
     set drifted = case when exists (
           select from external_reference r
           where r.system = p.target and r.entity = p.entity and r.canonical_id = p.canonical_id and r.external_id not like 'key:%')
         then '{*}'::text[] else p.drifted end,
       since = case when p.state = 'held' then now() else p.since end,
       state = 'pending', reason = null, reason_code = null, next_at = least(p.next_at, now()), attempt = 0
     from unnest($1::text[], $2::text[], $3::text[]) as k(target, entity, canonical_id)
     where p.target = k.target and p.entity = k.entity and p.canonical_id = k.canonical_id
       and (p.state = 'pending' or p.state = 'held' and p.reason_code = 'UNLINKED')`,
    keysOf(rows),
    'resend-ask',
  );
  return rows;
}

const keysOf = (rows: readonly ResentRow[]): readonly string[][] => [
  rows.map(({ target }) => target),
  rows.map(({ entity }) => entity),
  rows.map(({ canonicalId }) => canonicalId),
];

export interface ResendStates {
  /** On their way now. */
  readonly underWay: number;
  readonly succeeded: number;
  /** They wait for a person. */
  readonly failed: number;
  /** Left out, held back, or tried again later. */
  readonly skipped: number;
}

/** How rows stand now. */
export async function statesOfResent(query: Query, rows: readonly ResentRow[]): Promise<ResendStates> {
  const [row] = await query.query<ResendStates & Record<string, unknown>>(
    `select count(*) filter (where p.state in ('pending', 'writing', 'in_doubt'))::integer as "underWay",
       count(*) filter (where p.state in ('in_sync', 'owned_by_target'))::integer as succeeded,
       count(*) filter (where p.state = 'parked')::integer as failed,
       count(*) filter (where p.state not in ('pending', 'writing', 'in_doubt', 'in_sync', 'owned_by_target', 'parked'))::integer as skipped
     from unnest($1::text[], $2::text[], $3::text[]) as k(target, entity, canonical_id)
     join projection p on p.target = k.target and p.entity = k.entity and p.canonical_id = k.canonical_id`,
    keysOf(rows),
    'resend-states',
  );
  return row!;
}

/** References of records in systems that are read, with which each was taken over: by what the system knows them. */
export const sourceReferences = (
  query: Query,
  ids: readonly string[],
): Promise<readonly { readonly system: string; readonly entity: CanonicalEntity; readonly externalId: string }[]> =>
  query.query<{ system: string; entity: CanonicalEntity; externalId: string }>(
    `select distinct r.system, r.entity, r.external_id as "externalId"
     from external_reference r
     where (r.canonical_id = any($1::text[]) or r.canonical_id in (select product_id from variant where id = any($1::text[])))
       and r.origin <> 'MENTIONED' and r.external_id not like 'key:%'
     order by 1, 2, 3`,
    [ids],
  );

export interface LoggedChange {
  readonly traceId: string;
  readonly partition: number;
  readonly offset: string;
  readonly payload: string;
}

/** The last change of each record that the log still has. */
export const lastChanges = (query: Query, topic: string, keys: readonly string[]): Promise<readonly LoggedChange[]> =>
  query.query<LoggedChange & Record<string, unknown>>(
    `select l.trace_id as "traceId", l.partition, l."offset"::text as "offset", l.payload
     from unnest($2::text[]) as k(key)
     cross join lateral (
       select * from log_entry e where e.topic = $1 and e.key = k.key order by e."offset" desc limit 1) l
     order by l.partition, l."offset"`,
    [topic, keys],
    'log-last-changes',
  );
