/** Variants: the things that are sold: SKU, price, options. Written by ingest only, as decided; an empty field takes the default of its column. */
import type { Json } from '../base/document.js';
import { writtenRows, type CanonicalTable } from './canonical-table.js';

const columns = `select id, version, provenance, deleted_at is not null as is_deleted,
    product_id as "product", sku, position, name, gtin, barcodes, is_active as "isActive", options,
    trim_scale(price_amount) as "priceAmount", price_currency as "priceCurrency",
    price_includes_tax as "priceIncludesTax", tax_class as "taxClass", trim_scale(tax_rate) as "taxRate",
    trim_scale(purchase_price) as "purchasePrice", unit_code as "unitCode", weight_grams as "weightGrams",
    tracks_stock as "tracksStock"
  from variant`;

const written = writtenRows({
  product: 'text',
  sku: 'text',
  position: 'integer',
  name: 'text',
  gtin: 'text',
  barcodes: 'text[]',
  isActive: 'boolean',
  options: 'jsonb',
  priceAmount: 'numeric',
  priceCurrency: 'text',
  priceIncludesTax: 'boolean',
  taxClass: 'text',
  taxRate: 'numeric',
  purchasePrice: 'numeric',
  unitCode: 'text',
  weightGrams: 'integer',
  tracksStock: 'boolean',
});

export const variantTable = {
  entity: 'variant',
  written,
  select: `${columns}
  where id = any($1::text[])`,
  /** $1: ids of products. */
  selectByProduct: `${columns}
  where product_id = any($1::text[])`,
  write: `with r as materialized (
     select id, expected, version, "contentHash", provenance, product, sku, coalesce(position, 0) as position, name,
       gtin, coalesce(barcodes, '{}') as barcodes, coalesce("isActive", true) as "isActive",
       coalesce(options, '[]') as options, "priceAmount", "priceCurrency", "priceIncludesTax", "taxClass",
       "taxRate", "purchasePrice", "unitCode", "weightGrams", coalesce("tracksStock", true) as "tracksStock"
     from ${written.from} w
   ), inserted as (
     insert into variant
       (id, version, content_hash, provenance, product_id, sku, position, name, gtin, barcodes, is_active, options,
       price_amount, price_currency, price_includes_tax, tax_class, tax_rate, purchase_price, unit_code,
       weight_grams, tracks_stock)
     select id, version, "contentHash", provenance, product, sku, position, name, gtin, barcodes, "isActive", options,
         "priceAmount", "priceCurrency", "priceIncludesTax", "taxClass", "taxRate", "purchasePrice", "unitCode",
         "weightGrams", "tracksStock"
     from r where expected = 0
     on conflict (id) do nothing
     returning 1
   ), updated as (
     update variant t
     set version = r.version, content_hash = r."contentHash", provenance = r.provenance, updated_at = now(),
         deleted_at = null, product_id = r.product, sku = r.sku, position = r.position, name = r.name,
         gtin = r.gtin, barcodes = r.barcodes, is_active = r."isActive", options = r.options,
         price_amount = r."priceAmount", price_currency = r."priceCurrency",
         price_includes_tax = r."priceIncludesTax", tax_class = r."taxClass", tax_rate = r."taxRate",
         purchase_price = r."purchasePrice", unit_code = r."unitCode", weight_grams = r."weightGrams",
         tracks_stock = r."tracksStock"
     from r
     where t.id = r.id and t.version = r.expected
     returning 1
   )
   select (select count(*) from inserted) + (select count(*) from updated) as written`,
  fields: (row) => ({
    product: row['product'] as Json,
    sku: row['sku'] as Json,
    position: row['position'] as Json,
    name: row['name'] as Json,
    gtin: row['gtin'] as Json,
    barcodes: row['barcodes'] as Json,
    isActive: row['isActive'] as Json,
    options: row['options'] as Json,
    priceAmount: row['priceAmount'] as Json,
    priceCurrency: row['priceCurrency'] as Json,
    priceIncludesTax: row['priceIncludesTax'] as Json,
    taxClass: row['taxClass'] as Json,
    taxRate: row['taxRate'] as Json,
    purchasePrice: row['purchasePrice'] as Json,
    unitCode: row['unitCode'] as Json,
    weightGrams: row['weightGrams'] as Json,
    tracksStock: row['tracksStock'] as Json,
  }),
} as const satisfies CanonicalTable & { readonly selectByProduct: string };
