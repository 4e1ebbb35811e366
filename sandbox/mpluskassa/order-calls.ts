/** The calls that create and change orders, in their old and new forms. */
import type { Document } from '../../src/base/document.js';
import type { Behaviour, Call } from './behaviour.js';
import { answeredOnce } from './idempotency.js';
import { payOrderRow } from './order-fulfilment.js';
import { createOrderRow, updateOrderRow, type SaveOutcome } from './order-saving.js';
import { listIn, objectIn, textIn } from './records.js';
import type { Shop } from './shop.js';

const results = {
  ok: 'OK',
  notFound: 'NOT-FOUND',
  hasChanged: 'ORDER-HAS-CHANGED',
  noChanges: 'NO-CHANGES',
  extIdTaken: 'EXT-ORDER-ID-ALREADY-EXISTS',
  failed: 'FAILED',
} as const;

const messages: Readonly<Record<string, string>> = {
  notFound: 'The order does not exist.',
  hasChanged: 'The order has been changed by somebody else.',
  noChanges: 'Nothing changed.',
  extIdTaken: 'An order with this extOrderId exists already.',
};

/** Result, info and message of a save. Old releases have no value for "nothing changed". */
function answer(shop: Shop, prefix: string, outcome: SaveOutcome): Document {
  const isOldNoChange = outcome.type === 'noChanges' && shop.isOn('oldRelease');
  // updateOrder has no value for a taken extOrderId.
  const hasValue = outcome.type !== 'extIdTaken' || !prefix.startsWith('UPDATE');
  const result = isOldNoChange || !hasValue ? 'FAILED' : results[outcome.type];
  const info =
    outcome.type === 'ok'
      ? { orderId: outcome.order.orderId, orderString: textIn(outcome.order, 'transactionString') ?? '' }
      : { orderId: '', orderString: '' };
  const errorMessage = outcome.type === 'failed' ? outcome.message : (messages[outcome.type] ?? '');
  return { result: `${prefix}-${result}`, info, errorMessage };
}

function note(call: Call, outcome: SaveOutcome): void {
  if (outcome.type === 'ok') call.record('orders', outcome.order.orderId, { extOrderId: outcome.order['extOrderId'] });
}

const withOrder = (shop: Shop, prefix: string, outcome: SaveOutcome): Document => ({
  ...answer(shop, prefix, outcome),
  ...(outcome.type === 'ok' ? { order: shop.orders.get(outcome.order.orderId) ?? outcome.order } : {}),
});

/** The order as the service prices it: with its own promotions, where they apply. */
function priced(shop: Shop, order: Document, request: Document = {}): Document {
  const isAsStated = request['applySalesAndActions'] === false && request['applySalesPrices'] === false;
  if (!shop.isOn('alwaysPromotions') && (!shop.isOn('promotions') || isAsStated)) return order;
  const lineList = listIn<Document>(order, 'lineList').map((line) => {
    const data = objectIn(line, 'data');
    const price = textIn(data, 'price');
    return price === undefined ? line : { ...line, data: { ...data, price: String((BigInt(price) * 9n) / 10n) } };
  });
  return order['lineList'] === undefined ? order : { ...order, lineList };
}

export const createOrder: Behaviour = (shop, body, call) => {
  const outcome = createOrderRow(shop, priced(shop, objectIn(body, 'order')));
  note(call, outcome);
  return answer(shop, 'CREATE-ORDER-RESULT', outcome);
};

export const createOrderV2: Behaviour = (shop, body, call) => {
  const request = objectIn(body, 'request');
  const outcome = createOrderRow(shop, priced(shop, objectIn(request, 'order'), request));
  note(call, outcome);
  return withOrder(shop, 'CREATE-ORDER-RESULT', outcome);
};

/** Creates and pays at once. When the payment is refused the order stays, unpaid. */
export const createOrderV3: Behaviour = answeredOnce((shop, body, call) => {
  const request = objectIn(body, 'request');
  const outcome = createOrderRow(shop, priced(shop, objectIn(request, 'order'), request));
  note(call, outcome);
  const payments = listIn<Document>(request, 'paymentList');
  if (outcome.type !== 'ok' || payments.length === 0) return withOrder(shop, 'CREATE-ORDER-RESULT', outcome);
  const paid = payOrderRow(shop, outcome.order.orderId, request['prepay'] === true, payments, call);
  const created = withOrder(shop, 'CREATE-ORDER-RESULT', outcome);
  return {
    ...created,
    ...(paid.result === 'OK' ? {} : { result: 'CREATE-ORDER-RESULT-PAYMENT-FAILED', errorMessage: paid.message }),
    payResult: `PAY-ORDER-RESULT-${paid.result}`,
    ...(paid.invoiceId === undefined ? {} : { invoiceId: paid.invoiceId }),
  };
});

export const updateOrder: Behaviour = (shop, body, call) => {
  const outcome = updateOrderRow(shop, priced(shop, objectIn(body, 'order')));
  note(call, outcome);
  return answer(shop, 'UPDATE-ORDER-RESULT', outcome);
};

export const updateOrderV2: Behaviour = (shop, body, call) => {
  const request = objectIn(body, 'request');
  const outcome = updateOrderRow(shop, priced(shop, objectIn(request, 'order'), request));
  note(call, outcome);
  return withOrder(shop, 'UPDATE-ORDER-RESULT', outcome);
};

export const saveOrder: Behaviour = (shop, body, call) => {
  const order = objectIn(body, 'order');
  const outcome = (textIn(order, 'orderId') ?? '') === '' ? createOrderRow(shop, order) : updateOrderRow(shop, order);
  note(call, outcome);
  return answer(shop, 'SAVE-ORDER-RESULT', outcome);
};
