/** The change log, wired: in Postgres, or in Kafka with the relay that publishes canonical events there. */
import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Clock } from '../base/clock.js';
import type { Failpoint } from '../base/failpoint.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import type { HubConfig } from '../config/config.js';
import type { KafkaConfig } from '../config/kafka-variables.js';
import { canonicalTopic, changesTopic, kafkaChangesTopic, type ChangeLog } from '../log/change-log.js';
import { makeEventPublisher } from '../log/event-publisher.js';
import type { KafkaSettings } from '../log/kafka-connection.js';
import { makeKafkaLog } from '../log/kafka-log.js';
import { makePostgresLog } from '../log/postgres-log.js';
import type { Database, Tx } from '../store/database.js';
import { hubIdOf } from '../store/log-heads.js';
import * as positions from '../store/positions.js';
import { ingestConsumer } from '../cdc/ingest.js';
import { stopShortened } from '../cdc/shortened.js';
import type { ConfigurationSource } from '../sync/configuration.js';
import { makeRelay } from '../sync/relay.js';
import { recordsOf } from '../sync/systems.js';

export interface OpenLog {
  readonly log: ChangeLog<Tx> & { close(): Promise<void> };
  readonly changesTopic: (system: string) => string;
  readonly services: readonly Service[];
  /** What stops before everything else: requests to brokers that are under way have a short time from then on. */
  readonly drain: readonly Service[];
}

export interface LogParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly failpoint: Failpoint;
  readonly database: Database;
  readonly owner: string;
  readonly configuration: ConfigurationSource;
}

export function openLog({ kafka, shutdownGraceMs }: HubConfig, parts: LogParts): OpenLog {
  const { database, logger, clock, configuration } = parts;
  const partitions = (topic: string): number => (topic === canonicalTopic ? 1 : 8);
  const postgresLog = makePostgresLog({ database, logger, partitions });
  if (kafka === undefined) return { log: postgresLog, changesTopic, services: [], drain: [] };
  const { prefix, copies, partitions: count, retentionMs } = kafka;
  const ending = new AbortController();
  // Whoever waits for brokers listens to it.
  setMaxListeners(0, ending.signal);
  const settings = { ...settingsOf(kafka), ending: ending.signal, prefix, copies, partitions: count, retentionMs };
  const hubId = onceDone(() => hubIdOf(database));
  const records = (system: string) => recordsOf(configuration.current(), system);
  const log = makeKafkaLog({
    ...{ database, logger, clock, settings, postgresLog, hubId },
    recordsOf: records,
    shortened: stopShortened({ database, logger, consumer: ingestConsumer, stopPartition: positions.stopPartition }),
  });
  const publisher = makeEventPublisher({ database, logger, clock, settings, hubId });
  const relay = makeRelay({ ...parts, log, canonicalTopic, positions, publisher });
  return { log, changesTopic: kafkaChangesTopic, services: [relay], drain: [drainOf(ending, shutdownGraceMs)] };
}

/** Longest time for requests to brokers once the process is to end. */
const mostDrainMs = 5_000;

/**
 * Whoever waits for brokers that do not answer would wait for longer than the process has, one after the other. What was not acknowledged
 * is sent again by whoever takes over.
 */
const drainOf = (ending: AbortController, graceMs: number): Service => ({
  name: 'log drain',
  start: () => Promise.resolve(),
  stop() {
    setTimeout(() => ending.abort(new Error('the process ends')), Math.min(mostDrainMs, graceMs / 4)).unref();
    return Promise.resolve();
  },
});

/** Done once; again when it failed. */
function onceDone<T>(work: () => Promise<T>): () => Promise<T> {
  let doing: Promise<T> | undefined;
  return () => {
    doing ??= work().catch((error: unknown) => {
      doing = undefined;
      throw error;
    });
    return doing;
  };
}

/** How the brokers are reached, with the files that were named read. */
export function settingsOf({ brokers, tls, ca, cert, key, sasl }: KafkaConfig): KafkaSettings {
  const read = (file: string | undefined): string | undefined =>
    file === undefined ? undefined : readFileSync(file, 'utf8');
  const files = Object.entries({ ca: read(ca), cert: read(cert), key: read(key) });
  return {
    brokers,
    tls: tls ? Object.fromEntries(files.filter(([, text]) => text !== undefined)) : undefined,
    sasl,
  };
}
