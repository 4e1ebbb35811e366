/**
 * Publishes canonical events: a topic of Kafka per entity, keyed by record. In: events of the hub's log in commit order. Out: resolves
 * when the brokers have acknowledged all of them; when it throws, some may have been published and all are to be given again.
 */
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import type { Database } from '../store/database.js';
import type { ReadEntry } from './change-log.js';
import { toEventMessage, type EventMessage } from './event-message.js';
import { isTopicUnknown, makeKafkaConnection, type KafkaSettings } from './kafka-connection.js';
import { bytesAtOnce, makeKafkaProducer, type KafkaMessage } from './kafka-producer.js';
import { canonicalTopicName, ensureTopics, type TopicSettings } from './kafka-topics.js';
import { kafkaPartitionOf } from './murmur2.js';

export interface EventPublisher {
  publish(events: readonly Omit<ReadEntry, 'key'>[]): Promise<void>;
  close(): Promise<void>;
}

export interface EventPublisherDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: KafkaSettings & TopicSettings;
  /** Which hub publishes. */
  readonly hubId?: () => Promise<string>;
}

export function makeEventPublisher({ database, clock, logger, settings, hubId }: EventPublisherDeps): EventPublisher {
  const connection = makeKafkaConnection(settings, 'relay', logger);
  const producer = makeKafkaProducer(connection, clock);
  const ready = new Map<string, Promise<void>>();

  const isThere = (topic: string): Promise<void> => {
    const known = ready.get(topic);
    if (known !== undefined) return known;
    const preparing = ensureTopics({ settings, database, clock, logger, hubId }, [topic]);
    preparing.catch(() => ready.delete(topic));
    ready.set(topic, preparing);
    return preparing;
  };

  const send = async (messages: readonly EventMessage[]): Promise<void> => {
    const topics = new Map<string, Map<number, KafkaMessage[]>>();
    for (const { entity, ...message } of messages) {
      const topic = canonicalTopicName(settings, entity);
      const batches = topics.get(topic) ?? new Map<number, KafkaMessage[]>();
      topics.set(topic, batches);
      const partition = kafkaPartitionOf(message.key, settings.partitions);
      batches.set(partition, [...(batches.get(partition) ?? []), message]);
    }
    for (const [topic, batches] of topics) {
      await isThere(topic);
      try {
        await producer.send(topic, batches);
      } catch (error) {
        // It was deleted meanwhile; the next try makes it anew.
        if (isTopicUnknown(error)) ready.delete(topic);
        throw error;
      }
    }
  };
  /** A topic that somebody else has made may take less at once. */
  const sendInHalves = async (messages: readonly EventMessage[]): Promise<void> => {
    try {
      await send(messages);
    } catch (error) {
      const isTooLarge = error instanceof KoppelError && error.code === 'LOG_MESSAGE_TOO_LARGE';
      if (!isTooLarge || messages.length === 1) throw error;
      const middle = messages.length >> 1;
      await sendInHalves(messages.slice(0, middle));
      await sendInHalves(messages.slice(middle));
    }
  };

  return {
    async publish(events) {
      const hub = await hubId?.();
      for (const piece of inPieces(events.map((event) => toEventMessage(event, hub)))) await sendInHalves(piece);
    },
    close: () => connection.close(),
  };
}

function inPieces(messages: readonly EventMessage[]): readonly (readonly EventMessage[])[] {
  const pieces: EventMessage[][] = [];
  let bytes = 0;
  for (const message of messages) {
    if (pieces.length === 0 || bytes + message.value.length > bytesAtOnce) {
      pieces.push([]);
      bytes = 0;
    }
    bytes += message.value.length;
    pieces.at(-1)?.push(message);
  }
  return pieces;
}
