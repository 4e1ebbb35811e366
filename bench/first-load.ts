/**
 * How long a first load takes and how much memory the hub needs for it: the whole product over real sockets, on a fresh
 * database and fresh sandboxes in each round, beside a bare script without a database in the same run. One more load runs
 * against a shop that allows as many requests a second as shops do.
 */
import type { BenchOptions } from './options.js';
import { loadBare } from './first-load-bare.js';
import type { MemorySample } from './first-load-memory.js';
import { loadByHub, writtenRecords, type Loaded, type WrittenRecord } from './first-load-round.js';
import { measurement, median, within, type Measurement } from './report.js';
import { admin, openServer, withDatabase } from './server.js';

const usualProducts = 500;
const usualRateLimit = 50;
/** Promised. */
const mostMegabytes = 400;
const mostSeconds = 60;

interface Rounds {
  readonly hub: readonly Loaded[];
  /** Records a second. */
  readonly bare: readonly number[];
  /** At the usual rate limit; only for the usual number of products. */
  readonly limited: Loaded | undefined;
}

export async function benchFirstLoad(options: BenchOptions): Promise<readonly Measurement[]> {
  const products = options.products ?? usualProducts;
  const rounds = Math.max(options.rounds ?? 3, 1);
  const { say } = options;
  const server = await openServer(say);
  try {
    const load = { products, rateLimit: 0, say };
    const hub: Loaded[] = [];
    const bare: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      let records: readonly WrittenRecord[] = [];
      const loaded = await inDatabase(server.url, (databaseUrl) =>
        loadByHub({ ...load, databaseUrl }, async (client) => {
          records = await writtenRecords(client);
        }),
      );
      hub.push(loaded);
      say(`round ${round}: hub ${describe(loaded)}`);
      // The script uses none; its sandboxes come with a hub's configuration.
      const { seconds } = await inDatabase(server.url, (databaseUrl) => loadBare({ ...load, databaseUrl }, records));
      bare.push(records.length / seconds);
      say(`round ${round}: bare ${seconds.toFixed(1)} s, ${(records.length / seconds).toFixed()} records/s`);
    }
    let limited: Loaded | undefined;
    if (products === usualProducts) {
      limited = await inDatabase(server.url, (databaseUrl) =>
        loadByHub({ ...load, rateLimit: usualRateLimit, databaseUrl }, () => Promise.resolve()),
      );
      say(`at ${usualRateLimit} requests/s: hub ${describe(limited)}`);
    }
    return toMeasurements({ hub, bare, limited });
  } finally {
    await server.close();
  }
}

async function inDatabase<T>(server: string, work: (databaseUrl: string) => Promise<T>): Promise<T> {
  const name = `koppel_bench_${process.pid}_load`;
  await admin(server, `create database ${name}`);
  try {
    return await work(withDatabase(server, name));
  } finally {
    await admin(server, `drop database if exists ${name} with (force)`);
  }
}

function toMeasurements({ hub, bare, limited }: Rounds): Measurement[] {
  const of = (pick: (loaded: Loaded) => number): number[] => hub.map(pick);
  const unit = 'records/s';
  const written = of((loaded) => loaded.written);
  return [
    measurement('first-load-seconds', of((loaded) => loaded.seconds), 's'),
    measurement('first-load-captured', of((loaded) => loaded.captured), unit),
    measurement('first-load-ingested', of((loaded) => loaded.ingested), unit),
    {
      ...measurement('first-load-written', written, unit),
      ratio: median(written) / median(bare),
      against: 'first-load-bare',
    },
    measurement('first-load-bare', bare, unit),
    within('first-load-memory', of((loaded) => loaded.peakMegabytes), 'MB', mostMegabytes),
    ...(limited === undefined
      ? []
      : [within(`first-load-at-${usualRateLimit}-requests/s`, [limited.seconds], 's', mostSeconds)]),
  ]; // prettier-ignore
}

function describe(loaded: Loaded): string {
  const { seconds, writes, captured, ingested, written, peakMegabytes, curve } = loaded;
  return [
    `${seconds.toFixed(1)} s for ${writes} writes`,
    `${captured.toFixed()} captured/s, ${ingested.toFixed()} ingested/s, ${written.toFixed()} written/s`,
    `${peakMegabytes.toFixed()} MB at most (${curveOf(curve)})`,
  ].join('; ');
}

/** At most twenty points of the curve, evenly spread. */
function curveOf(curve: readonly MemorySample[]): string {
  const step = Math.max(1, Math.ceil(curve.length / 20));
  return curve
    .filter((_, i) => i % step === 0)
    .map(({ seconds, megabytes }) => `${seconds.toFixed()}s ${megabytes.toFixed()}`)
    .join(', ');
}
