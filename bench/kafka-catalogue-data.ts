/**
 * A catalogue of any size within minutes: what ingest has made of the first documents, multiplied by SQL. What depends on the number
 * of a product is computed as the documents compute it; everything else comes round again after as many documents as `templates`.
 */
import type pg from 'pg';

/** After so many documents everything but numbers comes round again. */
export const templates = 2_520;

const ean = (n: string): string => `(
    select d.digits || (10 - sum(substr(d.digits, i, 1)::int * case when i % 2 = 1 then 1 else 3 end) % 10) % 10
    from (select '871234' || lpad(((${n}) % 1000000)::text, 6, '0') as digits) d, generate_series(1, 12) i group by d.digits)`;

/** Numbers and keys of a benchmark: nothing in them that had to be quoted. */
const statements = (system: string, products: number): readonly string[] => [
  `create temp table template as
     select r.external_id::bigint as t, r.canonical_id as id from external_reference r where r.system = '${system}' and r.entity = 'product'`,
  `create temp table made as
     select t.t, t.id as template, i, 'prd_' || lpad(i::text, 26, '0') as id
     from template t, lateral generate_series(t.t + ${templates}, ${products} - 1, ${templates}) i`,
  `create temp table variant_made as
     select v.id as template, m.t, m.i, m.id as product_id, v.position, m.i * 10 + v.position as n,
       'var_' || lpad((m.i * 10 + v.position)::text, 26, '0') as id
     from made m join variant v on v.product_id = m.template`,
  'analyze template',
  'analyze made',
  'analyze variant_made',
  `insert into product (id, version, content_hash, code, type, status, name, short_description, description, brand,
       is_visible_in_webshop, categories, attributes, provenance)
     select m.id, 1, md5(m.id), (100000 + m.i)::text, p.type, p.status, replace(p.name, 'nr. ' || m.t || ',', 'nr. ' || m.i || ','),
       p.short_description, p.description, p.brand, p.is_visible_in_webshop, p.categories, p.attributes, p.provenance
     from made m join product p on p.id = m.template order by m.i`,
  `insert into variant (id, version, content_hash, product_id, position, sku, name, gtin, barcodes, is_active, options, price_amount,
       price_currency, price_includes_tax, tax_class, tax_rate, purchase_price, unit_code, weight_grams, tracks_stock, provenance)
     select m.id, 1, md5(m.id), m.product_id, v.position, (1000000 + m.n)::text, v.name, e.ean, array[e.ean, '2' || lpad(m.i::text, 6, '0')],
       v.is_active, v.options, v.price_amount, v.price_currency, v.price_includes_tax, v.tax_class, v.tax_rate, v.purchase_price,
       v.unit_code, v.weight_grams, v.tracks_stock, v.provenance
     from variant_made m join variant v on v.id = m.template cross join lateral (select ${ean('m.n')} as ean) e order by m.n`,
  `insert into external_reference (system, entity, external_id, canonical_id, natural_key, origin, source_version, content_hash, last_seen_at)
     select '${system}', 'product', m.i::text, m.id, case when r.natural_key is null then null else (100000 + m.i)::text end, r.origin, 1, 'made', now()
     from made m join external_reference r on r.system = '${system}' and r.entity = 'product' and r.canonical_id = m.template order by m.i`,
  `insert into external_reference (system, entity, external_id, canonical_id, natural_key, origin, source_version, content_hash, last_seen_at)
     select '${system}', 'variant', (1000000 + m.n)::text, m.id, case when r.natural_key is null then null else (1000000 + m.n)::text end, r.origin,
       r.source_version, r.content_hash, now()
     from variant_made m join external_reference r on r.system = '${system}' and r.entity = 'variant' and r.canonical_id = m.template order by m.n`,
  'drop table template, made, variant_made',
  'vacuum analyze',
];

/** Makes as many products as asked for out of the first ones, which must have been taken in; refreshes the statistics. */
export async function multiplyCatalogue(client: pg.Client, system: string, products: number): Promise<void> {
  await client.query(`set synchronous_commit = off`);
  for (const statement of statements(system, products)) await client.query(statement);
}
