/**
 * What a problem of an order excuses: only what the system that refused it names in its own words, and only while what it
 * says of the order is true there. In: a problem as the hub shows it, and the order in the system that refused. Out: where
 * the two orders may differ. Words that are not known here excuse nothing.
 */
import type { SeenOrder, SideName } from './order-sides.js';

/** Where two orders can differ. What is paid of an order with other lines differs with them. */
export type Axis = 'lines' | 'cancelled' | 'delivered' | 'completed' | 'payments' | 'moment';

/** Said by the hub itself: a line of which that system has sent something is taken out of no order. */
const sentWithoutLine = / has sent .* of the order, and in the system that it came from the order has no line for it\./;

interface Sentence {
  readonly says: RegExp;
  readonly isTrue: (order: SeenOrder) => boolean;
  readonly excuses: readonly Axis[];
}

const isDelivered = ({ delivered }: SeenOrder): boolean => delivered !== 'none';

/** From the contract of the till: what it says of which call. */
const tillSentences: readonly Sentence[] = [
  { says: /\bLines cannot be changed after a delivery\b/, isTrue: isDelivered, excuses: ['lines'] },
  { says: sentWithoutLine, isTrue: isDelivered, excuses: ['lines', 'delivered'] },
  { says: /\bThe order is completed\b/, isTrue: ({ isCompleted }) => isCompleted, excuses: ['lines'] },
  { says: /\bThe order is invoiced already\b/, isTrue: ({ isCompleted }) => isCompleted, excuses: ['payments'] },
  { says: /\bSomething of the order is delivered\b/, isTrue: isDelivered, excuses: ['cancelled'] },
  // The shop has sent of a line that the till has made smaller, or another one, meanwhile.
  { says: /\bhas not that much to deliver\b/, isTrue: ({ delivered }) => delivered !== 'all', excuses: ['delivered'] },
  // It says this of every call, and takes nothing at all.
  {
    says: /\bThe order is cancelled\b/,
    isTrue: ({ isCancelled }) => isCancelled,
    excuses: ['lines', 'payments', 'delivered'],
  },
];

/** The shop names each field, with the state in which the order is. */
const shopFields: Readonly<Record<string, readonly Axis[]>> = {
  lines: ['lines'],
  shippingCost: ['lines'],
  payments: ['payments'],
  paymentStatus: ['payments'],
  status: ['cancelled', 'delivered', 'completed'],
};
const shopStatuses: Readonly<Record<string, Axis>> = {
  cancelled: 'cancelled',
  partially_shipped: 'delivered',
  shipped: 'delivered',
  completed: 'completed',
};

function shopExcuses(message: string, order: SeenOrder): readonly Axis[] {
  if (sentWithoutLine.test(message)) return isDelivered(order) ? ['lines', 'delivered', 'completed'] : [];
  return message.split(/; |: (?=\w+: )/).flatMap((part) => {
    const [, field = '', words = ''] = /^(\w+)[\w./]*: (.*)$/.exec(part) ?? [];
    // Lines that were made smaller than what has been sent of them.
    if (/\blines\.\d+\.shippedQuantity: is more than was ordered/.test(part)) {
      return isDelivered(order) ? ['lines', 'delivered'] : [];
    }
    const [, locked, from, to] = /in an order that is (\w+)|cannot go from (\w+) to (\w+)/.exec(words) ?? [];
    const state = locked ?? from;
    const isTrue = state !== undefined && (state === 'cancelled' ? order.isCancelled : order.isLocked);
    if (!isTrue) return [];
    return to === undefined ? (shopFields[field] ?? []) : [shopStatuses[to]].filter((axis) => axis !== undefined);
  });
}

export function excuses(system: SideName, message: string, order: SeenOrder): ReadonlySet<Axis> {
  if (system === 'softmaat') return new Set(shopExcuses(message, order));
  const said = tillSentences.filter(({ says, isTrue }) => says.test(message) && isTrue(order));
  return new Set(said.flatMap(({ excuses: axes }) => axes));
}
