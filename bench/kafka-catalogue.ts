/**
 * Whether a change costs the same however many products there are: the same number of changes, each of another product, by one
 * process, in turns on a catalogue of ten thousand and on one of a million.
 */
import pg from 'pg';
import { kafkaChangesTopic } from '../src/log/change-log.js';
import { migrate } from '../src/store/migrate.js';
import { multiplyCatalogue, templates } from './kafka-catalogue-data.js';
import { fillTopic, openBenchLog, type BenchLog } from './kafka-hub.js';
import { openContender, type Contender } from './kafka-processes.js';
import type { Grounds } from './kafka-grounds.js';
import { processorSeconds, serverPid } from './processor-time.js';
import { measurement, type Measurement } from './report.js';
import { admin, withDatabase } from './server.js';

/** Promised: a change in the large catalogue takes at most 15 % longer. */
const bar = 0.85;

interface Catalogue {
  readonly system: string;
  readonly products: number;
  readonly url: string;
  readonly opened: BenchLog;
  readonly client: pg.Client;
  readonly contender: Contender;
  version: number;
}

export async function benchCatalogue(grounds: Grounds): Promise<readonly Measurement[]> {
  const { options, server, say } = grounds;
  const small = options.quick ? 3_000 : 10_000;
  const large = options.products ?? (options.quick ? 12_000 : 1_000_000);
  const rounds = options.rounds ?? (options.quick ? 1 : 5);
  const speeds: Record<string, number[]> = { small: [], large: [] };
  const catalogues: Catalogue[] = [];
  const names = ['small', 'large'].map((system) => `koppel_bench_${process.pid}_${system}`);
  try {
    for (const [i, products] of [small, large].entries())
      catalogues.push(await openCatalogue(grounds, names[i] ?? '', i === 0 ? 'small' : 'large', products));
    // One round more than is counted, so that plans are made and caches are warm.
    for (let round = 0; round <= rounds; round++) {
      for (const each of round % 2 === 0 ? catalogues : [...catalogues].reverse()) {
        const speed = await change(each, small, round, grounds);
        say(`round ${round}, ${each.products} products: ${speed.toFixed()} changes/s`);
        if (round > 0) speeds[each.system]?.push(speed);
      }
    }
  } finally {
    for (const { contender, client, opened } of catalogues) {
      await contender.end();
      await client.end();
      await opened.close();
    }
    for (const name of names) await admin(server, `drop database if exists ${name} with (force)`);
  }
  const [few = [], many = []] = [speeds['small'], speeds['large']];
  return [
    measurement(`kafka-ingest-with-${small}-products`, few, 'changes/s'),
    measurement(`kafka-ingest-with-${large}-products`, many, 'changes/s', { name: `with ${small}`, values: few, bar }),
  ];
}

async function openCatalogue(
  { server, brokers, say }: Grounds,
  name: string,
  system: string,
  products: number,
): Promise<Catalogue> {
  await admin(server, `create database ${name}`);
  const url = withDatabase(server, name);
  await migrate(url);
  const opened = openBenchLog({ url, brokers });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const contender = await openContender('kafka-ingest.js', { url, brokers, system, members: 1 });
  const catalogue: Catalogue = { system, products, url, opened, client, contender, version: 1 };
  await taken(catalogue, await show(catalogue, templates, (index) => ({ index, edition: 0 })));
  const began = performance.now();
  await multiplyCatalogue(client, system, products);
  say(`${products} products are there after ${((performance.now() - began) / 1000).toFixed()} s`);
  await checkGenerated(catalogue);
  return catalogue;
}

async function show(catalogue: Catalogue, count: number, at: (n: number) => { index: number; edition: number }) {
  const { opened, system, version } = catalogue;
  catalogue.version += count;
  return fillTopic(opened, { system, count, at, version });
}

/** Seconds until everything up to `ends` has been taken in. */
async function taken({ client, contender, system }: Catalogue, ends: readonly bigint[]): Promise<number> {
  const started = performance.now();
  contender.go();
  for (;;) {
    const { rows } = await client.query<{ partition: number; next_offset: string }>(
      `select partition, next_offset from consumer_position where consumer = 'ingest' and topic = $1`,
      [kafkaChangesTopic(system)],
    );
    const isDone = ({ partition, next_offset }: (typeof rows)[number]) =>
      BigInt(next_offset) >= (ends[partition] ?? 0n);
    if (rows.length > 0 && rows.every(isDone)) break;
    await new Promise((next) => setTimeout(next, 10));
  }
  const seconds = (performance.now() - started) / 1000;
  await contender.stop();
  return seconds;
}

/** What was made by SQL must be what ingest would have made: shown once more as it is, none of it changes. */
async function checkGenerated(catalogue: Catalogue): Promise<void> {
  const { products, client } = catalogue;
  const before = await changesOf(client);
  const step = Math.max(1, Math.floor(products / 500));
  const count = Math.floor(products / step);
  await taken(catalogue, await show(catalogue, count, (n) => ({ index: n * step, edition: 0 })));
  const after = await changesOf(client);
  if (after !== before) throw new Error(`${after - before} records of the catalogue are not as ingest would have made them`);
} // prettier-ignore

async function changesOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ n: string }>(`select count(*) as n from log_entry where topic = 'canonical'`);
  return Number(rows[0]?.n);
}

/** Pages that are changed for the first time after a checkpoint are logged whole: what is spread over many pages costs more. */
async function writtenWal(client: pg.Client): Promise<{ readonly bytes: number; readonly pages: number }> {
  const { rows } = await client.query<{ bytes: number; pages: number }>(
    'select wal_bytes::float8 as bytes, wal_fpi::float8 as pages from pg_stat_wal',
  );
  return rows[0] ?? { bytes: NaN, pages: NaN };
}

/** Products spread over the whole catalogue, other ones in each round where there are more than are changed. */
async function change(catalogue: Catalogue, count: number, round: number, grounds: Grounds): Promise<number> {
  const { products, client } = catalogue;
  const at = (n: number) => ({ index: (n * 611_953 + round * 104_729) % products, edition: round + 1 });
  const ends = await show(catalogue, count, at);
  const before = await changesOf(client);
  await admin(grounds.server, 'checkpoint');
  const [wal, pids] = [await writtenWal(client), [await serverPid(catalogue.url), catalogue.contender.pid]];
  const processor = processorSeconds(pids);
  const seconds = await taken(catalogue, ends);
  const used = ((processorSeconds(pids) ?? NaN) - (processor ?? NaN)) / count;
  const after = await writtenWal(client);
  grounds.say(
    `  a change: ${(used * 1e6).toFixed()} µs of processor time, ${((after.bytes - wal.bytes) / count / 1_024).toFixed(1)} kB of write-ahead log, ${((after.pages - wal.pages) / count).toFixed(1)} whole pages in it`,
  );
  const changes = (await changesOf(client)) - before;
  // Products of one variant and of three: 1.6 on average.
  if (Math.abs(changes - count * 2.6) > count * 0.1) throw new Error(`${changes} records have changed`);
  return count / seconds;
}
