/** The faults of the chaos run over orders: what goes wrong with writes and reads of both systems, by their own operations. */
import type { FaultName } from '../../sandbox/engine/faults.js';
import type { Random } from '../../sandbox/engine/random.js';
import type { SandboxHandle } from '../support/processes.js';

/**
 * Writes of sales and of stock. A contact of a company has neither mark nor key, and a second one is found by nobody; so it is never
 * carried out twice by the system itself here, and every other fault may happen to it.
 */
const writes = {
  till: ['createRelation', 'updateRelation', 'createOrderV3', 'updateOrder', 'updateOrderV2', 'payOrder', 'payOrderV2', 'deliverOrder', 'deliverOrderV2', 'cancelOrder'],
  shop: ['createDebtor', 'changeDebtor', 'createContact', 'changeContact', 'createOrder', 'changeOrder', 'setStock'],
} as const; // prettier-ignore
const notTwice: readonly string[] = ['createContact'];

const writeFaults = ['applyThenReset', 'applyLate', 'applyThenTimeout', 'applyTwice'] as const satisfies FaultName[];
const failures = ['500before', '500after'] as const satisfies FaultName[];
const anyFault: readonly FaultName[] = [...writeFaults, ...failures, '429'];
const eachOfFour = 1 - (1 - 0.3) ** (1 / 4);
const eachOfTwo = 1 - (1 - 0.05) ** (1 / 2);

export interface FaultOptions {
  /** How late a write may be applied; longer than the hub waits for it, shorter than the system promises. */
  readonly lateMs: number;
  readonly seed: number;
}

/** Three of ten writes, one of twenty requests; lasts until faults are cleared. */
export async function turnOn(name: keyof typeof writes, system: SandboxHandle, options: FaultOptions): Promise<void> {
  let { seed } = options;
  for (const match of writes[name]) {
    for (const fault of writeFaults) {
      if (fault === 'applyTwice' && notTwice.includes(match)) continue;
      await system.faults({ match, fault, probability: eachOfFour, seed: seed++, ms: options.lateMs });
    }
  }
  for (const fault of failures) {
    await system.faults({ match: '*', fault, probability: eachOfTwo, seed: seed++ });
  }
}

/** A few dozen requests are told to come back later. */
export const burst = (system: SandboxHandle, random: Random): Promise<void> =>
  system.faults({ match: '*', fault: '429', times: random.integer(5, 30), retryAfter: 1 });

/** Kinds of faults that the run was to have and never had, with those of writes of stock, which the shop gets. */
export async function neverFired(systems: Readonly<Record<keyof typeof writes, SandboxHandle>>): Promise<string[]> {
  const missing: string[] = [];
  for (const [name, system] of Object.entries(systems)) {
    const fired = (await system.faultState()).faults.filter((rule) => rule.fired > 0);
    for (const fault of anyFault) {
      if (!fired.some((rule) => rule.fault === fault)) missing.push(`${fault} never happened in the ${name}`);
    }
  }
  const ofStock = (await systems.shop.faultState()).faults.filter(({ match }) => match === 'setStock');
  if (!ofStock.some(({ fired }) => fired > 0)) missing.push('no write of stock went wrong in the shop');
  return missing;
}
