/**
 * What waits for which reference. A wait is released in the transaction in which its reference appears; because waiters
 * and releasers take one lock per target, none can be missed.
 */
import type { ProjectionKey } from './projections.js';
import { areOfOneKind } from './reference-aliases.js';
import type { Tx } from './database.js';
import { isUnusable } from './unusable-rows.js';

/** `reference:<system>:<entity>:<canonical id>` */
export const awaitedReference = (system: string, entity: string, canonicalId: string): string =>
  `reference:${system}:${entity}:${canonicalId}`;

/** One reference that a record needs. */
export interface Awaited {
  readonly entity: string;
  readonly canonicalId: string;
  /** The natural key is needed, not only the external id. */
  readonly needsKey: boolean;
  /** The wait is over as well when the record turns out not to be usable in the target (parked or left out). */
  readonly orUnusable: boolean;
}

export interface Wait extends ProjectionKey {
  readonly awaited: readonly Awaited[];
}

/**
 * Writes down what rows wait for now, instead of what they waited for (`keys`: all rows that were planned, under their locks). What has
 * appeared since the rows were looked at is released at once.
 */
export async function renewWaits(
  tx: Tx,
  target: string,
  keys: readonly ProjectionKey[],
  waits: readonly Wait[],
): Promise<void> {
  const cleared = clearWaits(tx, target, keys);
  if (waits.length === 0) return cleared;
  const rows = waits.flatMap(({ entity, canonicalId, awaited }) =>
    awaited.map((on) => ({ entity, canonicalId, key: awaitedReference(target, on.entity, on.canonicalId) })),
  );
  const awaited = waits.flatMap((wait) => wait.awaited);
  const [, , , there] = await Promise.all([
    cleared,
    lockWaits(tx, target),
    tx.query(
      `insert into projection_wait (target, entity, canonical_id, awaited)
       select $1, entity, "canonicalId", key
       from json_to_recordset($2::json) as w(entity text, "canonicalId" text, key text)
       order by key, entity, "canonicalId"
       on conflict do nothing`,
      [target, JSON.stringify(rows)],
      'waits-set',
    ),
    appeared(tx, target, awaited),
  ]);
  await releaseWaits(tx, target, there);
}

async function appeared(tx: Tx, target: string, awaited: readonly Awaited[]): Promise<readonly string[]> {
  const rows = await tx.query<{ entity: string; canonical_id: string }>(
    `select distinct a.entity, a."canonicalId" as canonical_id
     from json_to_recordset($2::json) as a(
       entity text, "canonicalId" text, "needsKey" boolean, "orUnusable" boolean)
     where exists (
         select from external_reference r
         where r.system = $1 and r.entity = a.entity and r.canonical_id = a."canonicalId"
           and r.external_id not like 'key:%' and (not a."needsKey" or r.natural_key is not null))
       or exists (
         select from reference_alias s
         join external_reference r on r.system = $1 and r.entity = a.entity and r.external_id = s.external_id
         where s.system = $1 and s.entity = a.entity and s.canonical_id = a."canonicalId"
           and r.canonical_id <> s.canonical_id and ${areOfOneKind('s.canonical_id', 'r.canonical_id')}
           and (not a."needsKey" or r.natural_key is not null))
       or a."orUnusable" and exists (
         select from projection p
         where p.target = $1 and p.entity = a.entity and p.canonical_id = a."canonicalId"
           and ${isUnusable})`,
    [target, JSON.stringify(awaited)],
    'waits-appeared',
  );
  return rows.map((row) => awaitedReference(target, row.entity, row.canonical_id));
}

/**
 * Held by those who start waiting and those who release, so that neither misses the other. Taken after the locks of rows and before any
 * wait is deleted: who releases holds it while it needs the waits.
 */
async function lockWaits(tx: Tx, target: string): Promise<void> {
  await tx.query(`select ${waitsLock}`, [target], 'waits-lock');
}
const waitsLock = `pg_advisory_xact_lock(hashtext('koppel.waits'), hashtext($1))`;

async function clearWaits(tx: Tx, target: string, keys: readonly ProjectionKey[]): Promise<void> {
  if (keys.length === 0) return;
  const ofKeys = [target, keys.map((key) => key.entity), keys.map((key) => key.canonicalId)];
  await Promise.all([
    // Most of what is planned has waited for nothing, and keeps nobody.
    tx.query(
      `select ${waitsLock}
       where exists (
         select from projection_wait w
         join unnest($2::text[], $3::text[]) as k(entity, canonical_id) on k.entity = w.entity and k.canonical_id = w.canonical_id
         where w.target = $1)`,
      ofKeys,
      'waits-lock-set',
    ),
    tx.query(
      `delete from projection_wait w
       using unnest($2::text[], $3::text[]) as k(entity, canonical_id)
       where w.target = $1 and w.entity = k.entity and w.canonical_id = k.canonical_id`,
      ofKeys,
      'waits-clear',
    ),
  ]);
}

/**
 * Makes due what waited for these keys (`awaitedReference`). Call it in the transaction that writes the references, after
 * writing them. Returns how many rows were released.
 */
export async function releaseWaits(tx: Tx, target: string, awaited: readonly string[]): Promise<number> {
  if (awaited.length === 0) return 0;
  const locked = lockWaits(tx, target);
  const releasing = tx.query(
    `with gone as (
       delete from projection_wait
       where target = $1 and awaited = any($2::text[])
       returning entity, canonical_id
     ), waiting as materialized (
       select p.entity, p.canonical_id
       from projection p
       where p.target = $1 and (p.entity, p.canonical_id) in (select entity, canonical_id from gone)
         and p.state = 'waiting_for'
       order by p.entity, p.canonical_id
       for update
     )
     update projection p
     set state = 'pending', since = now(), reason = null, reason_code = null, next_at = now()
     from waiting w
     where p.target = $1 and p.entity = w.entity and p.canonical_id = w.canonical_id
     returning 1 as released`,
    [target, awaited],
    'waits-release',
  );
  const [, rows] = await Promise.all([locked, releasing]);
  const ofContacts = `reference:${target}:contact:`;
  const contacts = awaited.filter((key) => key.startsWith(ofContacts)).map((key) => key.slice(ofContacts.length));
  return rows.length + (await lookAtOrdersOf(tx, target, contacts));
}

/**
 * Orders that were told before their company had a contact there are looked at again. Only open ones: what is completed, cancelled or
 * invoiced stays as it was booked. One that names its contact already comes out the same, and nothing is sent.
 */
async function lookAtOrdersOf(tx: Tx, target: string, companies: readonly string[]): Promise<number> {
  if (companies.length === 0) return 0;
  const rows = await tx.query(
    `with told as materialized (
       select p.entity, p.canonical_id
       from sales_order o
       join projection p on p.target = $1 and p.entity = 'order' and p.canonical_id = o.id
       where o.customer_id = any($2::text[]) and o.type = 'ORDER' and o.status in ('DRAFT', 'OPEN', 'ON_HOLD')
         and o.deleted_at is null and p.state = 'in_sync'
       order by p.entity, p.canonical_id
       for update of p
     )
     update projection p
     set state = 'pending', since = now(), reason = null, reason_code = null, next_at = now()
     from told t
     where p.target = $1 and p.entity = t.entity and p.canonical_id = t.canonical_id
     returning 1 as looked`,
    [target, companies],
    'waits-orders-of-contacts',
  );
  return rows.length;
}

/** Makes due what waits, in any target, for customers that turned out to be unreadable in their own system. */
export async function releaseUnreadable(tx: Tx, customers: readonly string[]): Promise<void> {
  if (customers.length === 0) return;
  const rows = await tx.query<{ target: string; awaited: string }>(
    `select distinct w.target, w.awaited
     from unnest($1::text[]) as c(id)
     join projection_wait w on w.awaited = 'reference:' || w.target || ':customer:' || c.id
     order by 1, 2`,
    [customers],
    'waits-unreadable',
  );
  for (const target of new Set(rows.map((row) => row.target))) {
    const awaited = rows.filter((row) => row.target === target).map((row) => row.awaited);
    await releaseWaits(tx, target, awaited);
  }
}
