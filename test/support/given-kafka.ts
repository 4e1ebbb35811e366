/** A Kafka of which variables speak, for tests. */
import { settingsOf } from '../../src/compose/log.js';
import { describeProblems, parseConfig, type Environment } from '../../src/config/config.js';
import type { KafkaSettings } from '../../src/log/kafka-connection.js';
import type { TopicSettings } from '../../src/log/kafka-topics.js';

/** A Kafka, and what the topics in it are made like. */
export type GivenKafka = KafkaSettings & Pick<TopicSettings, 'prefix' | 'copies'>;

/** The Kafka that variables speak of, as the hub itself reads them. */
export function kafkaOf(environment: Environment): GivenKafka {
  const parsed = parseConfig(Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith('KOPPEL_KAFKA_')))); // prettier-ignore
  if (!parsed.ok) throw new Error(describeProblems(parsed.problems));
  const { kafka } = parsed.config;
  if (kafka === undefined) throw new Error('KOPPEL_KAFKA_BROKERS names no Kafka');
  return { ...settingsOf(kafka), prefix: kafka.prefix, copies: kafka.copies };
}
