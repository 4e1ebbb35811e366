/**
 * The one Kafka of a whole test run. In: a folder that the set-up of the run has announced. Out: how it is reached; the first test file
 * that asks starts it, the end of the run ends it. KOPPEL_KAFKA_BROKERS names one that is there already, and what else the hub is told
 * of such a Kafka holds for tests too.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka } from '../../scripts/kafka/brokers.js';
import { settingsOf } from '../../src/compose/log.js';
import { describeProblems, parseConfig, type Environment } from '../../src/config/config.js';
import type { KafkaSettings } from '../../src/log/kafka-connection.js';
import type { TopicSettings } from '../../src/log/kafka-topics.js';
import { patient } from './patience.js';

export const givenKafka = process.env['KOPPEL_KAFKA_BROKERS'];

const folderName = 'KOPPEL_TEST_KAFKA';

/** Called once per run. Returns the way to end the shared Kafka, if a test has started it. */
export function offerKafka(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'koppel-kafka-'));
  process.env[folderName] = folder;
  return () => {
    const started = join(folder, 'pid');
    if (existsSync(started)) process.kill(Number(readFileSync(started, 'utf8')), 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}

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

/** The Kafka that all test files of this run share. */
export async function sharedKafka(): Promise<GivenKafka> {
  if (givenKafka !== undefined) return kafkaOf(process.env);
  const folder = process.env[folderName];
  if (folder === undefined)
    throw new Error('there is no shared Kafka: it works in the jest projects "world" and "kafka" only');
  const ready = join(folder, 'ready');
  if (isFirst(join(folder, 'starting'))) {
    const kafka = await startKafka({ folder, outlives: true });
    writeFileSync(join(folder, 'pid'), String(kafka.nodes[0]?.pid()));
    writeFileSync(`${ready}.part`, kafka.bootstrap);
    renameSync(`${ready}.part`, ready);
  }
  const deadline = performance.now() + patient(120_000);
  while (!existsSync(ready)) {
    if (performance.now() > deadline) throw new Error('the shared Kafka was not started by the test that began to');
    await new Promise((next) => setTimeout(next, 50));
  }
  return { brokers: readFileSync(ready, 'utf8').split(',') };
}

function isFirst(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
