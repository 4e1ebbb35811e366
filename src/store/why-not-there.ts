/**
 * Why a record that a system lacks does not come there by itself, and who has to act. In: the flows, and where the record is. Out: a
 * sentence that says what ends it too. Pure. Read for a record that no flow has looked at, and for what another record waits for.
 */
import type { carriersOf } from '../canonical/entities.js';
import type { ValueOf } from '../schema/enumeration.js';
import type { Responsible, SyncReasonCode } from '../schema/sync-status.js';
import type { FlowRow } from './flow-reads.js';
import type { AwaitedRow } from './sync-reads.js';

/** Those of the engine: other ones do not compile. */
const carriers: typeof carriersOf = {
  product: ['product'],
  variant: ['product'],
  category: ['category'],
  stock: ['stock'],
  customer: ['customer', 'order'],
  contact: ['customer', 'order'],
  order: ['order'],
};

export type LookedAtFlow = Pick<FlowRow, 'key' | 'name' | 'entity' | 'source' | 'target' | 'state' | 'pausedUntil'>;

/** A record, and the systems that have it. */
export interface Whereabouts {
  readonly entity: string;
  readonly systems: readonly string[];
}

export interface Named {
  readonly key: string;
  readonly name: string;
}

export interface WhyNot {
  readonly code: ValueOf<typeof SyncReasonCode>;
  readonly message: string;
  readonly responsible: ValueOf<typeof Responsible>;
  readonly flowKey: string | null;
}

interface Way {
  /** One that runs before one that does not. */
  readonly flow: LookedAtFlow;
  readonly isRunning: boolean;
  /** Only beside what the flow is about: a customer goes with an order. */
  readonly isBeside: boolean;
}

/** How the record would come to the system; undefined when no flow goes there from where it is. */
function wayTo(system: string, { entity, systems }: Whereabouts, flows: readonly LookedAtFlow[]): Way | undefined {
  const kinds = (carriers as Readonly<Record<string, readonly string[]>>)[entity] ?? [];
  const ways = flows
    .filter((flow) => flow.target === system && kinds.includes(flow.entity) && systems.includes(flow.source))
    .map((flow) => ({ flow, isRunning: flow.state === 'ENABLED', isBeside: flow.entity !== kinds[0] }));
  const ranked = (way: Way): number => (way.isRunning ? 0 : 2) + (way.isBeside ? 1 : 0);
  return ways.sort((a, b) => ranked(a) - ranked(b))[0];
}

/** Of a record that no flow has looked at for the system, which does not have it. */
export function whyNotThere(system: Named, record: Whereabouts, flows: readonly LookedAtFlow[]): WhyNot {
  const way = wayTo(system.key, record, flows);
  if (way === undefined) {
    const message = `No flow brings it to ${system.name}: somebody sets up such a flow, or makes it there.`;
    return { code: 'NO_FLOW', message, responsible: 'INTEGRATOR', flowKey: null };
  }
  const { flow, isRunning, isBeside } = way;
  if (!isRunning) {
    const message = `The flow ${flow.name} would bring it to ${system.name}, but is not running: somebody starts it.`;
    return { code: 'FLOW_PAUSED', message, responsible: 'INTEGRATOR', flowKey: flow.key };
  }
  return isBeside
    ? { code: 'NO_FLOW', message: `It goes to ${system.name} with its first order.`, responsible: 'NOBODY', flowKey: flow.key } // prettier-ignore
    : { code: 'QUEUED', message: `The flow ${flow.name} has not brought it to ${system.name} yet.`, responsible: 'HUB', flowKey: flow.key }; // prettier-ignore
}

/** Of a record that waits: what keeps one of those that it waits for out of the system; undefined when they come by themselves. */
export function whyWaiting(
  system: Named,
  awaited: readonly AwaitedRow[],
  flows: readonly LookedAtFlow[],
): Pick<WhyNot, 'message' | 'responsible'> | undefined {
  const found = awaited.map((each): Pick<WhyNot, 'message' | 'responsible'> | undefined => {
    if (each.state === 'parked' || each.state === 'excluded') {
      const message = `That is not in ${system.name} for a reason of its own: it goes on when that is solved.`;
      return { message, responsible: each.state === 'parked' ? 'SHOP' : 'INTEGRATOR' };
    }
    const flow = flows.find(({ key }) => key === each.flow) ?? wayTo(system.key, each, flows)?.flow;
    if (flow?.state === 'ENABLED') return undefined;
    const message =
      flow === undefined
        ? `No flow brings that to ${system.name}: it goes on when somebody makes it there, or sets up such a flow.`
        : `The flow ${flow.name}, which brings that to ${system.name}, is not running: it goes on when somebody starts it.`;
    return { message, responsible: 'INTEGRATOR' };
  });
  return found.find((each) => each !== undefined);
}
