/**
 * From topic to canonical rows: the hub's ingest with 1, 2 and 4 processes, beside the bare script with 1 and 2, which only upserts or writes as
 * many rows as the hub, and beside Kafka Connect, in one run, on databases that start equal. Hub and scripts read the same topic; Kafka Connect reads the same products
 * from one of its own, flat and with their schema in each message, because its sink takes no others. All is filled beforehand, and each database is compared afterwards with what was sent.
 */
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import pg from 'pg';
import { kafkaChangesTopic } from '../src/log/change-log.js';
import { changesTopicName } from '../src/log/kafka-topics.js';
import { migrate } from '../src/store/migrate.js';
import { fillTopic, openBenchLog, partitions } from './kafka-hub.js';
import type { BareParts } from './kafka-bare.js';
import { bareTables } from './kafka-bare-rows.js';
import { checkOtherRows, checkRows } from './kafka-honesty.js';
import { openContender, type Contender, type Outcome } from './kafka-processes.js';
import { fillSinkTopic, openSink, sinkId, sinkTable, type Sink } from './kafka-sink.js';
import { speedOf, startWatch, toMeasurements, type Speed, type Spent } from './kafka-speeds.js';
import type { Grounds } from './kafka-grounds.js';
import type { Measurement } from './report.js';
import { admin, withDatabase } from './server.js';

const system = 'till';
const topic = kafkaChangesTopic(system);
const hubProcesses = [1, 2, 4];
const bareProcesses = [1, 2];
interface Sizes {
  readonly products: number;
  readonly editions: number;
}

/** A database in the state from which each contender starts, and where in the topic its changes begin and end. */
interface Start extends Sizes {
  readonly name: string;
  readonly from: readonly bigint[];
  readonly ends: readonly bigint[];
}

export async function benchThroughput(grounds: Grounds): Promise<readonly Measurement[]> {
  const { options, say, server } = grounds;
  const products = options.products ?? (options.quick ? 2_000 : 20_000);
  const changes = options.changes ?? (options.quick ? 8_000 : 100_000);
  const sizes = {
    products,
    editions: Math.max(1, Math.round(changes / products)),
    sinkChanges: Math.round(changes / 4),
  };
  const rounds = options.rounds ?? (options.quick ? 1 : 3);
  const name = `koppel_bench_${process.pid}_kafka`;
  await admin(server, `create database ${name}`);
  const speeds = new Map<string, Speed[]>();
  const stops: (() => Promise<void>)[] = [];
  try {
    const start = await prepare(grounds, name, sizes);
    const sink = await prepareSink(grounds, name, start);
    stops.push(() => sink.stop());
    for (let round = 1; round <= rounds; round++) {
      const turns = [
        ...hubProcesses.map((n) => ({ what: `hub, ${n}`, run: () => runHub(grounds, start, n) })),
        ...bareProcesses.map((n) => ({ what: `bare, ${n}`, run: () => runBare(grounds, start, n, 'upserts') })),
        ...bareProcesses.map((n) => ({ what: `bare with all rows, ${n}`, run: () => runBare(grounds, start, n, 'all rows') })), // prettier-ignore
        { what: 'sink', run: () => runSink(grounds, `${name}_sink`, sink, start, round) },
      ];
      // Backwards every second time, so that what disturbs the machine hits all.
      for (const { what, run } of round % 2 === 0 ? turns.reverse() : turns) {
        const speed = await run();
        say(
          `round ${round}, ${what}: ${speed.perSecond.toFixed()} changes/s, ${speed.perCore?.toFixed() ?? '?'} per second of processor`,
        );
        speeds.set(what, [...(speeds.get(what) ?? []), speed]);
      }
    }
    return toMeasurements(speeds);
  } finally {
    for (const stop of stops) await stop();
    for (const each of [`${name}_run`, `${name}_sink`, name])
      await admin(server, `drop database if exists ${each} with (force)`);
  }
}

/** All products as the hub has them in edition 0, the tables of the others beside them, and the topic with what follows. */
async function prepare(grounds: Grounds, name: string, sizes: Sizes): Promise<Start> {
  const { server, brokers, say } = grounds;
  const { products, editions } = sizes;
  const url = withDatabase(server, name);
  await migrate(url);
  const opened = openBenchLog({ url, brokers });
  try {
    say(`loading ${products} products …`);
    const from = await fillTopic(opened, { system, count: products, at: (index) => ({ index, edition: 0 }), version: 1 });
    const loaded = await hubRun({ url, brokers }, 2, from);
    say(`loaded: ${(products / loaded.seconds).toFixed()} products/s; filling the topic with ${products * editions} changes …`);
    const at = (n: number) => ({ index: n % products, edition: 1 + Math.floor(n / products) });
    const ends = await fillTopic(opened, { system, count: products * editions, at, version: products + 1 });
    await admin(url, peerTables);
    await admin(url, 'vacuum analyze');
    return { ...sizes, name, from, ends };
  } finally {
    await opened.close();
  }
} // prettier-ignore

/** The same columns, indexes and room for updates; ids that whoever has no references can make up. */
const peerTables = `
  create table bare_product (like product including all) with (fillfactor = 85);
  create table bare_variant (like variant including all) with (fillfactor = 50);
  create table ${sinkTable} (like product including all) with (fillfactor = 85);
  insert into bare_product select (jsonb_populate_record(p, jsonb_build_object('id', 'prd_' || code))).* from product p;
  insert into bare_variant
    select (jsonb_populate_record(v, jsonb_build_object('id', 'var_' || v.sku, 'product_id', 'prd_' || p.code))).*
    from variant v join product p on p.id = v.product_id;
  ${bareTables};
  insert into ${sinkTable} select (jsonb_populate_record(p, '{"version": 0}')).* from bare_product p`;

async function inCopy<T>({ server }: Grounds, start: Start, work: (url: string) => Promise<T>): Promise<T> {
  const name = `${start.name}_run`;
  await admin(server, `drop database if exists ${name} with (force)`);
  await admin(server, `create database ${name} template ${start.name}`);
  await admin(server, 'checkpoint');
  return work(withDatabase(server, name));
}

const runHub = (grounds: Grounds, start: Start, processes: number): Promise<Speed> =>
  inCopy(grounds, start, async (url) => {
    const { outcomes, ...spent } = await hubRun({ url, brokers: grounds.brokers }, processes, start.ends);
    const changes = start.products * start.editions;
    const updated = outcomes.reduce((sum, { counts }) => sum + (counts['updated'] ?? 0), 0);
    if (updated !== changes) throw new Error(`the hub has updated ${updated} of ${changes}`);
    await checkRows(url, { product: 'product', variant: 'variant', countsVersions: true }, start);
    return speedOf(changes, spent);
  });

interface HubRun extends Spent {
  readonly outcomes: readonly Outcome[];
}

async function hubRun(parts: { url: string; brokers: string }, members: number, ends: readonly bigint[]): Promise<HubRun> {
  const open = () => openContender('kafka-ingest.js', { ...parts, system, members });
  return withAll(await Promise.all(Array.from({ length: members }, open)), async (all) => {
    const client = new pg.Client({ connectionString: parts.url });
    await client.connect();
    const stopwatch = await startWatch(parts.url, all);
    for (const each of all) each.go();
    const isDone = async (): Promise<boolean> => {
      const { rows } = await client.query<{ partition: number; next_offset: string }>(
        `select partition, next_offset from consumer_position where consumer = 'ingest' and topic = $1`,
        [topic],
      );
      return rows.length > 0 && rows.every(({ partition, next_offset }) => BigInt(next_offset) >= (ends[partition] ?? 0n));
    };
    await untilDone(isDone, 'the hub');
    const spent = stopwatch();
    await client.end();
    return { ...spent, outcomes: await Promise.all(all.map((each) => each.stop())) };
  });
} // prettier-ignore

const runBare = (grounds: Grounds, start: Start, processes: number, writes: BareParts['writes']): Promise<Speed> =>
  inCopy(grounds, start, async (url) => {
    const { brokers } = grounds;
    const kafkaTopic = changesTopicName({}, system, 'product');
    const group = `bare-${start.name}-${performance.now()}`;
    await startGroupAt(brokers, group, kafkaTopic, start.from);
    const open = () =>
      openContender('kafka-bare.js', { url, brokers, topic: kafkaTopic, group, writes } satisfies BareParts);
    const all = await Promise.all(Array.from({ length: processes }, open));
    return withAll(all, async () => {
      const changes = start.products * start.editions;
      const stopwatch = await startWatch(url, all);
      for (const each of all) each.go();
      // By position: what is read again after a partition has changed hands counts once.
      const isThere = (end: bigint, partition: number): boolean =>
        all.some((each) => BigInt(each.reached()[partition] ?? 0) >= end);
      await untilDone(() => start.ends.every(isThere), 'the bare script');
      const spent = stopwatch();
      await Promise.all(all.map((each) => each.stop()));
      await checkRows(url, { product: 'bare_product', variant: 'bare_variant', countsVersions: false }, start);
      if (writes === 'all rows') await checkOtherRows(url, start);
      return speedOf(changes, spent);
    });
  });

async function startGroupAt(brokers: string, groupId: string, topic: string, from: readonly bigint[]): Promise<void> {
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.ERROR }).admin();
  await kafka.connect();
  await kafka.setOffsets({ groupId, topic, partitions: from.map((offset, partition) => ({ partition, offset: String(offset) })) }); // prettier-ignore
  await kafka.disconnect();
}

async function withAll<T>(all: readonly Contender[], work: (all: readonly Contender[]) => Promise<T>): Promise<T> {
  try {
    return await work(all);
  } finally {
    await Promise.all(all.map((each) => each.end()));
  }
}

/** A database of its own for all rounds, because it is told only once where to write; its first changes warm it up. */
async function prepareSink(grounds: Grounds, name: string, start: Start): Promise<Sink> {
  const { server, brokers, folder, say } = grounds;
  await admin(server, `create database ${name}_sink template ${name}`);
  const url = withDatabase(server, `${name}_sink`);
  await fillSinkTopic(brokers, { ...start, editions: 1, edition: 1 });
  say('starting Kafka Connect …');
  const sink = await openSink({ url, brokers, folder: join(folder, 'connect') });
  try {
    await sinkTakes(url, sink, { ...start, edition: 1 });
    return sink;
  } catch (error) {
    await sink.stop();
    throw error;
  }
}

async function runSink({ server, brokers }: Grounds, name: string, sink: Sink, start: Start, round: number): Promise<Speed> {
  const { products, editions } = start;
  const edition = 2 + (round - 1) * editions;
  await fillSinkTopic(brokers, { products, editions, edition });
  await admin(server, 'checkpoint');
  const url = withDatabase(server, name);
  return speedOf(products * editions, await sinkTakes(url, sink, { products, edition: edition + editions - 1 }));
} // prettier-ignore

/** What it takes until all products are written in their last edition. */
async function sinkTakes(url: string, sink: Sink, sent: { products: number; edition: number }): Promise<Spent> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // The last of each partition: what comes before has then been written.
  const last = Array.from({ length: partitions }, (_, i) => sinkId(sent.products - 1 - i));
  const count = async (where: string, values: readonly unknown[]): Promise<number> =>
    Number((await client.query<{ n: string }>(`select count(*) as n from ${sinkTable} where ${where}`, [...values])).rows[0]?.n); // prettier-ignore
  const stopwatch = await startWatch(url, [sink]);
  await sink.resume();
  await untilDone(async () => (await count('id = any($1) and version = $2', [last, sent.edition])) === partitions, 'the sink'); // prettier-ignore
  const spent = stopwatch();
  const written = await count('version = $1', [sent.edition]);
  await client.end();
  if (written !== sent.products) throw new Error(`the sink has written ${written} of ${sent.products}`);
  await sink.pause();
  return spent;
}

async function untilDone(isDone: () => boolean | Promise<boolean>, who: string): Promise<void> {
  const deadline = performance.now() + 15 * 60_000;
  while (!(await isDone())) {
    if (performance.now() > deadline) throw new Error(`${who} is not done after a quarter of an hour`);
    await new Promise((next) => setTimeout(next, 25));
  }
}
