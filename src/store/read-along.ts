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
import type { StockSummary } from '../schema/stock-level.js';
import { variantsOfProduct } from './catalogue-reads.js';
import type { Columns } from './columns.js';
import { pageNameBelow } from './connections.js';
import type { Loaders } from './loaders.js';
import { pageBody, toPage, type PageRequest } from './pages.js';
import { raw, sql, type Sql } from './sql.js';
import { summaryObject } from './stock-reads.js';

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

/** Columns for a statement over `product p`, with a comma before. */
export function productAlong(columns: Columns, along: AlongProduct | undefined): Sql {
  if (along?.variants == null) return raw('');
  const stock = along.stock
    ? `, (select ${summaryObject(columns)} from stock_level l where l.variant_id = v.id and l.deleted_at is null having count(*) > 0) as "alongStock"`
    : '';
  const list = { ...variantsOfProduct, select: raw(`${columns.variant}${stock}`) };
  const page = pageBody(columns, list, firstOf(along.variants), [raw('v.product_id = p.id')]);
  return sql`, (select json_agg(below) from (${page}) as below) as "alongVariants"`;
}

/** A column for a statement over `sales_order o`, with a comma before. */
export const orderAlong = (columns: Columns, along: AlongOrder | undefined): Sql =>
  raw(
    along?.customer === true
      ? `, (select row_to_json(along) from (select ${columns.customer} from customer c where c.id = o.customer_id) as along) as "alongCustomer"`
      : '',
  );

const moments = ['createdAt', 'updatedAt', 'deletedAt', 'oldestAsOf'] as const;

/** JSON has moments as text. */
function withMoments<T>(row: T): T {
  const record = row as Record<string, unknown>;
  for (const name of moments) if (typeof record[name] === 'string') record[name] = new Date(record[name]);
  return row;
}

type VariantRow = ProductVariant & { readonly alongStock?: (StockSummary & { readonly variantId: string }) | null };

export function keepProduct(load: Loaders, along: AlongProduct | undefined) {
  if (along?.variants == null) return <T extends Product | null>(product: T): T => product;
  const page = firstOf(along.variants);
  const keys = variantsOfProduct.order.keys.length;
  const pages = load.below.keptPages(pageNameBelow(variantsOfProduct, 'variants', null), page);
  return <T extends Product | null>(product: T): T => {
    if (product === null) return product;
    const brought = (product as unknown as { alongVariants: VariantRow[] | null }).alongVariants ?? [];
    brought.forEach(withMoments);
    pages.set(product.id, toPage<VariantRow>(brought as unknown as Record<string, unknown>[], keys, page));
    if (!along.stock) return product;
    for (const { id, alongStock } of brought) {
      load.stockSummary.keep(id, alongStock ? withMoments(alongStock) : null);
    }
    return product;
  };
}

export function keepOrder(load: Loaders, along: AlongOrder | undefined, shown: (customer: Customer) => Customer) {
  return (order: SalesOrder): SalesOrder => {
    if (along?.customer !== true || order.customerId === null) return order;
    const { alongCustomer: customer } = order as SalesOrder & { readonly alongCustomer: Customer | null };
    load.customer.keep(order.customerId, customer === null ? null : shown(withMoments(customer)));
    return order;
  };
}
