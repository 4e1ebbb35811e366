/** Fields that people added in the systems, as each system showed them last; those that are gone are kept. */
import type { DiscoveredField, FieldType } from '../base/document.js';
import type { Query, Tx } from './database.js';

export interface StoredField extends DiscoveredField {
  readonly system: string;
}

/** All of them, those that are gone too. */
export async function loadDiscovered(query: Query): Promise<readonly StoredField[]> {
  const rows = await query.query<{
    system: string;
    record: string;
    path: string;
    type: FieldType;
    label: string;
    is_list: boolean;
  }>(
    `select system, record, path, type, label, is_list
     from discovered_field
     order by gone_at is not null, system, record, path`,
  );
  return rows.map(({ is_list, ...field }) => ({ ...field, ...(is_list ? { list: true } : {}) }));
}

/** Replaces what a system shows; returns whether it is anything else than before. */
export async function storeDiscovered(tx: Tx, system: string, fields: readonly DiscoveredField[]): Promise<boolean> {
  const [row] = await tx.query<{ changed: boolean }>(
    `with shown as (
       select distinct on (record, path) *
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bool[]) as s(record, path, type, label, is_list)
       order by record, path
     ), known as (
       select record, path, type, label, is_list, gone_at is null as is_there from discovered_field where system = $1
     ), stored as (
       insert into discovered_field (system, record, path, type, label, is_list)
       select $1, record, path, type, label, is_list from shown order by record, path
       on conflict (system, record, path) do update
       set type = excluded.type, label = excluded.label, is_list = excluded.is_list, last_seen_at = now(), gone_at = null
     ), gone as (
       update discovered_field d
       set gone_at = now()
       where system = $1 and gone_at is null
         and not exists (select from shown s where s.record = d.record and s.path = d.path)
     )
     select exists (
       select from shown s full join known k using (record, path)
       where case when s.type is null then k.is_there
         else (k.type, k.label, k.is_list, k.is_there) is distinct from (s.type, s.label, s.is_list, true) end
     ) as changed`,
    [
      system,
      fields.map((field) => field.record),
      fields.map((field) => field.path),
      fields.map((field) => field.type),
      fields.map((field) => field.label),
      fields.map((field) => field.list === true),
    ],
    'discovered-store',
  );
  return row?.changed === true;
}
