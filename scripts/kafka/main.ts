/**
 * `npm run kafka [-- --nodes 3] [-- --port 9092]`: fetches Apache Kafka, starts it on this machine only, prints its address and stops
 * it on Ctrl-C. Its data stays in the data folder, so the next start goes on with it.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { kafkaIsMissing, startKafka } from './brokers.js';

const { values } = parseArgs({
  options: { nodes: { type: 'string', default: '1' }, port: { type: 'string', default: '9092' } },
});
const nodes = Number(values.nodes);
const missing = kafkaIsMissing();
if (![1, 3].includes(nodes) || !/^\d+$/.test(values.port)) {
  process.stderr.write('Usage: npm run kafka -- [--nodes 1|3] [--port 9092]\n');
  process.exit(64);
}
if (missing !== undefined) {
  process.stderr.write(`Kafka cannot run here: ${missing}. Install a Java runtime (17 or later) and Maven.\n`);
  process.exit(1);
}
const stopped = new Promise<void>((done) => {
  process.once('SIGINT', done);
  process.once('SIGTERM', done);
});
// One folder per size: nodes remember who their peers are.
const folder = join(process.env['KOPPEL_DATA_DIR'] ?? '.koppel', 'kafka', `nodes-${nodes}`);
const kafka = await startKafka({ folder, nodes, port: Number(values.port) });
process.stdout.write(`Kafka is ready. For the hub: KOPPEL_KAFKA_BROKERS=${kafka.bootstrap}\n`);
await stopped;
await kafka.stop(true);
