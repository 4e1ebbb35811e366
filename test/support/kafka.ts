/**
 * Tests that need a real Kafka. Where there can be none they are skipped and counted; under CI=true the test runner then fails.
 */
import { describe } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaIsMissing, startKafka, type KafkaBrokers, type KafkaOptions } from '../../scripts/kafka/brokers.js';
import { givenKafka } from './shared-kafka.js';
import { isLogInKafka } from './stage.js';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.js';

let missing: { readonly why: string | undefined } | undefined;
const whyNot = (): string | undefined => (missing ??= { why: kafkaIsMissing() }).why;

/** A group of tests that need a Kafka; `own`: one that they may kill, so a given one is not enough. */
export const describeWithKafka = (name: string, tests: () => void, { own = false } = {}): void => {
  const canRun = (givenKafka !== undefined && !own) || whyNot() === undefined;
  const group = canRun ? describe : describe.skip;
  group(`with Kafka: ${name}`, tests);
};

/** A group of tests that may do with their Kafka what they like. */
export const describeWithOwnKafka = (name: string, tests: () => void): void =>
  describeWithKafka(name, tests, { own: true });

/** A group of tests of a file that runs twice, with the log in Postgres and in Kafka. */
export const describeOnEitherLog = isLogInKafka ? describeWithOwnKafka : describe;

/** A Kafka of the test's own that is reached through a proxy, so that its answers can be held up or lost. End both in afterAll. */
export async function ownKafkaBehindProxy(): Promise<{ readonly kafka: KafkaBrokers; readonly proxy: TcpProxy }> {
  const proxy = await openTcpProxy();
  const advertised = (_: number, port: number): string => {
    proxy.aim(port);
    return `127.0.0.1:${proxy.port}`;
  };
  return { kafka: await ownKafka({ advertised }), proxy };
}

/** A Kafka of the test's own, which it may kill. End it in afterAll. */
export async function ownKafka(options: Omit<KafkaOptions, 'folder'> = {}): Promise<KafkaBrokers> {
  const folder = mkdtempSync(join(tmpdir(), 'koppel-kafka-'));
  const kafka = await startKafka({ ...options, folder });
  return {
    ...kafka,
    async stop() {
      await kafka.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
