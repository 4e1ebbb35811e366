/** How fields of customers and orders are written by the database, beside the columns that are shown as they are. */
import { customerName } from './sales-conditions.js';
import { recordOf, sides } from './written-catalogue.js';
import { firstOf } from './written-pages.js';
import { orNull, text, where, word, type Place, type WriteField, type WriteFields } from './written-values.js';

export const customer: WriteFields = { displayName: () => text(customerName) };

const hasTax = (order: string): string => `${order}.tax_method in ('INCLUSIVE', 'EXCLUSIVE')`;
const isGross = (order: string): string => `(${order}.tax_method = 'INCLUSIVE')`;

/** What lines have, as they are stored. */
const lineColumns = {
  key: 'text',
  kind: 'text',
  variant: 'text',
  sku: 'text',
  description: 'text',
  quantity: 'text',
  quantityCancelled: 'text',
  unitCode: 'text',
  unitPrice: 'numeric',
  discountAmount: 'numeric',
  total: 'numeric',
  taxRate: 'numeric',
  revenueAccount: 'text',
};
type LineColumn = keyof typeof lineColumns;
const of = (line: string | undefined, name: LineColumn | 'amount'): string => `${line!}."${name}"`;

/** What a line comes to in the basis of the order: as it was stated, else quantity × price - discount. */
const amountOf = (line: string): string => `coalesce(${of(line, 'total')},
  round(${of(line, 'quantity')}::numeric * ${of(line, 'unitPrice')} - coalesce(${of(line, 'discountAmount')}, 0), 2))`;

/** Lines come in the order in which they are stored. What an expression over them does not name is not unpacked. */
function linesOf(order: string, item: string, limit: number): string {
  const amount = item.includes(of('line', 'amount')) ? `, ${amountOf('part')} as amount` : '';
  const isUsed = (name: string): boolean => name === 'kind' || `${item} ${amount}`.includes(`."${name}"`);
  const columns = Object.entries(lineColumns).filter(([name]) => isUsed(name));
  return `from (
    select part.*${amount} from jsonb_to_recordset(${order}.lines) as part(${columns.map(([name, type]) => `"${name}" ${type}`).join(', ')})
    where part.kind is distinct from 'ROUNDING' limit ${limit}) as line`;
}

export const order: WriteFields = {
  customer: recordOf(
    'customer',
    'c',
    ({ record }) =>
      `coalesce((select d.merged_into_id from customer d where d.id = ${record}.customer_id), ${record}.customer_id)`,
  ),
  location: recordOf('stock_location', 'b', ({ record }) => `${record}.location_id`),
  // What follows from the lines where a side was not stated is left to the API.
  total({ record: o }, { below }) {
    const place = { net: `${o}.total_excl`, gross: `${o}.total_incl`, currency: `${o}.currency`, isGross: isGross(o!) };
    return `(case when ${o}.total_excl is not null and ${o}.total_incl is not null then ${below(place)} end)`;
  },
  lines({ record: o }, asked) {
    const place = { record: 'line', order: o! };
    return asked.below({ ...place, rows: linesOf(o!, asked.below({ ...place, rows: '' }), firstOf(asked)) });
  },
};

const own =
  (name: LineColumn): WriteField =>
  ({ record }) =>
    orNull(text(of(record, name)));

/** VAT counts only where the order says so. */
function totalOf({ record: line, order: o }: Place): { readonly isKnown: string; readonly place: Place } {
  const [amount, stated] = [of(line, 'amount'), of(line, 'taxRate')];
  const rate = `(case when ${hasTax(o!)} then coalesce(${stated}, 0) else 0 end)`;
  return {
    isKnown: `not ${hasTax(o!)} or ${stated} is not null or ${amount} = 0`,
    place: { ...sides(amount, rate, isGross(o!)), currency: `${o}.currency` },
  };
}

export const orderLine: WriteFields = {
  id: ({ record, order: o }) =>
    `('"lin_' || translate(encode(convert_to(${o}.id || E'\\n' || ${of(record, 'key')}, 'UTF8'), 'base64'), E'+/=\\n', '-_') || '"')`,
  kind: ({ record }, { field }) => word(field.words ?? [], `coalesce(${of(record, 'kind')}, 'PRODUCT')`),
  sku: own('sku'),
  description: ({ record }) => text(`coalesce(${of(record, 'description')}, ${of(record, 'sku')}, '')`),
  quantity: ({ record }) => text(of(record, 'quantity')),
  quantityCancelled: own('quantityCancelled'),
  unitCode: ({ record }) => text(`coalesce(${of(record, 'unitCode')}, 'C62')`),
  revenueAccount: own('revenueAccount'),
  variant: recordOf('variant', 'v', ({ record }) => of(record, 'variant')),
  total(place, { below }) {
    const total = totalOf(place);
    return where(total.isKnown, below(total.place));
  },
};
