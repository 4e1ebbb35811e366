/**
 * What both servers of the GraphQL benchmark read: products of two variants with prices and stock at two locations, orders of
 * three lines with their customers, in the hub's own tables. Beside them the schema `shop`, through which PostGraphile sees
 * the same records under its own conventions: plain views with keys, and order lines as rows, because Koppel keeps them in
 * the order and a table is what suits PostGraphile best.
 */
import type { Database } from '../src/store/database.js';

export interface Sizes {
  readonly products: number;
  readonly orders: number;
}

const id = (prefix: string, number: string): string => `'${prefix}_' || lpad((${number})::text, 26, '0')`;

const catalogue = [
  `insert into stock_location (id, version, content_hash, code, name)
   select 'loc_' || i, 1, 'h', 'B' || i, 'Branch ' || i from generate_series(1, 2) i`,
  `insert into product (id, version, content_hash, type, code, name, brand, description, provenance, attributes)
   select ${id('prd', 'i')}, 1, 'h', 'CONFIGURABLE', i::text, 'Trui ' || i, 'Merk ' || i % 40, repeat('Een lange tekst. ', 20),
     '{"*": "mpluskassa"}', '[{"code": "materiaal", "value": "katoen"}]' from generate_series(1, $1::integer) i`,
  `insert into variant (id, version, content_hash, product_id, position, sku, name, gtin, options, price_amount, price_currency,
     price_includes_tax, tax_class, tax_rate, tracks_stock, provenance)
   select ${id('var', 'i * 2 + s')}, 1, 'h', ${id('prd', 'i')}, s, (i * 10 + s)::text, 'Trui ' || i || ' maat ' || s, null,
     jsonb_build_array(jsonb_build_object('code', 'maat', 'value', (array['M', 'L'])[s + 1])), 9.95 + i % 500, 'EUR', true, '1',
     case when i % 4 = 0 then 9 else 21 end, true, '{"*": "mpluskassa"}' from generate_series(1, $1::integer) i, generate_series(0, 1) s`,
  `insert into stock_level (id, version, content_hash, variant_id, location_id, on_hand, reserved, provenance)
   select ${id('stk', '(i * 2 + s) * 2 + l')}, 1, 'h', ${id('var', 'i * 2 + s')}, 'loc_' || l, (i * 7 + l) % 50 + 0.5, i % 3, '{"*": "mpluskassa"}'
   from generate_series(1, $1::integer) i, generate_series(0, 1) s, generate_series(1, 2) l`,
];

const sales = [
  `insert into customer (id, version, content_hash, kind, number, company_name, full_name, email, addresses, provenance)
   select ${id('cus', 'i')}, 1, 'h', case when i % 3 = 0 then 'COMPANY' else 'PERSON' end, (700 + i)::text,
     case when i % 3 = 0 then 'Bakker ' || i || ' BV' end, case when i % 3 <> 0 then 'Jan de Vries ' || i end, 'jan' || i || '@shop.test',
     '[{"role": "BILLING", "line1": "Dorpsstraat 1", "postalCode": "1234 AB", "city": "Ede", "country": "NL"}]', '{"*": "mpluskassa"}'
   from generate_series(1, greatest($1::integer / 5, 1)) i`,
  // Every second line has no total of its own: it follows from quantity, price and discount.
  `insert into sales_order (id, version, content_hash, type, number, status, payment_status, fulfillment_status, customer_id,
     customer_snapshot, billing_address, placed_at, currency, tax_method, tax_country, lines, taxes, total_excl, total_tax, total_incl,
     paid_amount, payments, provenance)
   select ${id('ord', 'i')}, 1, 'h', 'ORDER', (5000 + i)::text, case when i % 5 = 0 then 'COMPLETED' else 'OPEN' end,
     case when i % 2 = 0 then 'PAID' else 'UNPAID' end, 'UNFULFILLED', ${id('cus', '1 + i % greatest($1::integer / 5, 1)')},
     '{"kind": "PERSON", "name": "Jan", "email": "jan@shop.test"}', '{"name": "Jan", "line1": "Dorpsstraat 1", "city": "Ede", "country": "NL"}',
     timestamptz '2026-01-01T10:00:00Z' + i * interval '1 minute', 'EUR', 'INCLUSIVE', 'NL',
     jsonb_build_array(
       jsonb_build_object('key', '1', 'variant', ${id('var', '2 + i % $2')}, 'sku', (10 + i % $2)::text, 'description', 'Trui ' || i % $2,
         'quantity', '2', 'unitPrice', '19.95', 'discountAmount', '1.00', 'taxRate', '21'),
       jsonb_build_object('key', '2', 'sku', 'KAAS', 'description', 'Kaas', 'quantity', '0.350', 'unitPrice', '12.345678', 'total', '4.32', 'taxRate', '9'),
       jsonb_build_object('key', 'shipping', 'kind', 'SHIPPING', 'sku', 'POST', 'description', 'Post', 'quantity', '1', 'unitPrice', '6.95', 'taxRate', '21')),
     '[{"rate": "21", "base": "37.89", "amount": "7.96"}, {"rate": "9", "base": "3.96", "amount": "0.36"}]',
     41.85, 8.32, 50.17, case when i % 2 = 0 then 50.17 else 0 end, '[]', '{"*": "mpluskassa"}'
   from generate_series(1, $1::integer) i`,
];

/** Smart comments give views the keys that tables have; PostGraphile plans with them as with those of tables. */
const peerViews = `
  create schema shop;
  create view shop.products as select id, name, brand, description from public.product where deleted_at is null;
  comment on view shop.products is E'@primaryKey id';
  create view shop.variants as select v.id, v.product_id, v.position, v.sku, v.gtin, v.is_active, v.price_amount, v.price_currency,
    (select sum(l.on_hand) from public.stock_level l where l.variant_id = v.id and l.deleted_at is null) as on_hand,
    (select sum(l.on_hand - l.reserved - l.safety_stock) from public.stock_level l where l.variant_id = v.id and l.deleted_at is null) as available
    from public.variant v where v.deleted_at is null;
  comment on view shop.variants is E'@primaryKey id\\n@unique sku\\n@foreignKey (product_id) references shop.products (id)|@foreignFieldName variants|@fieldName product';
  create view shop.customers as select id, number, coalesce(company_name, full_name, number, id) as display_name
    from public.customer where deleted_at is null;
  comment on view shop.customers is E'@primaryKey id';
  create view shop.orders as select id, type, number, status, payment_status, placed_at, total_incl, currency, customer_id
    from public.sales_order where deleted_at is null;
  comment on view shop.orders is E'@primaryKey id\\n@foreignKey (customer_id) references shop.customers (id)|@fieldName customer';
  create table shop.order_lines (order_id text, position integer, sku text, description text, quantity numeric, total numeric, primary key (order_id, position));
  insert into shop.order_lines
    select o.id, l.position, l.line->>'sku', l.line->>'description', (l.line->>'quantity')::numeric,
      coalesce((l.line->>'total')::numeric,
        (l.line->>'quantity')::numeric * (l.line->>'unitPrice')::numeric - coalesce((l.line->>'discountAmount')::numeric, 0))
    from public.sales_order o cross join lateral jsonb_array_elements(o.lines) with ordinality as l(line, position);
  comment on table shop.order_lines is E'@foreignKey (order_id) references shop.orders (id)|@foreignFieldName lines';
`;

export async function fillShop(database: Database, { products, orders }: Sizes): Promise<void> {
  for (const statement of catalogue) await database.query(statement, statement.includes('$1') ? [products] : []);
  for (const statement of sales) {
    const values = statement.includes('$2') ? [orders, products] : [orders];
    await database.query(statement, values);
  }
  await database.query(peerViews);
  await database.query('vacuum analyze');
}
