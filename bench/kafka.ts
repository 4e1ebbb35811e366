/**
 * The hub with its log in a real Kafka, in parts (`--parts throughput,catalogue,latency`): how fast changes become rows, beside a bare
 * script and Kafka Connect; whether a change costs the same in a large catalogue; how long one takes from till to shop.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaIsMissing, startKafka } from '../scripts/kafka/brokers.js';
import { benchCatalogue } from './kafka-catalogue.js';
import type { Grounds } from './kafka-grounds.js';
import { benchLatency } from './kafka-latency.js';
import { benchThroughput } from './kafka-throughput.js';
import type { BenchOptions } from './options.js';
import type { Measurement } from './report.js';
import { openServer } from './server.js';

const parts: Readonly<Record<string, (grounds: Grounds) => Promise<readonly Measurement[]>>> = {
  throughput: benchThroughput,
  catalogue: benchCatalogue,
  latency: benchLatency,
};

export async function benchKafka(options: BenchOptions): Promise<readonly Measurement[]> {
  const { say } = options;
  const wanted = options.parts ?? Object.keys(parts);
  const unknown = wanted.find((name) => !(name in parts));
  if (unknown !== undefined) throw new Error(`there is no part ${unknown}, only ${Object.keys(parts).join(', ')}`);
  const missing = kafkaIsMissing();
  if (missing !== undefined) throw new Error(`this benchmark needs Kafka, and ${missing}`);
  const folder = mkdtempSync(join(tmpdir(), 'koppel-bench-kafka-'));
  const server = await openServer(say);
  const kafka = await startKafka({ folder, nodes: 1 });
  try {
    const found: Measurement[] = [];
    for (const name of wanted) {
      const grounds = { options, server: server.url, brokers: kafka.bootstrap, folder, say };
      found.push(...((await parts[name]?.(grounds)) ?? []));
    }
    return found;
  } finally {
    await kafka.stop(true);
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
