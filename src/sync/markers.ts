/**
 * Where a stream of a system is read on, as people decide it: after the hub has stopped it (another administration answers, the
 * position is beyond the source), or to read a system again. Whoever reads the stream at that moment loses it and begins anew.
 */
import { asKoppelError, KoppelError } from '../base/errors.js';
import type { CanonicalEntity, FlowEntity } from '../canonical/entities.js';
import type { Database } from '../store/database.js';
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
  >;
  /** The stream that carries a flow's entity. */
  readonly streamOf: (configuration: Configuration, system: string, entity: FlowEntity) => { readonly stream: string } | undefined; // prettier-ignore
  /** Called when a stream may be read on. */
  readonly moved: (system: string) => void;
}

const answerWithinMs = 30_000;

export function makeMarkers(deps: MarkersDeps): Markers {
  const { database, positions } = deps;

  const found = ({ source, entity }: MarkedFlow) => {
    const configuration = deps.configuration.current();
    const connected = configuration.systems.get(source);
    const name = deps.streamOf(configuration, source, entity)?.stream;
    const stream = connected?.connector.streams.find((each) => each.name === name);
    if (connected === undefined || stream === undefined) throw new KoppelError('SYSTEM_UNKNOWN', { system: source });
    const entities: readonly CanonicalEntity[] = [stream.entity, ...Object.values(stream.others ?? {})];
    return { connected, stream: stream.name, entities };
  };

  return {
    async affected(flow, to) {
      const { connected, entities } = found(flow);
      if (to === 'now' || to === 'here') return 0;
      return to === 'beginning' ? positions.countKnown(database, connected.key, entities) : null;
    },
    async reset(flow, to) {
      const { connected, stream, entities } = found(flow);
      const position = await positionOf(connected, stream, to);
      await database.tx(async (tx) => {
        if (position === null) await positions.forgetShown(tx, { system: connected.key, stream }, entities);
        await positions.acceptAccount(tx, connected.key, stream);
        await positions.resumeStream(tx, connected.key, stream, position);
      });
      deps.moved(connected.key);
    },
  };
}

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
