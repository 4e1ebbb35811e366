/** A process that takes changes from Kafka into canonical rows, for the benchmark: the product's worker, begun and ended on command. */
import { configurationRevision } from '../src/store/configuration.js';
import { kafkaChangesTopic } from '../src/log/change-log.js';
import { benchMapping } from './ingest-documents.js';
import { makeBenchWorker } from './ingest-wiring.js';
import { openBenchLog, type BenchLogParts } from './kafka-hub.js';
import { onOrders } from './kafka-processes.js';

export interface IngestParts extends BenchLogParts {
  readonly system: string;
  /** Processes that share the topic. */
  readonly members: number;
}

const { system, members, ...parts } = JSON.parse(process.argv[2] ?? '') as IngestParts;
const opened = openBenchLog(parts);
const { worker, counts } = makeBenchWorker({
  database: opened.database,
  log: opened.log,
  changesTopic: kafkaChangesTopic,
  system,
  mapping: benchMapping(),
  members: () => members,
  revision: await configurationRevision(opened.database),
});
await opened.log.partitionsOf(kafkaChangesTopic(system));
let ending = new AbortController();

async function takeIn(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    // Nothing to do: others may have what is left.
    if ((await worker.run(signal)) === 'idle') await new Promise((next) => setTimeout(next, 10));
  }
}

onOrders({
  async go() {
    ending = new AbortController();
    await takeIn(ending.signal);
    await worker.release();
    return { counts: counts() };
  },
  stop: () => ending.abort(),
});
