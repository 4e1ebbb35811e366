/**
 * Publishes canonical events: a topic of Kafka per entity, keyed by record. In: events of the hub's log in commit order. Out: resolves
 * when the brokers have acknowledged all of them; when it throws, some may have been published and all are to be given again.
 */
import type { Clock } from '../base/clock.js';
import type { Logger } from '../base/logger.js';
import type { Database } from '../store/database.js';
import type { ReadEntry } from './change-log.js';
import { toEventMessage } from './event-message.js';
import { makeKafkaConnection, type KafkaSettings } from './kafka-connection.js';
import { makeKafkaProducer, type KafkaMessage } from './kafka-producer.js';
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
}

export function makeEventPublisher({ database, clock, logger, settings }: EventPublisherDeps): EventPublisher {
  const connection = makeKafkaConnection(settings, 'relay', logger);
  const producer = makeKafkaProducer(connection, clock);
  const ready = new Map<string, Promise<void>>();

  const isThere = (topic: string): Promise<void> => {
    const known = ready.get(topic);
    if (known !== undefined) return known;
    const preparing = ensureTopics({ settings, database, clock, logger }, [topic]);
    preparing.catch(() => ready.delete(topic));
    ready.set(topic, preparing);
    return preparing;
  };

  return {
    async publish(events) {
      const topics = new Map<string, Map<number, KafkaMessage[]>>();
      for (const event of events) {
        const { entity, ...message } = toEventMessage(event);
        const topic = canonicalTopicName(entity);
        const batches = topics.get(topic) ?? new Map<number, KafkaMessage[]>();
        topics.set(topic, batches);
        const partition = kafkaPartitionOf(message.key, settings.partitions);
        batches.set(partition, [...(batches.get(partition) ?? []), message]);
      }
      for (const [topic, batches] of topics) {
        await isThere(topic);
        await producer.send(topic, batches);
      }
    },
    close: () => connection.close(),
  };
}
