/**
 * Records of the hub that share one record of a target with another one (two customers with one e-mail address). The shared
 * record stands for them wherever they are mentioned; only its own record writes to it.
 */
import type { Query, Tx } from './database.js';

export interface ReferenceAlias {
  readonly entity: string;
  readonly canonicalId: string;
  readonly externalId: string;
}

/** An alias with the natural key of the record that it stands for. */
export interface FoundAlias extends ReferenceAlias {
  readonly key: string | null;
}

/** A company never stands behind the record of a person, nor the other way round, also when a customer became one later. */
export const areOfOneKind = (one: string, other: string): string =>
  `(select kind from customer where id = ${one}) is not distinct from (select kind from customer where id = ${other})`;

/** Aliases by `<entity>:<canonical id>`. One whose record is not known any more, or is of another kind, counts no longer. */
export async function loadAliases(
  query: Query,
  system: string,
  canonicalIds: readonly string[],
): Promise<ReadonlyMap<string, FoundAlias>> {
  if (canonicalIds.length === 0) return new Map();
  const rows = await query.query<{
    entity: string;
    canonical_id: string;
    external_id: string;
    natural_key: string | null;
  }>(
    `select a.entity, a.canonical_id, a.external_id, r.natural_key
     from reference_alias a
     join external_reference r on r.system = a.system and r.entity = a.entity and r.external_id = a.external_id
       and r.canonical_id <> a.canonical_id
     where a.system = $1 and a.canonical_id = any($2::text[]) and ${areOfOneKind('a.canonical_id', 'r.canonical_id')}`,
    [system, canonicalIds],
    'aliases-load',
  );
  return new Map(
    rows.map((row) => [
      `${row.entity}:${row.canonical_id}`,
      { entity: row.entity, canonicalId: row.canonical_id, externalId: row.external_id, key: row.natural_key },
    ]),
  );
}

export async function writeAliases(tx: Tx, system: string, aliases: readonly ReferenceAlias[]): Promise<void> {
  if (aliases.length === 0) return;
  await tx.query(
    `insert into reference_alias (system, entity, canonical_id, external_id)
     select $1, entity, "canonicalId", "externalId"
     from json_to_recordset($2::json) as a(entity text, "canonicalId" text, "externalId" text)
     order by 2, 3
     on conflict (system, entity, canonical_id) do update set external_id = excluded.external_id`,
    [system, JSON.stringify(aliases)],
    'aliases-write',
  );
}
