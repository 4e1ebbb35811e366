/** What the graph asks about customers and orders, for one request. */
import { valueAt } from '../base/value-at.js';
import type { Customer } from '../schema/customer.js';
import type { CustomerBy, OrderBy } from '../schema/inputs.js';
import type { SalesOrder } from '../schema/order.js';
import type { SourceStatus } from '../schema/order-parts.js';
import { linesOf, partOfId, paymentsOf } from '../schema/order-shapes.js';
import type { PageArgs } from '../schema/page.js';
import type { RelatedOrder } from '../schema/related-order.js';
import type { ToWrite } from '../schema/selection.js';
import { columnsIn } from './columns.js';
import { connectionBelow, connectionOfParts, listConnection, logCountCap, type CursorCodec } from './connections.js';
import type { Query } from './database.js';
import type { Loaders } from './loaders.js';
import type { Shown } from './shown-records.js';
import { keepOrder, orderAlong, type AlongOrder } from './read-along.js';
import { recordWritten, type WrittenRow } from './read-written.js';
import * as sales from './sales-reads.js';

export interface SalesDeps {
  readonly query: Query;
  readonly cursors: CursorCodec;
  readonly shown: Shown;
}

const axes = [
  ['DOCUMENT', 'status'],
  ['PAYMENT', 'paymentStatus'],
  ['FULFILLMENT', 'fulfillmentStatus'],
] as const;

function statusesIn(statement: sales.Statement): SourceStatus[] {
  return axes.flatMap(([axis, field]) => {
    const meaning = statement[field];
    const { systemKey, observedAt, words } = statement;
    return meaning === null ? [] : [{ axis, value: words?.[field] ?? null, meaning, observedAt, systemKey }];
  });
}

export function salesReads({ query, cursors, shown }: SalesDeps, load: Loaders) {
  const { seesPersonal } = shown;
  return {
    customers: (asked: sales.CustomerQuery, page: PageArgs, toWrite?: ToWrite) =>
      listConnection<Customer, Customer>(query, cursors, sales.customerList(asked), page, {
        name: 'customers',
        shown: shown.customer,
        cap: logCountCap,
        toWrite,
        seesPersonal,
      }),
    orders(asked: sales.OrderQuery, page: PageArgs, along?: AlongOrder, toWrite?: ToWrite) {
      const list = sales.orderList({ ...asked, along: (columns) => orderAlong(columns, along) }, seesPersonal);
      const keep = keepOrder(load, along, shown.customer);
      return listConnection<SalesOrder, SalesOrder>(query, cursors, list, page, {
        name: 'orders',
        shown: (row) => shown.order(keep(row)),
        cap: logCountCap,
        toWrite,
        seesPersonal,
      });
    },
    async ordersOf(parent: string, asked: sales.OrderQuery, page: PageArgs) {
      const standsForOthers = (await load.merges.load(parent)).length > 0;
      const list = (standsForOthers ? sales.ordersOfMerged : sales.ordersOfCustomer)(asked);
      return connectionBelow<SalesOrder, SalesOrder>(load.below, cursors, list, page, {
        name: standsForOthers ? 'mergedOrders' : 'customerOrders',
        shown: shown.order,
        parent,
        made: asked,
      });
    },
    buyerOf(customerId: string) {
      const found = load.buyer.get(customerId);
      return found instanceof Promise ? found.then((buyer) => buyer?.customer ?? null) : (found?.customer ?? null);
    },
    linesOf: (order: SalesOrder, page: PageArgs) =>
      connectionOfParts(cursors, linesOf(order), page, { name: `lines.${order.id}`, keyOf: ({ id }) => id }),
    statementsOf: async (orderId: string) => (await load.statements.load(orderId)).flatMap(statusesIn),
    relatedTo: async (orderId: string): Promise<RelatedOrder[]> => {
      const related = await load.relations.load(orderId);
      const orders = await load.order.loadMany(related.map(({ relatedId }) => relatedId));
      return related.flatMap(({ relation }, index) => {
        const order = orders[index];
        if (order instanceof Error) throw order;
        return order == null ? [] : [{ relation, order }];
      });
    },
    /** A line or payment by its id. */
    async partOfOrder(id: string) {
      const part = partOfId(id);
      const order = part === null ? null : await load.order.load(part.orderId);
      if (order === null) return null;
      return [...linesOf(order), ...paymentsOf(order)].find((one) => one.id === id) ?? null;
    },
    /** Whether a flow lets the customer stand in for those that orders lack. */
    async isDefaultDebtor(id: string) {
      const [flows, references] = await Promise.all([load.flows(), load.references.load(id)]);
      return flows.some(({ target, settings }) => {
        const standsIn = valueAt(settings, 'order.defaultCustomer');
        return references.some(
          ({ systemKey, entityType, externalId }) =>
            entityType === 'CUSTOMER' && systemKey === target && externalId === standsIn,
        );
      });
    },
    async customer(by: CustomerBy, toWrite?: ToWrite): Promise<Customer | null> {
      const find = <T>(select: string) => sales.findCustomer<T>(query, by, select);
      const written = await recordWritten<Customer>(toWrite, seesPersonal, find<WrittenRow>);
      if (written !== undefined) return written;
      if (by.id !== undefined) return load.customer.load(by.id);
      const [found] = await find<Customer>(columnsIn(query).customer);
      return found === undefined ? null : shown.customer(found);
    },
    async order(by: OrderBy, toWrite?: ToWrite): Promise<SalesOrder | null> {
      const find = <T>(select: string) => sales.findOrder<T>(query, by, select);
      const written = await recordWritten<SalesOrder>(toWrite, seesPersonal, find<WrittenRow>);
      if (written !== undefined) return written;
      if (by.id !== undefined) return load.order.load(by.id);
      const [found] = await find<SalesOrder>(columnsIn(query).order);
      return found === undefined ? null : shown.order(found);
    },
  };
}
