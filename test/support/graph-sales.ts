/** Customers and orders for tests of the API, over the catalogue of graph-server.ts. */
import type { Database } from '../../src/store/database.js';

/**
 * `n` orders of `n / 2` customers, numbered from 1: odd ones are orders, every tenth is an invoice. Each has two lines of
 * variants of the catalogue (21 % and 9 %), one of them weighed and one with a discount, shipping costs, and a payment;
 * both systems know it. Every 7th failed in softmaat.
 */
export async function fillSales(database: Database, n: number): Promise<void> {
  await database.query(`insert into flow (id, key, name, entity, source, target) values
    ('flw_O', 'orders', 'Orders', 'order', 'mpluskassa', 'softmaat')`);
  await fillCustomers(database, Math.ceil(n / 2));
  await database.query(
    `insert into sales_order (id, version, content_hash, type, number, reference, status, payment_status, fulfillment_status,
       customer_id, customer_snapshot, billing_address, placed_at, placed_at_local, document_date, currency, tax_method,
       tax_country, lines, shipping_method, taxes, total_excl, total_tax, total_incl, paid_amount, payments,
       payment_method, payment_term, note, provenance)
     select 'ord_' || lpad(i::text, 5, '0'), 1, 'h', case when i % 10 = 0 then 'INVOICE' else 'ORDER' end, (5000 + i)::text,
       'REF-' || i, case when i % 5 = 0 then 'COMPLETED' else 'OPEN' end, case when i % 2 = 0 then 'PAID' else 'UNPAID' end,
       'UNFULFILLED', 'cus_' || lpad(((i + 1) / 2)::text, 5, '0'),
       jsonb_build_object('kind', 'PERSON', 'name', 'Jan ' || i, 'email', 'jan' || i || '@shop.test'),
       '{"name": "Jan", "line1": "Dorpsstraat 1-a", "street": "Dorpsstraat", "houseNumber": "1", "addition": "a", "city": "Gent", "country": "BE"}',
       timestamptz '2026-03-01T10:00:00Z' + i * interval '1 minute', '2026-03-01T11:00:00+01:00',
       '2026-03-' || lpad((1 + i % 28)::text, 2, '0'), 'EUR', 'INCLUSIVE', 'NL',
       jsonb_build_array(
         jsonb_build_object('key', '1', 'variant', 'var_' || lpad((1 + i % 9)::text, 5, '0') || '1', 'sku', (1001 + i % 9)::text || '1',
           'description', 'Shirt', 'quantity', '2', 'unitPrice', '19.95', 'discountAmount', '1.00', 'taxRate', '21'),
         jsonb_build_object('key', '2', 'sku', 'CHEESE', 'description', 'Cheese', 'quantity', '0.350',
           'unitPrice', '12.345678', 'total', '4.32', 'taxRate', '9'),
         jsonb_build_object('key', 'shipping', 'kind', 'SHIPPING', 'description', 'Post', 'quantity', '1',
           'unitPrice', '6.95', 'taxRate', '21')),
       'STANDARD', '[{"rate": "21", "base": "37.89", "amount": "7.96"}, {"rate": "9", "base": "3.96", "amount": "0.36"}]',
       41.85, 8.32, 50.17, case when i % 2 = 0 then 50.17 else 0 end,
       case when i % 2 = 0 then jsonb_build_array(jsonb_build_object('key', 'mpluskassa:' || i, 'method', 'IDEAL', 'amount', '50.17',
         'paidAt', '2026-03-01T10:05:00.000Z', 'reference', 'tr_' || i)) else '[]'::jsonb end,
       'IDEAL', '14', 'Ring twice', '{"*": "mpluskassa"}'
     from generate_series(1, $1::integer) i`,
    [n],
  );
  await database.query(`insert into external_reference
      (system, entity, external_id, canonical_id, natural_key, origin, last_seen_at, shown, words)
    select 'mpluskassa', 'order', 'M' || o.id, o.id, o.number, 'INGESTED', now(),
      '{"status": "OPEN", "paymentStatus": "PAID", "fulfillmentStatus": "UNFULFILLED"}'::jsonb, '{"status": "ORDER-COMPLETE-STATE-OPEN"}'::jsonb from sales_order o
    union all
    select 'softmaat', 'order', 'S' || o.id, o.id, null, 'CREATED', now(), '{"status": "COMPLETED"}'::jsonb, '{"status": "shipped"}'::jsonb from sales_order o`);
  await database.query(`insert into projection (target, entity, canonical_id, flow, state, reason, reason_code)
    select 'softmaat', 'order', o.id, 'orders', case when substr(o.id, 5)::integer % 7 = 0 then 'parked' else 'in_sync' end,
      case when substr(o.id, 5)::integer % 7 = 0 then 'The totals differ.' end,
      case when substr(o.id, 5)::integer % 7 = 0 then 'TOTALS_DIFFER' end from sales_order o`);
}

async function fillCustomers(database: Database, n: number): Promise<void> {
  await database.query(
    `insert into customer (id, version, content_hash, kind, number, company_name, full_name, first_name, infix, last_name,
       email, phone, vat_number, payment_term, payment_days, note, addresses, contacts)
     select 'cus_' || lpad(i::text, 5, '0'), 1, 'h', case when i % 3 = 0 then 'COMPANY' else 'PERSON' end,
       case when i % 4 = 0 then null else (700 + i)::text end, case when i % 3 = 0 then 'Bakker ' || i || ' BV' end,
       case when i % 3 = 0 then null else 'Jan de Vries ' || i end, case when i % 3 = 0 then null else 'Jan' end,
       case when i % 3 = 0 then null else 'de' end, case when i % 3 = 0 then null else 'Vries ' || i end,
       'Jan' || i || '@Shop.test', '+31 6 1234', case when i % 3 = 0 then 'NL00' || i || 'B01' end, '14', 14, 'Pays late',
       jsonb_build_array(jsonb_build_object('role', 'BILLING', 'line1', 'Dorpsstraat 1-a', 'street', 'Dorpsstraat',
         'houseNumber', '1', 'addition', 'a', 'postalCode', '1234 AB', 'city', 'Ede',
         'country', case when i % 2 = 0 then 'BE' else 'NL' end)),
       case when i % 3 = 0 then '[{"fullName": "Piet Bakker", "lastName": "Bakker", "email": "piet@shop.test", "isPrimary": true}]'::jsonb
         else '[]'::jsonb end
     from generate_series(1, $1::integer) i`,
    [n],
  );
  await database.query(`insert into external_reference (system, entity, external_id, canonical_id, natural_key, origin)
    select 'mpluskassa', 'customer', 'R' || c.id, c.id, c.number, 'INGESTED' from customer c
    union all select 'softmaat', 'customer', 'D' || c.id, c.id, null, 'CREATED' from customer c
    union all select 'softmaat', 'contact', 'C' || c.id, c.id, null, 'CREATED' from customer c where c.kind = 'COMPANY'`);
  await database.query(`insert into projection (target, entity, canonical_id, flow, state)
    select 'softmaat', 'customer', c.id, 'orders', 'in_sync' from customer c
    union all select 'softmaat', 'contact', c.id, 'orders', case when c.id = 'cus_00003' then 'parked' else 'in_sync' end
    from customer c where c.kind = 'COMPANY'`);
}
