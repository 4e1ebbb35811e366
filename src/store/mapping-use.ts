/**
 * Which mapping translates what: the shipped ones, those that people made beside them, and which of these a system has chosen.
 * Writers take the transaction first. A mapping that was deleted keeps its row and its versions: what was done by them is explained by them.
 */
import type { MappingDefinition } from '../mapping/mapping.js';
import type { Query, Tx } from './database.js';

export interface PublishedRow {
  readonly version: number;
  readonly definition: MappingDefinition;
  /** People made it: it is used only by systems that have chosen it. */
  readonly isOwn: boolean;
}

/** A system uses a mapping that people made, in place of the shipped one of its kind. */
export interface MappingChoice {
  /** Key of the system. */
  readonly system: string;
  /** Key of the mapping. */
  readonly mapping: string;
}

/** All mappings as they are published now. */
export async function listPublished(query: Query): Promise<readonly PublishedRow[]> {
  return query.query<PublishedRow & Record<string, unknown>>(
    `select v.version, v.definition, m.own_version is not null as "isOwn"
     from mapping m
     join mapping_version v on v.mapping = m.key and v.version = coalesce(m.own_version, m.published_version)
     where m.deleted_at is null
     order by m.key`,
  );
}

export async function listChoices(query: Query): Promise<readonly MappingChoice[]> {
  return query.query<MappingChoice & Record<string, unknown>>(
    'select system, mapping from mapping_choice order by system, mapping',
  );
}

export interface NewMapping {
  readonly id: string;
  readonly name: string;
  readonly definition: MappingDefinition;
  /** Of its first version. */
  readonly note: string;
  readonly by: string;
}

/** Stores a mapping that people make, with its first version; false when its key is taken, also by one that was deleted. */
export async function createMapping(tx: Tx, { id, name, definition, note, by }: NewMapping): Promise<boolean> {
  const { key, connector, direction, record, entity } = definition;
  const rows = await tx.query(
    `insert into mapping (id, key, name, connector, direction, record, entity, published_version, own_version)
     values ($1, $2, $3, $4, $5, $6, $7, 0, 1)
     on conflict (key) do nothing
     returning 1 as made`,
    [id, key, name, connector, direction, record, entity],
  );
  if (rows.length === 0) return false;
  await tx.query(
    'insert into mapping_version (mapping, version, definition, note, published_by) values ($1, 1, $2, $3, $4)',
    [key, JSON.stringify(definition), note, by],
  );
  return true;
}

/** Brings one back that was deleted, when it is of the same kind; its next version is published by the caller. */
export async function reviveMapping(tx: Tx, definition: MappingDefinition): Promise<boolean> {
  const { key, connector, direction, record, entity } = definition;
  const rows = await tx.query(
    `update mapping set deleted_at = null, updated_at = now()
     where key = $1 and connector = $2 and direction = $3 and record = $4 and entity = $5 and deleted_at is not null
     returning 1 as revived`,
    [key, connector, direction, record, entity],
  );
  return rows.length > 0;
}

export async function renameMapping(tx: Tx, key: string, name: string): Promise<void> {
  await tx.query('update mapping set name = $2, updated_at = now() where key = $1 and own_version is not null', [
    key,
    name,
  ]);
}

/** Takes a mapping out of use for good: its draft and tests go, its versions stay. */
export async function deleteMapping(tx: Tx, key: string): Promise<void> {
  await tx.query('delete from mapping_test where mapping = $1', [key]);
  await tx.query(
    `update mapping set deleted_at = now(), draft = null, draft_revision = draft_revision + 1, updated_at = now()
     where key = $1`,
    [key],
  );
}

/** From now on the system uses this mapping for its kind of record; the shipped one is what it uses without a choice. */
export async function chooseMapping(tx: Tx, system: string, key: string): Promise<void> {
  await tx.query(
    `delete from mapping_choice c using mapping m
     where m.key = $2 and c.system = $1 and (c.direction, c.record, c.entity) = (m.direction, m.record, m.entity)`,
    [system, key],
  );
  await tx.query(
    `insert into mapping_choice (system, direction, record, entity, mapping)
     select $1, direction, record, entity, key from mapping where key = $2 and own_version is not null`,
    [system, key],
  );
}

/** Forgets all that a system has chosen. */
export async function forgetChoices(tx: Tx, system: string): Promise<void> {
  await tx.query('delete from mapping_choice where system = $1', [system]);
}

/** Copies the tests of one mapping to another; returns how many. */
export async function copyTests(tx: Tx, from: string, to: string, newId: () => string): Promise<number> {
  const tests = await tx.query<{ id: string }>('select id from mapping_test where mapping = $1 order by name', [from]);
  for (const { id } of tests) {
    await tx.query(
      `insert into mapping_test (id, mapping, name, operation, input, expected)
       select $2, $3, name, operation, input, expected from mapping_test where id = $1`,
      [id, newId(), to],
    );
  }
  return tests.length;
}

/** What those are called that people made, by key. */
export async function namesOfOwn(query: Query): Promise<ReadonlyMap<string, string>> {
  const rows = await query.query<{ key: string; name: string }>(
    'select key, name from mapping where own_version is not null and deleted_at is null',
  );
  return new Map(rows.map(({ key, name }) => [key, name]));
}

/** Whether people made it; false: its connector ships it. */
export async function isOwnMapping(query: Query, key: string): Promise<boolean> {
  const rows = await query.query('select 1 as own from mapping where key = $1 and own_version is not null', [key]);
  return rows.length > 0;
}
