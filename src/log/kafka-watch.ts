/**
 * Notices that something was appended to topics: one waiting fetch per broker over all partitions that somebody listens to. An idle
 * hub asks twice a second, however many topics there are, and hears of a message within milliseconds. A hint, never the truth.
 */
import type { Clock } from '../base/clock.js';
import type { Logger } from '../base/logger.js';
import { KoppelError } from '../base/errors.js';
import type { KafkaConnection } from './kafka-connection.js';
import type { KafkaReader } from './kafka-reader.js';

export interface KafkaWatch {
  /** `topics` may grow; it is asked again whenever the watch begins anew. Returns the way to stop. */
  listen(topics: () => Promise<readonly string[]>, call: () => void): () => void;
  close(): Promise<void>;
}

interface Listener {
  readonly topics: () => Promise<readonly string[]>;
  readonly call: () => void;
}

const waitMs = 500;

export function makeKafkaWatch(
  connection: KafkaConnection,
  reader: KafkaReader,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): KafkaWatch {
  const listeners = new Set<Listener>();
  let changed = new AbortController();
  let running: Promise<void> | undefined;
  let isClosed = false;

  /** Watches until the listeners change or something fails. */
  const watch = async (until: AbortSignal): Promise<void> => {
    const calls = new Map<string, Listener[]>();
    for (const listener of listeners) {
      for (const topic of await listener.topics()) calls.set(topic, [...(calls.get(topic) ?? []), listener]);
    }
    const topics = [...calls.keys()];
    const next = new Map(await reader.edges(topics, 'end')) as Map<string, bigint[]>;
    // Whatever came before the watch began.
    for (const listener of listeners) listener.call();
    const nodes = await leaders(connection, topics);
    await Promise.race(
      [...nodes].map(async ([node, led]) => {
        while (!until.aborted && !isClosed) {
          for (const topic of await waitFor(connection, node, led, next))
            for (const listener of calls.get(topic) ?? []) listener.call();
        }
      }),
    );
  };

  const run = async (): Promise<void> => {
    while (!isClosed && listeners.size > 0) {
      changed = new AbortController();
      try {
        await watch(changed.signal);
      } catch (error) {
        logger.debug({ err: String(error) }, 'cannot watch the topics; readers go on by polling');
        await clock.sleep(waitMs);
      } finally {
        // The waits on other brokers end too.
        changed.abort();
      }
    }
    running = undefined;
  };

  return {
    listen(topics, call) {
      const listener = { topics, call };
      listeners.add(listener);
      changed.abort();
      if (!isClosed) running ??= run();
      return () => {
        listeners.delete(listener);
        changed.abort();
      };
    },
    async close() {
      isClosed = true;
      changed.abort();
      await connection.close();
      await running;
    },
  };
}

type Led = readonly { readonly topic: string; readonly partitions: readonly number[] }[];

const leaders = (connection: KafkaConnection, topics: readonly string[]): Promise<ReadonlyMap<string, Led>> =>
  connection.use('a look for the leaders of topics', async (cluster) => {
    await cluster.addMultipleTargetTopics(topics);
    const nodes = new Map<string, Led>();
    for (const topic of topics) {
      const all = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
      for (const [node, partitions] of Object.entries(cluster.findLeaderForPartitions(topic, all)))
        nodes.set(node, [...(nodes.get(node) ?? []), { topic, partitions }]);
    }
    if (nodes.size === 0) throw new KoppelError('LOG_UNREACHABLE', { what: 'the topics have no leader' });
    return nodes;
  });

/** Topics that have grown; `next` is moved behind what came. */
const waitFor = (connection: KafkaConnection, nodeId: string, led: Led, next: ReadonlyMap<string, bigint[]>) =>
  connection.use(
    'a wait for messages',
    async (cluster): Promise<readonly string[]> => {
      const broker = await cluster.findBroker({ nodeId });
      const { responses } = await broker.fetch({
        replicaId: -1,
        isolationLevel: 1,
        maxWaitTime: waitMs,
        minBytes: 1,
        // The messages themselves are not wanted; of the first partition that has some, a batch comes all the same.
        maxBytes: 1,
        topics: led.map(({ topic, partitions }) => ({
          topic,
          partitions: partitions.map((partition) => ({
            partition,
            fetchOffset: String(next.get(topic)?.[partition] ?? 0n),
            maxBytes: 1,
          })),
        })),
      });
      const grown = new Set<string>();
      for (const { topicName, partitions } of responses) {
        for (const { partition, highWatermark, messages } of partitions) {
          const offsets = next.get(topicName);
          const last = messages.at(-1);
          const end = BigInt(highWatermark);
          const seen = last === undefined ? 0n : BigInt(last.offset) + 1n;
          const known = offsets?.[partition] ?? 0n;
          if (offsets === undefined || (seen <= known && end <= known)) continue;
          offsets[partition] = end > seen ? end : seen;
          grown.add(topicName);
        }
      }
      return [...grown];
    },
    waitMs,
  );
