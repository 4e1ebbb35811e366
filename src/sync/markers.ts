/**
 * Where a stream of a system is read on, as people decide it: after the hub has stopped it (another administration answers, the
 * position is beyond the source, the log has lost what was not taken in), or to read a system again. Whoever reads the stream at that
 * moment loses it and begins anew.
 */
import { asKoppelError, KoppelError } from '../base/errors.js';
import type { CanonicalEntity, FlowEntity } from '../canonical/entities.js';
import { ownEntities } from '../canonical/flow-entities.js';
import type { ChangeLog } from '../log/change-log.js';
import type { Database, Tx } from '../store/database.js';
import type { Configuration, ConfigurationSource, ConnectedSystem } from './configuration.js';

/** `beginning`: everything again. `now`: what changes from now on. `here`: where it stands. Else a position of the system. */
export type MarkerTarget = 'beginning' | 'now' | 'here' | { readonly marker: string };

export interface Markers {
  /** How many records would be read again, at most; null when that cannot be told. Does nothing. */
  affected(flow: MarkedFlow, to: MarkerTarget): Promise<number | null>;
  reset(flow: MarkedFlow, to: MarkerTarget): Promise<void>;
}

export interface MarkedFlow {
  readonly source: string;
  readonly entity: FlowEntity;
}

export interface MarkersDeps {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly positions: Pick<
    typeof import('../store/capture-positions.js'),
    'resumeStream' | 'forgetShown' | 'acceptAccount' | 'countKnown'
  > &
    Pick<typeof import('../store/references.js'), 'forgetVersions'>;
  /** How far the changes of systems have been taken in. */
  readonly taken: Pick<typeof import('../store/positions.js'), 'stoppedPositions' | 'resumePositions'>;
  readonly log: Pick<ChangeLog<Tx>, 'starts'>;
  readonly changesTopic: (system: string) => string;
  /** The stream that carries a flow's entity. */
  readonly streamOf: (configuration: Configuration, system: string, entity: FlowEntity) => { readonly stream: string } | undefined; // prettier-ignore
  /** Called when a stream may be read on. */
  readonly moved: (system: string) => void;
}

const answerWithinMs = 30_000;
/** The consumer of changes; the name is that of its positions. */
const ingestConsumer = 'ingest';

export function makeMarkers(deps: MarkersDeps): Markers {
  const { database, positions } = deps;

  const found = ({ source, entity }: MarkedFlow) => {
    const configuration = deps.configuration.current();
    const connected = configuration.systems.get(source);
    const name = deps.streamOf(configuration, source, entity)?.stream;
    const stream = connected?.connector.streams.find((each) => each.name === name);
    if (connected === undefined || stream === undefined) throw new KoppelError('SYSTEM_UNKNOWN', { system: source });
    const entities: readonly CanonicalEntity[] = [stream.entity, ...Object.values(stream.others ?? {})];
    const records = [stream.record, ...Object.keys(stream.others ?? {})];
    return { connected, stream: stream.name, entities, records };
  };

  /** Partitions of the log that stand still go on with the oldest that is still there; nothing of that is skipped. */
  const goneOn = async (topic: string, records: readonly string[]): Promise<ReadonlyMap<number, bigint>> => {
    const stopped = await deps.taken.stoppedPositions(database, ingestConsumer, topic, records);
    const starts = stopped.length === 0 ? [] : await deps.log.starts(topic);
    return new Map(stopped.map((partition) => [partition, starts[partition] ?? 0n]));
  };

  return {
    async affected(flow, to) {
      const { connected, entities } = found(flow);
      if (to === 'now' || to === 'here') return 0;
      return to === 'beginning' ? positions.countKnown(database, connected.key, entities) : null;
    },
    async reset(flow, to) {
      const { connected, stream, entities, records } = found(flow);
      const position = await positionOf(connected, stream, to);
      const topic = deps.changesTopic(connected.key);
      const again = await goneOn(topic, records);
      await database.tx(async (tx) => {
        if (again.size > 0) await deps.taken.resumePositions(tx, ingestConsumer, topic, again);
        if (position === null) await positions.forgetShown(tx, { system: connected.key, stream }, entities);
        await positions.forgetVersions(tx, { system: connected.key, stream }, withTheirParts(entities));
        await positions.acceptAccount(tx, connected.key, stream);
        await positions.resumeStream(tx, connected.key, stream, position);
      });
      deps.moved(connected.key);
    },
  };
}

/** Entities with those that are read as parts of them, which carry their versions. */
const withTheirParts = (entities: readonly CanonicalEntity[]): readonly CanonicalEntity[] =>
  Object.values<readonly CanonicalEntity[]>(ownEntities).flatMap((own) =>
    own.some((entity) => entities.includes(entity)) ? own : [],
  );

/** Null = the beginning, undefined = where it stands. A position that the system does not know is refused by it. */
async function positionOf(
  { name, system: { source } }: ConnectedSystem,
  stream: string,
  to: MarkerTarget,
): Promise<string | null | undefined> {
  if (to === 'beginning') return null;
  if (to === 'here') return undefined;
  const signal = AbortSignal.timeout(answerWithinMs);
  if (to === 'now') return source.head(stream, signal);
  try {
    await source.read(stream, to.marker, { limit: 1, signal });
    return to.marker;
  } catch (thrown) {
    const error = asKoppelError(thrown);
    // That it cannot be asked now says nothing about the position.
    if (error.class === 'environment' || error.class === 'auth') throw error;
    throw new KoppelError('MARKER_INVALID', { system: name, marker: to.marker.slice(0, 60) });
  }
}
