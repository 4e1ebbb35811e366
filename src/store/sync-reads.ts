/** Reads of where records live and how each target stands with them; each function is one SQL statement. */
import { entityTypes } from '../schema/entity-words.js';
import type { ExternalReference } from '../schema/sync-status.js';
import type { ProjectionState } from '../schema/sync-states.js';
import type { ExternalReferenceFilter } from '../schema/operation-filters.js';
import { listCondition, textConditions, timeConditions } from './conditions.js';
import type { Query } from './database.js';
import type { List } from './pages.js';
import { areOfOneKind } from './reference-aliases.js';
import { raw, selected, sql } from './sql.js';

/** The kind of record of a column. Only our own words become text. */
export const entityTypeSql = (entity: string): string =>
  `case ${entity} ${Object.entries(entityTypes)
    .map(([name, type]) => `when '${name}' then '${type}'`)
    .join(' ')} end`;

/** The database's entities that are shown as one of these types. */
export const entitiesOf = (types: readonly string[]): string[] =>
  Object.keys(entityTypes).filter((entity) => types.includes(entityTypes[entity]!));

const referenceColumns = `'ref_' || translate(encode(convert_to(r.system || chr(10) || r.entity || chr(10) || r.external_id,
    'UTF8'), 'base64'), E'+/=\\n', '-_') as id,
  ${entityTypeSql('r.entity')} as "entityType",
  r.external_id as "externalId",
  case when r.natural_key is null then '{}'::text[] else array[r.natural_key] end as "alternateKeys",
  r.origin, r.first_seen_at as "firstSeenAt", r.last_seen_at as "lastSeenAt", r.last_written_at as "lastWrittenAt",
  r.content_hash as "contentHash", r.system as "systemKey", r.canonical_id as "canonicalId"`;

/** Identities of each record. One that it shares with another record of the hub stands with both. */
export const readReferences = (query: Query, canonicalIds: readonly string[]): Promise<ExternalReference[]> =>
  selected(
    query,
    `select ${referenceColumns} from (
       select o.system, o.entity, o.external_id, o.canonical_id, o.natural_key, o.origin, o.first_seen_at, o.last_seen_at,
         o.last_written_at, o.content_hash
       from external_reference o where o.canonical_id = any($1)
       union all
       select a.system, a.entity, a.external_id, a.canonical_id, o.natural_key, 'MATCHED', a.created_at, o.last_seen_at,
         o.last_written_at, o.content_hash
       from system s
       join reference_alias a on a.system = s.key and a.entity in ('customer', 'contact') and a.canonical_id = any($1)
       join external_reference o on (o.system, o.entity, o.external_id) = (a.system, a.entity, a.external_id)
         and ${areOfOneKind('a.canonical_id', 'o.canonical_id')}) r
     order by r.canonical_id, r.system, r.entity, r.external_id`,
    [canonicalIds],
  );

/** Identities in the order of systems, kinds and ids. */
export const referenceList = (filter: ExternalReferenceFilter | null | undefined): List => ({
  select: raw(referenceColumns),
  from: raw('external_reference r join system s on s.key = r.system'),
  where: [
    ...textConditions('s.id', filter?.systemId),
    ...(filter?.entityType == null ? [] : [sql`r.entity = any(${entitiesOf(filter.entityType)}::text[])`]),
    ...textConditions('r.external_id', filter?.externalId),
    ...listCondition('r.origin', filter?.origin),
    ...timeConditions('r.last_seen_at', filter?.lastSeenAt),
  ],
  order: {
    name: 'system',
    keys: [
      { expression: 'r.system', type: 'text' },
      { expression: 'r.entity', type: 'text' },
      { expression: 'r.external_id', type: 'text' },
    ],
    descending: false,
  },
});

export const readReferencesById = (query: Query, ids: readonly string[]): Promise<ExternalReference[]> => {
  const keys = ids.map((id) => Buffer.from(id.slice(4), 'base64url').toString('utf8').split('\n'));
  const well = keys.filter((key) => key.length === 3 && key.every((part) => !part.includes('\0')));
  return selected(
    query,
    `select ${referenceColumns} from unnest($1::text[], $2::text[], $3::text[]) as k(system, entity, external_id)
     join external_reference r using (system, entity, external_id)`,
    [0, 1, 2].map((i) => well.map((key) => key[i])),
  );
};

/** How one target stands with one record. */
export interface ProjectionStatus {
  readonly target: string;
  readonly entity: string;
  readonly canonicalId: string;
  readonly flow: string;
  readonly state: ProjectionState;
  readonly reason: string | null;
  readonly reasonCode: string | null;
  readonly since: Date;
  readonly nextAt: Date | null;
}

const statusColumns = `pr.target, pr.entity, pr.canonical_id as "canonicalId", pr.flow, pr.state, pr.reason,
  pr.reason_code as "reasonCode", pr.since, pr.next_at as "nextAt"`;

export interface StatusOf {
  readonly entity: string;
  readonly id: string;
}

/**
 * Projections of records. A simple product has those of its only variant too, with the product's id as `of`: some targets
 * know a simple product only as its variant. A customer has those of its contact too.
 */
export const readStatuses = (
  query: Query,
  records: readonly StatusOf[],
): Promise<(ProjectionStatus & { readonly of: string; readonly ofEntity: string })[]> =>
  selected(
    query,
    `select k.id as "of", k.entity as "ofEntity", ${statusColumns}
     from unnest($1::text[], $2::text[]) as k(entity, id)
     join projection pr on pr.entity = k.entity and pr.canonical_id = k.id
     union all
     select p.id, 'product', ${statusColumns}
     from product p join variant v on v.product_id = p.id
     join projection pr on pr.entity = 'variant' and pr.canonical_id = v.id
     where p.type = 'SIMPLE' and p.id = any($3::text[])
     union all
     select pr.canonical_id, 'customer', ${statusColumns}
     from projection pr where pr.entity = 'contact' and pr.canonical_id = any($4::text[])`,
    [
      records.map(({ entity }) => entity),
      records.map(({ id }) => id),
      records.filter(({ entity }) => entity === 'product').map(({ id }) => id),
      records.filter(({ entity }) => entity === 'customer').map(({ id }) => id),
    ],
  );

/** A record that another one waits for. */
export interface AwaitedRow {
  readonly key: string;
  readonly awaitedId: string;
  readonly entity: string;
  /** The systems that have it. */
  readonly systems: readonly string[];
  /** How the target itself stands with it, and by which flow; null when no flow has looked at it for the target. */
  readonly state: ProjectionState | null;
  readonly flow: string | null;
}

/** What each waiting projection waits for. */
export const readAwaited = (
  query: Query,
  waiting: readonly { readonly target: string; readonly entity: string; readonly canonicalId: string }[],
): Promise<AwaitedRow[]> =>
  selected(
    query,
    `select a.key, a.entity, a.id as "awaitedId", pr.state, pr.flow,
       array(select distinct r.system from external_reference r where r.canonical_id = a.id) as systems
     from (select w.target || ' ' || w.entity || ' ' || w.canonical_id as key, w.target, w.awaited,
         split_part(w.awaited, ':', 3) as entity, split_part(w.awaited, ':', 4) as id
       from unnest($1::text[], $2::text[], $3::text[]) as k(target, entity, canonical_id)
       join projection_wait w using (target, entity, canonical_id)) a
     left join projection pr on pr.target = a.target and pr.entity = a.entity and pr.canonical_id = a.id
     order by a.awaited`,
    [waiting.map((w) => w.target), waiting.map((w) => w.entity), waiting.map((w) => w.canonicalId)],
  );
