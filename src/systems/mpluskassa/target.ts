/**
 * Writing to MplusKASSA: article groups, products, stock, relations, orders. In: documents of the catalogue. Out: one outcome per request, in order.
 * Requests of one call run one after the other: the service has a small pool of workers.
 *
 * Guarantee: what may have been applied comes back as `unknown`; what `failed` or was `refused` was certainly not applied.
 */
import type { Clock } from '../../base/clock.js';
import { asKoppelError, KoppelError } from '../../base/errors.js';
import { HttpFailure } from '../../base/http-client.js';
import type { Document } from '../../base/document.js';
import type { ProjectedEntity } from '../../canonical/entities.js';
import type { Target, TargetRecord, WriteOutcome, WriteRequest } from '../system.js';
import { unexpected, type Api } from './api.js';
import { makeGroupTarget } from './group-target.js';
import { makeOrderTarget } from './order-target.js';
import { headFields } from './order-words.js';
import { makeProductTarget } from './product-target.js';
import { standInsOf } from './product-words.js';
import { makeRelationTarget } from './relation-target.js';
import { systemName, type Settings } from './settings.js';
import { textIn } from './records.js';
import { makeStockTarget } from './stock-target.js';
import { refusalIn, type ChangingCall, type EntityTarget } from './target-entity.js';

/** A relation with a company name is a company. */
const kindOf = (relation: Document): string => (textIn(relation, 'companyName')?.trim() ? 'company' : 'person');

export const targets: readonly TargetRecord[] = [
  { entity: 'category', record: 'articleGroup', batch: 1, uniqueKey: false },
  // Article numbers are given by the hub, and one that is taken is refused.
  { entity: 'product', record: 'product', batch: 1, uniqueKey: true, numbersParts: true, numbersOf: standInsOf },
  // There is one row per article and branch, and it is set to a value: saying it twice changes nothing.
  { entity: 'stock', record: 'stockSetting', batch: 1, uniqueKey: true },
  {
    entity: 'customer',
    record: 'relation',
    batch: 1,
    uniqueKey: false,
    mark: 'extRelationId',
    matchBy: ['email'],
    kindOf,
    isMadeWith: () => true,
  },
  {
    entity: 'order',
    record: 'order',
    batch: 1,
    uniqueKey: true,
    mark: 'extOrderId',
    documentTypes: ['ORDER'],
    isMadeWith: (field) => field in headFields || field === 'lineList',
  },
];

/** How long the service may go on with a request after we gave up waiting. */
const afterTimeoutMs = 60_000;

export function makeTarget(api: Api, settings: Settings, clock: Clock): Target {
  const byEntity: Partial<Record<ProjectedEntity, EntityTarget>> = {
    category: makeGroupTarget(api),
    product: makeProductTarget(api),
    stock: makeStockTarget(api, settings, clock),
    customer: makeRelationTarget(api),
    order: makeOrderTarget(api),
  };
  const missing = (what: string): KoppelError => new KoppelError('CAPABILITY_MISSING', { system: systemName, what });

  return {
    // A write is several calls; the last changing one starts within one time-out of the first call.
    requestLifeMs: 2 * settings.timeoutMs + afterTimeoutMs,
    async write(entity, requests, signal) {
      const target = byEntity[entity];
      const outcomes: WriteOutcome[] = [];
      for (const request of requests) {
        if (target === undefined) outcomes.push({ type: 'failed', error: missing(`writing ${entity}`) });
        else outcomes.push(await writeOne(target, request, within(clock, settings.timeoutMs), api, signal));
      }
      return outcomes;
    },
    async find(entity, sought, signal) {
      const target = byEntity[entity];
      if (target === undefined) throw missing(`finding ${entity}`);
      return target.find(sought, signal);
    },
  };
}

/** Throws once the time in which changing calls may start is over: what would be sent then could outlive the request. */
function within(clock: Clock, ms: number): (operation: string) => void {
  const deadline = clock.monotonic() + ms;
  return (operation) => {
    if (clock.monotonic() <= deadline) return;
    const cause = new HttpFailure('timeout', false, 'there was no time left to send it');
    throw new KoppelError('SYSTEM_TIMEOUT', { system: systemName, operation, ms }, { cause });
  };
}

const notThere = unexpected('the reading of what was made', 'it is not there');

async function writeOne(
  target: EntityTarget,
  request: WriteRequest,
  mayStart: (operation: string) => void,
  api: Api,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  let wasApplied = false;
  /** A changing call failed in a way that leaves open whether it was applied. */
  let isInDoubt = false;
  let ofCall: unknown;
  const call: ChangingCall = async (operation, document, parameter = 'request') => {
    try {
      mayStart(operation);
      const answer = await api.ask(operation, parameter === null ? document : { [parameter]: document }, signal);
      wasApplied = true;
      return answer;
    } catch (thrown) {
      ofCall = thrown;
      if (outcomeOf(asKoppelError(thrown)).type === 'unknown') isInDoubt = true;
      throw thrown;
    }
  };
  try {
    const outcome = await target.write(request, call, signal);
    // The service took it a moment ago: it is asked again before anything is made once more.
    if (outcome.type === 'gone' && request.externalId === null && wasApplied)
      return { type: 'unknown', error: notThere };
    // No changing operation answers with the record.
    return 'held' in outcome && outcome.held !== undefined
      ? { ...outcome, held: { ...outcome.held, mayHoldEdits: true } }
      : outcome;
  } catch (thrown) {
    const error = asKoppelError(thrown);
    if (wasApplied || isInDoubt) return { type: 'unknown', error };
    // A value that cannot be said at all, found before anything was sent.
    if (error.code === 'RECORD_REFUSED') return { type: 'refused', error };
    // What failed without a changing call failed while reading.
    return thrown === ofCall ? outcomeOf(error) : { type: 'failed', error };
  }
}

/** What a failed changing call means by itself. */
function outcomeOf(error: KoppelError): WriteOutcome {
  if (error.class === 'auth' || error.code === 'RATE_LIMITED') return { type: 'failed', error };
  if (error.cause instanceof HttpFailure && !error.cause.mayHaveArrived) return { type: 'failed', error };
  const refusal = refusalIn(error);
  if (refusal !== undefined) return { type: 'refused', error: refusal };
  return { type: 'unknown', error };
}
