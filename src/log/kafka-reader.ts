/**
 * Reads Kafka by pull: one partition from one offset. Offsets may have holes (transactions of others, records that were removed);
 * aborted and control records are left out. An offset that the log does not hold is an error, never a jump. What came along with
 * what was asked for is kept for the next read, because a broker answers with whole batches.
 */
import filterAborted from 'kafkajs/src/consumer/filterAbortedMessages.js';
import type { FetchedMessage, FetchedPartition } from 'kafkajs/src/cluster/index.js';
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import { hasMoved, kafkaType, wasCut, type KafkaConnection } from './kafka-connection.js';
import { makeKafkaFetch } from './kafka-fetch.js';

export type KafkaRecord = FetchedMessage;

export type Edge = 'start' | 'end' | 'written';

export interface KafkaReader {
  /** At most `limit` messages from offset `from` on; none when there are none yet. Throws LOG_POSITION_LOST. */
  read(topic: string, partition: number, from: bigint, limit: number): Promise<readonly KafkaRecord[]>;
  /**
   * First offset, or the one after the last, of each partition of each topic. Behind the first transaction of others that is open nobody
   * reads, so that is their `end`; `written` is where the partition ends all the same.
   */
  edges(topics: readonly string[], edge: Edge): Promise<ReadonlyMap<string, readonly bigint[]>>;
}

/** Partitions whose surplus is kept; the oldest goes first. */
const keptPartitions = 64;

export function makeKafkaReader(direct: KafkaConnection, clock: Clock): KafkaReader {
  const connection = patient(direct, clock);
  const fetch = makeKafkaFetch(connection);
  const surplus = new Map<string, { readonly from: bigint; readonly messages: readonly KafkaRecord[] }>();

  const keep = (place: string, messages: readonly KafkaRecord[], after: bigint): void => {
    surplus.delete(place);
    if (messages.length === 0) return;
    surplus.set(place, { from: after, messages });
    for (const oldest of surplus.keys()) {
      if (surplus.size <= keptPartitions) break;
      surplus.delete(oldest);
    }
  };

  const fetched = async (topic: string, partition: number, from: bigint): Promise<readonly KafkaRecord[]> => {
    for (let offset = from; ;) {
      const found = await fetch({ topic, partition, from: offset });
      const messages = visible(found, from);
      const last = found.messages.at(-1);
      // Whole batches of what nobody may see: go on behind them.
      if (messages.length > 0 || last === undefined || BigInt(last.offset) < offset) return messages;
      offset = BigInt(last.offset) + 1n;
    }
  };

  const lost = async (topic: string, partition: number, position: bigint): Promise<KoppelError> => {
    const [starts, ends] = await Promise.all([edges([topic], 'start'), edges([topic], 'end')]);
    const start = String(starts.get(topic)?.[partition] ?? '?');
    const end = String(ends.get(topic)?.[partition] ?? '?');
    return new KoppelError('LOG_POSITION_LOST', { topic, partition, position: String(position), start, end });
  };

  const edges: KafkaReader['edges'] = (topics, edge) =>
    connection.use('a look at how far topics go', async (cluster) => {
      await cluster.addMultipleTargetTopics(topics);
      const result = new Map<string, bigint[]>();
      const asked = new Map<string, { topic: string; partitions: { partition: number; timestamp: number }[] }[]>();
      for (const topic of topics) {
        const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
        for (const [node, led] of Object.entries(cluster.findLeaderForPartitions(topic, partitions))) {
          const timestamp = edge === 'start' ? -2 : -1;
          asked.set(node, [
            ...(asked.get(node) ?? []),
            { topic, partitions: led.map((partition) => ({ partition, timestamp })) },
          ]);
        }
        result.set(topic, []);
      }
      await Promise.all(
        [...asked].map(async ([nodeId, wanted]) => {
          const broker = await cluster.findBroker({ nodeId });
          const isolationLevel = edge === 'written' ? 0 : 1;
          const { responses } = await broker.listOffsets({ replicaId: -1, isolationLevel, topics: wanted });
          for (const { topic, partitions } of responses) {
            for (const { partition, offset } of partitions) {
              const offsets = result.get(topic);
              if (offsets !== undefined) offsets[partition] = BigInt(offset);
            }
          }
        }),
      );
      return result;
    });

  return {
    async read(topic, partition, from, limit) {
      const place = `${topic} ${partition}`;
      const kept = surplus.get(place);
      try {
        const messages = kept?.from === from ? kept.messages : await fetched(topic, partition, from);
        const now = messages.slice(0, limit);
        const last = now.at(-1);
        keep(place, messages.slice(limit), last === undefined ? from : BigInt(last.offset) + 1n);
        return now;
      } catch (error) {
        if (error instanceof KoppelError && kafkaType(error.cause) === 'OFFSET_OUT_OF_RANGE')
          throw await lost(topic, partition, from);
        throw error;
      }
    },
    edges,
  };
}

/** A topic that was just made, or whose leader has just died, has another leader in a moment; reading may be repeated. */
const patient = (connection: KafkaConnection, clock: Clock): KafkaConnection => ({
  ...connection,
  async use(what, work, extraMs) {
    for (let tries = 1; ; tries++) {
      try {
        return await connection.use(what, work, extraMs);
      } catch (error) {
        if (!(hasMoved(error) && tries <= 5) && !(wasCut(error) && tries <= 2)) throw error;
        await clock.sleep(50 * 2 ** tries, connection.ending).catch(() => undefined);
      }
    }
  },
});

/** A batch begins where it was written, which may be before what was asked for. */
const visible = ({ messages, abortedTransactions }: FetchedPartition, from: bigint): readonly KafkaRecord[] =>
  filterAborted({ messages, abortedTransactions }).filter(
    (message) => !message.isControlRecord && BigInt(message.offset) >= from,
  );
