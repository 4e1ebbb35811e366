/** The hub's log in a real Kafka for benchmarks: opened as in the product, filled with changes beforehand. */
import { systemClock } from '../src/base/clock.js';
import { noFailpoint } from '../src/base/failpoint.js';
import { silentLogger } from '../src/base/logger.js';
import { canonicalTopic, kafkaChangesTopic, type LogEntry } from '../src/log/change-log.js';
import { makeKafkaLog, type KafkaLog } from '../src/log/kafka-log.js';
import { makePostgresLog } from '../src/log/postgres-log.js';
import { openDatabase, type Database } from '../src/store/database.js';
import { toEntry } from './ingest-wiring.js';

export interface BenchLogParts {
  readonly url: string;
  readonly brokers: string;
}

export interface BenchLog {
  readonly database: Database;
  readonly log: KafkaLog;
  close(): Promise<void>;
}

export const partitions = 8;

export function openBenchLog({ url, brokers }: BenchLogParts): BenchLog {
  const base = { clock: systemClock, logger: silentLogger, failpoint: noFailpoint };
  const database = openDatabase({ url, poolMax: 6, applicationName: 'bench kafka' }, base);
  const postgresLog = makePostgresLog({
    database,
    logger: silentLogger,
    partitions: (topic) => (topic === canonicalTopic ? 1 : partitions),
  });
  const log = makeKafkaLog({
    ...base,
    database,
    settings: { brokers: brokers.split(','), partitions, retentionMs: 86_400_000 },
    recordsOf: () => new Map([['product', ['products']]]),
    postgresLog,
    shortened: (_topic, _partition, error) => Promise.reject(error),
  });
  return {
    database,
    log,
    async close() {
      await log.close();
      await database.end();
    },
  };
}

export interface Filling {
  readonly system: string;
  readonly count: number;
  /** Which product the n-th change is about, and in which edition. */
  readonly at: (n: number) => { readonly index: number; readonly edition: number };
  /** Version of the first one; they rise by one. */
  readonly version: number;
}

/** Appends changes as capture does; returns the offsets behind the last ones. */
export async function fillTopic({ database, log }: BenchLog, filling: Filling): Promise<readonly bigint[]> {
  const { system, count, at, version } = filling;
  const topic = kafkaChangesTopic(system);
  for (let from = 0; from < count; from += 500) {
    const entries: LogEntry[] = [];
    for (let n = from; n < Math.min(from + 500, count); n++) {
      const { index, edition } = at(n);
      entries.push(toEntry(system, index, edition, version + n));
    }
    await database.tx((tx) => log.append(tx, topic, entries));
  }
  return log.ends(topic);
}
