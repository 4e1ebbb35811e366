/** Stock locations: where stock is kept. Written by ingest only, as decided; an empty field takes the default of its column. */
import type { Json } from '../base/document.js';
import { writtenRows, type CanonicalTable } from './canonical-table.js';

const written = writtenRows({
  code: 'text',
  name: 'text',
  country: 'text',
  isActive: 'boolean',
});

export const stockLocationTable = {
  entity: 'stock_location',
  written,
  select: `select id, version, provenance, deleted_at is not null as is_deleted,
    code, name, country, is_active as "isActive"
  from stock_location
  where id = any($1::text[])`,
  write: `with r as materialized (
     select id, expected, version, "contentHash", provenance, code, name, country, coalesce("isActive", true) as "isActive"
     from ${written.from} w
   ), inserted as (
     insert into stock_location
       (id, version, content_hash, provenance, code, name, country, is_active)
     select id, version, "contentHash", provenance, code, name, country, "isActive"
     from r where expected = 0
     on conflict (id) do nothing
     returning 1
   ), updated as (
     update stock_location t
     set version = r.version, content_hash = r."contentHash", provenance = r.provenance, updated_at = now(),
         deleted_at = null, code = r.code, name = r.name, country = r.country, is_active = r."isActive"
     from r
     where t.id = r.id and t.version = r.expected
     returning 1
   )
   select (select count(*) from inserted) + (select count(*) from updated) as written`,
  fields: (row) => ({
    code: row['code'] as Json,
    name: row['name'] as Json,
    country: row['country'] as Json,
    isActive: row['isActive'] as Json,
  }),
} as const satisfies CanonicalTable;
