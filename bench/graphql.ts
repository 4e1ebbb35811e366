/**
 * How many questions of the graph are answered a second, and how late the slowest: Koppel, with authentication, limits and
 * masking on, beside PostGraphile 5 over the same Postgres and records, asked by the same load in turns. Before anything is
 * measured, all answers of both are compared: they are the same once those of PostGraphile are renamed. Beside that, what an
 * answer costs in processor time of the server and Postgres together, which says the same on a machine that is busy with others.
 */
/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument -- answers are walked as they come */
import { deepStrictEqual } from 'node:assert/strict';
import { systemClock } from '../src/base/clock.js';
import { noFailpoint } from '../src/base/failpoint.js';
import { silentLogger } from '../src/base/logger.js';
import { ensureFirstKey } from '../src/security/keyring.js';
import { openDatabase } from '../src/store/database.js';
import { migrate } from '../src/store/migrate.js';
import { fillShop } from './graphql-data.js';
import { installPeers, openLoad, peerVersion, serve, type Load, type Served } from './graphql-processes.js';
import { catalogueQuery, ordersQuery, plain, productQuery, type BenchQuery, type Loose } from './graphql-queries.js';
import type { BenchOptions } from './options.js';
import { measurement, type Measurement } from './report.js';
import { processorSeconds, serverPid } from './processor-time.js';
import { admin, openServer, withDatabase } from './server.js';

const connections = 16;
const warmUpMs = 2_000;
const roundMs = 4_000;
/** Promised: requests a second, as a multiple of PostGraphile's; its p99, as a multiple of ours. */
const bars = { requests: 1.5, p99: 1 };

export async function benchGraphql(options: BenchOptions): Promise<readonly Measurement[]> {
  const sizes = { products: options.products ?? 100_000, orders: options.orders ?? (options.products ?? 100_000) / 2 };
  const peers = installPeers(options.say);
  const server = await openServer(options.say);
  const name = `koppel_bench_${process.pid}_graphql`;
  await admin(server.url, `create database ${name}`);
  const url = withDatabase(server.url, name);
  const stops: (() => void)[] = [];
  try {
    const key = await prepareDatabase(url, sizes);
    options.say(`${sizes.products * 2} variants and ${sizes.orders} orders are there`);
    const koppel = { ...(await serve(peers, 'graphql-koppel.js', url)), headers: { Authorization: `Bearer ${key}` } };
    const peer = { ...(await serve(peers, 'graphql-peer.js', url)), headers: {} };
    const load = openLoad(peers);
    stops.push(koppel.stop, peer.stop, load.stop);
    const questions = await sameQuestions(koppel, peer, sizes.products);
    options.say('both give the same answers');
    const postgres = await serverPid(url);
    return await compare({ koppel, peer, load, postgres, questions, rounds: options.rounds ?? 5, say: options.say });
  } finally {
    for (const stop of stops) stop();
    await admin(server.url, `drop database if exists ${name} with (force)`);
    await server.close();
  }
}

async function prepareDatabase(url: string, sizes: { products: number; orders: number }): Promise<string> {
  await migrate(url);
  const base = { clock: systemClock, logger: silentLogger, failpoint: noFailpoint };
  const database = openDatabase({ url, poolMax: 2, applicationName: 'bench' }, base);
  try {
    await fillShop(database, sizes);
    return (await ensureFirstKey(database)).printed ?? '';
  } finally {
    await database.end();
  }
}

interface Target extends Served {
  readonly headers: Readonly<Record<string, string>>;
}

/** One query with the bodies of its requests, the same questions in the same order for both. */
interface Questions {
  readonly query: BenchQuery;
  readonly koppel: readonly string[];
  readonly peer: readonly string[];
}

async function ask(target: Target, body: string): Promise<Loose> {
  const response = await fetch(`http://127.0.0.1:${target.port}${target.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...target.headers },
    body,
  });
  const answer = (await response.json()) as Loose;
  if (answer.errors !== undefined) throw new Error(`not answered: ${JSON.stringify(answer.errors)}`);
  return answer.data;
}

const bodyOf = (query: string, variables: object): string => JSON.stringify({ query, variables });

/** The only root field of an answer. */
const list = (data: Loose): Loose => Object.values(data)[0];

/** Pages from the first on, each asked with the cursor of the one before. */
async function pages(koppel: Target, peer: Target, query: BenchQuery, count: number): Promise<Questions> {
  const asked = { koppel: [] as string[], peer: [] as string[] };
  let after: { koppel: string | null; peer: string | null } = { koppel: null, peer: null };
  for (let page = 0; page < count; page++) {
    asked.koppel.push(bodyOf(query.koppel, { after: after.koppel }));
    asked.peer.push(bodyOf(query.peer, { after: after.peer }));
    const [ours, theirs] = await sameAnswer(koppel, peer, query, asked.koppel.at(-1)!, asked.peer.at(-1)!);
    if (list(ours).nodes.length === 0) throw new Error(`page ${page} of ${query.name} is empty`);
    after = { koppel: list(ours).pageInfo.endCursor, peer: list(theirs).pageInfo.endCursor };
  }
  return { query, ...asked };
}

async function sameAnswer(
  koppel: Target,
  peer: Target,
  query: BenchQuery,
  ours: string,
  theirs: string,
): Promise<[Loose, Loose]> {
  const [mine, other] = await Promise.all([ask(koppel, ours), ask(peer, theirs)]);
  deepStrictEqual(plain('', mine), plain('', query.renamed(other)), `the answers to ${query.name} differ`);
  return [mine, other];
}

async function sameQuestions(koppel: Target, peer: Target, products: number): Promise<readonly Questions[]> {
  const catalogue = await pages(koppel, peer, catalogueQuery, 40);
  const bySku = { query: productQuery, koppel: [] as string[], peer: [] as string[] };
  for (let i = 1; i <= 400; i++) {
    const variables = { sku: `${1 + ((i * 7_919) % products)}${i % 2}` };
    bySku.koppel.push(bodyOf(productQuery.koppel, variables));
    bySku.peer.push(bodyOf(productQuery.peer, variables));
    await sameAnswer(koppel, peer, productQuery, bySku.koppel.at(-1)!, bySku.peer.at(-1)!);
  }
  return [catalogue, bySku, await pages(koppel, peer, ordersQuery, 15)];
}

interface Contest {
  readonly koppel: Target;
  readonly peer: Target;
  readonly load: Load;
  readonly postgres: number | undefined;
  readonly questions: readonly Questions[];
  readonly rounds: number;
  readonly say: (line: string) => void;
}

const nothingYet = () => ({ rps: [] as number[], p99: [] as number[], cost: [] as number[] });

async function compare({
  koppel,
  peer,
  load,
  postgres,
  questions,
  rounds,
  say,
}: Contest): Promise<readonly Measurement[]> {
  const run = async (target: Target, bodies: readonly string[], ms: number) => {
    const { port, path, headers, pid } = target;
    const before = processorSeconds([pid, postgres]) ?? NaN;
    const result = await load.run({ port, path, headers, bodies, connections, ms });
    if (result.bad !== undefined) throw new Error(`not a good answer: ${result.bad}`);
    const used = (processorSeconds([pid, postgres]) ?? NaN) - before;
    return { ...result, cost: (used * 1e6) / ((result.requestsPerSecond * ms) / 1000) };
  };
  const found = questions.map(() => ({ koppel: nothingYet(), peer: nothingYet() }));
  for (const { koppel: ours, peer: theirs } of questions) {
    await run(koppel, ours, warmUpMs);
    await run(peer, theirs, warmUpMs);
  }
  for (let round = 1; round <= rounds; round++) {
    for (const [i, { query, ...bodies }] of questions.entries()) {
      // Who goes first changes with the round, so that what disturbs the machine hits both.
      for (const who of round % 2 === 0 ? (['koppel', 'peer'] as const) : (['peer', 'koppel'] as const)) {
        const { requestsPerSecond, p99, p50, cost } = await run(who === 'koppel' ? koppel : peer, bodies[who], roundMs);
        found[i]![who].rps.push(requestsPerSecond);
        found[i]![who].p99.push(p99);
        found[i]![who].cost.push(cost);
        say(`round ${round}, ${query.name}, ${who}: ${requestsPerSecond.toFixed()}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${cost.toFixed()} µs of processor time`); // prettier-ignore
      }
    }
  }
  const other = `PostGraphile ${peerVersion}`;
  return questions.flatMap(({ query }, i) => {
    const { koppel: ours, peer: theirs } = found[i]!;
    return [
      measurement(query.name, ours.rps, '1/s', { name: other, values: theirs.rps, bar: bars.requests }),
      measurement(`the same by ${other}`, theirs.rps, '1/s'),
      { ...less(`${query.name}, p99`, 'ms', ours.p99, theirs.p99, other), bar: bars.p99 },
      measurement(`the same by ${other}`, theirs.p99, 'ms'),
      less(`${query.name}, processor time of an answer`, 'µs', ours.cost, theirs.cost, other),
      measurement(`the same by ${other}`, theirs.cost, 'µs'),
    ];
  });
}

/** Less is better: the ratio says how many times ours fits into theirs. */
function less(
  name: string,
  unit: string,
  ours: readonly number[],
  theirs: readonly number[],
  other: string,
): Measurement {
  const mine = measurement(name, ours, unit);
  return { ...mine, ratio: measurement('', theirs, unit).median / mine.median, against: other };
}
