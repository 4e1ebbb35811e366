/**
 * Writes messages to Kafka: all in-sync copies acknowledge, or it throws. Messages of one topic are sent one request after the other
 * and numbered, so what is sent again after a lost answer is stored once and in its place. After a failure whose outcome is not
 * known the numbers start anew under another producer: what is then sent once more may be there twice. When the process ends, what is
 * under way is given up without a further try.
 */
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import { kafkaType, type KafkaConnection } from './kafka-connection.js';

export interface KafkaMessage {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface KafkaProducer {
  /** Messages per partition, in order. Returns the offset of the first message of each partition. */
  send(topic: string, batches: ReadonlyMap<number, readonly KafkaMessage[]>): Promise<ReadonlyMap<number, bigint>>;
}

/** Most of what is to be sent at once, in characters, before it is compressed. */
export const bytesAtOnce = 2 * 1_048_576;

/** Under which a producer's messages are numbered, and the next number of each partition. */
interface Numbering {
  readonly producerId: string;
  readonly producerEpoch: number;
  readonly next: Map<number, number>;
}

interface Lane {
  tail: Promise<unknown>;
  numbering: Numbering | undefined;
}

/** What is sent at once with its numbers, which all its tries share: one that was given up may still arrive, long after the others. */
interface Numbered {
  readonly numbering: Numbering;
  readonly topic: string;
  readonly batches: ReadonlyMap<number, { readonly first: number; readonly messages: readonly KafkaMessage[] }>;
}

/**
 * Bytes of a partition's messages from which they are compressed. Each partition is a batch of its own; small ones cost writer, broker
 * and reader more time (a turn of another thread each) than they save room.
 */
const gzipFrom = 16_384;
const gzip = 1;

const retried = new Set([
  'NOT_ENOUGH_REPLICAS',
  'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  'REQUEST_TIMED_OUT',
  'NETWORK_EXCEPTION',
  'KAFKA_STORAGE_ERROR',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
]);
const numbersLost = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'DUPLICATE_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
]);

/** How long a send is tried again; whoever sends may hold a transaction, and Postgres ends one that rests for a minute. */
const tryForMs = 20_000;

export function makeKafkaProducer(
  connection: KafkaConnection,
  clock: Clock,
  { tries = 6 }: { readonly tries?: number } = {},
): KafkaProducer {
  const lanes = new Map<string, Lane>();

  const beginNumbering = async (topic: string): Promise<Numbering> => {
    const { producerId, producerEpoch } = await connection.use(`the numbers of writes to ${topic}`, async (cluster) => {
      const any = await cluster.brokerPool.findConnectedBroker();
      return any.initProducerId({ transactionTimeout: 30_000 });
    });
    return { producerId, producerEpoch, next: new Map() };
  };

  const attempt = ({ numbering: { producerId, producerEpoch }, topic, batches }: Numbered) =>
    connection.use(`a write to ${topic}`, async (cluster) => {
      await cluster.addMultipleTargetTopics([topic]);
      const leaders = cluster.findLeaderForPartitions(topic, [...batches.keys()]);
      const bases = new Map<number, bigint>();
      await allOf(
        Object.entries(leaders).map(async ([nodeId, partitions]) => {
          const broker = await cluster.findBroker({ nodeId });
          const sent = partitions.map((partition) => {
            const { first = 0, messages = [] } = batches.get(partition) ?? {};
            return {
              partition,
              firstSequence: first,
              messages: messages.map(({ key, value, headers }) => ({
                key: Buffer.from(key),
                value: Buffer.from(value),
                headers,
              })),
            };
          });
          const size = sent.flatMap(({ messages }) => messages).reduce((sum, { value }) => sum + value.length, 0);
          const answer = await broker.produce({
            acks: -1,
            timeout: 10_000,
            producerId,
            producerEpoch,
            compression: size >= gzipFrom * sent.length ? gzip : 0,
            topicData: [{ topic, partitions: sent }],
          });
          for (const { partition, baseOffset } of answer.topics.flatMap((each) => each.partitions)) {
            bases.set(partition, BigInt(baseOffset));
          }
        }),
      );
      if (bases.size < batches.size) throw new KoppelError('LOG_UNREACHABLE', { what: `${topic} has no leader` });
      return bases;
    });

  const sendNow = async (lane: Lane, topic: string, batches: ReadonlyMap<number, readonly KafkaMessage[]>) => {
    let numbered: Numbered | undefined;
    const until = clock.monotonic() + tryForMs;
    for (let tried = 1; ; tried++) {
      try {
        lane.numbering ??= await beginNumbering(topic);
        numbered ??= withNumbers(lane.numbering, topic, batches);
        const bases = await attempt(numbered);
        // Only now: until all are acknowledged, all are sent again under the same numbers.
        for (const [partition, { first, messages }] of numbered.batches) {
          lane.numbering.next.set(partition, (first + messages.length) % 0x8000_0000);
        }
        return bases;
      } catch (error) {
        const type = kafkaType(error);
        const isTooLarge = type === 'MESSAGE_TOO_LARGE' || type === 'RECORD_LIST_TOO_LARGE';
        const isLost = type !== undefined && numbersLost.has(type);
        const isTriedOut = tried >= tries || clock.monotonic() > until || connection.ending.aborted;
        const isOver = isTriedOut || !(type === undefined || retried.has(type) || isLost);
        // Also of what was too large some may have been stored; other messages must not come under its numbers.
        if (isOver || isLost) [lane.numbering, numbered] = [undefined, undefined];
        if (isTooLarge) throw new KoppelError('LOG_MESSAGE_TOO_LARGE', { topic, what: type }, { cause: error });
        if (isOver) throw error;
        await clock.sleep(50 * 2 ** tried, connection.ending).catch(() => undefined);
      }
    }
  };

  return {
    send(topic, batches) {
      const lane = lanes.get(topic) ?? { tail: Promise.resolve(), numbering: undefined };
      lanes.set(topic, lane);
      const sending = lane.tail.then(() => sendNow(lane, topic, batches));
      lane.tail = sending.catch(() => undefined);
      return sending;
    },
  };
}

const withNumbers = (
  numbering: Numbering,
  topic: string,
  batches: ReadonlyMap<number, readonly KafkaMessage[]>,
): Numbered => ({
  numbering,
  topic,
  batches: new Map(
    [...batches].map(([partition, messages]) => [partition, { first: numbering.next.get(partition) ?? 0, messages }]),
  ),
});

/** Waits for all before it throws, so that nothing is still under way when the caller tries again. */
async function allOf(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
