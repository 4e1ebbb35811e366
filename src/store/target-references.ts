/** References that writes make: which record of a target is which canonical record, and by which key others refer to it. */
import type { Query, Tx } from './database.js';
import { isUnusable } from './unusable-rows.js';

export interface TargetReference {
  readonly entity: string;
  readonly canonicalId: string;
  readonly externalId: string;
  readonly key: string | null;
  /** Found there by what it is matched by; what the system says of it has not come in yet. */
  readonly isUnread?: boolean;
}

const referenceKey = (entity: string, canonicalId: string): string => `${entity}:${canonicalId}`;

/**
 * References of canonical records in a system, by `<entity>:<canonical id>`. An id that was only reserved for a natural key
 * (`key:…`) says nothing about whether the record exists.
 *
 * `variantsAreRecords`: variants are records of their own there, and one that stands for a simple product is not the record of
 * that product once it has several variants.
 */
export async function loadTargetReferences(
  query: Query,
  system: string,
  canonicalIds: readonly string[],
  variantsAreRecords = false,
): Promise<ReadonlyMap<string, TargetReference>> {
  if (canonicalIds.length === 0) return new Map();
  const rows = await query.query<{
    entity: string;
    canonical_id: string;
    external_id: string;
    natural_key: string | null;
    is_unread: boolean;
  }>(
    `select entity, canonical_id, external_id, natural_key, origin = 'MATCHED' and content_hash is null as is_unread
     from external_reference r
     where canonical_id = any($2::text[]) and system = $1 and external_id not like 'key:%' ${variantsAreRecords ? notOfItsVariant : ''}`,
    [system, canonicalIds],
    variantsAreRecords ? 'target-references-load-variants' : 'target-references-load',
  );
  return new Map(
    rows.map((row) => [
      referenceKey(row.entity, row.canonical_id),
      {
        ...{ entity: row.entity, canonicalId: row.canonical_id, externalId: row.external_id, key: row.natural_key },
        ...(row.is_unread ? { isUnread: true } : {}),
      },
    ]),
  );
}

const notOfItsVariant = `and not (entity = 'product' and exists (
         select from product p
         join variant v on v.product_id = p.id
         join external_reference o on o.canonical_id = v.id and o.system = r.system and o.entity = 'variant'
         where p.id = r.canonical_id and p.type = 'CONFIGURABLE' and o.external_id = r.external_id))`;

export interface WrittenReference extends Omit<TargetReference, 'isUnread'> {
  readonly origin: 'CREATED' | 'MATCHED';
  /** False when it was only looked up. */
  readonly isWritten: boolean;
  /** Of the record in the system's streams after the write; null when it is not told. */
  readonly version?: string | null;
}

/**
 * Stores references; returns the `<entity>:<canonical id>` of those whose external id belongs to another canonical record
 * already, which are left out: two records of the hub are one in the target.
 */
export async function writeTargetReferences(
  tx: Tx,
  system: string,
  references: readonly WrittenReference[],
): Promise<ReadonlySet<string>> {
  if (references.length === 0) return new Set();
  const json = JSON.stringify(references);
  // A record that was made anew has another external id; the old one means nothing any more. Of arrays Postgres knows how long they are.
  const replaced = tx.query(
    `delete from external_reference r
     using unnest($2::text[], $3::text[], $4::text[]) as w(entity, canonical_id, external_id)
     where r.system = $1 and r.entity = w.entity and r.canonical_id = w.canonical_id and r.external_id <> w.external_id`,
    [
      system,
      references.map(({ entity }) => entity),
      references.map(({ canonicalId }) => canonicalId),
      references.map(({ externalId }) => externalId),
    ],
    'target-references-replace',
  );
  const writing = tx.query<{ entity: string; canonical_id: string }>(
    `insert into external_reference as r
       (system, entity, external_id, canonical_id, natural_key, origin, last_written_at, written_version)
     select distinct on (w.entity, w."externalId") $1, w.entity, w."externalId", w."canonicalId", w.key, w.origin,
       case when w."isWritten" then now() end, w.version
     from json_to_recordset($2::json) as w(
       "entity" text, "canonicalId" text, "externalId" text, key text, origin text, "isWritten" boolean, version numeric)
     order by 2, 3, 4
     on conflict (system, entity, external_id) do update
     set natural_key = coalesce(excluded.natural_key, r.natural_key),
       origin = case when r.origin = 'MENTIONED' then excluded.origin else r.origin end,
       last_written_at = coalesce(excluded.last_written_at, r.last_written_at),
       written_version = greatest(excluded.written_version, r.written_version)
     where r.canonical_id = excluded.canonical_id
     returning entity, canonical_id`,
    [system, json],
    'target-references-write',
  );
  const [, rows] = await Promise.all([replaced, writing]);
  const written = new Set(rows.map((row) => referenceKey(row.entity, row.canonical_id)));
  return new Set(references.map((r) => referenceKey(r.entity, r.canonicalId)).filter((key) => !written.has(key)));
}

/** Forgets references of records that are gone from the system. */
export async function removeTargetReferences(
  tx: Tx,
  system: string,
  references: readonly Pick<TargetReference, 'entity' | 'canonicalId'>[],
): Promise<void> {
  if (references.length === 0) return;
  await tx.query(
    `delete from external_reference r
     using unnest($2::text[], $3::text[]) as k(entity, canonical_id)
     where r.system = $1 and r.entity = k.entity and r.canonical_id = k.canonical_id`,
    [system, references.map((r) => r.entity), references.map((r) => r.canonicalId)],
    'target-references-remove',
  );
}

/** Which of these customers a target does not have and cannot get: their projections there rest with a problem or are left out. */
export async function unusableCustomers(
  query: Query,
  target: string,
  canonicalIds: readonly string[],
  entity: 'customer' | 'contact' = 'customer',
): Promise<ReadonlySet<string>> {
  if (canonicalIds.length === 0) return new Set();
  const rows = await query.query<{ canonical_id: string }>(
    `select canonical_id from projection p
     where target = $1 and entity = $3 and canonical_id = any($2::text[])
       and ${isUnusable}
       and not exists (
         select from external_reference r
         where r.system = $1 and r.entity = $3 and r.canonical_id = p.canonical_id
           and r.external_id not like 'key:%')`,
    [target, canonicalIds, entity],
    'customers-unusable',
  );
  return new Set(rows.map((row) => row.canonical_id));
}
