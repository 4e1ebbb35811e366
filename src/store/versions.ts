/**
 * Drafts and versions of what people edit: mappings and value lists are stored alike. A draft has a revision that rises with
 * each change; publishing makes the next version of it and ends the draft. Versions are never changed.
 */
import type { MappingDefinition, ValueListBody } from '../mapping/mapping.js';
import type { Query, Tx } from './database.js';

/** What is versioned, and what each says. */
export interface Bodies {
  readonly mapping: MappingDefinition;
  readonly value_list: ValueListBody;
}
export type Versioned = keyof Bodies;

const bodyOf = { mapping: 'definition', value_list: 'body' } as const satisfies Record<Versioned, string>;

export interface Edited<B> {
  readonly id: string;
  readonly key: string;
  readonly publishedVersion: number;
  readonly draftRevision: number;
  /** Null: there is nothing but the published version. */
  readonly draft: B | null;
  readonly published: B;
}

export interface Version<B> {
  readonly version: number;
  readonly body: B;
  readonly note: string | null;
  readonly publishedAt: Date;
  /** Id of the key with which it was published; null: shipped with the product. */
  readonly publishedBy: string | null;
}

/** Which version is in use: those that people made keep it in a column of their own (mapping-use.ts). */
const inUse = { mapping: 'coalesce(e.own_version, e.published_version)', value_list: 'e.published_version' } as const satisfies Record<Versioned, string>; // prettier-ignore
/** What was deleted keeps its versions, and is edited no more. */
const isThere = { mapping: 'e.deleted_at is null', value_list: 'true' } as const satisfies Record<Versioned, string>;
const published = {
  mapping: `published_version = case when e.own_version is null then a.version else 0 end,
    own_version = case when e.own_version is null then null else a.version end`,
  value_list: 'published_version = a.version',
} as const satisfies Record<Versioned, string>;

const columns = (kind: Versioned): string =>
  `e.id, e.key, ${inUse[kind]} as "publishedVersion", e.draft_revision as "draftRevision", e.draft,
   v.${bodyOf[kind]} as published`;
const from = (kind: Versioned): string =>
  `from ${kind} e join ${kind}_version v on v.${kind} = e.key and v.version = ${inUse[kind]}`;

/** The one with this id or key, kept as it is until the transaction ends. */
export async function lockEdited<K extends Versioned>(
  tx: Tx,
  kind: K,
  idOrKey: string,
): Promise<Edited<Bodies[K]> | undefined> {
  const [row] = await tx.query<Edited<Bodies[K]> & Record<string, unknown>>(
    `select ${columns(kind)} ${from(kind)} where (e.id = $1 or e.key = $1) and ${isThere[kind]} for update of e`,
    [idOrKey],
  );
  return row;
}

export async function listEdited<K extends Versioned>(query: Query, kind: K): Promise<readonly Edited<Bodies[K]>[]> {
  return query.query<Edited<Bodies[K]> & Record<string, unknown>>(
    `select ${columns(kind)} ${from(kind)} where ${isThere[kind]} order by e.key`,
  );
}

/** Stores a draft, or ends it (null). Returns its new revision. */
export async function saveDraft<K extends Versioned>(
  tx: Tx,
  kind: K,
  key: string,
  draft: Bodies[K] | null,
): Promise<number> {
  const [row] = await tx.query<{ revision: number }>(
    `update ${kind} set draft = $2, draft_revision = draft_revision + 1, updated_at = now()
     where key = $1 returning draft_revision as revision`,
    [key, draft === null ? null : JSON.stringify(draft)],
  );
  return row?.revision ?? 0;
}

export interface Publication {
  readonly note: string;
  readonly by: string;
}

/** Makes the next version, which is in use when the transaction commits, and ends the draft. Returns its number. */
export async function publishVersion<K extends Versioned>(
  tx: Tx,
  kind: K,
  key: string,
  body: Bodies[K],
  { note, by }: Publication,
): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    `with next as (
       select coalesce(max(version), 0) + 1 as version from ${kind}_version where ${kind} = $1
     ), added as (
       insert into ${kind}_version (${kind}, version, ${bodyOf[kind]}, note, published_by)
       select $1, version, $2, $3, $4 from next
       returning version
     )
     update ${kind} e
     set ${published[kind]}, draft = null, draft_revision = e.draft_revision + 1, updated_at = now()
     from added a
     where e.key = $1
     returning a.version`,
    [key, JSON.stringify(body), note, by],
  );
  return row?.version ?? 0;
}

/** All versions, the newest first. */
export async function listVersions<K extends Versioned>(
  query: Query,
  kind: K,
  key: string,
): Promise<readonly Version<Bodies[K]>[]> {
  return query.query<Version<Bodies[K]> & Record<string, unknown>>(
    `select version, ${bodyOf[kind]} as body, note, published_at as "publishedAt", published_by as "publishedBy"
     from ${kind}_version where ${kind} = $1 order by version desc`,
    [key],
  );
}
