/** What connectors ship, stored where it is not there yet: mappings and value lists as their first versions. */
import type { MappingDefinition, ValueList, ValueListBody, ValueListEntry } from '../mapping/mapping.js';
import type { Tx } from './database.js';

/** Stores version 1 of a mapping unless there is a mapping of that key already. */
export async function installMapping(tx: Tx, id: string, definition: MappingDefinition): Promise<boolean> {
  const { key, connector, direction, record, entity } = definition;
  const rows = await tx.query(
    `insert into mapping (id, key, connector, direction, record, entity, published_version)
     values ($1, $2, $3, $4, $5, $6, 1)
     on conflict do nothing
     returning 1 as installed`,
    [id, key, connector, direction, record, entity],
  );
  if (rows.length === 0) return false;
  await tx.query('insert into mapping_version (mapping, version, definition, note) values ($1, 1, $2, $3)', [
    key,
    JSON.stringify(definition),
    'shipped with the connector',
  ]);
  return true;
}

/** Stores version 1 of a value list unless there is one of that key already. */
export async function installValueList(tx: Tx, id: string, list: ValueList): Promise<boolean> {
  const rows = await tx.query(
    `insert into value_list (id, key, name, kind, published_version)
     values ($1, $2, $3, $4, 1)
     on conflict do nothing
     returning 1 as installed`,
    [id, list.key, list.name, list.kind],
  );
  if (rows.length === 0) return false;
  await tx.query('insert into value_list_version (value_list, version, body, note) values ($1, 1, $2, $3)', [
    list.key,
    JSON.stringify(bodyOf(list)),
    'shipped with the connector',
  ]);
  return true;
}

/** Publishes the next version of a value list with `entries`, when the published one has none yet. */
export async function fillValueList(tx: Tx, key: string, entries: readonly ValueListEntry[]): Promise<boolean> {
  const rows = await tx.query(
    `with empty as (
       select l.key, l.published_version + 1 as version, v.body
       from value_list l
       join value_list_version v on v.value_list = l.key and v.version = l.published_version
       where l.key = $1 and v.body -> 'entries' = '[]'::jsonb
       for update of l
     ), added as (
       insert into value_list_version (value_list, version, body, note)
       select key, version, body || jsonb_build_object('entries', $2::jsonb), 'sample data' from empty
       returning value_list, version
     )
     update value_list l
     set published_version = a.version, updated_at = now()
     from added a
     where l.key = a.value_list
     returning 1 as filled`,
    [key, JSON.stringify(entries)],
  );
  return rows.length > 0;
}

function bodyOf({ whenUnmapped, defaultValue, entries }: ValueList): ValueListBody {
  return { whenUnmapped, ...(defaultValue === undefined ? {} : { defaultValue }), entries };
}
