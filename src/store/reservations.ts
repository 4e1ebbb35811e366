/**
 * Ids of records that were mentioned before they were known: looking them up, and merging them with the record that they turn
 * out to be. A record that is mentioned by its natural key has a reference with the external id `key:<key>`: a reservation.
 */
import type { CanonicalEntity } from '../canonical/entities.js';
import type { Query, Tx } from './database.js';
import { inFlight } from './deferred-changes.js';

export interface KeyHolder {
  readonly key: string;
  readonly canonicalId: string;
  readonly externalId: string;
  readonly origin: string;
}

/** References of a system by natural key, reservations included. */
export async function referencesByKey(
  query: Query,
  system: string,
  entity: CanonicalEntity,
  keys: readonly string[],
): Promise<readonly KeyHolder[]> {
  if (keys.length === 0) return [];
  const rows = await query.query<{ natural_key: string; canonical_id: string; external_id: string; origin: string }>(
    `select natural_key, canonical_id, external_id, origin
     from external_reference
     where system = $1 and entity = $2 and natural_key = any($3::text[])
     order by canonical_id`,
    [system, entity, keys],
    'references-by-key',
  );
  return rows.map((row) => ({
    key: row.natural_key,
    canonicalId: row.canonical_id,
    externalId: row.external_id,
    origin: row.origin,
  }));
}

/** Tables of entities that have a natural key, with its column. */
const keyed: Partial<Record<CanonicalEntity, { readonly table: string; readonly column: string }>> = {
  product: { table: 'product', column: 'code' },
  variant: { table: 'variant', column: 'sku' },
  stock_location: { table: 'stock_location', column: 'code' },
};

/** Canonical records by natural key that the system does not know by another key. */
export async function recordsByKey(
  query: Query,
  system: string,
  entity: CanonicalEntity,
  keys: readonly string[],
): Promise<readonly { readonly key: string; readonly id: string }[]> {
  const held = keyed[entity];
  // The code of a product is a system's own.
  if (held === undefined || entity === 'product' || keys.length === 0) return [];
  return query.query<{ key: string; id: string }>(
    `select c.${held.column} as key, c.id
     from ${held.table} c
     where c.${held.column} = any($3::text[]) and c.deleted_at is null
       and not exists (
         select from external_reference r
         where r.system = $1 and r.entity = $2 and r.canonical_id = c.id and r.natural_key is not null)
     order by c.id`,
    [system, entity, keys],
    `${entity}-by-key`,
  );
}

export interface StoredReservation {
  readonly key: string;
  readonly id: string;
  readonly system: string;
  /** False once the record has been read. */
  readonly isEmpty: boolean;
}

/** Reservations for keys, by whichever of the systems they were made. */
export async function reservationsFor(
  query: Query,
  systems: readonly string[],
  entity: CanonicalEntity,
  keys: readonly string[],
): Promise<readonly StoredReservation[]> {
  const held = keyed[entity];
  if (held === undefined || keys.length === 0 || systems.length === 0) return [];
  const rows = await query.query<{ key: string; id: string; system: string; is_empty: boolean }>(
    `select r.natural_key as key, r.canonical_id as id, r.system,
            not exists (select from ${held.table} c where c.id = r.canonical_id) as is_empty
     from external_reference r
     where r.system = any($1::text[]) and r.entity = $2 and r.natural_key = any($3::text[])
       and r.external_id like 'key:%'
     order by r.canonical_id`,
    [systems, entity, keys],
    `${entity}-reservations`,
  );
  return rows.map(({ key, id, system, is_empty }) => ({ key, id, system, isEmpty: is_empty }));
}

/** Drops references by which a system does not know a record any more: reservations whose record has been read, former ids. */
export async function removeOvertaken(
  tx: Tx,
  system: string,
  overtaken: readonly { readonly entity: string; readonly externalId: string }[],
): Promise<void> {
  if (overtaken.length === 0) return;
  await tx.query(
    `delete from external_reference r
     using unnest($2::text[], $3::text[]) as k(entity, external_id)
     where r.system = $1 and r.entity = k.entity and r.external_id = k.external_id`,
    [system, overtaken.map((each) => each.entity), overtaken.map((each) => each.externalId)],
    'overtaken-remove',
  );
}

export interface MergedId {
  readonly entity: CanonicalEntity;
  readonly from: string;
  readonly to: string;
}

/**
 * Gives references of one id to another. A system that knows the survivor already keeps that reference. What was planned for
 * the id that goes was never written, because it had no record; it goes with it. A write of the survivor that was parked,
 * because its record in the target seemed to be another one, is looked at again.
 */
export async function mergeReserved(tx: Tx, merges: readonly MergedId[]): Promise<void> {
  if (merges.length === 0) return;
  const lists = [merges.map((m) => m.entity), merges.map((m) => m.from), merges.map((m) => m.to)];
  await tx.query(
    `delete from external_reference r
     using unnest($1::text[], $2::text[], $3::text[]) as m(entity, "from", "to")
     where r.entity = m.entity and r.canonical_id = m."from"
       and exists (
         select from external_reference s
         where s.system = r.system and s.entity = m.entity and s.canonical_id = m."to")`,
    lists,
    'merge-known',
  );
  await tx.query(
    `update external_reference r
     set canonical_id = m."to"
     from unnest($1::text[], $2::text[], $3::text[]) as m(entity, "from", "to")
     where r.entity = m.entity and r.canonical_id = m."from"`,
    lists,
    'merge-references',
  );
  await tx.query(
    `update projection p
     set state = 'pending', since = now(), reason = null, reason_code = null, next_at = now()
     from unnest($1::text[], $3::text[]) as m(entity, "to")
     where p.entity = m.entity and p.canonical_id = m."to" and p.state = 'parked'
       and p.reason_code = 'DUPLICATE_IN_TARGET' and $2::text[] is not null`,
    lists,
    'merge-again',
  );
  const gone = [merges.map((m) => m.from)];
  await tx.query('delete from projection_wait where canonical_id = any($1::text[])', gone, 'merge-waits');
  await tx.query('delete from projection where canonical_id = any($1::text[])', gone, 'merge-projections');
}

/** Canonical records that mention one of the ids. */
export async function mentioning(
  query: Query,
  ids: readonly string[],
): Promise<readonly { readonly entity: CanonicalEntity; readonly id: string }[]> {
  if (ids.length === 0) return [];
  return query.query<{ entity: CanonicalEntity; id: string }>(
    `select 'stock_level' as entity, id from stock_level
     where variant_id = any($1::text[]) or location_id = any($1::text[])
     union all
     select 'variant', id from variant where product_id = any($1::text[])
     union all
     select 'order', o.id from sales_order o
     where o.customer_id = any($1::text[]) or o.location_id = any($1::text[])
     union
     select 'order', o.id from unnest($1::text[]) as m(id)
     join sales_order o on o.lines @> jsonb_build_array(jsonb_build_object('variant', m.id))
     union
     select 'order', o.id from unnest($1::text[]) as m(id)
     join sales_order o on o.credits_id = m.id or (o.settles <> '[]' and o.settles ? m.id)`,
    [ids],
    'mentioning',
  );
}

/** A record of the hub that a mark names. */
export interface MarkedRecord {
  /** By which the system knows it; null while the hub knows of none. */
  readonly externalId: string | null;
  readonly isUnderWay: boolean;
}

/**
 * Which of the ids are records of the hub, how the system knows each, and whether it is just being written there. One look: what
 * is not under way any more has its reference.
 */
export async function markedRecords(
  query: Query,
  system: string,
  entity: 'customer' | 'order',
  ids: readonly string[],
): Promise<ReadonlyMap<string, MarkedRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await query.query<{ id: string; external_id: string | null; under_way: boolean }>(
    `select c.id, r.external_id, exists (${inFlight('$1', '$2', 'c.id')}) as under_way
     from ${entity === 'customer' ? 'customer' : 'sales_order'} c
     left join external_reference r on r.system = $1 and r.entity = $2 and r.canonical_id = c.id
     where c.id = any($3::text[])`,
    [system, entity, ids],
    `${entity}-marked`,
  );
  return new Map(rows.map((row) => [row.id, { externalId: row.external_id, isUnderWay: row.under_way }]));
}

/**
 * Held until COMMIT. `reserve`: shared by those who read records with natural keys, exclusive for those who reserve an id for
 * a key, so that neither misses the other. `merge`: shared by those who mention an id without a record, exclusive for those
 * who merge such ids.
 */
export async function lockReservations(tx: Tx, what: 'reserve' | 'merge', isExclusive: boolean): Promise<void> {
  const lock = isExclusive ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
  await tx.query(`select ${lock}(hashtext('koppel.reservations'), hashtext($1))`, [what], `reservations-${lock}`);
}
