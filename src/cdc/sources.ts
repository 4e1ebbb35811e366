/** Which systems are read for what, as the flows say. Pure. */
import { canonicalEntities, type CanonicalEntity } from '../canonical/entities.js';
import { bringsIn, broughtInBy, isAbout, ownEntities } from '../canonical/flow-entities.js';
import type { Draft } from '../canonical/identity.js';
import { keyOfMention } from '../canonical/mentions.js';
import { makeOwnership, type Ownership } from '../canonical/ownership.js';
import { readEveryMs } from '../canonical/read-every.js';
import type { Configuration, Flow } from '../sync/configuration.js';
import type { Stream } from '../systems/system.js';

/** The flows that have a say: a draft has none yet, an ended one none any more; a paused or stopped one keeps it. */
export const flowsInUse = ({ flows }: Configuration): readonly Flow[] => flows.filter(({ isInUse }) => isInUse);

const flowsOfSources = new WeakMap<Configuration, Map<string, readonly Flow[]>>();

/** The flows that bring an entity in from a system: that system is a source of it, even while they are paused. */
export function flowsFrom(configuration: Configuration, system: string, entity: CanonicalEntity): readonly Flow[] {
  const known = flowsOfSources.get(configuration) ?? new Map<string, readonly Flow[]>();
  flowsOfSources.set(configuration, known);
  const key = `${entity} ${system}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const flows = flowsInUse(configuration).filter((flow) => flow.source === system);
  const from = broughtInBy[entity].flatMap((kind) => flows.filter((flow) => flow.entity === kind));
  known.set(key, from);
  return from;
}

export const flowFrom = (configuration: Configuration, system: string, entity: CanonicalEntity): Flow | undefined =>
  flowsFrom(configuration, system, entity)[0];

/** Whether flows write records of the entity to a system as they are read there; stock is written as one document per SKU. */
export function isTarget(configuration: Configuration, system: string, entity: CanonicalEntity): boolean {
  if (entity === 'stock_level' || entity === 'stock_location') return false;
  return flowsInUse(configuration).some((flow) => flow.target === system && bringsIn(flow.entity, entity));
}

/** Whether what flows write to a system shows in a stream, whole or in parts. */
const showsWrites = (configuration: Configuration, system: string, { entity, partIn }: Stream): boolean =>
  isTarget(configuration, system, entity) ||
  (partIn !== undefined &&
    flowsInUse(configuration).some((flow) => flow.target === system && bringsIn(flow.entity, entity)));

/** A level of a place about which a flow tells the system, in answer to what another system counts. */
export function isTold(configuration: Configuration, system: string, { entity, fields }: Draft): boolean {
  const { location } = fields;
  if (entity !== 'stock_level' || typeof location !== 'string') return false;
  return !configuration.counts(system, keyOfMention(location) ?? location);
}

/** The system is source and target of the entity: what it shows is our own writes and other people's changes in one. */
export const isTwoWay = (configuration: Configuration, system: string, entity: CanonicalEntity): boolean =>
  flowFrom(configuration, system, entity) !== undefined && isTarget(configuration, system, entity);

/**
 * Whether marks in a system may be the hub's own: flows write such records there, have written them, or are about to. Flows that go
 * both ways are started one after the other, and the system may be read before the flow that writes to it counts.
 */
export const mayBearMarks = ({ flows }: Configuration, system: string, entity: CanonicalEntity): boolean =>
  flows.some((flow) => flow.target === system && bringsIn(flow.entity, entity));

/**
 * Systems that may mention products, variants and locations by their keys before they are known: sources of stock and orders,
 * and of products whose variants are records of their own.
 */
export const mentioningSystems = (configuration: Configuration): readonly string[] => {
  const showsParts = (system: string): boolean =>
    configuration.systems.get(system)?.connector.streams.some(({ others }) => others !== undefined) === true;
  const mentions = ({ entity, source }: Flow): boolean =>
    entity === 'stock' || entity === 'order' || (entity === 'product' && showsParts(source));
  const mentioning = flowsInUse(configuration).filter(mentions);
  return [...new Set(mentioning.map(({ source }) => source))];
};

const ownerships = new WeakMap<Configuration, Ownership>();

/** Who may say what, by this configuration. */
export function ownershipOf(configuration: Configuration): Ownership {
  const known = ownerships.get(configuration);
  if (known !== undefined) return known;
  const made = ownershipIn(configuration);
  ownerships.set(configuration, made);
  return made;
}

function ownershipIn(configuration: Configuration): Ownership {
  const inUse = flowsInUse(configuration);
  const sources = new Map<CanonicalEntity, Set<string>>(
    canonicalEntities.map((entity) => [
      entity,
      new Set(inUse.filter((flow) => bringsIn(flow.entity, entity)).map((flow) => flow.source)),
    ]),
  );
  const owners = ownersOf(inUse);
  return makeOwnership(
    (entity, system) => sources.get(entity)?.has(system) ?? false,
    (entity, field) => owners.get(`${entity}.${field}`),
    configuration.fieldOwners,
  );
}

/** `entity.field` → the sources of the flows that say it is theirs. */
function ownersOf(flows: readonly Flow[]): ReadonlyMap<string, ReadonlySet<string>> {
  const owners = new Map<string, Set<string>>();
  for (const { entity, source, settings } of flows) {
    for (const field of settings.ownedFields) {
      for (const name of field.includes('.') ? [field] : ownEntities[entity].map((of) => `${of}.${field}`)) {
        owners.set(name, (owners.get(name) ?? new Set()).add(source));
      }
    }
  }
  return owners;
}

/** True when more than one system can make records of the entity, so that the same one may come from both. */
export function hasSeveralSources(configuration: Configuration, entity: CanonicalEntity): boolean {
  const flows = flowsInUse(configuration).filter((flow) => bringsIn(flow.entity, entity));
  return new Set(flows.map((flow) => flow.source)).size > 1;
}

/** What the records of a stream are to the hub. */
export const entitiesOf = ({ entity, others }: Stream): readonly CanonicalEntity[] => [
  entity,
  ...Object.values(others ?? {}),
];

/** A stream that is read for a flow. */
export interface StreamOfFlow {
  readonly system: string;
  readonly stream: Stream;
  /** Records are taken from it; else it only shows our own writes and other people's edits. */
  readonly asSource: boolean;
}

/** The streams that a flow has read while it is at work, those of its source first. */
export const streamsOfFlow = (
  configuration: Configuration,
  { entity, source, target }: Pick<Flow, 'entity' | 'source' | 'target'>,
): readonly StreamOfFlow[] =>
  [...new Set([source, target])].flatMap((system) => {
    const asSource = system === source;
    const streams = configuration.systems.get(system)?.connector.streams ?? [];
    return streams
      .filter((stream) => bringsIn(entity, stream.entity) && (asSource || showsWrites(configuration, system, stream)))
      .map((stream) => ({ system, stream, asSource }));
  });

export interface CapturedStream {
  readonly system: string;
  readonly stream: Stream;
  readonly pollEveryMs: number;
  readonly batchSize: number;
  /** When it has never been read: it starts at its present end instead of its beginning. */
  readonly startsNow: boolean;
}

/**
 * Whether a stream that is read from its beginning begins at its present end, because all of these flows that take records from it
 * start now.
 */
export function startsNow(flows: readonly Flow[], system: string, { entity }: Stream): boolean {
  const taking = flows.filter(({ source, entity: moved }) => source === system && bringsIn(moved, entity));
  return (
    taking.length > 0 &&
    taking.every(({ entity: moved, settings }) => isAbout(moved, entity) && settings.startFrom === 'now')
  );
}

/**
 * Streams to read: those that a flow at work takes its records from, and of its target those in which our own writes and
 * other people's edits show. `startFrom: now` holds for the records that a flow is about; those around them (the customers of an order) are needed however old they are.
 */
export function capturedStreams(configuration: Configuration): readonly CapturedStream[] {
  const wanted = new Map<string, CapturedStream>();
  const read = configuration.flows.filter(({ isRead }) => isRead);
  for (const flow of read) {
    for (const { system, stream, asSource } of streamsOfFlow(configuration, flow)) {
      if (configuration.systems.get(system)!.isPaused) continue;
      const id = `${system} ${stream.name}`;
      const known = wanted.get(id);
      wanted.set(id, {
        system,
        stream,
        pollEveryMs: Math.min(readEveryMs(flow, asSource ? 'source' : 'target'), known?.pollEveryMs ?? Infinity),
        batchSize: Math.max(flow.settings.batchSize, known?.batchSize ?? 0),
        // Only flows that take records from the stream have a say in where it starts.
        startsNow: known?.startsNow ?? startsNow(read, system, stream),
      });
    }
  }
  return [...wanted.values()];
}
