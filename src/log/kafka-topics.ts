/**
 * The topics of the log in Kafka. In: names. Out: topics that exist with the number of partitions that was decided at first: another
 * number would break the order of each record, so it is refused, whether the setting or the topic is what differs.
 * Old messages are deleted by age, never compacted: a parked record is replayed from where it stands, a canonical event holds only
 * what changed, and a mapping that was repaired is replayed over what was seen, not only over its last state.
 */
import type Cluster from 'kafkajs/src/cluster/index.js';
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import { writerOf } from './kafka-entry.js';
import { makeKafkaReader } from './kafka-reader.js';
import type { Database, Query } from '../store/database.js';
import {
  isTopicUnknown,
  kafkaType,
  makeKafkaConnection,
  type KafkaConnection,
  type KafkaSettings,
} from './kafka-connection.js';

export interface TopicSettings {
  /** What names of topics begin with; `koppel` when not given. */
  readonly prefix?: string;
  /** Copies of topics that are made; not given: three, or as many as there are brokers. */
  readonly copies?: number | undefined;
  readonly partitions: number;
  readonly retentionMs: number;
}

export interface TopicsDeps {
  readonly settings: KafkaSettings & TopicSettings;
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Which hub this is: a topic that it does not know must be empty, or have its own messages. Not given: nothing is asked. */
  readonly hubId?: (() => Promise<string>) | undefined;
}

type Prefixed = Pick<TopicSettings, 'prefix'>;
export const changesTopicName = ({ prefix = 'koppel' }: Prefixed, system: string, record: string): string =>
  `${prefix}.changes.${system}.${record}`;
export const canonicalTopicName = ({ prefix = 'koppel' }: Prefixed, entity: string): string =>
  `${prefix}.canonical.${entity}`;

/** Room for a whole page of large records in one batch. */
const batchBytes = 8 * 1_048_576;

/** Makes what is missing and checks the rest. */
export async function ensureTopics(
  { settings, database, clock, logger, hubId }: TopicsDeps,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return;
  const { partitions } = settings;
  // Its own: that a topic is not there yet is no trouble for others.
  const connection = makeKafkaConnection(settings, 'topics', logger);
  try {
    if (hubId !== undefined) await refuseUsed(connection, clock, await newNames(database, names), hubId);
    await rememberPartitions(database, names, partitions);
    const missing = await missingTopics(connection, names);
    if (missing.length > 0) await createTopics(connection, missing, settings);
    for (const [topic, { count: stored, copies }] of await partitionsOf(connection, names, clock)) {
      if (stored !== partitions) throw new KoppelError('LOG_PARTITIONS_CHANGED', { topic, stored, wanted: partitions });
      const wanted = settings.copies ?? copies;
      if (copies < wanted)
        logger.warn(
          { topic, copies, wanted },
          'a topic has fewer copies than are set; the brokers change that, not the hub',
        );
    }
    const others = names.filter((name) => !missing.includes(name));
    if (others.length > 0) await tellOtherKeeping(connection, others, settings, logger);
  } finally {
    await connection.close();
  }
}

/** Topics that this hub has not used yet. */
async function newNames(query: Query, names: readonly string[]): Promise<readonly string[]> {
  const rows = await query.query<{ topic: string }>(
    `select t as topic from unnest($1::text[]) as t where not exists (select from setting where name = 'log.partitions.' || t)`,
    [names],
  );
  return rows.map(({ topic }) => topic);
}

/**
 * Another hub writes there, or did: what it has seen would be taken for what the systems of this one show. Messages of its own are there after
 * its database was put back to a time before it had used the topic.
 */
async function refuseUsed(
  connection: KafkaConnection,
  clock: Clock,
  names: readonly string[],
  hubId: () => Promise<string>,
): Promise<void> {
  if (names.length === 0) return;
  const missing = await missingTopics(connection, names);
  const there = names.filter((topic) => !missing.includes(topic));
  if (there.length === 0) return;
  const reader = makeKafkaReader(connection, clock);
  const [starts, ends] = await Promise.all([reader.edges(there, 'start'), reader.edges(there, 'end')]);
  for (const topic of there) {
    for (const [partition, end] of (ends.get(topic) ?? []).entries()) {
      if (end === 0n) continue;
      const [first] = await reader.read(topic, partition, starts.get(topic)?.[partition] ?? 0n, 1);
      if (first === undefined || writerOf(first) !== (await hubId()))
        throw new KoppelError('LOG_TOPIC_USED', { topic });
    }
  }
}

async function rememberPartitions(query: Query, names: readonly string[], wanted: number): Promise<void> {
  const rows = await query.query<{ name: string; value: number }>(
    `insert into setting (name, value)
     select 'log.partitions.' || t, to_jsonb($2::int) from unnest($1::text[]) as t order by t
     on conflict (name) do update set value = setting.value
     returning name, value`,
    [names, wanted],
  );
  const other = rows.find(({ value }) => value !== wanted);
  if (other !== undefined) {
    const topic = other.name.replace('log.partitions.', '');
    throw new KoppelError('LOG_PARTITIONS_CHANGED', { topic, stored: other.value, wanted });
  }
}

/** One by one: the brokers' answer about several names the first that is missing only. */
async function missingTopics(connection: KafkaConnection, names: readonly string[]): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const topic of names) {
    try {
      await connection.use('a look for topics', (cluster) => cluster.addMultipleTargetTopics([topic]));
    } catch (error) {
      if (!isTopicUnknown(error)) throw error;
      missing.push(topic);
    }
  }
  return missing;
}

/** How long messages are kept, of topics that the hub makes. */
const keepingOf = ({ retentionMs }: TopicSettings): Readonly<Record<string, string>> => ({
  'cleanup.policy': 'delete',
  'retention.ms': String(retentionMs),
});

/** Of what has settings: a topic, as the protocol numbers it. */
const topicKind = 2;

/** A topic that is there already stays as it is; who has changed the setting since may think that it holds. */
async function tellOtherKeeping(
  connection: KafkaConnection,
  names: readonly string[],
  settings: TopicSettings,
  logger: Logger,
): Promise<void> {
  const keeping = keepingOf(settings);
  const asked = names.map((name) => ({ type: topicKind, name, configNames: Object.keys(keeping) }));
  const ask = async (cluster: Cluster) => (await cluster.findControllerBroker()).describeConfigs({ resources: asked });
  const { resources } = await connection.use('a look at the settings of topics', ask).catch((error: unknown) => {
    // A right that the hub can do without.
    if (error instanceof KoppelError && error.code === 'LOG_REFUSED') return { resources: [] };
    throw error;
  });
  for (const { resourceName: topic, configEntries } of resources) {
    for (const { configName: setting, configValue: stored } of configEntries) {
      const wanted = keeping[setting];
      if (wanted === undefined || stored === wanted) continue;
      const changedBy = `kafka-configs.sh --alter --entity-type topics --entity-name ${topic} --add-config ${setting}=${wanted}`;
      logger.warn(
        { topic, setting, stored, wanted, changedBy },
        'a topic keeps its messages otherwise than is set; who administers the brokers changes that, not the hub',
      );
    }
  }
}

const createTopics = (connection: KafkaConnection, names: readonly string[], settings: TopicSettings) =>
  connection.use(
    'the making of topics',
    async (cluster) => {
      await cluster.refreshMetadata();
      const copies = settings.copies ?? Math.min(3, cluster.brokerPool.metadata?.brokers.length ?? 1);
      const configEntries = Object.entries({
        ...keepingOf(settings),
        'min.insync.replicas': copies >= 3 ? '2' : '1',
        'max.message.bytes': String(batchBytes),
        // Other writers may compress in ways that the client cannot undo; the broker then does it over.
        'compression.type': 'gzip',
      }).map(([name, value]) => ({ name, value }));
      const broker = await cluster.findControllerBroker();
      try {
        await broker.createTopics({
          topics: names.map((topic) => ({
            topic,
            numPartitions: settings.partitions,
            replicationFactor: copies,
            configEntries,
          })),
        });
      } catch (error) {
        // Another process was faster; what it has made is checked like any other.
        if (!everyTopicExists(error)) throw error;
      }
    },
    10_000,
  );

function everyTopicExists(thrown: unknown): boolean {
  const { errors } = thrown as { errors?: readonly unknown[] };
  return (errors ?? [thrown]).every((error) => kafkaType(error) === 'TOPIC_ALREADY_EXISTS');
}

/** A new topic is known to all brokers only after a moment. */
async function partitionsOf(
  connection: KafkaConnection,
  names: readonly string[],
  clock: Clock,
): Promise<ReadonlyMap<string, { readonly count: number; readonly copies: number }>> {
  for (let tries = 1; ; tries++) {
    try {
      return await connection.use('a look at topics', async (cluster) => {
        await cluster.addMultipleTargetTopics(names);
        await cluster.refreshMetadata();
        const found = names.map((name) => {
          const partitions = cluster.findTopicPartitionMetadata(name);
          return [name, { count: partitions.length, copies: Math.min(...partitions.map((p) => p.replicas.length)) }] as const; // prettier-ignore
        });
        const unknown = found.find(([, { count }]) => count === 0);
        if (unknown !== undefined) throw new KoppelError('LOG_UNREACHABLE', { what: `${unknown[0]} is not there yet` });
        return new Map(found);
      });
    } catch (error) {
      if (tries >= 20 || connection.ending.aborted) throw error;
      await clock.sleep(100 * tries, connection.ending).catch(() => undefined);
    }
  }
}
