/** What systems said last of the fields that several of them may change; kept with the reference of each record. */
import type { Document } from '../base/document.js';
import type { Words } from '../canonical/words.js';
import type { Query, Tx } from './database.js';

export interface StatementKey {
  readonly entity: string;
  readonly externalId: string;
}

/** What a system said last of a record, and the version that this is of; documents that are older say nothing any more. */
export interface Shown {
  readonly shown: Document | null;
  readonly version: bigint | null;
}

/** The last statements of records, locked until COMMIT, by `<entity>:<external id>`; a record without a reference is absent. */
export async function lockShown(
  tx: Tx,
  system: string,
  keys: readonly StatementKey[],
): Promise<ReadonlyMap<string, Shown>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.query<{
    entity: string;
    external_id: string;
    shown: Document | null;
    source_version: string | null;
  }>(
    `select r.entity, r.external_id, r.shown, r.source_version::text
     from unnest($2::text[], $3::text[]) as k(entity, external_id)
     join external_reference r on r.system = $1 and r.entity = k.entity and r.external_id = k.external_id
     order by r.entity, r.external_id
     for no key update of r`,
    [system, keys.map((key) => key.entity), keys.map((key) => key.externalId)],
    'shown-lock',
  );
  return new Map(
    rows.map(({ entity, external_id, shown, source_version }) => [
      `${entity}:${external_id}`,
      { shown, version: source_version === null ? null : BigInt(source_version) },
    ]),
  );
}

/**
 * Stores statements. With the version of the record that was acknowledged, so that an older document that comes later is
 * known to be old.
 */
export async function storeShown(
  tx: Tx,
  system: string,
  statements: readonly (StatementKey & {
    readonly shown: Document;
    readonly words?: Words;
    readonly version?: bigint | null;
  })[],
): Promise<void> {
  if (statements.length === 0) return;
  await tx.query(
    `update external_reference r
     set shown = s.shown, words = coalesce(r.words || s.words, s.words, r.words), source_version = greatest(r.source_version, s.version)
     from json_to_recordset($2::json) as s(entity text, "externalId" text, shown jsonb, words jsonb, version numeric)
     where r.system = $1 and r.entity = s.entity and r.external_id = s."externalId"`,
    [
      system,
      JSON.stringify(statements.map(({ version, ...rest }) => ({ ...rest, version: version?.toString() ?? null }))),
    ],
    'shown-store',
  );
}

/** Ids of records of an entity that systems have, after an id, in their order. */
export async function recordsWithStatements(
  query: Query,
  entity: string,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await query.query<{ id: string }>(
    `select distinct canonical_id as id from external_reference
     where entity = $1 and canonical_id > $2 and origin <> 'MENTIONED'
     order by canonical_id limit $3`,
    [entity, after, limit],
    'shown-records',
  );
  return rows.map(({ id }) => id);
}

/** Takes every system that has a record to have said last what is given of these fields. */
export async function assumeShown(
  tx: Tx,
  entity: string,
  fields: readonly string[],
  records: readonly { readonly id: string; readonly said: Document }[],
): Promise<void> {
  await tx.query(
    `update external_reference r
     set shown = coalesce(r.shown, '{}')
         || case when r.shown ? 'own' then jsonb_build_object('own', (r.shown -> 'own') - $2::text[]) else '{}' end
         || case when r.shown ? 'past' then jsonb_build_object('past', (r.shown -> 'past') - $2::text[]) else '{}' end
         || s.said
     from json_to_recordset($3::json) as s(id text, said jsonb)
     where r.entity = $1 and r.canonical_id = s.id and r.origin <> 'MENTIONED'`,
    [entity, fields, JSON.stringify(records)],
    'shown-assume',
  );
}
