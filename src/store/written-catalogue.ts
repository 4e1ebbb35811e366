/** How fields of products, variants, prices and stock are written by the database, beside the columns that are shown as they are. */
import { variantsOfProduct } from './catalogue-reads.js';
import { isCounted } from './stock-levels.js';
import { levelsOfVariant, stockSums } from './stock-reads.js';
import { firstRows } from './written-pages.js';
import {
  always,
  amount,
  decimal,
  instant,
  oneOrNull,
  orNull,
  text,
  where,
  type Place,
  type WriteField,
  type WriteFields,
} from './written-values.js';

const column =
  (name: string): WriteField =>
  ({ record }) =>
    text(`${record}.${name}`);
const columnOrNull =
  (name: string): WriteField =>
  ({ record }) =>
    orNull(text(`${record}.${name}`));

/** One record by its key, deleted ones included: its row is shown for what it is. */
export const recordOf =
  (table: string, alias: string, key: (place: Place) => string): WriteField =>
  (place, { below }) =>
    oneOrNull(below({ record: alias }), `from ${table} ${alias} where ${alias}.id = ${key(place)}`);

export const product: WriteFields = {
  name: column('name'),
  description: columnOrNull('description'),
  shortDescription: columnOrNull('short_description'),
  variants: ({ record }, asked) =>
    asked.below({ record: 'v', rows: firstRows(variantsOfProduct, `v.product_id = ${record}.id`, asked) }),
};

export const category: WriteFields = {
  name: column('name'),
  slug: ({ record }) => text(`coalesce(${record}.code, ${record}.id)`),
};

/** Both sides of an amount that includes VAT or does not; `rate` in percentage points, not null. */
export function sides(stated: string, rate: string, isGross: string): Place {
  const factor = `(1 + ${rate} / 100)`;
  return {
    // At 30 places the quotient is the one that the API rounds.
    net: `(case when ${isGross} then round(round(${stated}, 30) / ${factor}, 2) else ${stated} end)`,
    gross: `(case when ${isGross} then ${stated} else round(${stated} * ${factor}, 2) end)`,
    isGross,
  };
}

export const variant: WriteFields = {
  name: ({ record: v }) =>
    text(`coalesce(${v}.name, (select p.name from product p where p.id = ${v}.product_id), ${v}.sku)`),
  product: recordOf('product', 'p', ({ record }) => `${record}.product_id`),
  unitCode: ({ record }) => text(`coalesce(${record}.unit_code, 'C62')`),
  price({ record: v }, { below }) {
    const place = {
      ...sides(`${v}.price_amount`, `${v}.tax_rate`, `coalesce(${v}.price_includes_tax, true)`),
      currency: `${v}.price_currency`,
      class: `${v}.tax_class`,
      rate: `${v}.tax_rate`,
    };
    const known = ['price_amount', 'price_currency', 'tax_rate'].map((name) => `${v}.${name} is not null`);
    return where(known.join(' and '), below(place));
  },
  purchasePrice: ({ record: v }, { below }) =>
    where(
      `${v}.purchase_price is not null and ${v}.price_currency is not null`,
      below({ amount: `${v}.purchase_price`, currency: `${v}.price_currency` }),
    ),
  // One row, also when nothing of the sums is asked for.
  stock: ({ record }, { below }) =>
    `(select ${below({})} from stock_level l where l.variant_id = ${record}.id and ${isCounted('l')} having true)`,
  stockLevels: ({ record }, asked) =>
    asked.below({ record: 'l', rows: firstRows(levelsOfVariant, `l.variant_id = ${record}.id`, asked) }),
};

export const price: WriteFields = {
  kind: () => always('LIST'),
  priceList: () => always('default'),
  price: (place, { below }) => below(place),
  taxClass: (place, { below }) => where(`${place['class']!} is not null`, below(place)),
  minimumQuantity: () => always('1'),
  validFrom: () => always(null),
  validTo: () => always(null),
};

export const taxClass: WriteFields = {
  code: (place) => text(place['class']!),
  ratePercent: ({ rate }) => decimal(rate!),
};

export const money: WriteFields = {
  amount: (place) => amount(place['amount']!),
  currency: ({ currency }) => text(currency!),
};

export const taxedMoney: WriteFields = {
  net: ({ net, currency }, { below }) => below({ amount: net!, currency: currency! }),
  gross: ({ gross, currency }, { below }) => below({ amount: gross!, currency: currency! }),
  tax: ({ net, gross, currency }, { below }) => below({ amount: `(${gross} - ${net})`, currency: currency! }),
  statedSide: ({ isGross }) => `(case when ${isGross} then '"GROSS"' else '"NET"' end)`,
};

const sum =
  (name: 'onHand' | 'reserved' | 'available' | 'incoming'): WriteField =>
  () =>
    `('"' || coalesce(${stockSums[name]}, '0') || '"')`;

export const stockSummary: WriteFields = {
  onHand: sum('onHand'),
  reserved: sum('reserved'),
  available: sum('available'),
  incoming: sum('incoming'),
  locationCount: () => 'count(*)::text',
  oldestAsOf: () => instant(stockSums.oldestAsOf, true),
};

export const stockLevel: WriteFields = {
  available: ({ record: l }) => decimal(`${l}.on_hand - ${l}.reserved - ${l}.safety_stock`),
  variant: recordOf('variant', 'v', ({ record }) => `${record}.variant_id`),
  location: recordOf('stock_location', 'o', ({ record }) => `${record}.location_id`),
};
