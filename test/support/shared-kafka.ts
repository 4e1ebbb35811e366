/**
 * The one Kafka of a whole test run. In: a folder that the set-up of the run has announced. Out: how it is reached; the first test file
 * that asks starts it, the end of the run ends it. KOPPEL_KAFKA_BROKERS names one that is there already, and what else the hub is told
 * of such a Kafka holds for tests too.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka } from '../../scripts/kafka/brokers.js';
import type { GivenKafka } from './given-kafka.js';
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

/** The Kafka that all test files of this run share. */
export async function sharedKafka(): Promise<GivenKafka> {
  // Only then: it brings much of the product with it.
  if (givenKafka !== undefined) return (await import('./given-kafka.js')).kafkaOf(process.env);
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
