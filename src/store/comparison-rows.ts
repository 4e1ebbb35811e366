/** What a comparison asks of the database beside its own tables: rows by what targets call them, and what was not shown. */
import type { CanonicalEntity, ProjectedEntity } from '../canonical/entities.js';
import type { Query, Tx } from './database.js';
import { projectionColumns, toProjection } from './projection-claim.js';
import type { Projection } from './projections.js';

export interface HeldId {
  readonly entity: ProjectedEntity;
  readonly externalId: string;
}

/** A row as a comparison sees it. */
export interface ComparedRow {
  readonly row: Projection;
  /** By which the target calls it; null when it has none. */
  readonly externalId: string | null;
  readonly reason: string | null;
}

const comparedColumns = `${projectionColumns}, reason, shown_id`;

const toCompared = (found: Record<string, unknown>): ComparedRow => ({
  row: toProjection(found),
  externalId: found['shown_id'] as string | null,
  reason: found['reason'] as string | null,
});

/** Rows of records that a target shows, with the id by which it calls each. */
export async function rowsHeldAs(tx: Tx, target: string, ids: readonly HeldId[]): Promise<readonly ComparedRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query(
    `select ${comparedColumns}
     from (
       select p.*, r.external_id as shown_id
       from (select distinct * from unnest($2::text[], $3::text[]) as u(entity, external_id)) a
       join external_reference r on r.system = $1 and r.entity = a.entity and r.external_id = a.external_id
       join projection p on p.target = r.system and p.entity = r.entity and p.canonical_id = r.canonical_id) x
     order by entity, canonical_id`,
    [target, ids.map(({ entity }) => entity), ids.map(({ externalId }) => externalId)],
    'comparison-rows-held',
  );
  return rows.map(toCompared);
}

/** Rows that a flow carries after a record, in the order of ids. */
export async function rowsOfFlow(
  query: Query,
  of: { readonly target: string; readonly entity: ProjectedEntity; readonly flow: string },
  after: string,
  limit: number,
): Promise<readonly ComparedRow[]> {
  const rows = await query.query(
    `select ${comparedColumns}
     from (
       select p.*, r.external_id as shown_id
       from projection p
       left join external_reference r on r.system = p.target and r.entity = p.entity and r.canonical_id = p.canonical_id
         and r.external_id not like 'key:%' and r.origin <> 'MENTIONED'
       where p.target = $1 and p.entity = $2 and p.flow = $3 and p.canonical_id > $4) x
     order by canonical_id limit $5`,
    [of.target, of.entity, of.flow, after, limit],
    'comparison-rows-of-flow',
  );
  return rows.map(toCompared);
}

/** Of these ids those by which the hub knows a record of the system, as any kind. */
export async function knownIds(
  query: Query,
  system: string,
  entities: readonly string[],
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await query.query<{ external_id: string }>(
    `select distinct external_id from external_reference
     where system = $1 and entity = any($2::text[]) and external_id = any($3::text[]) and origin <> 'MENTIONED'`,
    [system, entities, ids],
    'comparison-known',
  );
  return new Set(rows.map((row) => row.external_id));
}

/** Of the records that a target holds those that the comparison has seen, as `<entity>:<external id>`. */
export async function shownAmong(
  query: Query,
  comparison: string,
  system: string,
  held: readonly HeldId[],
): Promise<ReadonlySet<string>> {
  const rows = await query.query<{ entity: string; external_id: string }>(
    `select entity, external_id from comparison_seen
     where comparison = $1 and system = $2 and (entity, external_id) in (select * from unnest($3::text[], $4::text[]))`,
    [comparison, system, held.map(({ entity }) => entity), held.map(({ externalId }) => externalId)],
    'comparison-shown',
  );
  return new Set(rows.map((row) => `${row.entity}:${row.external_id}`));
}

/** Where records that are known to be gone from their source stand. */
const gone = ['product', 'variant', 'category', 'customer', 'sales_order', 'stock_level', 'stock_location'];

export interface UnshownRecord {
  readonly entity: CanonicalEntity;
  readonly canonicalId: string;
  readonly externalId: string;
}

/** Records that the hub has taken in from a system and that the comparison has not seen there, in the order of their ids there. */
export function notShown(
  query: Query,
  comparison: string,
  of: { readonly system: string; readonly entity: CanonicalEntity },
  after: string,
  limit: number,
): Promise<readonly UnshownRecord[]> {
  return query.query<UnshownRecord & Record<string, unknown>>(
    `select r.entity, r.canonical_id as "canonicalId", r.external_id as "externalId"
     from external_reference r
     where r.system = $2 and r.entity = $3 and r.external_id > $4 and r.origin = 'INGESTED' and r.content_hash is not null
       and r.external_id not like 'key:%'
       and not exists (select from comparison_seen s
         where s.comparison = $1 and s.system = r.system and s.entity = r.entity and s.external_id = r.external_id)
       and not exists (${gone.map((table) => `select from ${table} g where g.id = r.canonical_id and g.deleted_at is not null`).join(' union all ')})
     order by r.external_id limit $5`,
    [comparison, of.system, of.entity, after, limit],
    'comparison-not-shown',
  );
}

/** Hashes with which records were captured lately and not taken in yet: their changes are on the way, by external id. */
export async function onTheWay(
  query: Query,
  system: string,
  stream: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await query.query<{ external_id: string; hash: string }>(
    `select s.external_id, s.hash from capture_seen s
     where s.system = $1 and s.stream = $2 and s.external_id = any($3::text[])
       and not exists (select from external_reference r
         where r.system = s.system and r.external_id = s.external_id and r.content_hash = s.hash)`,
    [system, stream, ids],
    'comparison-on-the-way',
  );
  return new Map(rows.map((row) => [row.external_id, row.hash]));
}
