/**
 * Writes to Softmaat. In: documents of one entity. Out: an outcome for each; never an exception. One call of `write` ends
 * within its budget (a wait for the rate limit and one time-out): whatever was not sent by then comes back as failed, so nobody has to fear it later.
 */
import type { Clock } from '../../base/clock.js';
import { asKoppelError } from '../../base/errors.js';
import type { ProjectedEntity } from '../../canonical/entities.js';
import type { EntityTarget } from './entity-target.js';
import type { Target, TargetRecord } from '../system.js';
import type { Api } from './api.js';
import { kindOf, makeContactTarget, makeDebtorTarget } from './debtor-target.js';
import { makeOrderTarget } from './order-target.js';
import { longestWaitMs } from './pace.js';
import { makeRecordTarget } from './record-target.js';
import type { RecordEntity } from './write-outcome.js';
import { makeStockTarget } from './stock-target.js';

/** How long after it arrived the system may still carry out a request (assumption 9 of docs/softmaat-openapi.yaml). */
const afterlifeMs = 8_000;

/**
 * SKU, code and the reference of an order are unique there, and stock is set, not added: a lost answer cannot become a
 * duplicate. Debtors and contacts are not unique: they are looked for first.
 */
export const targets: readonly TargetRecord[] = [
  { entity: 'category', record: 'category', batch: 6, uniqueKey: true },
  { entity: 'product', record: 'product', batch: 6, uniqueKey: true },
  { entity: 'variant', record: 'variant', batch: 6, uniqueKey: true },
  { entity: 'stock', record: 'stock', batch: 50, uniqueKey: true },
  {
    entity: 'customer',
    record: 'debtor',
    batch: 6,
    uniqueKey: false,
    mark: 'externalReference',
    matchBy: ['email'],
    kindOf,
    isMadeWith: () => true,
  },
  {
    entity: 'contact',
    record: 'contact',
    batch: 6,
    uniqueKey: false,
    knownBy: [['email'], ['firstName', 'lastName']],
    shownIn: { record: 'debtor', list: 'contacts', named: 'debtorId' },
  },
  {
    entity: 'order',
    record: 'order',
    batch: 6,
    uniqueKey: true,
    mark: 'externalReference',
    documentTypes: ['ORDER'],
    isMadeWith: (field) => field !== 'deliveries',
  },
];

export function makeTarget(api: Api, timeoutMs: number, clock: Clock): Target {
  const budgetMs = longestWaitMs + timeoutMs;
  const records = makeRecordTarget(api);
  const others: Partial<Record<ProjectedEntity, EntityTarget>> = {
    stock: makeStockTarget(api),
    customer: makeDebtorTarget(api),
    contact: makeContactTarget(api),
    order: makeOrderTarget(api),
  };
  return {
    requestLifeMs: budgetMs + afterlifeMs,
    async write(entity, requests, signal) {
      const deadline = clock.monotonic() + budgetMs;
      try {
        const other = others[entity];
        if (other !== undefined) return await other.write(requests, deadline, signal);
        return await records.write(entity as RecordEntity, requests, deadline, signal);
      } catch (thrown) {
        // Nobody knows how far it came.
        const error = asKoppelError(thrown);
        return requests.map(() => ({ type: 'unknown', error }));
      }
    },
    find: (entity, sought, signal) =>
      others[entity]?.find(sought, signal) ?? records.find(entity as RecordEntity, sought, signal),
  };
}
