/**
 * What payments say of an order: a state that a system calculated goes out of date when another one adds a payment or the
 * total changes. Pure. In: the fields of an order. Out: state and sum that follow from its payments; nothing when it has none.
 */
import { Big } from 'big.js';
import type { Document } from '../base/document.js';
import type { paymentStatuses } from './order-fields.js';

export interface PaymentState {
  readonly paymentStatus: (typeof paymentStatuses)[number];
  readonly paidAmount: string;
}

export function paymentState(order: Document): PaymentState | null {
  const payments = order['payments'];
  const total = order['totalIncl'];
  if (!Array.isArray(payments) || payments.length === 0 || typeof total !== 'string') return null;
  const amounts = (payments as readonly Document[]).map(({ amount }) => new Big(String(amount ?? '0')));
  const paid = amounts.reduce((sum, amount) => sum.plus(amount), new Big(0));
  const due = new Big(total);
  // Of a sale that gives more back than it sells, the system's own word counts.
  if (due.lte(0)) return null;
  return {
    paymentStatus: statusOf(
      paid,
      due,
      amounts.some((amount) => amount.lt(0)),
    ),
    paidAmount: paid.toFixed(),
  };
}

function statusOf(paid: Big, due: Big, hasRefund: boolean): PaymentState['paymentStatus'] {
  if (paid.lte(0)) return hasRefund ? 'REFUNDED' : 'UNPAID';
  if (paid.gte(due)) return paid.gt(due) ? 'OVERPAID' : 'PAID';
  return hasRefund ? 'PARTIALLY_REFUNDED' : 'PARTIALLY_PAID';
}
