/**
 * Takes records in again as their systems showed them last, with today's mappings and value lists. In: records of the hub. Out: how
 * many changes were taken in again. A record whose last change the log has not kept is left as it is.
 */
import { flowFrom } from './sources.js';
import { changeKey, type Change } from '../log/envelope.js';
import type { Database } from '../store/database.js';
import type { ConfigurationSource } from '../sync/configuration.js';
import type { Incoming } from './classify.js';
import type { IngestBatch } from './ingest-batch.js';
import { wasOvertaken } from './refusals.js';

export interface RetakeDeps {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly store: Pick<typeof import('../store/resends.js'), 'sourceReferences' | 'lastChanges'>;
  readonly ingestBatch: IngestBatch;
  readonly changesTopic: (system: string) => string;
}

export type Retake = (ids: readonly string[]) => Promise<number>;

const mostTries = 10;

export function makeRetake(deps: RetakeDeps): Retake {
  const { database, store } = deps;
  /** Keys in the log of the records that systems are read for. */
  const keysBySystem = async (ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> => {
    const configuration = deps.configuration.current();
    const keys = new Map<string, string[]>();
    for (const { system, entity, externalId } of await store.sourceReferences(database, ids)) {
      const connected = configuration.systems.get(system);
      if (connected === undefined) continue;
      const records = connected.connector.streams.flatMap((stream) => [
        ...(stream.entity === entity ? [stream.record] : []),
        ...Object.entries(stream.others ?? {}).flatMap(([record, of]) => (of === entity ? [record] : [])),
      ]);
      // Not all that is known by an id of its own there is read there (an article, a contact).
      if (records.length === 0 || flowFrom(configuration, system, entity) === undefined) continue;
      const found = [...new Set(records)].map((record) => changeKey({ record, externalId }));
      keys.set(system, [...(keys.get(system) ?? []), ...found]);
    }
    return keys;
  };
  const takeIn = async (system: string, incoming: readonly Incoming[]): Promise<void> => {
    for (let tries = 1; ; tries++) {
      try {
        await database.tx((tx) => deps.ingestBatch(tx, system, incoming, { force: true }));
        return;
      } catch (error) {
        if (tries >= mostTries || !wasOvertaken(error)) throw error;
      }
    }
  };
  return async (ids) => {
    let count = 0;
    for (const [system, keys] of await keysBySystem(ids)) {
      const topic = deps.changesTopic(system);
      const changes = await store.lastChanges(database, topic, keys);
      const incoming = changes.map(({ traceId, partition, offset, payload }) => ({
        change: JSON.parse(payload) as Change,
        traceId,
        place: { topic, partition, offset: BigInt(offset) },
      }));
      if (incoming.length > 0) await takeIn(system, incoming);
      count += incoming.length;
    }
    return count;
  };
}
