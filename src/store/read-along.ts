/**
 * What is read together with a record, in the same statement, because the operation asks for it anyway: the first variants of
 * a product with their stock, the customer of an order. In: what is asked for. Out: columns for the statement, and what they
 * brought, put where the fields look for it. Whoever does not find it there reads it by itself: only the number of statements
 * depends on this.
 */
import type { Customer } from '../schema/customer.js';
import type { SalesOrder } from '../schema/order.js';
import type { Product } from '../schema/product.js';
import type { ProductVariant } from '../schema/product-variant.js';
import { variantsOfProduct } from './catalogue-reads.js';
import { columnsIn, type Columns } from './columns.js';
import { pageNameBelow } from './connections.js';
import type { Loaders } from './loaders.js';
import { keyColumn, pageRows, toPage, type PageRequest } from './pages.js';
import { raw, sql, textOf, type Sql } from './sql.js';
import { isCounted } from './stock-levels.js';
import { summaryOf, summaryTexts } from './stock-reads.js';

export interface AlongProduct {
  /** How many variants; null = none. */
  readonly variants: number | null;
  /** Stock of those variants. */
  readonly stock: boolean;
}

export interface AlongOrder {
  readonly customer: boolean;
}

const firstOf = (limit: number): PageRequest => ({ limit, direction: 'forward', from: null });

/** Records as arrays of texts: those of their columns, then those of what hangs on them, then their keys. */
type Texts = readonly (string | null)[];

/** Columns for a statement over `product p`, with a comma before. */
export function productAlong(columns: Columns, along: AlongProduct | undefined): Sql {
  if (along?.variants == null) return raw('');
  const sums = along.stock && columns.stock.length > 0 ? columns.stock : [];
  const from =
    sums.length === 0
      ? variantsOfProduct.from
      : raw(`variant v left join lateral (select ${summaryTexts(columns).join(', ')}
          from stock_level l where l.variant_id = v.id and ${isCounted('l')}) as stock on true`);
  const keys = variantsOfProduct.order.keys.map(({ expression }) => `(${expression})::text`);
  const texts = [...columns.variantTexts.select, ...sums.map((name) => `stock."${name}"`), ...keys];
  const rows = pageRows({ ...variantsOfProduct, from }, firstOf(along.variants), [raw('v.product_id = p.id')]);
  return sql`, array_to_json(array(select array[${raw(texts.join(', '))}] ${rows})) as "alongVariants"`;
}

/** All of what is read of a product. */
export const productSelect = (columns: Columns, along: AlongProduct | undefined): string =>
  `${columns.product}${textOf(productAlong(columns, along))}`;

/** A column for a statement over `sales_order o`, with a comma before. */
export const orderAlong = (columns: Columns, along: AlongOrder | undefined): Sql =>
  raw(
    along?.customer === true
      ? `, (select array_to_json(array[${columns.customerTexts.select.join(', ')}]) from customer d join customer c on c.id = coalesce(d.merged_into_id, d.id) where d.id = o.customer_id) as "alongCustomer"`
      : '',
  );

export function keepProduct(load: Loaders, along: AlongProduct | undefined) {
  if (along?.variants == null) return <T extends Product | null>(product: T): T => product;
  const columns = columnsIn(load.query);
  const page = firstOf(along.variants);
  const keys = variantsOfProduct.order.keys.length;
  const pages = load.below.keptPages(pageNameBelow(variantsOfProduct, 'variants', null), page);
  const own = columns.variantTexts.select.length;
  const sums = along.stock ? columns.stock.length : 0;
  const variantOf = (texts: Texts): Record<string, unknown> => {
    const row = columns.variantTexts.read(texts);
    for (let i = 0; i < keys; i++) row[keyColumn(i)] = texts[own + sums + i];
    if (sums > 0) load.stockSummary.keep(row['id'] as string, summaryOf(columns, row['id'] as string, texts, own));
    return row;
  };
  return <T extends Product | null>(product: T): T => {
    if (product === null) return product;
    const { alongVariants } = product as unknown as { alongVariants: readonly Texts[] };
    pages.set(product.id, toPage<ProductVariant>(alongVariants.map(variantOf), keys, page));
    return product;
  };
}

export function keepOrder(load: Loaders, along: AlongOrder | undefined, shown: (customer: Customer) => Customer) {
  const { customerTexts } = columnsIn(load.query);
  return (order: SalesOrder): SalesOrder => {
    if (along?.customer !== true || order.customerId === null) return order;
    const { alongCustomer } = order as SalesOrder & { readonly alongCustomer: Texts | null };
    const customer = alongCustomer === null ? null : (customerTexts.read(alongCustomer) as unknown as Customer);
    load.buyer.keep(order.customerId, customer === null ? null : { of: order.customerId, customer: shown(customer) });
    return order;
  };
}
