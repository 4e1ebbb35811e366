/** Values in the catalogue and the sales of tests that are written in more than one way, or that are seldom met. */
import type { Database } from '../../src/store/database.js';

/** Changes what graph-server.ts and graph-sales.ts have filled in. The same values each time. */
export async function makeOdd(database: Database): Promise<void> {
  for (const statement of [...catalogue, ...sales]) await database.query(statement);
}

/** A number from 0 to 1 that depends on a text and nothing else. */
const chance = (of: string, salt: string): string =>
  `(('x' || substr(md5(${of} || '${salt}'), 1, 7))::bit(28)::integer / 268435456.0)`;

const catalogue = [
  `update product set name = E'A "quoted" \\\\ name\\twith\\nlines \\u0001 \\u007f \\u2028 é 😀 </script>', brand = '', description = E'\\b\\f\\r' where id = 'prd_00002'`,
  `update product set short_description = 'Short', deleted_at = now() where id = 'prd_00003'`,
  `update product set created_at = '2026-01-02T03:04:05.123456Z', updated_at = '2026-12-31T23:59:59.999999Z' where id = 'prd_00004'`,
  `update product set created_at = '1200-01-02T03:04:05.009Z', updated_at = '2026-06-07T08:09:10.570Z' where id = 'prd_00005'`,
  // Prices of every sign, length and rate, with VAT and without.
  `update variant v set price_amount = round(((${chance('v.id', 'a')} * 2 - 0.3) * 10 ^ (floor(${chance('v.id', 'b')} * 7) - 2))::numeric, (floor(${chance('v.id', 'c')} * 7))::integer),
     tax_rate = (array[0, 6, 9, 21, 5.5, 20, 8.1234])[1 + floor(${chance('v.id', 'd')} * 7)::integer],
     price_includes_tax = (array[true, false, null])[1 + floor(${chance('v.id', 'e')} * 3)::integer],
     purchase_price = round((${chance('v.id', 'f')} * 10)::numeric, 4), price_currency = 'EUR'`,
  `update variant set price_amount = 0, purchase_price = null where id in (select id from variant order by id offset 3 limit 2)`,
  `update variant set price_amount = null where id in (select id from variant order by id offset 5 limit 2)`,
  `update variant set tax_rate = null, name = 'Own name', unit_code = 'KGM', weight_grams = 0 where id in (select id from variant order by id offset 7 limit 2)`,
  `update variant set price_currency = null, tax_class = null, gtin = '4006381333931', is_active = false where id in (select id from variant order by id offset 9 limit 2)`,
  `update stock_level set on_hand = -0.000001, reserved = 1000000000000, incoming = 0.10, as_of = '2026-02-03T04:05:06.007Z' where id in (select id from stock_level order by id limit 3)`,
  `delete from stock_level where variant_id in (select id from variant order by id offset 11 limit 1)`,
];

const line = (key: string, rest: string): string => `jsonb_build_object('key', '${key}', ${rest})`;
/** Halves of cents on both sides of zero, rates that are not there, rounding, and lines that say little. */
const lines = `jsonb_build_array(
  ${line('a', `'quantity', '3', 'unitPrice', '0.335', 'taxRate', '21', 'sku', 'A"B', 'revenueAccount', '8000', 'quantityCancelled', '1'`)},
  ${line('b', `'quantity', '-1', 'unitPrice', '1.005', 'taxRate', '9.5', 'description', E'Lines\\n"of" text', 'kind', 'TEXT'`)},
  ${line('c', `'quantity', '0.123456', 'unitPrice', '123456.654321', 'discountAmount', '0.05', 'taxRate', '6'`)},
  ${line('r', `'quantity', '1', 'unitPrice', '0.02', 'kind', 'ROUNDING', 'description', 'Rounding'`)},
  ${line('d/é', `'quantity', '1', 'unitPrice', '0', 'kind', 'FEE', 'unitCode', 'HUR'`)},
  ${line('e', `'quantity', '1', 'unitPrice', '4', 'total', '3.999'`)},
  ${line('f', `'quantity', '2', 'unitPrice', '1', 'total', '7', 'taxRate', '0', 'variant', 'var_000011'`)})`;

const sales = [
  `update sales_order o set lines = ${lines}, tax_method = (array['INCLUSIVE', 'EXCLUSIVE', 'REVERSE_CHARGED', 'NONE'])[1 + substr(o.id, 5)::integer % 4]`,
  `update sales_order set lines = '[]', customer_id = null, number = null, tax_country = null where id = 'ord_00002'`,
  `update sales_order set customer_id = 'cus_gone', reference = E'"\\\\', placed_at = '2026-03-01T10:00:00.001Z', delivery_date = '2026-03-09' where id = 'ord_00003'`,
  `update customer set company_name = null, full_name = null, language = 'nl-BE', is_blocked = true where id = 'cus_00002'`,
  `update customer set last_name = null, deleted_at = '2026-02-03T04:05:06Z' where id = 'cus_00002'`,
];
