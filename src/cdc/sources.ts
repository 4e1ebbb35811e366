/** Which systems are read for what, as the flows say. Pure. */
import { canonicalEntities, type CanonicalEntity, type FlowEntity } from '../canonical/entities.js';
import { makeOwnership, type Ownership } from '../canonical/ownership.js';
import type { Configuration, Flow } from '../sync/configuration.js';
import type { Stream } from '../systems/system.js';

/** The kinds of flow that bring each canonical entity in, the one whose flow is named first. */
const broughtInBy = {
  product: ['product'],
  variant: ['product'],
  category: ['category'],
  stock_location: ['stock', 'order'],
  stock_level: ['stock'],
  customer: ['customer', 'order'],
  order: ['order'],
} as const satisfies Record<CanonicalEntity, readonly FlowEntity[]>;

const bringsIn = (flow: FlowEntity, entity: CanonicalEntity): boolean =>
  (broughtInBy[entity] as readonly FlowEntity[]).includes(flow);

/** The flow that brings an entity in from a system: that system is a source of it, even while the flow is paused. */
export function flowFrom(configuration: Configuration, system: string, entity: CanonicalEntity): Flow | undefined {
  for (const kind of broughtInBy[entity]) {
    const found = configuration.flows.find((flow) => flow.source === system && flow.entity === kind);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function ownershipOf(configuration: Configuration): Ownership {
  const sources = new Map<CanonicalEntity, Set<string>>(
    canonicalEntities.map((entity) => [
      entity,
      new Set(configuration.flows.filter((flow) => bringsIn(flow.entity, entity)).map((flow) => flow.source)),
    ]),
  );
  return makeOwnership((entity, system) => sources.get(entity)?.has(system) ?? false);
}

/** True when more than one system can make records of the entity, so that the same one may come from both. */
export function hasSeveralSources(configuration: Configuration, entity: CanonicalEntity): boolean {
  const flows = configuration.flows.filter((flow) => bringsIn(flow.entity, entity));
  return new Set(flows.map((flow) => flow.source)).size > 1;
}

export interface CapturedStream {
  readonly system: string;
  readonly stream: Stream;
  readonly pollEveryMs: number;
  readonly batchSize: number;
}

/**
 * Streams to read: those that an enabled flow takes its records from, and of its target those in which our own writes and
 * other people's edits show. Stock of a target is not read: the hub compares before it sets.
 */
export function capturedStreams(configuration: Configuration): readonly CapturedStream[] {
  const wanted = new Map<string, CapturedStream>();
  for (const flow of configuration.flows) {
    if (!flow.isEnabled) continue;
    for (const key of flow.entity === 'stock' ? [flow.source] : [flow.source, flow.target]) {
      const connected = configuration.systems.get(key);
      if (connected === undefined || connected.isPaused) continue;
      for (const stream of connected.connector.streams) {
        if (!bringsIn(flow.entity, stream.entity)) continue;
        const id = `${key} ${stream.name}`;
        const known = wanted.get(id);
        wanted.set(id, {
          system: key,
          stream,
          pollEveryMs: Math.min(flow.pollEveryMs, known?.pollEveryMs ?? Infinity),
          batchSize: Math.max(flow.settings.batchSize, known?.batchSize ?? 0),
        });
      }
    }
  }
  return [...wanted.values()];
}
