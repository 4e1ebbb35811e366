/** Value lists beside their versions: making and removing them, and codes that came by without an entry. */
import type { ValueListBody, ValueListKind } from '../mapping/mapping.js';
import type { Query, Tx } from './database.js';

export interface StoredValueList {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly kind: ValueListKind;
  readonly body: ValueListBody;
  /** Id of the key with which it is made. */
  readonly by: string;
  /** Of its first version. */
  readonly note?: string;
}

/** Stores a list with its first version; false when its key is taken. */
export async function createValueList(tx: Tx, list: StoredValueList): Promise<boolean> {
  const { id, key, name, kind, body, by, note = 'made' } = list;
  const rows = await tx.query(
    `insert into value_list (id, key, name, kind, published_version) values ($1, $2, $3, $4, 1)
     on conflict (key) do nothing returning 1 as made`,
    [id, key, name, kind],
  );
  if (rows.length === 0) return false;
  await tx.query(
    'insert into value_list_version (value_list, version, body, note, published_by) values ($1, 1, $2, $3, $4)',
    [key, JSON.stringify(body), note, by],
  );
  return true;
}

/** What a list is called and what kind of codes it has; neither is part of its versions. */
export async function renameValueList(tx: Tx, key: string, name: string, kind: ValueListKind): Promise<void> {
  await tx.query('update value_list set name = $2, kind = $3, updated_at = now() where key = $1', [key, name, kind]);
}

export async function deleteValueList(tx: Tx, key: string): Promise<void> {
  await tx.query('delete from value_list_version where value_list = $1', [key]);
  await tx.query('delete from unmapped_value where value_list = $1', [key]);
  await tx.query('delete from value_list where key = $1', [key]);
}

export interface SeenUnmapped {
  readonly list: string;
  readonly value: string;
  readonly secondKey: string | null;
  readonly count: number;
  readonly lastSeenAt: Date;
  readonly exampleTraceId: string | null;
}

/** Codes that came by without an entry, the most frequent first; those that have one by now are left out. */
export async function listUnmapped(query: Query, lists: readonly string[]): Promise<readonly SeenUnmapped[]> {
  return query.query<SeenUnmapped & Record<string, unknown>>(
    `select u.value_list as list, u.value, nullif(u.second_key, '') as "secondKey", u.count::int, u.last_seen_at as "lastSeenAt",
       u.example_trace_id as "exampleTraceId"
     from unmapped_value u
     join value_list l on l.key = u.value_list
     join value_list_version v on v.value_list = l.key and v.version = l.published_version
     where u.value_list = any($1::text[]) and not exists (
       select from jsonb_array_elements(v.body -> 'entries') e
       where e ->> 'from' = u.value and coalesce(e ->> 'secondKey', '') in ('', u.second_key))
     order by u.count desc, u.value, u.second_key
     limit 1000`,
    [lists],
  );
}
