/** The streams that are read for a flow, wired: which they are only connectors know, and by the flows that are in use. */
import type { FlowEntity } from '../canonical/entities.js';
import { streamsOfFlow } from '../cdc/sources.js';
import type { StreamsOf } from '../store/flow-progress.js';
import { recordsIn, streamOf } from '../sync/systems.js';
import type { Ground } from './ground.js';

/** By the configuration that is in force when it is asked. */
export const streamsOfFlows =
  ({ configuration }: Pick<Ground, 'configuration'>): StreamsOf =>
  ({ entity, source, target }) => {
    const [current, kind] = [configuration.current(), entity as FlowEntity];
    const own = streamOf(current, source, kind);
    if (own === undefined) return undefined;
    const read = streamsOfFlow(current, { entity: kind, source, target });
    return { ...own, read: read.map(({ system, stream }) => ({ system, stream: stream.name, records: recordsIn(stream) })) }; // prettier-ignore
  };
