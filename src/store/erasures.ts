/**
 * Who is erased, and what systems call him and his orders. What is taken in holds the erasures while it is written; an erasure
 * that begins waits for all of that, and whatever comes after it knows of the erasure.
 */
import type { Document } from '../base/document.js';
import type { Query, Tx } from './database.js';

/** Any number, as long as nothing else uses it. */
const lock = 7_404_074;

/** Kept until COMMIT. A statement of its own: what is read after it sees every erasure that has begun. */
export async function holdErasures(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock_shared($1)', [lock], 'erasures-hold');
}

/** Waits for everybody who holds the erasures; whoever wants to then waits until COMMIT. */
export async function lockErasures(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [lock]);
}

export interface ErasedIds {
  readonly customer: ReadonlySet<string>;
  readonly order: ReadonlySet<string>;
}

/** Those of the external ids that are of erased customers or of their orders. */
export async function erasedAmong(
  tx: Query,
  system: string,
  ids: { readonly customer: readonly string[]; readonly order: readonly string[] },
): Promise<ErasedIds> {
  const rows = await tx.query<{ entity: string; externalId: string }>(
    `select entity, external_id as "externalId" from erased_record
     where system = $1 and (entity = 'customer' and external_id = any($2::text[]) or entity = 'order' and external_id = any($3::text[]))`,
    [system, ids.customer, ids.order],
    'erased-among',
  );
  const of = (entity: string): ReadonlySet<string> =>
    new Set(rows.filter((row) => row.entity === entity).map(({ externalId }) => externalId));
  return { customer: of('customer'), order: of('order') };
}

/** `told`: targets are still told a placeholder. `gone`: nothing is told of the record any more. */
export type ErasedAs = 'told' | 'gone';

/** Those of the customers that are erased or being erased. */
export async function erasedCustomers(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, ErasedAs>> {
  if (ids.length === 0) return new Map();
  const rows = await query.query<{ id: string; isTold: boolean }>(
    `select e.customer_id as id, e.reach = 'HUB_AND_SYSTEMS' and c.erased_at is null as "isTold"
     from erasure e join customer c on c.id = e.customer_id where e.customer_id = any($1::text[])`,
    [ids],
    'erased-customers',
  );
  return new Map(rows.map(({ id, isTold }) => [id, isTold ? 'told' : 'gone']));
}

/** Those of the orders that are of erased customers. */
export async function erasedOrders(query: Query, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await query.query<{ id: string }>(
    `select o.id from sales_order o
     where o.id = any($1::text[]) and (
       exists (select from erasure e where e.customer_id = o.customer_id)
       or exists (select from erased_record r where r.canonical_id = o.id))`,
    [ids],
    'erased-orders',
  );
  return new Set(rows.map(({ id }) => id));
}

/** What systems call a record of the hub. */
export interface ErasedReference {
  readonly system: string;
  readonly entity: string;
  readonly externalId: string;
  readonly canonicalId: string;
}

/** A customer's orders: his own, and those of nobody that carry his address of e-mail. */
export async function ordersOfPerson(query: Query, customerId: string, email: string | null): Promise<readonly string[]> {
  const rows = await query.query<{ id: string }>(
    `select id from sales_order where customer_id = $1
     union
     select id from sales_order where customer_id is null and $2::text is not null and lower(customer_snapshot ->> 'email') = lower($2)
     order by id`,
    [customerId, email],
  );
  return rows.map(({ id }) => id);
} // prettier-ignore

/** By which ids systems know records of the hub. */
export const referencesOf = (query: Query, ids: readonly string[]): Promise<readonly ErasedReference[]> =>
  query.query<ErasedReference & Record<string, unknown>>(
    `select system, entity, external_id as "externalId", canonical_id as "canonicalId" from external_reference
     where canonical_id = any($1::text[]) order by system, entity, external_id`,
    [ids],
  );

/** Notes that a customer is being erased, and by which ids systems know him and his orders; that stays for good. */
export async function markErased(
  tx: Tx,
  erasure: { readonly customerId: string; readonly reach: string; readonly job: string },
  references: readonly ErasedReference[],
): Promise<void> {
  await tx.query(
    `insert into erasure (customer_id, reach, job) values ($1, $2, $3)
     on conflict (customer_id) do update
     set reach = excluded.reach, job = excluded.job, report = case when erasure.job = excluded.job then erasure.report end`,
    [erasure.customerId, erasure.reach, erasure.job],
  );
  const named = references.filter(({ entity }) => entity === 'customer' || entity === 'order');
  await tx.query(
    `insert into erased_record (system, entity, external_id, canonical_id)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]) on conflict do nothing`,
    [
      named.map(({ system }) => system),
      named.map(({ entity }) => entity),
      named.map(({ externalId }) => externalId),
      named.map(({ canonicalId }) => canonicalId),
    ],
  );
}

/** From now on the record is a placeholder. */
export async function setErased(tx: Tx, customerId: string, report: Document): Promise<void> {
  await tx.query('update customer set erased_at = coalesce(erased_at, now()) where id = $1', [customerId]);
  await tx.query('update erasure set report = $2 where customer_id = $1', [customerId, JSON.stringify(report)]);
}

/** Whether the job has begun to erase the customer. */
export async function hasBegun(query: Query, customerId: string, job: string): Promise<boolean> {
  const rows = await query.query('select 1 as begun from erasure where customer_id = $1 and job = $2', [
    customerId,
    job,
  ]);
  return rows.length > 0;
}

/** What the job has removed already; null when it has not come so far. */
export async function erasureReport(query: Query, customerId: string, job: string): Promise<Document | null> {
  const [row] = await query.query<{ report: Document | null }>(
    'select report from erasure where customer_id = $1 and job = $2',
    [customerId, job],
  );
  return row?.report ?? null;
}
