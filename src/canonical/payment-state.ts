/**
 * What payments say of an order: a state that a system calculated goes out of date when another one adds a payment or the
 * total changes. Pure. In: the fields of an order. Out: state and sum that follow from its payments; nothing when it has
 * none. Where coins of one and two cents are not used, a sale is paid by the nearest amount that there are coins for: that
 * is a matter of the payment, so neither the total nor its VAT changes.
 */
import { Big } from 'big.js';
import type { Document } from '../base/document.js';
import type { paymentStatuses } from './order-fields.js';
import type { CanonicalRecord } from './record.js';
import { itemsOf } from './several-sources.js';

export interface PaymentState {
  readonly paymentStatus: (typeof paymentStatuses)[number];
  readonly paidAmount: string;
}

/** The smallest coin that is given, where it is more than the smallest amount (the Netherlands, Belgium). */
const smallestCoins: Readonly<Record<string, string>> = { EUR: '0.05' };

export function paymentState(order: Document): PaymentState | null {
  const payments = order['payments'];
  const total = order['totalIncl'];
  if (!Array.isArray(payments) || payments.length === 0 || typeof total !== 'string') return null;
  const amounts = (payments as readonly Document[]).map(({ amount }) => new Big(String(amount ?? '0')));
  const paid = sum(amounts);
  const due = new Big(total);
  // Of a sale that gives more back than it sells, the system's own word counts.
  if (due.lte(0)) return null;
  const isSettled = paid.eq(due) || isSettledInCash(due, payments as readonly Document[], order['currency'] ?? 'EUR');
  const hasRefund = amounts.some((amount) => amount.lt(0));
  return { paymentStatus: isSettled ? 'PAID' : statusOf(paid, due, hasRefund), paidAmount: paid.toFixed() };
}

/**
 * What follows for an order whose payments may have changed. When none is left of those that said what is paid, the words of the
 * system of the order count (`words`), and what it says nothing of is as if nothing was paid.
 */
export function paymentStateAfter(before: Document, after: Document, words: Document): Document {
  const isEmptied = paymentState(before) !== null && itemsOf(after['payments']).length === 0;
  const state = paymentState(after) ?? (isEmptied ? { ...nothingPaid, ...words } : null);
  return { ...state };
}

const nothingPaid: PaymentState = { paymentStatus: 'UNPAID', paidAmount: '0' };

/** The words of a system for what follows from payments, the newest that there is of each. */
export const wordsForPayment = (stated: Document, last: Document | null | undefined): Document =>
  Object.fromEntries(
    Object.keys(nothingPaid).flatMap((field) => {
      const word = stated[field] ?? last?.[field] ?? null;
      return word === null ? [] : [[field, word]];
    }),
  );

/**
 * What the system of the order has said of its payment by itself, when another one takes back payments that were all its own: what those
 * have made of it is the hub's word, or that one's.
 */
export function wordsOfOrigin({ fields, provenance }: CanonicalRecord, system: string): Document {
  const speaker = (field: string): string | null | undefined =>
    provenance[field] === undefined ? provenance['*'] : provenance[field];
  if (speaker('payments') !== system) return {};
  const said = Object.entries(fields).filter(([field]) => speaker(field) === provenance['*']);
  return wordsForPayment(Object.fromEntries(said), null);
}

/** What was not paid otherwise is given in cash, rounded to the coins that there are. */
function isSettledInCash(due: Big, payments: readonly Document[], currency: unknown): boolean {
  const coin = smallestCoins[String(currency)];
  const amountsOf = (isCash: boolean): Big =>
    sum(
      payments
        .filter(({ method }) => (method === 'CASH') === isCash)
        .map(({ amount }) => new Big(String(amount ?? '0'))),
    );
  const cash = amountsOf(true);
  if (coin === undefined || cash.eq(0)) return false;
  return cash.eq(due.minus(amountsOf(false)).div(coin).round(0, Big.roundHalfUp).times(coin));
}

const sum = (amounts: readonly Big[]): Big => amounts.reduce((all, amount) => all.plus(amount), new Big(0));

function statusOf(paid: Big, due: Big, hasRefund: boolean): PaymentState['paymentStatus'] {
  if (paid.lte(0)) return hasRefund ? 'REFUNDED' : 'UNPAID';
  if (paid.gte(due)) return paid.gt(due) ? 'OVERPAID' : 'PAID';
  return hasRefund ? 'PARTIALLY_REFUNDED' : 'PARTIALLY_PAID';
}
