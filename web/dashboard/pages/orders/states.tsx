/** The three states of an order, each with its shape: the document, its payment, its delivery. */
import { useTranslation } from 'react-i18next';
import type { OrderFulfillmentStatus, OrderPaymentStatus, OrderStatus, OrderType } from '../../graph/kinds.ts';
import type { Tone } from '../../parts/status.tsx';
import { Pill } from '../records/shown.tsx';

export const documentTones: Readonly<Record<OrderStatus, Tone>> = {
  DRAFT: 'excluded',
  OPEN: 'pending',
  ON_HOLD: 'paused',
  COMPLETED: 'ok',
  PARTIALLY_CANCELLED: 'blocked',
  CANCELLED: 'blocked',
};

export const paymentTones: Readonly<Record<OrderPaymentStatus, Tone>> = {
  UNPAID: 'excluded',
  AUTHORIZED: 'pending',
  PARTIALLY_PAID: 'pending',
  PAID: 'ok',
  OVERPAID: 'retrying',
  PARTIALLY_REFUNDED: 'retrying',
  REFUNDED: 'paused',
  VOIDED: 'blocked',
};

export const fulfillmentTones: Readonly<Record<OrderFulfillmentStatus, Tone>> = {
  NOT_APPLICABLE: 'excluded',
  UNFULFILLED: 'excluded',
  PARTIALLY_FULFILLED: 'pending',
  FULFILLED: 'ok',
  PARTIALLY_RETURNED: 'retrying',
  RETURNED: 'paused',
};

/** The values of an enum, in the order in which they are offered. */
export const keysOf = <T extends string>(tones: Readonly<Record<T, unknown>>): readonly T[] =>
  Object.keys(tones) as T[];

export const orderTypes: readonly OrderType[] = ['ORDER', 'INVOICE', 'CREDIT_NOTE'];

export function DocumentPill({ state }: { readonly state: OrderStatus }) {
  const { t } = useTranslation('orders');
  return <Pill tone={documentTones[state]} word={t(`document.${state}`)} />;
}

export function PaymentPill({ state }: { readonly state: OrderPaymentStatus }) {
  const { t } = useTranslation('orders');
  return <Pill tone={paymentTones[state]} word={t(`payment.${state}`)} />;
}

export function FulfillmentPill({ state }: { readonly state: OrderFulfillmentStatus }) {
  const { t } = useTranslation('orders');
  return <Pill tone={fulfillmentTones[state]} word={t(`fulfillment.${state}`)} />;
}
