/** Reads of customers and orders for the API. Every function is one SQL statement, also those that answer for many records. */
import type { Words } from '../canonical/words.js';
import type { Customer } from '../schema/customer.js';
import type { CustomerBy, OrderBy } from '../schema/inputs.js';
import type { SalesOrder } from '../schema/order.js';
import type { RelatedOrder } from '../schema/related-order.js';
import type { CustomerFilter, OrderFilter } from '../schema/sales-filters.js';
import type { CustomerSort, OrderSort } from '../schema/sorts.js';
import { columnsIn, type Columns } from './columns.js';
import { searchConditions } from './conditions.js';
import type { Query } from './database.js';
import type { List, Order } from './pages.js';
import {
  customerConditions,
  customerName,
  customerSearchColumns,
  orderConditions,
  orderSearchColumns,
  personalOrderSearchColumns,
  undeleted,
} from './sales-conditions.js';
import { raw, selected, sql, type Sql } from './sql.js';

const id = (alias: string) => ({ expression: `${alias}.id`, type: 'text' }) as const;

/** Keys are never null, so that a page can start after any row. */
const customerOrders: Readonly<Record<CustomerSort['field'], Omit<Order, 'descending'>>> = {
  NAME: { name: 'name', keys: [{ expression: customerName, type: 'text' }, id('c')] },
  NUMBER: { name: 'number', keys: [{ expression: `coalesce(c.number, '')`, type: 'text' }, id('c')] },
  CREATED_AT: { name: 'created', keys: [{ expression: 'c.created_at', type: 'timestamptz' }, id('c')] },
  UPDATED_AT: { name: 'updated', keys: [{ expression: 'c.updated_at', type: 'timestamptz' }, id('c')] },
};

const orderOrders: Readonly<Record<OrderSort['field'], Omit<Order, 'descending'>>> = {
  PLACED_AT: { name: 'placed', keys: [{ expression: 'o.placed_at', type: 'timestamptz' }, id('o')] },
  NUMBER: { name: 'number', keys: [{ expression: `coalesce(o.number, '')`, type: 'text' }, id('o')] },
  TOTAL: { name: 'total', keys: [{ expression: 'coalesce(o.total_incl, 0)', type: 'numeric' }, id('o')] },
  UPDATED_AT: { name: 'updated', keys: [{ expression: 'o.updated_at', type: 'timestamptz' }, id('o')] },
};

export interface CustomerQuery {
  readonly search?: string | null | undefined;
  readonly filter?: CustomerFilter | null | undefined;
  readonly sort?: CustomerSort | null | undefined;
  /** Also those for whom another one stands, whatever is asked. */
  readonly withMerged?: boolean;
}

export function customerList({ search, filter, sort, withMerged = false }: CustomerQuery): List {
  const order = sort ? customerOrders[sort.field] : { name: 'id', keys: [id('c')] };
  return {
    select: ({ customer }) => raw(customer),
    from: raw('customer c'),
    where: [undeleted('c'), ...(withMerged ? [] : standsForItself(search, filter)), ...searchConditions(customerSearchColumns, search), ...customerConditions(filter)], // prettier-ignore
    order: { ...order, descending: sort?.direction === 'DESC' },
  };
}

/** Customers for whom another one stands are no rows of their own, unless somebody looks for them. */
function standsForItself(search: CustomerQuery['search'], filter: CustomerQuery['filter']): Sql[] {
  const isSought = (search ?? '') !== '' || filter?.id != null || typeof filter?.isMerged === 'boolean';
  return isSought ? [] : [raw('c.merged_into_id is null')];
}

export interface OrderQuery {
  readonly search?: string | null | undefined;
  readonly filter?: OrderFilter | null | undefined;
  readonly sort?: OrderSort | null | undefined;
  /** Columns besides those of the order, with a comma before. */
  readonly along?: ((columns: Columns) => Sql) | undefined;
}

/** The latest order first when nothing else is asked. `seesPersonal`: whether names of customers are searched too. */
export function orderList({ search, filter, sort, along }: OrderQuery, seesPersonal: boolean): List {
  const columns = seesPersonal ? personalOrderSearchColumns : orderSearchColumns;
  return {
    select: (read) => sql`${raw(read.order)}${along?.(read) ?? raw('')}`,
    from: raw('sales_order o'),
    where: [undeleted('o'), ...searchConditions(columns, search), ...orderConditions(filter)],
    order: { ...orderOrders[sort?.field ?? 'PLACED_AT'], descending: sort?.direction !== 'ASC' },
  };
}

export const ordersOfCustomer = (query: OrderQuery): List & { readonly parent: Sql } => ({
  ...orderList(query, false),
  parent: raw('o.customer_id'),
});

/** With the orders of those for whom each customer stands: costs more, because they come in no order together. */
export const ordersOfMerged = (query: OrderQuery): List & { readonly parent: Sql } => ({
  ...orderList(query, false),
  from: raw(`(select id as customer_id, id as holder_id from customer
      union all select id, merged_into_id from customer where merged_into_id is not null) h
    join sales_order o on o.customer_id = h.customer_id`),
  parent: raw('h.holder_id'),
});

/** Of each customer the one that orders count for: itself, or the one that stands for it. */
export async function readBuyers(query: Query, ids: readonly string[]): Promise<{ readonly of: string; readonly customer: Customer }[]> {
  const rows = await selected<Customer & { buyerOf: string }>(
    query,
    `select ${columnsIn(query).customer}, d.id as "buyerOf" from customer d join customer c on c.id = coalesce(d.merged_into_id, d.id)
     where d.id = any($1)`,
    [ids],
  );
  return rows.map(({ buyerOf, ...customer }) => ({ of: buyerOf, customer }));
} // prettier-ignore

export const readCustomers = (query: Query, ids: readonly string[]): Promise<Customer[]> =>
  selected(query, `select ${columnsIn(query).customer} from customer c where c.id = any($1)`, [ids]);

export const readOrders = (query: Query, ids: readonly string[]): Promise<SalesOrder[]> =>
  selected(query, `select ${columnsIn(query).order} from sales_order o where o.id = any($1)`, [ids]);

/** The customer with this id or number, or that a system knows by this id. The oldest when there are several. */
export function findCustomer<T>(query: Query, by: CustomerBy, select: string): Promise<T[]> {
  if (by.id !== undefined) return selected(query, `select ${select} from customer c where c.id = $1`, [by.id]);
  return by.externalReference
    ? selected(
        query,
        `select ${select} from external_reference r join system s on s.key = r.system
         join customer c on c.id = r.canonical_id
         where s.id = $1 and r.external_id = $2 and r.entity = 'customer' limit 1`,
        [by.externalReference.systemId, by.externalReference.externalId],
      )
    : selected(
        query,
        `select ${select} from customer c where c.number = $1
         order by c.deleted_at nulls first, c.created_at, c.id limit 1`,
        [by.number],
      );
}

/** The order with this id or type and number, or that a system knows by this id. The oldest when there are several. */
export function findOrder<T>(query: Query, by: OrderBy, select: string): Promise<T[]> {
  if (by.id !== undefined) return selected(query, `select ${select} from sales_order o where o.id = $1`, [by.id]);
  return by.externalReference
    ? selected(
        query,
        `select ${select} from external_reference r join system s on s.key = r.system
         join sales_order o on o.id = r.canonical_id
         where s.id = $1 and r.external_id = $2 and r.entity = 'order' limit 1`,
        [by.externalReference.systemId, by.externalReference.externalId],
      )
    : selected(
        query,
        `select ${select} from sales_order o where o.type = $1 and o.number = $2
         order by o.deleted_at nulls first, o.placed_at, o.id limit 1`,
        [by.number?.type, by.number?.number],
      );
}

/** What each system said last of an order. */
export interface Statement {
  readonly orderId: string;
  readonly systemKey: string;
  readonly status: string | null;
  readonly paymentStatus: string | null;
  readonly fulfillmentStatus: string | null;
  /** The same in the system's own words, as far as it has some. */
  readonly words: Words | null;
  readonly observedAt: Date;
}

export const readStatements = (query: Query, orderIds: readonly string[]): Promise<Statement[]> =>
  selected(
    query,
    `select r.canonical_id as "orderId", r.system as "systemKey", r.shown->>'status' as status,
       r.shown->>'paymentStatus' as "paymentStatus", r.shown->>'fulfillmentStatus' as "fulfillmentStatus", r.words,
       greatest(r.first_seen_at, r.last_seen_at, r.last_written_at) as "observedAt"
     from external_reference r where r.canonical_id = any($1) and r.entity = 'order' and r.shown is not null
     order by r.canonical_id, r.system`,
    [orderIds],
  );

/** A document that belongs to another one. */
export interface Relation {
  readonly orderId: string;
  readonly relation: RelatedOrder['relation'];
  readonly relatedId: string;
}

/** A credit note that names orders takes them back; it is no invoice of theirs. */
export const readRelations = (query: Query, orderIds: readonly string[]): Promise<Relation[]> =>
  selected(
    query,
    `select o.id as "orderId", case o.type when 'CREDIT_NOTE' then 'CREDITS' else 'INVOICES' end as relation, s.id as "relatedId"
     from sales_order o cross join lateral jsonb_array_elements_text(o.settles) as n(id)
     join sales_order s on s.id = n.id and s.deleted_at is null
     where o.id = any($1)
     union
     select m.id, case i.type when 'CREDIT_NOTE' then 'CREDITED_BY' else 'INVOICED_BY' end, i.id
     from unnest($1::text[]) as m(id)
     join sales_order i on i.settles <> '[]' and i.settles ? m.id and i.deleted_at is null
     union
     select o.id, 'CREDITS', c.id from sales_order o join sales_order c on c.id = o.credits_id and c.deleted_at is null
     where o.id = any($1)
     union
     select c.credits_id, 'CREDITED_BY', c.id from sales_order c where c.credits_id = any($1) and c.deleted_at is null
     order by 1, 2, 3`,
    [orderIds],
  );
