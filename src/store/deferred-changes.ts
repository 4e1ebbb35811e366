/**
 * Changes that a system showed while a write of ours to the same record was under way: which part of them is our own can be
 * told only once its outcome is known. The newest one per record; taken out in the transaction that takes it in.
 */
import type { Json } from '../base/document.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { Query, Tx } from './database.js';

export interface DeferredKey {
  readonly entity: CanonicalEntity;
  readonly externalId: string;
}

export interface DeferredChange extends DeferredKey {
  /** Null while it is not known which record of the hub it is. */
  readonly canonicalId: string | null;
  readonly version: string;
  readonly change: Json;
  /** It is taken in although the same document has been taken over already. */
  readonly force: boolean;
  readonly traceId: string;
  readonly log: { readonly topic: string; readonly partition: number; readonly offset: bigint } | null;
}

/** An older version never replaces a newer one. */
export async function deferChanges(tx: Tx, system: string, changes: readonly DeferredChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ log, ...change }) => ({
    ...change,
    topic: log?.topic ?? null,
    partition: log?.partition ?? null,
    offset: log === null ? null : String(log.offset),
  }));
  await tx.query(
    `insert into deferred_change as d
       (system, entity, external_id, canonical_id, version, change, force, trace_id, log_topic, log_partition, log_offset)
     select $1, c.entity, c."externalId", c."canonicalId", c.version, c.change, c.force, c."traceId", c.topic, c.partition, c."offset"
     from json_to_recordset($2::json) as c(
       entity text, "externalId" text, "canonicalId" text, version numeric, change jsonb, force boolean, "traceId" text, topic text,
       partition integer, "offset" bigint)
     order by c.entity, c."externalId"
     on conflict (system, entity, external_id) do update
     set canonical_id = excluded.canonical_id, version = excluded.version, change = excluded.change,
         force = d.force or excluded.force,
         trace_id = excluded.trace_id, log_topic = excluded.log_topic, log_partition = excluded.log_partition,
         log_offset = excluded.log_offset, deferred_at = now()
     where excluded.version >= d.version`,
    [system, JSON.stringify(rows)],
    'deferred-write',
  );
}

/**
 * A write to a record, of whatever it may be projected as: a customer is written as itself and as the contact of its company, a
 * product with its variants or as one of them.
 */
export const inFlight = (system: string, entity: string, canonicalId: string): string =>
  `select from projection p
   where p.target = ${system} and p.state in ('writing', 'in_doubt') and (p.entity, p.canonical_id) in (
     select ${entity}, ${canonicalId}
     union all
     select 'contact', ${canonicalId} where ${entity} = 'customer'
     union all
     select 'variant', v.id from variant v where ${entity} = 'product' and v.product_id = ${canonicalId}
     union all
     select 'product', v.product_id from variant v where ${entity} = 'variant' and v.id = ${canonicalId})`;

const createInFlight = (system: string, entity: string): string =>
  `select from projection p
   where p.target = ${system} and p.entity = ${entity} and p.state in ('writing', 'in_doubt') and not exists (
     select from external_reference r
     where r.system = p.target and r.entity = p.entity and r.canonical_id = p.canonical_id)`;

/** Deferred changes to whose record nothing is under way any more, oldest first. */
export async function dueDeferred(query: Query, system: string, limit: number): Promise<readonly DeferredKey[]> {
  const rows = await query.query<{ entity: CanonicalEntity; external_id: string }>(
    `select d.entity, d.external_id
     from deferred_change d
     where d.system = $1
       and case when d.canonical_id is null then not exists (${createInFlight('d.system', 'd.entity')})
           else not exists (${inFlight('d.system', 'd.entity', 'd.canonical_id')}) end
     order by d.deferred_at, d.entity, d.external_id
     limit $2`,
    [system, limit],
    'deferred-due',
  );
  return rows.map((row) => ({ entity: row.entity, externalId: row.external_id }));
}

/** Takes deferred changes out; those that somebody else has taken are left out. */
export async function takeDeferred(
  tx: Tx,
  system: string,
  keys: readonly DeferredKey[],
): Promise<readonly DeferredChange[]> {
  if (keys.length === 0) return [];
  const rows = await tx.query<{
    entity: CanonicalEntity;
    external_id: string;
    canonical_id: string | null;
    version: string;
    change: Json;
    force: boolean;
    trace_id: string;
    log_topic: string | null;
    log_partition: number;
    log_offset: string;
  }>(
    `delete from deferred_change d
     using unnest($2::text[], $3::text[]) as k(entity, external_id)
     where d.system = $1 and d.entity = k.entity and d.external_id = k.external_id
     returning d.entity, d.external_id, d.canonical_id, d.version, d.change, d.force, d.trace_id, d.log_topic, d.log_partition,
       d.log_offset`,
    [system, keys.map((key) => key.entity), keys.map((key) => key.externalId)],
    'deferred-take',
  );
  return rows.map((row) => ({
    entity: row.entity,
    externalId: row.external_id,
    canonicalId: row.canonical_id,
    version: row.version,
    change: row.change,
    force: row.force,
    traceId: row.trace_id,
    log:
      row.log_topic === null
        ? null
        : { topic: row.log_topic, partition: row.log_partition, offset: BigInt(row.log_offset) },
  }));
}

/** Which of the records have a write under way in the system, as `<entity>:<canonical id>`. */
export async function recordsInFlight(
  query: Query,
  system: string,
  records: readonly { readonly entity: CanonicalEntity; readonly canonicalId: string }[],
): Promise<ReadonlySet<string>> {
  if (records.length === 0) return new Set();
  const rows = await query.query<{ entity: string; canonical_id: string }>(
    `select k.entity, k.canonical_id
     from unnest($2::text[], $3::text[]) as k(entity, canonical_id)
     where exists (${inFlight('$1', 'k.entity', 'k.canonical_id')})`,
    [system, records.map((each) => each.entity), records.map((each) => each.canonicalId)],
    'records-in-flight',
  );
  return new Set(rows.map((row) => `${row.entity}:${row.canonical_id}`));
}

/** Entities of which the system may be making a record for us now. */
export async function createsInFlight(
  query: Query,
  system: string,
  entities: readonly CanonicalEntity[],
): Promise<ReadonlySet<string>> {
  if (entities.length === 0) return new Set();
  const rows = await query.query<{ entity: string }>(
    `select e.entity from unnest($2::text[]) as e(entity) where exists (${createInFlight('$1', 'e.entity')})`,
    [system, entities],
    'creates-in-flight',
  );
  return new Set(rows.map((row) => row.entity));
}
