/** A projector with a scripted shop, in which customers are put, ordered for, merged and taken apart. */
import { systemClock } from '../../src/base/clock.js';
import type { Document } from '../../src/base/document.js';
import { canonicalTopic } from '../../src/log/change-log.js';
import * as store from '../../src/store/customer-merges.js';
import * as erasures from '../../src/store/erasures.js';
import * as journal from '../../src/store/journal.js';
import * as looks from '../../src/store/projection-looks.js';
import * as projections from '../../src/store/projection-moves.js';
import { lockMatching } from '../../src/store/references.js';
import { makeCustomerMerges, type CustomerMerges } from '../../src/sync/customer-merges.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

export interface MergingWorld extends World {
  readonly merges: CustomerMerges;
  readonly target: ScriptedTarget;
  customer(id: string, fields?: Document): Promise<void>;
  order(id: string, customerId: string, fields?: Document): Promise<void>;
}

export async function openMergingWorld(): Promise<MergingWorld> {
  const target = makeScriptedTarget();
  const world = await openWorld(target);
  const { database, log, configuration } = world;
  const looked = (): void => undefined;
  const ports = { store, projections, erasures, looks, lockMatching, journal };
  return {
    ...world,
    target,
    merges: makeCustomerMerges({ ...ports, database, log, canonicalTopic, configuration, clock: systemClock, looked }),
    customer: (id, fields = {}) =>
      world.put('customer', id, { kind: 'PERSON', full_name: `Name of ${id}`, email: `${id}@example.nl`, ...fields }),
    order: (id, customerId, fields = {}) =>
      world.put('order', id, {
        placed_at: '2025-03-01T10:00:00Z',
        currency: 'EUR',
        customer_id: customerId,
        ...fields,
      }),
  };
}
