/** The calls that deliver, pay and cancel orders. */
import type { Document } from '../../src/base/document.js';
import { thousandths } from './amounts.js';
import type { Behaviour, Call } from './behaviour.js';
import { answeredOnce } from './idempotency.js';
import { invoiceOrder } from './invoice-saving.js';
import { cancel, deliver, orderNamed, payOrderRow, undoCancel } from './order-fulfilment.js';
import { listIn, numberIn, objectIn, textIn, type OrderRow } from './records.js';
import { openOf } from './reservations.js';
import type { Shop } from './shop.js';

const isCancelled = (order: OrderRow): boolean => order.cancelState === 'ORDER-CANCEL-STATE-COMPLETE';

function pay(shop: Shop, request: Document, call: Call): Document {
  const payments = listIn<Document>(request, 'paymentList');
  const outcome = payOrderRow(shop, textIn(request, 'orderId') ?? '', request['prepay'] === true, payments, call);
  return {
    result: `PAY-ORDER-RESULT-${outcome.result}`,
    ...(outcome.invoiceId === undefined ? {} : { invoiceId: outcome.invoiceId }),
    errorMessage: outcome.message,
  };
}

export const payOrder: Behaviour = (shop, body, call) => pay(shop, objectIn(body, 'request'), call);
export const payOrderV2: Behaviour = answeredOnce((shop, body, call) => pay(shop, objectIn(body, 'request'), call));

function deliveryAnswer(
  shop: Shop,
  request: Document,
  prefix: string,
  call: Call,
  amounts?: ReadonlyMap<string, number>,
): Document {
  const order = orderNamed(shop, request);
  const refuse = (result: string, errorMessage: string): Document => ({ result: `${prefix}-${result}`, errorMessage });
  if (order === undefined) return refuse('FAILED', 'The order does not exist.');
  if (isCancelled(order)) return refuse('FAILED', 'The order is cancelled.');
  if (order.deliveryState === 'ORDER-DELIVERY-STATE-COMPLETE')
    return refuse('ALREADY-DELIVERED', 'The order is delivered.');
  const turnover = textIn(request, 'turnoverType');
  if (turnover === 'DELIVER-ORDER-TURNOVER-TYPE-RECEIPT')
    return refuse('FAILED', 'This installation writes no receipts for orders.');
  const delivered = deliver(shop, order, call, amounts);
  if (delivered === undefined) return refuse('FAILED', 'There is nothing to deliver.');
  call.record('orders', order.orderId, { delivered: delivered.packingSlipId });
  const invoice =
    turnover === undefined ? undefined : invoiceOrder(shop, delivered.order, [delivered.packingSlipId], call);
  return {
    result: `${prefix}-OK`,
    packingSlipId: delivered.packingSlipId,
    ...(invoice === undefined ? {} : { invoiceId: invoice.invoiceId }),
    errorMessage: '',
  };
}

export const deliverOrder: Behaviour = (shop, body, call) =>
  deliveryAnswer(shop, objectIn(body, 'request'), 'DELIVER-ORDER-RESULT', call);

/** Partial deliveries, by line. */
export const deliverOrderV2: Behaviour = (shop, body, call) => {
  const delivery = objectIn(objectIn(body, 'request'), 'orderDelivery');
  const prefix = 'DELIVER-ORDER-V2-RESULT';
  const order = orderNamed(shop, delivery);
  const amounts = new Map<string, number>();
  for (const sent of listIn<Document>(delivery, 'lineList')) {
    const line = order?.lineList.find((candidate) => candidate.lineId === sent['lineId']);
    const amount = thousandths(textIn(sent, 'quantity') ?? '0', numberIn(sent, 'decimalPlaces') ?? 0);
    if (line === undefined || amount === undefined || Math.abs(amount) > Math.abs(openOf(line))) {
      const complete = order?.deliveryState === 'ORDER-DELIVERY-STATE-COMPLETE';
      const errorMessage = `Line ${textIn(sent, 'lineId') ?? ''} has not that much to deliver.`;
      return { result: `${prefix}-${complete ? 'ALREADY-DELIVERED' : 'FAILED'}`, errorMessage };
    }
    amounts.set(line.lineId, amount);
  }
  return deliveryAnswer(shop, delivery, prefix, call, amounts);
};

/** Cancelling for good: a second time it says so. */
export const cancelOrder: Behaviour = (shop, body, call) => cancelAnswer(shop, body, call, false);

/** The newer call toggles. */
export const cancelOrderV2: Behaviour = (shop, body, call) => cancelAnswer(shop, objectIn(body, 'request'), call, true);

function cancelAnswer(shop: Shop, request: Document, call: Call, toggles: boolean): Document {
  const order = orderNamed(shop, request);
  const answer = (result: string, message = ''): Document => ({ result: `CANCEL-ORDER-RESULT-${result}`, message });
  if (order === undefined) return answer('NOT-FOUND', 'The order does not exist.');
  if (isCancelled(order)) {
    if (!toggles) return answer('ALREADY-CANCELLED', 'The order is cancelled already.');
    undoCancel(shop, order);
    call.record('orders', order.orderId, { cancelled: false });
    return answer('UNDO-CANCEL-OK');
  }
  if (order.deliveryState !== 'ORDER-DELIVERY-STATE-NOTHING')
    return answer('FAILED', 'Something of the order is delivered.');
  cancel(shop, order);
  call.record('orders', order.orderId, { cancelled: true });
  return answer('OK');
}
