/** Which flows a mapping belongs to. In: flows, a mapping, the systems that use it. Out: the flows whose records go through it. Pure. */
import { carriersOf, type FlowEntity } from '../canonical/entities.js';
import type { MappingDefinition } from '../mapping/mapping.js';

/** What of a flow is looked at. */
interface Carrying {
  readonly entity: string;
  readonly source: string;
  readonly target: string;
}

/** Entities that are taken in, but not written as such. */
const carriersOfRead: Readonly<Record<string, readonly FlowEntity[]>> = {
  ...carriersOf,
  stock_level: ['stock'],
  stock_location: ['stock'],
};

/** Flows that read through an inbound mapping from one of the systems, or write through an outbound one to one of them. */
export function flowsThrough<F extends Carrying>(
  flows: readonly F[],
  { direction, entity }: Pick<MappingDefinition, 'direction' | 'entity'>,
  systems: readonly string[],
): readonly F[] {
  const carriers = carriersOfRead[entity] ?? [];
  return flows.filter(
    (flow) =>
      systems.includes(direction === 'inbound' ? flow.source : flow.target) &&
      carriers.includes(flow.entity as FlowEntity),
  );
}
