/**
 * Where a stream of a system is read on, as people decide it: after the hub has stopped it (another administration answers, the
 * position is beyond the source, the log has lost what was not taken in), or to read a system again. Whoever reads the stream at that
 * moment loses it and begins anew.
 */
import { cutText } from '../base/cut-text.js';
import { asKoppelError, KoppelError } from '../base/errors.js';
import type { CanonicalEntity, FlowEntity } from '../canonical/entities.js';
import { ownEntities } from '../canonical/flow-entities.js';
import type { ChangeLog } from '../log/change-log.js';
import type { Database, Tx } from '../store/database.js';
import type { Stream } from '../systems/system.js';
import type { ConfigurationSource, ConnectedSystem, Flow } from './configuration.js';
import { recordsIn, streamOf } from './systems.js';

/** `beginning`: everything again. `now`: what changes from now on. `here`: where it stands. Else a position of the system. */
export type MarkerTarget = 'beginning' | 'now' | 'here' | { readonly marker: string };

export interface Markers {
  /**
   * How many records would be read again, at most; null when that cannot be told. Does nothing. Like `reset` it throws FLOW_STARTS_NOW
   * when the flow is to begin at a beginning that it does not have.
   */
  affected(flow: MarkedFlow, to: MarkerTarget): Promise<number | null>;
  reset(flow: MarkedFlow, to: MarkerTarget): Promise<void>;
}

export interface MarkedFlow {
  readonly source: string;
  readonly target: string;
  readonly entity: FlowEntity;
}

export interface MarkersDeps {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly positions: Pick<
    typeof import('../store/capture-positions.js'),
    'resumeStream' | 'forgetShown' | 'acceptAccount' | 'countKnown'
  > &
    Pick<typeof import('../store/reference-versions.js'), 'forgetVersions'>;
  readonly stoppedStreams: typeof import('../store/system-status.js').stoppedStreams;
  /** How far the changes of systems have been taken in. */
  readonly taken: Pick<typeof import('../store/positions.js'), 'stoppedPositions' | 'resumePositions'>;
  readonly log: Pick<ChangeLog<Tx>, 'starts' | 'ends' | 'acceptEnds'>;
  readonly changesTopic: (system: string) => string;
  /** All that are read for a flow, of its source and its target. */
  readonly streamsOfFlow: typeof import('../cdc/sources.js').streamsOfFlow;
  readonly startsNow: typeof import('../cdc/sources.js').startsNow;
  /** Called when a stream may be read on. */
  readonly moved: (system: string) => void;
}

const answerWithinMs = 30_000;
/** The consumer of changes; the name is that of its positions. */
const ingestConsumer = 'ingest';

/** Partitions of the log that stand still: the oldest entry that is still there of each, and where each ends. */
interface Gone {
  readonly starts: ReadonlyMap<number, bigint>;
  readonly ends: ReadonlyMap<number, bigint>;
}

/** A stream of a system, and where it goes on. */
interface Move {
  readonly connected: ConnectedSystem;
  readonly stream: Stream;
  readonly to: MarkerTarget;
  /** Its beginning is its present end: no flow takes what was before. */
  readonly startsNow: boolean;
  readonly gone: Gone;
}

/**
 * Where a stream goes on that the hub has stopped beside the flow's own: as people have said, where they have said it of its records.
 * Of others nothing is left out that nobody has spoken of, nor does a position of one stream mean anything in another.
 */
const besides = (to: MarkerTarget, isOfSameRecords: boolean): MarkerTarget =>
  to === 'here' || (to === 'now' && isOfSameRecords) ? to : 'beginning';

const entitiesOf = ({ entity, others = {} }: Stream): readonly CanonicalEntity[] => [entity, ...Object.values(others)];

export function makeMarkers(deps: MarkersDeps): Markers {
  const { database, positions } = deps;

  /** Partitions of the log that stand still go on with the oldest that is still there; nothing of that is skipped. */
  const goneOn = async (system: string, stream: Stream): Promise<Gone> => {
    const topic = deps.changesTopic(system);
    const stopped = await deps.taken.stoppedPositions(database, ingestConsumer, topic, recordsIn(stream));
    const [starts, ends] = stopped.length === 0 ? [[], []] : await Promise.all([deps.log.starts(topic), deps.log.ends(topic)]); // prettier-ignore
    const of = (edges: readonly bigint[]) => new Map(stopped.map((partition) => [partition, edges[partition] ?? 0n]));
    return { starts: of(starts), ends: of(ends) };
  };

  /** The flow's own stream first, then the others that are read for it and stand still. */
  const movesOf = async (flow: MarkedFlow, to: MarkerTarget): Promise<readonly [Move, ...Move[]]> => {
    const configuration = deps.configuration.current();
    const connected = configuration.systems.get(flow.source);
    const name = streamOf(configuration, flow.source, flow.entity)?.stream;
    const stream = connected?.connector.streams.find((each) => each.name === name);
    if (connected === undefined || stream === undefined) {
      throw new KoppelError('SYSTEM_UNKNOWN', { system: flow.source });
    }
    const read = configuration.flows.filter(({ isRead }) => isRead);
    if (to === 'beginning') refuseWithoutBeginning(configuration.flows, flow, (flows) => deps.startsNow(flows, flow.source, stream)); // prettier-ignore
    const own: Move = { connected, stream, to, startsNow: false, gone: await goneOn(flow.source, stream) };
    const stopped = new Map<string, readonly string[]>();
    for (const key of [flow.source, flow.target]) stopped.set(key, await deps.stoppedStreams(database, key));
    const others: Move[] = [];
    for (const { system, stream: each } of deps.streamsOfFlow(configuration, flow)) {
      if (system === flow.source && each.name === stream.name) continue;
      const gone = await goneOn(system, each);
      if (gone.starts.size === 0 && stopped.get(system)?.includes(each.name) !== true) continue;
      const isOfSameRecords = system === flow.source && each.entity === stream.entity;
      others.push({
        connected: configuration.systems.get(system)!,
        stream: each,
        to: besides(to, isOfSameRecords),
        startsNow: deps.startsNow(read, system, each),
        gone,
      });
    }
    return [own, ...others];
  };

  return {
    async affected(flow, to) {
      const moves = await movesOf(flow, to);
      if (typeof to === 'object') return null;
      const again = moves.filter((move) => move.to === 'beginning' && !move.startsNow);
      let count = 0;
      for (const system of new Set(again.map(({ connected }) => connected.key))) {
        const streams = again.flatMap(({ connected, stream }) => (connected.key === system ? [stream] : []));
        count += await positions.countKnown(database, system, streams.flatMap(entitiesOf));
      }
      return count;
    },
    async reset(flow, to) {
      const moves: (Move & { readonly position: string | null | undefined })[] = [];
      for (const move of await movesOf(flow, to)) moves.push({ ...move, position: await positionOf(move) });
      await database.tx(async (tx) => {
        for (const { connected, gone } of moves) {
          if (gone.starts.size === 0) continue;
          const topic = deps.changesTopic(connected.key);
          await deps.taken.resumePositions(tx, ingestConsumer, topic, gone.starts);
          await deps.log.acceptEnds(tx, topic, gone.ends);
        }
        for (const { connected, stream, position } of moves) {
          if (position === null) await positions.forgetShown(tx, { system: connected.key, stream: stream.name }, entitiesOf(stream)); // prettier-ignore
        }
        for (const { connected, stream } of moves) {
          await positions.forgetVersions(tx, { system: connected.key, stream: stream.name }, withTheirParts(entitiesOf(stream))); // prettier-ignore
        }
        for (const { connected, stream } of moves) await positions.acceptAccount(tx, connected.key, stream.name);
        for (const { connected, stream, position } of moves) {
          await positions.resumeStream(tx, connected.key, stream.name, position);
        }
      });
      for (const system of new Set(moves.map(({ connected }) => connected.key))) deps.moved(system);
    },
  };
}

/**
 * A stream of which all flows start now is never read from its beginning, so nobody is told that it would be: what is wanted is an
 * earlier start, which makes records of before in the target.
 */
function refuseWithoutBeginning(
  flows: readonly Flow[],
  { source, target, entity }: MarkedFlow,
  startsNow: (flows: readonly Flow[]) => boolean,
): void {
  const read = flows.filter(({ isRead }) => isRead);
  const own = flows.filter((flow) => flow.source === source && flow.target === target && flow.entity === entity);
  // One that is not read yet has its say when it is the first.
  if (!startsNow(read) && !startsNow([...read, ...own])) return;
  const now = [...own, ...read].find((flow) => flow.settings.startFrom === 'now' && flow.source === source && flow.entity === entity); // prettier-ignore
  throw new KoppelError('FLOW_STARTS_NOW', { flow: now?.key ?? '' });
}

/** Entities with those that are read as parts of them, which carry their versions. */
const withTheirParts = (entities: readonly CanonicalEntity[]): readonly CanonicalEntity[] =>
  Object.values<readonly CanonicalEntity[]>(ownEntities).flatMap((own) =>
    own.some((entity) => entities.includes(entity)) ? own : [],
  );

/** Null = the beginning, undefined = where it stands. A position that the system does not know is refused by it. */
async function positionOf({
  connected: { name, system },
  stream: { name: stream },
  to,
}: Move): Promise<string | null | undefined> {
  const { source } = system;
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
    throw new KoppelError('MARKER_INVALID', { system: name, marker: cutText(to.marker, 60) });
  }
}
