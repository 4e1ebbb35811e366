/** Categories: the tree of the catalogue. Written by ingest only, as decided; an empty field takes the default of its column. */
import type { Json } from '../base/document.js';
import { writtenRows, type CanonicalTable } from './canonical-table.js';

const written = writtenRows({
  parent: 'text',
  code: 'text',
  name: 'text',
  description: 'text',
  position: 'integer',
  isActive: 'boolean',
});

export const categoryTable = {
  entity: 'category',
  written,
  select: `select id, version, provenance, deleted_at is not null as is_deleted,
    parent_id as "parent", code, name, description, position, is_active as "isActive"
  from category
  where id = any($1::text[])`,
  write: `with r as materialized (
     select id, expected, version, "contentHash", provenance, parent, code, name, description,
       coalesce(position, 0) as position, coalesce("isActive", true) as "isActive"
     from ${written.from} w
   ), inserted as (
     insert into category
       (id, version, content_hash, provenance, parent_id, code, name, description, position, is_active)
     select id, version, "contentHash", provenance, parent, code, name, description, position, "isActive"
     from r where expected = 0
     on conflict (id) do nothing
     returning 1
   ), updated as (
     update category t
     set version = r.version, content_hash = r."contentHash", provenance = r.provenance, updated_at = now(),
         deleted_at = null, parent_id = r.parent, code = r.code, name = r.name, description = r.description,
         position = r.position, is_active = r."isActive"
     from r
     where t.id = r.id and t.version = r.expected
     returning 1
   )
   select (select count(*) from inserted) + (select count(*) from updated) as written`,
  fields: (row) => ({
    parent: row['parent'] as Json,
    code: row['code'] as Json,
    name: row['name'] as Json,
    description: row['description'] as Json,
    position: row['position'] as Json,
    isActive: row['isActive'] as Json,
  }),
} as const satisfies CanonicalTable;
