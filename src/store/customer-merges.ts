/**
 * Customers that were said to be one: who stands for whom, and what went over with that. What systems have of the customers is
 * moved here in whole: the link, and what the hub knows of the record behind it (projection-moves.ts).
 */
import type { NamedCustomer } from '../canonical/customer-merges.js';
import type { Query, Tx } from './database.js';
import { areOfOneKind } from './reference-aliases.js';

/** A customer as merging judges it. */
export interface MergeRow {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly isGone: boolean;
  readonly isErased: boolean;
  readonly mergedIntoId: string | null;
  readonly standsForOthers: boolean;
  readonly orders: number;
}

/** Those that there are. `isKept`: nobody changes them until the transaction ends. */
export async function mergeRows(query: Query, ids: readonly string[], isKept: boolean): Promise<readonly MergeRow[]> {
  if (isKept) await query.query('select 1 from customer where id = any($1::text[]) order by id for update', [ids]);
  return query.query<MergeRow & Record<string, unknown>>(
    `select c.id, c.version, c.kind, c.deleted_at is not null as "isGone", c.merged_into_id as "mergedIntoId",
       c.erased_at is not null or exists (select from erasure e where e.customer_id = c.id) as "isErased",
       exists (select from customer d where d.merged_into_id = c.id) as "standsForOthers",
       (select count(*)::int from sales_order o where o.customer_id = c.id and o.deleted_at is null) as orders
     from customer c where c.id = any($1::text[])`,
    [ids],
  );
}

/** A record of a system that stands for a customer. */
export interface MergeReference {
  readonly canonicalId: string;
  readonly system: string;
  readonly externalId: string;
  readonly key: string | null;
  readonly ownerId: string;
}

/** Records of systems that stand for the customers: their own, and those that they share. */
export const mergeReferences = (query: Query, ids: readonly string[]): Promise<readonly MergeReference[]> =>
  query.query<MergeReference & Record<string, unknown>>(
    `select r.canonical_id as "canonicalId", r.system, r.external_id as "externalId", r.natural_key as key, r.canonical_id as "ownerId"
     from external_reference r
     where r.entity = 'customer' and r.canonical_id = any($1::text[]) and r.origin <> 'MENTIONED' and r.external_id not like 'key:%'
     union all
     select a.canonical_id, a.system, a.external_id, r.natural_key, r.canonical_id
     from reference_alias a
     join external_reference r on r.system = a.system and r.entity = a.entity and r.external_id = a.external_id
       and r.canonical_id <> a.canonical_id
     where a.entity = 'customer' and a.canonical_id = any($1::text[]) and ${areOfOneKind('a.canonical_id', 'r.canonical_id')}
       and not exists (select from external_reference o
         where o.system = a.system and o.entity = a.entity and o.canonical_id = a.canonical_id and o.external_id not like 'key:%')
     order by 1, 2, 3`,
    [ids],
  );

/** A link that went over, as it is kept for the way back. */
export interface MovedRecord {
  readonly system: string;
  readonly entity: string;
  readonly externalId: string;
}

/** Gives what a system has of one customer, its contact included, to another; returns the links that it gave. */
export const moveRecords = (tx: Tx, system: string, from: string, to: string): Promise<readonly MovedRecord[]> =>
  tx.query<MovedRecord & Record<string, unknown>>(
    `update external_reference r set canonical_id = $3
     where r.system = $1 and r.canonical_id = $2 and r.entity in ('customer', 'contact') and r.origin <> 'MENTIONED'
       and r.external_id not like 'key:%'
       and not exists (select from external_reference o where o.system = r.system and o.entity = r.entity and o.canonical_id = $3)
     returning r.system, r.entity, r.external_id as "externalId"`,
    [system, from, to],
  );

/** Gives links back, as far as they are still as they were given; returns those. */
export const returnRecords = (
  tx: Tx,
  moved: readonly MovedRecord[],
  from: string,
  to: string,
): Promise<readonly MovedRecord[]> =>
  tx.query<MovedRecord & Record<string, unknown>>(
    `update external_reference r set canonical_id = $5
     from unnest($1::text[], $2::text[], $3::text[]) as m(system, entity, external_id)
     where r.system = m.system and r.entity = m.entity and r.external_id = m.external_id and r.canonical_id = $4
       and not exists (select from external_reference o where o.system = r.system and o.entity = r.entity and o.canonical_id = $5)
     returning r.system, r.entity, r.external_id as "externalId"`,
    [moved.map(({ system }) => system), moved.map(({ entity }) => entity), moved.map(({ externalId }) => externalId), from, to],
  ); // prettier-ignore

export interface NewMerge {
  readonly id: string;
  readonly survivorId: string;
  readonly duplicateId: string;
  readonly by: string;
  readonly reason: string;
  readonly moved: readonly MovedRecord[];
}

/** Returns the version that the duplicate's record has by it. */
export async function beginMerge(tx: Tx, merge: NewMerge): Promise<number> {
  const { id, survivorId, duplicateId, by, reason, moved } = merge;
  await tx.query(
    `insert into customer_merge (id, survivor_id, duplicate_id, merged_by, reason, moved) values ($1, $2, $3, $4, $5, $6)`,
    [id, survivorId, duplicateId, by, reason, JSON.stringify(moved)],
  );
  const [row] = await tx.query<{ version: number }>(
    'update customer set merged_into_id = $2, version = version + 1 where id = $1 returning version',
    [duplicateId, survivorId],
  );
  return row!.version;
}

/** Returns the version that the duplicate's record has by it. */
export async function endMerge(tx: Tx, id: string, by: string, reason: string): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    `with ended as (
       update customer_merge set ended_at = clock_timestamp(), ended_by = $2, end_reason = $3 where id = $1 returning duplicate_id)
     update customer c set merged_into_id = null, version = version + 1 from ended where c.id = ended.duplicate_id returning version`,
    [id, by, reason],
  );
  return row!.version;
}

/** A merge that goes on. */
export interface OpenMerge {
  readonly id: string;
  readonly survivorId: string;
  readonly duplicateId: string;
  readonly mergedAt: Date;
  readonly mergedBy: string;
  readonly reason: string;
  readonly moved: readonly MovedRecord[];
}

const openColumns = `id, survivor_id as "survivorId", duplicate_id as "duplicateId", merged_at as "mergedAt", merged_by as "mergedBy", reason, moved`;

export async function openMergeOf(query: Query, duplicateId: string): Promise<OpenMerge | null> {
  const [row] = await query.query<OpenMerge & Record<string, unknown>>(
    `select ${openColumns} from customer_merge where duplicate_id = $1 and ended_at is null`,
    [duplicateId],
  );
  return row ?? null;
}

/** Merges that go on into each of the customers, the latest first. */
export const openMergesInto = (query: Query, survivorIds: readonly string[]): Promise<readonly OpenMerge[]> =>
  query.query<OpenMerge & Record<string, unknown>>(
    `select ${openColumns} from customer_merge where survivor_id = any($1::text[]) and ended_at is null order by merged_at desc, id`,
    [survivorIds],
  );

/** A merge as the graph shows it: of a company's record and its contact the record alone. */
export const shownMerge = ({ survivorId, duplicateId, mergedAt, mergedBy, reason, moved }: OpenMerge) => ({
  survivorId,
  duplicateId,
  mergedAt,
  mergedById: mergedBy,
  reason,
  moved: moved
    .filter(({ entity }) => entity === 'customer')
    .map(({ system, externalId }) => ({ systemKey: system, externalId })),
});

/** Ids of the customers for which this one stands. */
export async function mergedInto(query: Query, survivorId: string): Promise<readonly string[]> {
  const rows = await query.query<{ id: string }>('select id from customer where merged_into_id = $1 order by id', [
    survivorId,
  ]);
  return rows.map(({ id }) => id);
}

/** Those of the customers for which another one stands. */
export async function mergedAmong(query: Query, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await query.query<{ id: string }>(
    'select id from customer where id = any($1::text[]) and merged_into_id is not null',
    [ids],
    'customers-merged',
  );
  return new Set(rows.map(({ id }) => id));
}

/** Who stood for the buyer of an order, and whether the system has the two. */
export interface BuyerRow {
  readonly orderId: string;
  readonly buyer: NamedCustomer;
  readonly survivor: NamedCustomer & { readonly hasContact: boolean };
  readonly coversOrder: boolean;
  readonly isOver: boolean;
}

/** Of orders whose buyer was ever merged; the latest merge of each first. An order that is not there would come now. */
export async function buyersOfOrders(query: Query, system: string, orderIds: readonly string[]): Promise<readonly BuyerRow[]> {
  if (orderIds.length === 0) return [];
  const has = (id: string): string => `(exists (select from external_reference x
      where x.system = $1 and x.entity = 'customer' and x.canonical_id = ${id} and x.external_id not like 'key:%')
    or exists (select from reference_alias x
      join external_reference y on y.system = x.system and y.entity = x.entity and y.external_id = x.external_id and y.canonical_id <> x.canonical_id
      where x.system = $1 and x.entity = 'customer' and x.canonical_id = ${id}))`;
  const rows = await query.query<{ order_id: string; buyer_id: string; survivor_id: string; buyer_there: boolean; survivor_there: boolean; has_contact: boolean; covers: boolean; is_over: boolean }>(
    `select o.id as order_id, m.duplicate_id as buyer_id, m.survivor_id, ${has('m.duplicate_id')} as buyer_there, ${has('m.survivor_id')} as survivor_there,
       s.kind = 'COMPANY' and jsonb_array_length(s.contacts) > 0 as has_contact, m.ended_at is not null as is_over,
       coalesce(r.first_seen_at, now()) >= m.merged_at and coalesce(r.first_seen_at, now()) < coalesce(m.ended_at, 'infinity') as covers
     from sales_order o
     join customer_merge m on m.duplicate_id = o.customer_id
     join customer s on s.id = m.survivor_id
     left join external_reference r on r.system = $1 and r.entity = 'order' and r.canonical_id = o.id and r.origin <> 'MENTIONED'
     where o.id = any($2::text[])
     order by m.merged_at desc`,
    [system, orderIds],
    'buyers-of-orders',
  );
  return rows.map((row) => ({
    orderId: row.order_id,
    buyer: { id: row.buyer_id, isThere: row.buyer_there },
    survivor: { id: row.survivor_id, isThere: row.survivor_there, hasContact: row.has_contact },
    coversOrder: row.covers,
    isOver: row.is_over,
  }));
} // prettier-ignore

/** Records of a system that are of customers for which another one stands: that one's record there, by `<entity>:<external id>`. */
export async function survivingRecords(
  query: Query,
  system: string,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly externalId: string; readonly key: string | null }>> {
  if (externalIds.length === 0) return new Map();
  const rows = await query.query<{ of: string; externalId: string; key: string | null }>(
    `select r.entity || ':' || r.external_id as of, s.external_id as "externalId", s.natural_key as key
     from external_reference r
     join customer d on d.id = r.canonical_id and d.merged_into_id is not null
     join external_reference s on s.system = r.system and s.entity = r.entity and s.canonical_id = d.merged_into_id
       and s.external_id not like 'key:%'
     where r.system = $1 and r.entity in ('customer', 'contact') and r.external_id = any($2::text[])`,
    [system, externalIds],
    'records-surviving',
  );
  return new Map(rows.map(({ of, externalId, key }) => [of, { externalId, key }]));
}
