/**
 * Orders as target. An order that the hub makes carries the hub's id in `extOrderId`, which is unique for ever, also after a
 * cancellation. Creating takes the hub's key for the operation where the release knows one. Every change reads the order
 * first and does only what is missing, so that saying it again after a doubt is harmless.
 */
import type { Document } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import type { WriteOutcome, WriteRequest } from '../system.js';
import type { Api } from './api.js';
import { makeOrderChanges } from './order-changes.js';
import { orderIn, type ReadOrder } from './order-reading.js';
import { asStated, headFields, headWords, isBlank, lineWords } from './order-words.js';
import { textIn } from './records.js';
import { objectIn } from './sale-shapes.js';
import { systemName } from './settings.js';
import { localText } from './soap/shop-time.js';
import { makeNewer, refused, type ChangingCall, type EntityTarget } from './target-entity.js';

export function makeOrderTarget(api: Api): EntityTarget {
  const newer = makeNewer();
  const read = async (orderId: string, signal: AbortSignal): Promise<ReadOrder | null> =>
    orderIn(await api.ask('getOrder', { orderId }, signal));
  const changes = makeOrderChanges(newer, read);

  const create = async (request: WriteRequest, call: ChangingCall): Promise<Document | WriteOutcome> => {
    const order = newOrder(request.document);
    const answer = await newer(
      'createOrderV3',
      () => call('createOrderV3', { idempotencyKey: request.opKey, order, ...asStated }),
      () => call('createOrder', order, 'order'),
    );
    switch (answer['result']) {
      case 'CREATE-ORDER-RESULT-OK':
        return answer;
      case 'CREATE-ORDER-RESULT-EXT-ORDER-ID-ALREADY-EXISTS':
        return { type: 'stale' };
      default:
        return { type: 'refused', error: refused(textIn(answer, 'errorMessage') || String(answer['result'])) };
    }
  };

  return {
    async write(request, call, signal) {
      if (request.externalId !== null) {
        const order = await read(request.externalId, signal);
        return order === null ? { type: 'gone' } : changes(request, order, call, signal);
      }
      const problem = documentProblem(request.document);
      if (problem !== undefined) return { type: 'refused', error: problem };
      const answer = await create(request, call);
      if (isOutcome(answer)) return answer;
      // A repeated answer shows the order as it was at first.
      const isRepeated = answer['idempotencyResult'] === 'IDEMPOTENCY-RESULT-REPLAY-RESPONSE';
      const orderId = String(objectIn(answer, 'info')['orderId']);
      const order = (isRepeated ? null : orderIn(answer)) ?? (await read(orderId, signal));
      if (order === null) return { type: 'gone' };
      const outcome = await changes({ ...request, changed: lateFields(request.changed) }, order, call, signal);
      if (outcome.type === 'written') return { ...outcome, created: true };
      // The order is there; what was refused is said again, and becomes visible, when the next write finds it.
      return outcome.type === 'refused' || outcome.type === 'gone' ? { type: 'stale' } : outcome;
    },

    async find({ externalId, document }, signal) {
      if (externalId !== null) return (await read(externalId, signal))?.held ?? null;
      const extOrderId = textIn(document, 'extOrderId') ?? '';
      if (extOrderId === '') return null;
      const order = orderIn(await api.ask('findOrder', { extOrderId }, signal));
      return order?.held.document['extOrderId'] === extOrderId ? order.held : null;
    },
  };
}

const isOutcome = (answer: Document | WriteOutcome): answer is WriteOutcome => 'type' in answer;

/** What the creating call has said already. */
const lateFields = (changed: readonly string[]): readonly string[] =>
  changed.filter((field) => !(field in headFields) && field !== 'lineList');

function documentProblem(document: Document): KoppelError | undefined {
  if (document['documentType'] !== 'INVOICE') return undefined;
  return new KoppelError('CAPABILITY_MISSING', { system: systemName, what: 'writing an order as an invoice' });
}

/** Everything that is said when an order is made. The day of the books is the day of the order unless it names one. */
function newOrder(document: Document): Document {
  const said = Object.keys(document).filter(
    (field) => headFields[field] !== 'address' || !isBlank(objectIn(document, field)),
  );
  const head = headWords(document, said);
  const entered = textIn(document, 'entryTimestamp');
  const day = head['financialDate'] ?? (entered === undefined ? undefined : localText(entered)?.slice(0, 10));
  return {
    ...head,
    orderId: '',
    ...(day === undefined || day === null ? {} : { financialDate: day }),
    lineList: lineWords(document),
  };
}
