/**
 * What happens to an order after it was placed: delivering makes packing slips and moves stock, paying books money and, when
 * it is no prepayment, delivers the rest and invoices everything; cancelling gives reservations back.
 */
import type { Document } from '../../src/base/document.js';
import { scaled } from './amounts.js';
import type { Call } from './behaviour.js';
import { isSettled } from './cash.js';
import { invoiceOrder } from './invoice-saving.js';
import { putOrder } from './order-saving.js';
import { addPackingSlip } from './packing-slips.js';
import { textIn, type LineRow, type OrderRow } from './records.js';
import { deliveredOf, moveReservations, openOf, orderedOf } from './reservations.js';
import { bookPayment, paymentProblem, sumOf } from './sale.js';
import type { Shop } from './shop.js';
import { stockKey } from './stock.js';

export interface Delivered {
  readonly order: OrderRow;
  readonly packingSlipId: string;
}

/** Delivers what `amounts` says per line, in thousandths; without it everything that is open. Undefined: nothing was open. */
export function deliver(
  shop: Shop,
  order: OrderRow,
  call: Call,
  amounts?: ReadonlyMap<string, number>,
): Delivered | undefined {
  const wanted = (line: LineRow): number => (amounts === undefined ? openOf(line) : (amounts.get(line.lineId) ?? 0));
  const lines = order.lineList.filter((line) => wanted(line) !== 0);
  if (lines.length === 0) return undefined;
  const slip = addPackingSlip(
    shop,
    order,
    lines.map((line) => ({ line, amount: wanted(line) })),
  );
  const shipped = new Map<string, number>();
  for (const line of lines) {
    const key = stockKey(order.financialBranchNumber, line.articleNumber);
    shipped.set(key, (shipped.get(key) ?? 0) + wanted(line));
  }
  const lineList = order.lineList.map((line) => withDelivered(line, wanted(line)));
  const isComplete = lineList.every((line) => openOf(line) === 0);
  const saved = putOrder(
    shop,
    {
      ...order,
      lineList,
      deliveryState: `ORDER-DELIVERY-STATE-${isComplete ? 'COMPLETE' : 'PARTIAL'}`,
      packingSlipIds: [...order.packingSlipIds, slip.packingSlipId],
    },
    true,
  );
  moveReservations(shop, order, saved, { orderId: order.orderId, packingSlipId: slip.packingSlipId }, shipped);
  call.record('packingSlips', slip.packingSlipId, { orderId: order.orderId });
  return { order: saved, packingSlipId: slip.packingSlipId };
}

function withDelivered(line: LineRow, amount: number): LineRow {
  if (amount === 0) return line;
  const { value, places } = scaled(deliveredOf(line) + amount);
  return { ...line, data: { ...line.data, deliveredQuantity: value, deliveredDecimalPlaces: places } };
}

export interface PayOutcome {
  readonly result: 'OK' | 'FAILED' | 'PAYMENT-INSUFFICIENT' | 'ORDER-ALREADY-INVOICED';
  readonly message: string;
  readonly invoiceId?: string;
}

export function payOrderRow(
  shop: Shop,
  orderId: string,
  prepay: boolean,
  payments: readonly Document[],
  call: Call,
): PayOutcome {
  const order = shop.orders.get(orderId);
  if (order === undefined) return { result: 'FAILED', message: 'The order does not exist.' };
  if (order.cancelState === 'ORDER-CANCEL-STATE-COMPLETE')
    return { result: 'FAILED', message: 'The order is cancelled.' };
  if (order.completeState === 'ORDER-COMPLETE-STATE-COMPLETE') {
    return { result: 'ORDER-ALREADY-INVOICED', message: 'The order is invoiced already.' };
  }
  const problem = paymentProblem(payments);
  if (problem !== undefined) return { result: 'FAILED', message: problem };
  const paid = BigInt(order.prepaidAmount) + sumOf(payments);
  const fullyPaid = isSettled(order.totalInclAmount, [...order.paymentList, ...payments]);
  if (!prepay && !fullyPaid) {
    return { result: 'PAYMENT-INSUFFICIENT', message: `${paid} of ${order.totalInclAmount} cents are paid.` };
  }
  const booked = putOrder(
    shop,
    {
      ...order,
      prepaidAmount: String(paid),
      fullyPaid,
      paymentList: [...order.paymentList, ...payments.map((payment) => bookPayment(shop, order, payment))],
    },
    false,
  );
  call.record('orders', orderId, { paid: String(sumOf(payments)), prepay });
  if (prepay) return { result: 'OK', message: '' };
  const delivered = deliver(shop, booked, call)?.order ?? booked;
  const invoice = invoiceOrder(shop, delivered, delivered.packingSlipIds, call);
  return { result: 'OK', message: '', invoiceId: invoice.invoiceId };
}

/** Gives back what the order holds. */
export function cancel(shop: Shop, order: OrderRow): OrderRow {
  return setCancelled(shop, order, true);
}

/** Takes the cancellation back: everything is reserved again. */
export function undoCancel(shop: Shop, order: OrderRow): OrderRow {
  return setCancelled(shop, order, false);
}

function setCancelled(shop: Shop, order: OrderRow, isCancelled: boolean): OrderRow {
  const lineList = order.lineList.map((line) => {
    const { value, places } = scaled(isCancelled ? orderedOf(line) - deliveredOf(line) : 0);
    return { ...line, data: { ...line.data, cancelledQuantity: value, cancelledDecimalPlaces: places } };
  });
  const cancelState = `ORDER-CANCEL-STATE-${isCancelled ? 'COMPLETE' : 'NOTHING'}`;
  const saved = putOrder(shop, { ...order, lineList, cancelState }, true);
  moveReservations(shop, order, saved, { orderId: order.orderId });
  return saved;
}

export const orderNamed = (shop: Shop, body: Document): OrderRow | undefined =>
  shop.orders.get(textIn(body, 'orderId') ?? '');
