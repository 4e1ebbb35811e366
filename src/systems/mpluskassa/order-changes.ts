/**
 * Bringing an order of the till to what the hub wants, in a fixed order: head, lines, payments, deliveries, cancellation.
 * In: the request and the order as it was just read. Out: one outcome. Each step compares with the newest reading first.
 *
 * Guarantee: what the till refuses keeps nothing else from it: the other steps are made, and the refusals are told with
 * what the till holds by then. A payment that the till has, by its key, is never booked again, and that it says something else by now is told; no more is delivered than is
 * missing; a cancelled order is never taken up again (the newer cancelling call would do that, so it is not used); a line of
 * which something was delivered is never taken out.
 */
import { asKoppelError, KoppelError } from '../../base/errors.js';
import { derivedKey } from '../../base/ids.js';
import type { Document } from '../../base/document.js';
import type { WriteOutcome, WriteRequest } from '../system.js';
import {
  changedPayments,
  deliveredOfRemoved,
  headDifference,
  linesDiffer,
  missingDeliveries,
  missingPayments,
} from './order-difference.js';
import type { ReadOrder } from './order-reading.js';
import { asStated, headWords, lineWords, paymentWords, scaledQuantity } from './order-words.js';
import { textIn } from './records.js';
import { listIn } from './sale-shapes.js';
import { systemName } from './settings.js';
import { refusalIn, refused, type ChangingCall, type Newer } from './target-entity.js';

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
/** `done`: something was changed; `same`: nothing had to be. */
type ActResult = 'done' | 'same' | { readonly type: 'refused'; readonly error: KoppelError } | Extract<WriteOutcome, { type: 'stale' | 'gone' }>; // prettier-ignore
/** What one call changes, or nothing. */
type Act = () => Promise<ActResult>;

/** What a step has to do, read off the order as it is by then. */
const steps: readonly ((step: Step) => readonly Act[])[] = [
  (step) => [() => changeHead(step)],
  (step) => [() => changeLines(step)],
  pay,
  (step) => [() => deliver(step)],
  (step) => [() => cancel(step)],
];

export function makeOrderChanges(
  newer: Newer,
  read: (orderId: string, signal: AbortSignal) => Promise<ReadOrder | null>,
): OrderChanges {
  return async (request, first, call, signal) => {
    let order = first;
    let hasChanged = false;
    const refusals: KoppelError[] = [];
    for (const step of steps) {
      let isDone = false;
      for (const act of step({ request, order, call, newer })) {
        const result = await attempt(act);
        if (result === 'same') continue;
        if (result === 'done') isDone = true;
        else if (result.type === 'refused') refusals.push(result.error);
        else return result;
      }
      if (!isDone) continue;
      hasChanged = true;
      const now = await read(order.held.externalId, signal);
      if (now === null) return { type: 'gone' };
      order = now;
    }
    const { held } = order;
    const error = together(refusals);
    if (error === undefined) return { type: 'written', created: false, held };
    return hasChanged ? { type: 'refused', error, held } : { type: 'refused', error };
  };
}

/** Said by the hub itself: what the till would have to undo, which it is not asked. */
const said = { SENT_WITHOUT_LINE: 'lineList', PAYMENT_BOOKED_OTHERWISE: 'payments' } as const;
type Said = keyof typeof said;

/** All refusals as one: what each says, once. The hub's own words lead, the till's follow. */
function together(refusals: readonly KoppelError[]): KoppelError | undefined {
  if (refusals.length < 2) return refusals[0];
  const first = refusals.find(({ code }) => code in said);
  const others = [...new Set(refusals.filter((each) => each !== first).map(wordsOf))].join('. ');
  return first === undefined ? refused(others) : notUndone(first.code as Said, String(first.values['what']), others);
}

const wordsOf = ({ code, message, values }: KoppelError): string =>
  code in said ? message.replace(/\.$/, '') : String(values['what']);

const notUndone = (code: Said, what: string, original?: string): KoppelError =>
  new KoppelError(
    code,
    { system: systemName, what },
    { path: said[code], ...(original === undefined ? {} : { original }) },
  );

const sentWithoutLine = (what: string): KoppelError => notUndone('SENT_WITHOUT_LINE', what);
const bookedOtherwise = (what: string): KoppelError => notUndone('PAYMENT_BOOKED_OTHERWISE', what);

/** A value that cannot be said, or a fault that says the request is wrong, is a refusal like any other. */
async function attempt(act: Act): Promise<ActResult> {
  try {
    return await act();
  } catch (thrown) {
    const error = refusalIn(asKoppelError(thrown));
    if (error === undefined) throw thrown;
    return { type: 'refused', error };
  }
}

/** Fields of the head by which the till adds the lines up: they change with them. */
const ofLines: ReadonlySet<string> = new Set(['vatMethod', 'vatCountryIso3']);

async function changeHead(step: Step): Promise<ActResult> {
  const { request, order } = step;
  const fields = headDifference(request.document, order.held.document, request.changed);
  const own = fields.filter((field) => !ofLines.has(field));
  return own.length === 0 ? 'same' : update(step, headWords(request.document, own));
}

async function changeLines(step: Step): Promise<ActResult> {
  const { document, changed } = step.request;
  const held = step.order.held.document;
  const fields = headDifference(document, held, changed).filter((field) => ofLines.has(field));
  const hasLines = changed.includes('lineList') && 'lineList' in document && linesDiffer(document, held);
  if (fields.length === 0 && !hasLines) return 'same';
  const removed = hasLines ? deliveredOfRemoved(document, held) : [];
  if (removed.length > 0) return { type: 'refused', error: sentWithoutLine(removed.join(', ')) };
  return update(step, {
    ...headWords(document, fields),
    ...(hasLines ? { lineList: lineWords(document, listIn(held, 'lineList')) } : {}),
  });
}

async function update({ order, call, newer }: Step, words: Document): Promise<ActResult> {
  const sent: Document = {
    ...words,
    orderId: order.held.externalId,
    changeCounter: order.raw['changeCounter'] ?? 0,
    versionNumber: order.raw['versionNumber'] ?? 0,
  };
  const answer = await newer(
    'updateOrderV2',
    () => call('updateOrderV2', { order: sent, ...asStated }),
    () => call('updateOrder', sent, 'order'),
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

function pay({ request, order, call, newer }: Step): readonly Act[] {
  if (!request.changed.includes('payments')) return [];
  const orderId = order.held.externalId;
  const isBooked: Act = async () => {
    const changed = changedPayments(request.document, order.held.document, request.asked ?? {});
    return changed.length === 0 ? 'same' : { type: 'refused', error: bookedOtherwise(changed.join(', ')) };
  };
  const missing = missingPayments(request.document, order.held.document).map((each, index): Act => async () => {
    const payment = paymentWords(each, `payments.${index}`);
    const { externalReference = '', method = '', amount = '' } = payment;
    const idempotencyKey = derivedKey(request.opKey, String(externalReference), String(method), String(amount));
    const body = { orderId, prepay: true, paymentList: [payment] };
    const answer = await newer(
      'payOrderV2',
      () => call('payOrderV2', { idempotencyKey, ...body }),
      () => call('payOrder', body),
    );
    if (answer['result'] === 'PAY-ORDER-RESULT-OK') return 'done';
    if (answer['result'] === 'PAY-ORDER-RESULT-ORDER-HAS-CHANGED') return { type: 'stale' };
    return refusal(answer, textIn(answer, 'errorMessage'));
  });
  return [isBooked, ...missing];
}

async function deliver({ request, order, call, newer }: Step): Promise<ActResult> {
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

async function cancel({ request, order, call }: Step): Promise<ActResult> {
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

const refusal = (answer: Document, said: string | undefined): Exclude<ActResult, string> => ({
  type: 'refused',
  error: refused(said || String(answer['result'])),
});
