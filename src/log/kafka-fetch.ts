/**
 * Fetches from brokers. What is asked for at the same time (a worker reads all partitions that have news) goes in one request for
 * each broker; every partition has its own answer or its own error all the same.
 */
import DataLoader from 'dataloader';
import type Cluster from 'kafkajs/src/cluster/index.js';
import type { FetchedPartition } from 'kafkajs/src/cluster/index.js';
import { KoppelError } from '../base/errors.js';
import { kafkaType, type KafkaConnection } from './kafka-connection.js';

/** A partition of a topic in Kafka, and the offset from which it is wanted. */
export interface Wanted {
  readonly topic: string;
  readonly partition: number;
  readonly from: bigint;
}

const bytesOfOne = 1_048_576;
const bytesOfAll = 4 * bytesOfOne;
const mostAtOnce = 32;

export function makeKafkaFetch(connection: KafkaConnection): (wanted: Wanted) => Promise<FetchedPartition> {
  const loader = new DataLoader<Wanted, FetchedPartition>((wanted) => fetchAll(connection, wanted), {
    cache: false,
    maxBatchSize: mostAtOnce,
  });
  return (wanted) => loader.load(wanted);
}

async function fetchAll(
  connection: KafkaConnection,
  wanted: readonly Wanted[],
): Promise<readonly (FetchedPartition | Error)[]> {
  const together = wanted.length === 1 ? [] : await fetchTogether(connection, wanted).catch(ofOnePartition);
  return Promise.all(
    wanted.map((each, index) => {
      const found = together[index];
      // What there was no room for in the answer is asked for by itself.
      const isThere = found !== undefined && (found.messages.length > 0 || BigInt(found.highWatermark) <= each.from);
      return isThere ? Promise.resolve(found) : fetchOne(connection, each).catch((error: unknown) => error as Error);
    }),
  );
}

/** What is wrong with one partition fails a request for several: each is then asked for by itself. */
function ofOnePartition(error: unknown): readonly undefined[] {
  if (kafkaType((error as Error).cause) === undefined) throw error;
  return [];
}

function fetchTogether(
  connection: KafkaConnection,
  wanted: readonly Wanted[],
): Promise<readonly (FetchedPartition | undefined)[]> {
  return connection.use(`a read of ${wanted.length} partitions`, async (cluster) => {
    const ofLeaders = new Map<string, Wanted[]>();
    await cluster.addMultipleTargetTopics([...new Set(wanted.map(({ topic }) => topic))]);
    // A request names a partition once; whoever wants it from another offset asks by himself.
    const asked = new Map(wanted.map((each) => [placeOf(each), each]));
    for (const each of asked.values()) {
      const leader = leaderOf(cluster, each);
      ofLeaders.set(leader, [...(ofLeaders.get(leader) ?? []), each]);
    }
    const found = new Map<string, FetchedPartition>();
    const ask = async ([nodeId, led]: readonly [string, readonly Wanted[]]): Promise<void> => {
      for (const { topicName, partitions } of await request(cluster, nodeId, led))
        for (const each of partitions) found.set(placeOf({ topic: topicName, ...each }), each);
    };
    await Promise.all([...ofLeaders].map(ask));
    return wanted.map((each) => (asked.get(placeOf(each))?.from === each.from ? found.get(placeOf(each)) : undefined));
  });
}

const placeOf = ({ topic, partition }: Pick<Wanted, 'topic' | 'partition'>): string => `${topic} ${partition}`;

const fetchOne = (connection: KafkaConnection, wanted: Wanted): Promise<FetchedPartition> =>
  connection.use(`a read of ${wanted.topic}`, async (cluster) => {
    await cluster.addMultipleTargetTopics([wanted.topic]);
    const found = (await request(cluster, leaderOf(cluster, wanted), [wanted]))[0]?.partitions[0];
    if (found === undefined) throw new KoppelError('LOG_UNREACHABLE', { what: `an answer without ${wanted.topic}` });
    return found;
  });

async function request(cluster: Cluster, nodeId: string, wanted: readonly Wanted[]) {
  const broker = await cluster.findBroker({ nodeId });
  const topics = [...new Set(wanted.map(({ topic }) => topic))];
  const { responses } = await broker.fetch({
    replicaId: -1,
    isolationLevel: 1,
    // What is asked for is there already; a little patience lets copies catch up after a change of leader.
    maxWaitTime: 10,
    minBytes: 1,
    maxBytes: bytesOfAll,
    topics: topics.map((topic) => ({
      topic,
      partitions: wanted
        .filter((each) => each.topic === topic)
        .map(({ partition, from }) => ({ partition, fetchOffset: String(from), maxBytes: bytesOfOne })),
    })),
  });
  return responses;
}

function leaderOf(cluster: Cluster, { topic, partition }: Wanted): string {
  const [nodeId] = Object.keys(cluster.findLeaderForPartitions(topic, [partition]));
  if (nodeId === undefined || nodeId === '-1')
    throw new KoppelError('LOG_UNREACHABLE', { what: `${topic}, partition ${partition}, has no leader` });
  return nodeId;
}
