/**
 * Canonical records as outbound mappings read them (outboundCatalogue): each with the records around it, in bulk. Decimals
 * are text without trailing zeros. A record that is gone from every source reads as inactive, never as absent.
 */
import type { Document, Json } from '../base/document.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { Query } from './database.js';
import { loadRows } from './rows.js';

export interface CanonicalDocument {
  readonly id: string;
  readonly isDeleted: boolean;
  readonly document: Document;
}

/** Documents by canonical id; ids without a row are absent. */
export function loadDocuments(
  query: Query,
  entity: ProjectedEntity,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CanonicalDocument>> {
  switch (entity) {
    case 'product':
      return load(query, 'product', ids, { status: 'ARCHIVED' });
    case 'category':
      return load(query, 'category', ids, { isActive: false });
    case 'variant':
      return loadVariants(query, ids);
    case 'stock':
      return loadStock(query, ids);
    case 'customer':
      return load(query, 'customer', ids, { isActive: false });
    case 'contact':
      return loadContacts(query, ids);
    case 'order':
      return load(query, 'order', ids, {});
  }
}

async function load(
  query: Query,
  entity: 'product' | 'category' | 'customer' | 'order',
  ids: readonly string[],
  whenDeleted: Document,
): Promise<ReadonlyMap<string, CanonicalDocument>> {
  const records = await loadRows(query, entity, ids);
  return new Map(records.map((record) => [record.id, toDocument(record, whenDeleted)]));
}

function toDocument(record: CanonicalRecord, whenDeleted: Document): CanonicalDocument {
  const { id, isDeleted } = record;
  return { id, isDeleted, document: { id, ...record.fields, ...(isDeleted ? whenDeleted : {}) } };
}

async function loadVariants(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, CanonicalDocument>> {
  const variants = await loadRows(query, 'variant', ids);
  const productIds = [...new Set(variants.map((variant) => String(variant.fields['product'])))];
  const products = await load(query, 'product', productIds, { status: 'ARCHIVED' });
  return new Map(
    variants.map((variant) => {
      const made = toDocument(variant, { isActive: false });
      const product = products.get(String(variant.fields['product']));
      return [variant.id, { ...made, document: { ...made.document, product: product?.document ?? null } }];
    }),
  );
}

/** The first contact of each company that has one. */
async function loadContacts(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, CanonicalDocument>> {
  const customers = await loadRows(query, 'customer', ids);
  return new Map(
    customers.map(({ id, isDeleted, fields }) => {
      const contacts = (fields['contacts'] ?? []) as readonly Document[];
      const first = contacts.find((contact) => contact['isPrimary'] === true) ?? contacts[0] ?? {};
      return [id, { id, isDeleted, document: { id, customer: id, kind: fields['kind'] ?? null, ...first } }];
    }),
  );
}

async function loadStock(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, CanonicalDocument>> {
  if (ids.length === 0) return new Map();
  const rows = await query.query<{ id: string; sku: string; tracks_stock: boolean; is_deleted: boolean; levels: Json }>(
    `select v.id, v.sku, v.tracks_stock, v.deleted_at is not null as is_deleted,
       json_agg(json_build_object(
         'locationCode', l.code,
         'onHand', trim_scale(s.on_hand)::text,
         'reserved', trim_scale(s.reserved)::text,
         'incoming', trim_scale(s.incoming)::text,
         'safetyStock', trim_scale(s.safety_stock)::text
       ) order by l.code, s.id) as levels
     from variant v
     join stock_level s on s.variant_id = v.id and s.deleted_at is null
     join stock_location l on l.id = s.location_id
     where v.id = any($1::text[])
     group by v.id`,
    [ids],
    'stock-documents',
  );
  return new Map(
    rows.map((row) => {
      const document = { id: row.id, variant: row.id, sku: row.sku, tracksStock: row.tracks_stock, levels: row.levels };
      return [row.id, { id: row.id, isDeleted: row.is_deleted, document }];
    }),
  );
}
