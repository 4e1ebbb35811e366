/** What tests of the log in Kafka have in common: logs over given brokers, changes to append, all that can be read. */
import { ConfigResourceTypes, Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import { systemClock } from '../../src/base/clock.js';
import type { Json } from '../../src/base/document.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger, type Logger } from '../../src/base/logger.js';
import { kafkaChangesTopic, type LogEntry, type ReadEntry } from '../../src/log/change-log.js';
import { changeKey, type Change } from '../../src/log/envelope.js';
import type { KafkaSettings } from '../../src/log/kafka-connection.js';
import { makeKafkaLog, type KafkaLog } from '../../src/log/kafka-log.js';
import type { TopicSettings } from '../../src/log/kafka-topics.js';
import { makePostgresLog } from '../../src/log/postgres-log.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { changeOf } from '../conformance/change-log.js';
import { createTestDatabase } from '../support/database.js';

export interface KafkaWorld {
  readonly database: Database;
  log(settings: KafkaSettings & Partial<TopicSettings> & { readonly hub?: string; readonly logger?: Logger }): KafkaLog;
  close(): Promise<void>;
}

export async function openKafkaWorld(): Promise<KafkaWorld> {
  const world = await createTestDatabase();
  const base = { clock: systemClock, logger: silentLogger };
  const database = openDatabase(
    { url: world.url, poolMax: 5, applicationName: 'test' },
    { ...base, failpoint: noFailpoint },
  );
  const logs: KafkaLog[] = [];
  return {
    database,
    log({ partitions = 2, retentionMs = 3_600_000, hub, logger = silentLogger, ...settings }) {
      const log = makeKafkaLog({
        ...base,
        database,
        logger,
        settings: { ...settings, partitions, retentionMs },
        ...(hub === undefined ? {} : { hubId: () => Promise.resolve(hub) }),
        recordsOf: () => new Map([['thing', ['things']]]),
        postgresLog: makePostgresLog({ database, logger: silentLogger, partitions: () => 1 }),
        shortened: (_topic, _partition, error) => Promise.reject(error),
      });
      logs.push(log);
      return log;
    },
    async close() {
      for (const log of logs) await log.close();
      await database.end();
      await world.drop();
    },
  };
}

export const topicOf = kafkaChangesTopic;
export const kafkaName = (system: string, prefix = 'koppel'): string => `${prefix}.changes.${system}.thing`;

export function entryOf(topic: string, id: string, n: number): LogEntry {
  const change = changeOf(topic, id, n);
  return { key: changeKey(change), traceId: `trace-${id}-${n}`, payload: change as unknown as Json };
}

export const appendTo = ({ database }: KafkaWorld, log: KafkaLog, topic: string, ids: readonly string[], n: number) =>
  database.tx((tx) =>
    log.append(
      tx,
      topic,
      ids.map((id) => entryOf(topic, id, n)),
    ),
  );

/** Everything of a topic, as `id:n`, in the order of its partitions. */
export async function readAll(log: KafkaLog, topic: string): Promise<readonly string[]> {
  const found: ReadEntry[] = [];
  for (const [partition, end] of (await log.ends(topic)).entries()) {
    let from = (await log.starts(topic))[partition] ?? 0n;
    while (from < end) {
      const page = await log.read(topic, partition, from, 100);
      if (page.length === 0) break;
      found.push(...page);
      from = (page.at(-1)?.offset ?? from) + 1n;
    }
  }
  return found.map(({ payload }) => payload as unknown as Change).map((c) => `${c.externalId}:${c.version}`);
}

/** The plain client, for what others do to our topics. */
export const plainKafka = (
  brokers: readonly string[],
  { sasl, tls }: Pick<KafkaSettings, 'sasl' | 'tls'> = {},
): Kafka =>
  new Kafka({
    ...{ brokers: [...brokers], logLevel: logLevel.NOTHING },
    ...(sasl && { sasl }),
    ...(tls && { ssl: tls }),
  } as KafkaConfig);

const madeWith = ['cleanup.policy', 'compression.type', 'max.message.bytes', 'min.insync.replicas', 'retention.ms'];

/** With what a topic was made, as the brokers say. */
export async function topicSettings(
  brokers: readonly string[],
  topic: string,
  sasl?: KafkaSettings['sasl'],
): Promise<Readonly<Record<string, string>>> {
  const admin = plainKafka(brokers, { sasl }).admin();
  await admin.connect();
  const asked = { type: ConfigResourceTypes.TOPIC, name: topic, configNames: madeWith };
  const describing = admin.describeConfigs({ resources: [asked], includeSynonyms: false });
  const { resources } = await describing.finally(() => admin.disconnect());
  return Object.fromEntries(
    resources.flatMap(({ configEntries }) => configEntries.map((each) => [each.configName, each.configValue])),
  );
}

/** Removes all messages of a partition before that offset, as retention does. */
export async function removeRecords(
  { brokers, ...access }: Pick<KafkaSettings, 'brokers' | 'sasl' | 'tls'>,
  topic: string,
  partition: number,
  before: bigint,
): Promise<void> {
  const admin = plainKafka(brokers, access).admin();
  await admin.connect();
  // The client learns who leads the topic by it.
  await admin.fetchTopicOffsets(topic);
  await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(before) }] });
  await admin.disconnect();
}
