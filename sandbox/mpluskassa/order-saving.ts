/**
 * Creating and changing orders. Every change raises changeCounter and takes the next marker; a change of lines, totals or
 * states raises versionNumber as well. Who sends back an older pair than the stored one is told that the order has changed.
 */
import { sameJson } from '../../src/base/content-hash.js';
import type { Document } from '../../src/base/document.js';
import { listIn, numberIn, omit, textIn, type LineRow, type OrderRow } from './records.js';
import { moveReservations } from './reservations.js';
import { branchIn, derivedHead, priceLine, pricingOf, saleProblem, totalsOf } from './sale.js';
import type { Shop } from './shop.js';

/** What the service keeps itself; ignored when sent. */
const readOnly = ['orderId', 'syncMarker', 'transactionString', 'changeCounter', 'versionNumber', 'prepaidAmount', 'fullyPaid', 'deliveryState', 'cancelState', 'completeState', 'orderNumber', 'branchOrderNumber', 'orderBarcode', 'invoiceIds', 'extInvoiceIds', 'invoiceNumbers', 'packingSlipIds', 'packingSlipNumbers', 'totalInclAmount', 'totalExclAmount', 'vatGroupList', 'paymentList', 'lineList', 'relationName', 'employeeName']; // prettier-ignore

export type SaveOutcome =
  | { readonly type: 'ok'; readonly order: OrderRow }
  | { readonly type: 'notFound' | 'hasChanged' | 'noChanges' | 'extIdTaken' }
  | { readonly type: 'failed'; readonly message: string };

export function createOrderRow(shop: Shop, sent: Document): SaveOutcome {
  const orderType = textIn(sent, 'orderType') ?? 'ORDER-TYPE-EXTERNAL-SALES-ORDER';
  const extOrderId = textIn(sent, 'extOrderId') ?? '';
  if (extOrderId !== '' && shop.orderByExtId.has(extOrderId) && !shop.isOn('noIdempotency'))
    return { type: 'extIdTaken' };
  if (extOrderId === '' && orderType === 'ORDER-TYPE-EXTERNAL-SALES-ORDER') {
    return { type: 'failed', message: 'extOrderId is missing.' };
  }
  const problem = saleProblem(shop, sent);
  if (problem !== undefined) return { type: 'failed', message: problem };
  const vatMethod = textIn(sent, 'vatMethod') ?? 'VAT-METHOD-INCLUSIVE';
  const lineList = listIn<Document>(sent, 'lineList').map((line) =>
    priceLine(shop, line, { ...pricingOf(sent), vatMethod }, undefined),
  );
  const year = Number(shop.today().slice(0, 4));
  const number = shop.next('orderNumber');
  const order: OrderRow = {
    ...omit(sent, readOnly),
    ...derivedHead(shop, sent),
    orderId: shop.newId('order'),
    ...(extOrderId === '' ? {} : { extOrderId }),
    transactionString: `${branchIn(sent, 'entryBranchNumber')}-${year}-${number}`,
    syncMarker: shop.next('order'),
    orderType,
    employeeNumber: textIn(sent, 'employeeNumber') ?? '0',
    entryTimestamp: textIn(sent, 'entryTimestamp') ?? shop.now(),
    relationNumber: textIn(sent, 'relationNumber') ?? '0',
    financialDate: textIn(sent, 'financialDate') ?? shop.today(),
    financialBranchNumber: branchIn(sent, 'financialBranchNumber'),
    reference: textIn(sent, 'reference') ?? '',
    vatMethod,
    changeCounter: 1,
    versionNumber: 1,
    prepaidAmount: '0',
    fullyPaid: false,
    deliveryState: 'ORDER-DELIVERY-STATE-NOTHING',
    cancelState: 'ORDER-CANCEL-STATE-NOTHING',
    completeState: 'ORDER-COMPLETE-STATE-NOTHING',
    orderNumber: { year, number },
    ...totalsOf(lineList),
    lineList,
    paymentList: [],
    invoiceIds: [],
    packingSlipIds: [],
  };
  shop.orders.put(order.orderId, order);
  moveReservations(shop, undefined, order, { orderId: order.orderId });
  return { type: 'ok', order };
}

export function updateOrderRow(shop: Shop, sent: Document): SaveOutcome {
  const before = shop.orders.get(textIn(sent, 'orderId') ?? '');
  if (before === undefined) return { type: 'notFound' };
  if (sent['changeCounter'] !== before.changeCounter || sent['versionNumber'] !== before.versionNumber) {
    return { type: 'hasChanged' };
  }
  const extOrderId = textIn(sent, 'extOrderId') ?? '';
  if (extOrderId !== '' && (shop.orderByExtId.get(extOrderId) ?? before.orderId) !== before.orderId) {
    return { type: 'extIdTaken' };
  }
  const problem =
    editProblem(before, sent) ??
    saleProblem(shop, { ...before, ...omit(sent, readOnly), lineList: sent['lineList'] ?? [] });
  if (problem !== undefined) return { type: 'failed', message: problem };
  const after = merged(shop, before, sent);
  if (sameJson(before, after)) return { type: 'noChanges' };
  const isVersion = !sameJson([...before.lineList, before.totalInclAmount], [...after.lineList, after.totalInclAmount]);
  const saved = putOrder(shop, after, isVersion);
  moveReservations(shop, before, saved, { orderId: saved.orderId });
  return { type: 'ok', order: saved };
}

function editProblem(before: OrderRow, sent: Document): string | undefined {
  if (before.cancelState === 'ORDER-CANCEL-STATE-COMPLETE') return 'The order is cancelled.';
  if (before.completeState === 'ORDER-COMPLETE-STATE-COMPLETE') return 'The order is completed.';
  const lines = sent['lineList'];
  if (lines !== undefined && before.deliveryState !== 'ORDER-DELIVERY-STATE-NOTHING') {
    return 'Lines cannot be changed after a delivery.';
  }
  return undefined;
}

/** Fields left out are kept; sent lines replace the stored ones, and lines with a known id stay the same line. */
function merged(shop: Shop, before: OrderRow, sent: Document): OrderRow {
  const head = { ...before, ...omit(sent, readOnly) };
  const vatMethod = textIn(head, 'vatMethod') ?? before.vatMethod;
  const sources = sent['lineList'] === undefined ? before.lineList : listIn<Document>(sent, 'lineList');
  const lineList: readonly LineRow[] = sources.map((line) => {
    const known = before.lineList.find((candidate) => candidate.lineId === line['lineId']);
    return priceLine(shop, line, pricingOf(head), known);
  });
  return { ...head, ...derivedHead(shop, head), ...totalsOf(lineList), vatMethod, lineList } as OrderRow;
}

/** Stores a changed order. `isVersion`: lines, totals or states differ. */
export function putOrder(shop: Shop, after: OrderRow, isVersion: boolean): OrderRow {
  const saved: OrderRow = {
    ...after,
    changeCounter: after.changeCounter + 1,
    versionNumber: after.versionNumber + (isVersion ? 1 : 0),
    syncMarker: shop.next('order'),
  };
  shop.orders.put(saved.orderId, saved);
  return saved;
}

export const numberOf = (order: Document): Document => ({
  year: numberIn((order['orderNumber'] ?? {}) as Document, 'year') ?? 0,
  number: textIn((order['orderNumber'] ?? {}) as Document, 'number') ?? '0',
});
