/** Reading orders. Without a list of types, table and cafeteria orders are left out. */
import type { Document } from '../../src/base/document.js';
import type { Behaviour } from './behaviour.js';
import { markerQuery, oneOf, pageOf } from './paging.js';
import { listIn, objectIn, omit, textIn, type OrderRow } from './records.js';
import { numberFilter, saleFilter } from './sale-filter.js';

const usualTypes = ['ORDER-TYPE-SALES-ORDER', 'ORDER-TYPE-REPEAT-SALES-ORDER', 'ORDER-TYPE-EXTERNAL-SALES-ORDER'];
/** What a list without lines leaves out. */
const heavy = ['lineList', 'invoiceIds', 'extInvoiceIds', 'invoiceNumbers', 'proposalId', 'extProposalId', 'proposalNumber']; // prettier-ignore

export const getOrders: Behaviour = (shop, body) => {
  const request = objectIn(body, 'request');
  const asked = listIn<string>(request, 'orderTypeList');
  const types = asked.length === 0 ? usualTypes : asked;
  const orderIds = listIn(request, 'orderIds');
  const hasNumber = numberFilter(listIn<Document>(request, 'orderNumbers'), 'orderNumber');
  const matches = saleFilter(shop, request);
  const wanted = (order: OrderRow): boolean =>
    types.includes(order.orderType) && oneOf(orderIds, order.orderId) && hasNumber(order) && matches(order);
  const page = pageOf(shop, shop.orders, shop.byMarker.orders, markerQuery(request), wanted);
  return { orderList: request['includeLineList'] === false ? page.map((order) => omit(order, heavy)) : page };
};

export const getOrdersByExtOrderIds: Behaviour = (shop, body) => {
  const request = objectIn(body, 'request');
  const ids = listIn(request, 'extOrderIds');
  const matches = (order: OrderRow): boolean => ids.length > 0 && oneOf(ids, order['extOrderId']);
  return { orderList: pageOf(shop, shop.orders, shop.byMarker.orders, markerQuery(request), matches) };
};

const found = (order: OrderRow | undefined): Document =>
  order === undefined ? { result: 'GET-ORDER-RESULT-NOT-FOUND' } : { result: 'GET-ORDER-RESULT-OK', order };

export const getOrder: Behaviour = (shop, body) => found(shop.orders.get(textIn(body, 'orderId') ?? ''));

export const findOrder: Behaviour = (shop, body) =>
  found(shop.orders.get(shop.orderByExtId.get(textIn(body, 'extOrderId') ?? '') ?? ''));
