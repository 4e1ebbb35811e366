/**
 * External references: which record of which system is which canonical record, and which document of it was taken over last.
 * A reference's canonical id never changes here; a transaction that tries to make a second one finds out and starts again.
 */
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import type { Words } from '../canonical/words.js';
import type { Query, Tx } from './database.js';
import { hasSeparators, joinLines, makeLine, textRows, unstorableLine } from './text-rows.js';

export type ReferenceOrigin = 'INGESTED' | 'MATCHED' | 'CREATED' | 'MANUAL' | 'MENTIONED';

export interface Reference {
  readonly externalId: string;
  readonly canonicalId: string;
  readonly origin: ReferenceOrigin;
  /** Version and hash of the last document that was taken over. */
  readonly sourceVersion: bigint | null;
  readonly contentHash: string | null;
  /** Of the record after our last write to it; null when there is none, or its system does not tell. */
  readonly writtenVersion?: bigint | null;
  readonly naturalKey: string | null;
  /** What the system said last of fields that several systems may change; null when that is not kept. */
  readonly shown: Document | null;
}

/** References of one system and entity by external id, in one statement. */
export async function findReferences(
  query: Query,
  system: string,
  entity: string,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, Reference>> {
  if (externalIds.length === 0) return new Map();
  const rows = await query.query<{
    external_id: string;
    canonical_id: string;
    origin: ReferenceOrigin;
    source_version: string | null;
    content_hash: string | null;
    written_version: string | null;
    natural_key: string | null;
    shown: Document | null;
  }>(
    `select external_id, canonical_id, origin, source_version, content_hash, written_version, natural_key, shown
     from external_reference
     where system = $1 and entity = $2 and external_id = any($3::text[])`,
    [system, entity, externalIds],
    'references-find',
  );
  const found = new Map<string, Reference>();
  for (const row of rows) {
    found.set(row.external_id, {
      externalId: row.external_id,
      canonicalId: row.canonical_id,
      origin: row.origin,
      sourceVersion: row.source_version === null ? null : BigInt(row.source_version),
      contentHash: row.content_hash,
      writtenVersion: row.written_version === null ? null : BigInt(row.written_version),
      naturalKey: row.natural_key,
      shown: row.shown,
    });
  }
  return found;
}

/** One reference as it should be now. A null hash, version or statement leaves the stored one. */
export interface ReferenceWrite {
  readonly entity: string;
  readonly externalId: string;
  readonly canonicalId: string;
  readonly naturalKey: string | null;
  readonly origin: ReferenceOrigin;
  readonly sourceVersion: string | null;
  readonly contentHash: string | null;
  readonly shown?: Document | null;
  /** The system's own words for it; those that are not named here are left. */
  readonly words?: Words;
}

const writtenColumns = {
  entity: 'text',
  externalId: 'text',
  canonicalId: 'text',
  naturalKey: 'text',
  origin: 'text',
  sourceVersion: 'numeric',
  contentHash: 'text',
  shown: 'jsonb',
  words: 'jsonb',
} as const;
const lineOf = makeLine(writtenColumns);
/** What a system calls a record is the one text that nobody has cleaned. */
const writtenLine = (write: ReferenceWrite): string =>
  hasSeparators(write.externalId) ? unstorableLine : lineOf(write);

/**
 * Writes references in key order, so that two transactions cannot wait for each other. Throws WRITE_RACED when another
 * transaction has given one of them another canonical id or a newer version meanwhile. MENTIONED never replaces a stronger origin.
 */
export async function writeReferences(tx: Tx, system: string, references: readonly ReferenceWrite[]): Promise<void> {
  if (references.length === 0) return;
  const rows = await tx.query<{ written: string }>(
    `with written as (
       insert into external_reference as r
         (system, entity, external_id, canonical_id, natural_key, origin, source_version, content_hash, shown, words,
          last_seen_at)
       select $1, entity, "externalId", "canonicalId", "naturalKey", origin, "sourceVersion", "contentHash", shown, words, now()
       from ${textRows(2, writtenColumns)} w
       order by 2, 3
       on conflict (system, entity, external_id) do update
       set natural_key = coalesce(excluded.natural_key, r.natural_key),
           origin = case when r.origin = 'MENTIONED' then excluded.origin else r.origin end,
           source_version = coalesce(excluded.source_version, r.source_version),
           content_hash = coalesce(excluded.content_hash, r.content_hash),
           shown = coalesce(excluded.shown, r.shown),
           words = coalesce(r.words || excluded.words, excluded.words, r.words),
           last_seen_at = now()
       where r.canonical_id = excluded.canonical_id
         and coalesce(excluded.source_version >= r.source_version, true)
       returning 1
     )
     select count(*) as written from written`,
    [system, joinLines(references.map(writtenLine))],
    'references-write',
  );
  if (Number(rows[0]?.written) !== references.length) {
    throw new KoppelError('WRITE_RACED', { what: `references of ${system}` });
  }
}

/** Remembers which document of a merely observed record was looked at last; records without a reference are left alone. */
export async function rememberObserved(
  tx: Tx,
  system: string,
  entity: string,
  observed: readonly { readonly externalId: string; readonly version: string; readonly hash: string }[],
): Promise<void> {
  if (observed.length === 0) return;
  await tx.query(
    `update external_reference r
     set content_hash = o.hash, source_version = o.version, last_seen_at = now()
     from (
       select e.external_id, o.hash, o.version
       from unnest($3::text[], $4::text[], $5::numeric[]) as o(external_id, hash, version)
       join external_reference e on e.system = $1 and e.entity = $2 and e.external_id = o.external_id
       order by e.external_id
       for update of e
     ) o
     where r.system = $1 and r.entity = $2 and r.external_id = o.external_id`,
    [system, entity, observed.map((o) => o.externalId), observed.map((o) => o.hash), observed.map((o) => o.version)],
    'references-observed',
  );
}

/** A record of the hub with a natural key, that the asking system has no reference to yet. */
export interface KeyCandidate {
  readonly key: string;
  readonly id: string;
  /** Of a variant: its product, when the system has no reference to that one either. */
  readonly productId: string | null;
}

export async function variantsBySku(
  query: Query,
  system: string,
  skus: readonly string[],
): Promise<readonly KeyCandidate[]> {
  if (skus.length === 0) return [];
  const rows = await query.query<{ key: string; id: string; product_id: string | null }>(
    `select v.sku as key, v.id,
            case when not exists (
              select from external_reference p
              where p.system = $1 and p.entity = 'product' and p.canonical_id = v.product_id
            ) then v.product_id end as product_id
     from variant v
     where v.sku = any($2::text[]) and v.deleted_at is null
       and not exists (
         select from external_reference r
         where r.system = $1 and r.entity = 'variant' and r.canonical_id = v.id
           and r.external_id not like 'key:%')
     order by v.id`,
    [system, skus],
    'variants-by-sku',
  );
  return rows.map((row) => ({ key: row.key, id: row.id, productId: row.product_id }));
}

/** Products of variants, without those that the system has a reference to; by variant. */
export async function productsOfVariants(
  query: Query,
  system: string,
  variantIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (variantIds.length === 0) return new Map();
  const rows = await query.query<{ id: string; product_id: string }>(
    `select v.id, v.product_id from variant v
     where v.id = any($2::text[])
       and not exists (
         select from external_reference r
         where r.system = $1 and r.entity = 'product' and r.canonical_id = v.product_id and r.external_id not like 'key:%')`,
    [system, variantIds],
    'products-of-variants',
  );
  return new Map(rows.map((row) => [row.id, row.product_id]));
}

export async function locationsByCode(
  query: Query,
  system: string,
  codes: readonly string[],
): Promise<readonly KeyCandidate[]> {
  if (codes.length === 0) return [];
  const rows = await query.query<{ key: string; id: string }>(
    `select l.code as key, l.id
     from stock_location l
     where l.code = any($2::text[]) and l.deleted_at is null
       and not exists (
         select from external_reference r
         where r.system = $1 and r.entity = 'stock_location' and r.canonical_id = l.id
           and r.external_id not like 'key:%')
     order by l.id`,
    [system, codes],
    'locations-by-code',
  );
  return rows.map((row) => ({ key: row.key, id: row.id, productId: null }));
}

/** Where a level of stock is: of which variant, at which location. */
export interface LevelPlace {
  readonly variant: string;
  readonly location: string;
}

/** Levels that the system has made, the newest of each place, with what the system called it; places without one are absent. */
export async function levelsAt(
  query: Query,
  system: string,
  places: readonly LevelPlace[],
): Promise<readonly (LevelPlace & { readonly id: string; readonly externalId: string | null })[]> {
  if (places.length === 0) return [];
  return query.query<{ variant: string; location: string; id: string; externalId: string | null }>(
    `select distinct on (l.variant_id, l.location_id) l.variant_id as variant, l.location_id as location, l.id,
       r.external_id as "externalId"
     from unnest($2::text[], $3::text[]) as k(variant, location)
     join stock_level l on l.variant_id = k.variant and l.location_id = k.location and l.deleted_at is null
       and l.provenance ->> '*' = $1
     left join external_reference r on r.system = $1 and r.entity = 'stock_level' and r.canonical_id = l.id
     order by l.variant_id, l.location_id, l.as_of desc, l.id desc, r.last_seen_at desc`,
    [system, places.map(({ variant }) => variant), places.map(({ location }) => location)],
    'levels-at',
  );
}

/** Lets the hub look for matches by natural key without a second transaction making the same record meanwhile. */
export async function lockMatching(tx: Tx, entity: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('koppel.match'), hashtext($1))`, [entity]);
}
