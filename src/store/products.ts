/** Products: what is sold, as a whole. Written by ingest only, as decided; an empty field takes the default of its column. */
import type { Json } from '../base/document.js';
import { writtenRows, type CanonicalTable } from './canonical-table.js';

const written = writtenRows({
  code: 'text',
  type: 'text',
  status: 'text',
  name: 'text',
  shortDescription: 'text',
  description: 'text',
  brand: 'text',
  isVisibleInWebshop: 'boolean',
  categories: 'text[]',
  attributes: 'jsonb',
});

export const productTable = {
  entity: 'product',
  written,
  select: `select id, version, provenance, deleted_at is not null as is_deleted,
    code, type, status, name, short_description as "shortDescription", description, brand,
    is_visible_in_webshop as "isVisibleInWebshop", categories, attributes
  from product
  where id = any($1::text[])`,
  write: `with r as materialized (
     select id, expected, version, "contentHash", provenance, code, coalesce(type, 'SIMPLE') as type,
       coalesce(status, 'ACTIVE') as status, name, "shortDescription", description, brand,
       coalesce("isVisibleInWebshop", true) as "isVisibleInWebshop", coalesce(categories, '{}') as categories,
       coalesce(attributes, '[]') as attributes
     from ${written.from} w
   ), inserted as (
     insert into product
       (id, version, content_hash, provenance, code, type, status, name, short_description, description, brand,
       is_visible_in_webshop, categories, attributes)
     select id, version, "contentHash", provenance, code, type, status, name, "shortDescription", description, brand,
         "isVisibleInWebshop", categories, attributes
     from r where expected = 0
     on conflict (id) do nothing
     returning 1
   ), updated as (
     update product t
     set version = r.version, content_hash = r."contentHash", provenance = r.provenance, updated_at = now(),
         deleted_at = null, code = r.code, type = r.type, status = r.status, name = r.name,
         short_description = r."shortDescription", description = r.description, brand = r.brand,
         is_visible_in_webshop = r."isVisibleInWebshop", categories = r.categories, attributes = r.attributes
     from r
     where t.id = r.id and t.version = r.expected
     returning 1
   )
   select (select count(*) from inserted) + (select count(*) from updated) as written`,
  fields: (row) => ({
    code: row['code'] as Json,
    type: row['type'] as Json,
    status: row['status'] as Json,
    name: row['name'] as Json,
    shortDescription: row['shortDescription'] as Json,
    description: row['description'] as Json,
    brand: row['brand'] as Json,
    isVisibleInWebshop: row['isVisibleInWebshop'] as Json,
    categories: row['categories'] as Json,
    attributes: row['attributes'] as Json,
  }),
} as const satisfies CanonicalTable;
