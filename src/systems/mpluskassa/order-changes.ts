/**
 * Bringing an order of the till to what the hub wants, in a fixed order: head and lines, payments, deliveries, cancellation.
 * In: the request and the order as it was just read. Out: one outcome. Each step compares with the newest reading first. What
 * one step is refused holds up no other: a payment arrives also when lines cannot be changed any more.
 *
 * Guarantee: a payment that the till has, by its key, is never booked again; no more is delivered than is missing; a
 * cancelled order is never taken up again (the newer cancelling call would do that, so it is not used).
 */
import { derivedKey } from '../../base/ids.js';
import type { Document } from '../../base/document.js';
import type { WriteOutcome, WriteRequest } from '../system.js';
import { headDifference, linesDiffer, missingDeliveries, missingPayments } from './order-difference.js';
import type { ReadOrder } from './order-reading.js';
import { headWords, lineWords, paymentWords, scaledQuantity } from './order-words.js';
import { textIn } from './records.js';
import { listIn } from './sale-shapes.js';
import { refused, type ChangingCall, type Newer } from './target-entity.js';

export type OrderChanges = (
  request: WriteRequest,
  order: ReadOrder,
  call: ChangingCall,
  signal: AbortSignal,
) => Promise<WriteOutcome>;

interface Step {
  readonly request: WriteRequest;
  readonly order: ReadOrder;
  readonly call: ChangingCall;
  readonly newer: Newer;
}
/** `done`: something was changed; `same`: nothing had to be; `says`: why the till refuses it, in its own words. */
type StepResult = 'done' | 'same' | Extract<WriteOutcome, { type: 'stale' | 'gone' }> | Refusal;
type Refusal = { readonly type: 'refused'; readonly says: string };

const steps: readonly ((step: Step) => Promise<StepResult>)[] = [changeHead, pay, deliver, cancel];

export function makeOrderChanges(
  newer: Newer,
  read: (orderId: string, signal: AbortSignal) => Promise<ReadOrder | null>,
): OrderChanges {
  return async (request, first, call, signal) => {
    let order = first;
    let hasChanged = false;
    const refusals = new Set<string>();
    for (const step of steps) {
      const result = await step({ request, order, call, newer });
      if (result === 'same') continue;
      if (result !== 'done') {
        if (result.type !== 'refused') return result;
        refusals.add(result.says);
        continue;
      }
      hasChanged = true;
      const now = await read(order.held.externalId, signal);
      if (now === null) return { type: 'gone' };
      order = now;
    }
    if (refusals.size === 0) return { type: 'written', created: false, held: order.held };
    // Something of this write is in the till now: what it refuses is said by the next write.
    return hasChanged ? { type: 'stale' } : { type: 'refused', error: refused([...refusals].join(' ')) };
  };
}

async function changeHead({ request, order, call, newer }: Step): Promise<StepResult> {
  const { document } = request;
  const held = order.held.document;
  const fields = headDifference(document, held, request.changed);
  const hasLines = request.changed.includes('lineList') && 'lineList' in document && linesDiffer(document, held);
  if (fields.length === 0 && !hasLines) return 'same';
  const update: Document = {
    ...headWords(document, fields),
    orderId: order.held.externalId,
    changeCounter: order.raw['changeCounter'] ?? 0,
    versionNumber: order.raw['versionNumber'] ?? 0,
    ...(hasLines ? { lineList: lineWords(document, listIn(held, 'lineList')) } : {}),
  };
  const answer = await newer(
    'updateOrderV2',
    () => call('updateOrderV2', { order: update }),
    () => call('updateOrder', update, 'order'),
  );
  const said = textIn(answer, 'errorMessage') ?? '';
  switch (answer['result']) {
    case 'UPDATE-ORDER-RESULT-OK':
    case 'UPDATE-ORDER-RESULT-NO-CHANGES':
      return 'done';
    case 'UPDATE-ORDER-RESULT-ORDER-HAS-CHANGED':
      return { type: 'stale' };
    case 'UPDATE-ORDER-RESULT-NOT-FOUND':
      return { type: 'gone' };
    default:
      // Older releases have no value for "nothing changed".
      return /nothing changed|no changes|geen wijziging/i.test(said) ? 'same' : refusal(answer, said);
  }
}

async function pay({ request, order, call, newer }: Step): Promise<StepResult> {
  if (!request.changed.includes('payments')) return 'same';
  const orderId = order.held.externalId;
  const missing = missingPayments(request.document, order.held.document);
  // All words before the first call: a value that does not fit must not come to light half way.
  const payments = missing.map((payment, index) => paymentWords(payment, `payments.${index}`));
  let result: StepResult = 'same';
  for (const payment of payments) {
    const { externalReference = '', method = '', amount = '' } = payment;
    const idempotencyKey = derivedKey(request.opKey, String(externalReference), String(method), String(amount));
    const body = { orderId, prepay: true, paymentList: [payment] };
    const answer = await newer(
      'payOrderV2',
      () => call('payOrderV2', { idempotencyKey, ...body }),
      () => call('payOrder', body),
    );
    if (answer['result'] === 'PAY-ORDER-RESULT-ORDER-HAS-CHANGED') return { type: 'stale' };
    if (answer['result'] !== 'PAY-ORDER-RESULT-OK') {
      return result === 'done' ? { type: 'stale' } : refusal(answer, textIn(answer, 'errorMessage'));
    }
    result = 'done';
  }
  return result;
}

async function deliver({ request, order, call, newer }: Step): Promise<StepResult> {
  if (!request.changed.some((field) => field === 'deliveries' || field === 'deliveryState')) return 'same';
  const { lines, isRest } = missingDeliveries(request.document, order.held.document);
  if (lines.length === 0) return 'same';
  const orderId = order.held.externalId;
  const lineList = lines.map(({ lineId, quantity }) => ({ lineId, ...scaledQuantity(quantity, 'deliveries') }));
  const answer = await newer(
    'deliverOrderV2',
    () => call('deliverOrderV2', { orderDelivery: { orderId, lineList } }),
    async () =>
      isRest
        ? call('deliverOrder', { orderId })
        : { result: 'NOT-POSSIBLE', errorMessage: 'this release can only deliver an order as a whole' },
  );
  if (/-RESULT-(?:OK|ALREADY-DELIVERED)$/.test(String(answer['result']))) return 'done';
  return refusal(answer, textIn(answer, 'errorMessage'));
}

async function cancel({ request, order, call }: Step): Promise<StepResult> {
  const { document, changed } = request;
  if (!changed.includes('cancelState') || document['cancelState'] !== cancelled) return 'same';
  if (order.held.document['cancelState'] === cancelled) return 'same';
  const answer = await call('cancelOrder', { orderId: order.held.externalId }, null);
  switch (answer['result']) {
    case 'CANCEL-ORDER-RESULT-OK':
    case 'CANCEL-ORDER-RESULT-ALREADY-CANCELLED':
    case 'CANCEL-ORDER-RESULT-PENDING':
      return 'done';
    case 'CANCEL-ORDER-RESULT-NOT-FOUND':
      return { type: 'gone' };
    default:
      return refusal(answer, textIn(answer, 'message'));
  }
}

const cancelled = 'ORDER-CANCEL-STATE-COMPLETE';

const refusal = (answer: Document, said: string | undefined): Refusal => ({
  type: 'refused',
  says: said || String(answer['result']),
});
