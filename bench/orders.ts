/**
 * What orders that wait for a missing product cost the others, and how soon they go out once it is there (bar 6 of the issue):
 * the whole product over real sockets. A backlog of orders waits for a product of its own and is let go at once, so that the
 * projector is what limits; alone, and beside orders that go on waiting for another product, in turns within one run. Times
 * are those of the shop's ledger of applied writes.
 */
import type { Document } from '../src/base/document.js';
import { sampleFlows } from '../src/config/sample.js';
import { switchFlow } from '../test/support/flow-switch.js';
import { peopleAtTheTill, type TillPeople } from '../test/support/people.js';
import type { HubHandle, LedgerLine } from '../test/support/processes.js';
import { openStage, type Stage } from '../test/support/stage.js';
import { until } from '../test/support/wait.js';
import type { BenchOptions } from './options.js';
import { measurement, median, within, type Measurement } from './report.js';
import { admin, openServer, withDatabase } from './server.js';

const usualOrders = 400;
const usualRounds = 5;
/** Of each four orders of the backlog one more waits beside them. */
const waitingShare = 1 / 4;
const products = 'products-to-softmaat';
const patience = { timeoutMs: 10 * 60_000, everyMs: 100 };

export async function benchOrders(options: BenchOptions): Promise<readonly Measurement[]> {
  const server = await openServer(options.say);
  const name = `koppel_bench_${process.pid}_orders`;
  await admin(server.url, `create database ${name}`);
  try {
    return await run(withDatabase(server.url, name), options);
  } finally {
    await admin(server.url, `drop database if exists ${name} with (force)`);
    await server.close();
  }
}

interface Scene {
  readonly stage: Stage;
  readonly hub: HubHandle;
  readonly till: TillPeople;
  readonly relation: string;
  readonly goods: readonly string[];
}

/** Milliseconds from the product being in the shop to the first, the middle and the last order that waited for it. */
interface Release {
  readonly first: number;
  readonly middle: number;
  readonly last: number;
}

async function run(databaseUrl: string, options: BenchOptions): Promise<readonly Measurement[]> {
  const { say } = options;
  const count = options.orders ?? usualOrders;
  const waiting = Math.max(1, Math.round(count * waitingShare));
  const rounds = Math.max(options.rounds ?? usualRounds, 1);
  const flows = sampleFlows.filter(({ entity, from }) => from === 'source' && entity !== 'customer');
  const stage = await openStage({ databaseUrl, products: options.products ?? 40, pollMs: 250, flows });
  const [alone, beside, released]: [number[], number[], Release[]] = [[], [], []];
  try {
    const scene = await setUp(stage);
    // The first backlog warms everything up.
    await backlog(scene, count);
    for (let round = 1; round <= rounds; round++) {
      const isAloneFirst = round % 2 === 1;
      if (isAloneFirst) alone.push(await backlog(scene, count));
      const missing = await holdBack(scene, waiting);
      beside.push(await backlog(scene, count, waiting));
      released.push(await release(scene, missing, waiting));
      if (!isAloneFirst) alone.push(await backlog(scene, count));
      say(`round ${round}: ${alone.at(-1)?.toFixed(1)} orders/s alone, ${beside.at(-1)?.toFixed(1)} beside ${waiting} that wait; released ${JSON.stringify(released.at(-1))}`); // prettier-ignore
    }
  } finally {
    await stage.close();
  }
  const of = (pick: (release: Release) => number): number[] => released.map(pick);
  return [
    measurement('orders-alone', alone, 'orders/s'),
    measurement('orders-beside-waiting', beside, 'orders/s', { name: 'orders-alone', values: alone, bar: 0.95 }),
    within('orders-release-first', of(({ first }) => first), 'ms', 1_000),
    measurement('orders-release-middle', of(({ middle }) => middle), 'ms'),
    measurement('orders-release-last', of(({ last }) => last), 'ms'),
  ]; // prettier-ignore
}

async function setUp(stage: Stage): Promise<Scene> {
  const hub = await stage.hub();
  const { lost, doubled } = await stage.agreement(120_000);
  if (lost.length + doubled.length > 0) throw new Error(`the catalogues differ: ${lost[0] ?? doubled[0]}`);
  const till = peopleAtTheTill(stage.till);
  const relation = await till.relation({ name: 'Noor Wacht', email: 'noor.wacht@example.nl' });
  const rows = await stage.shop.records<{ sku: string; type: string; active: boolean }>('products');
  const goods = rows.flatMap(({ sku, type, active }) =>
    type !== 'configurable' && active && sku < '900000' ? [sku] : [],
  );
  return { stage, hub, till, relation, goods };
}

const created = (lines: readonly LedgerLine[]): readonly LedgerLine[] => lines.filter(({ op }) => op === 'createOrder');

const endOf = async (stage: Stage): Promise<number> => (await stage.shop.ledger()).at(-1)?.seq ?? 0;

const untilWaiting = ({ stage }: Scene, count: number): Promise<unknown> =>
  until(
    async () => {
      const [row] = await stage.ask<{ count: number }>(
        `select count(*)::int as count from projection where target = 'softmaat' and entity = 'order' and state = 'waiting_for'`,
      );
      return row?.count === count;
    },
    { ...patience, what: `${count} orders to wait` },
  );

async function place({ till, relation, goods }: Scene, count: number, missing: string): Promise<void> {
  for (let at = 0; at < count; at++) await till.order(relation, [[goods[at % goods.length] ?? '', '1'], [missing, '1']]); // prettier-ignore
}

/** Orders a second that the shop gets of a backlog that is complete before the first one goes out. `waiting`: those beside it. */
async function backlog(scene: Scene, count: number, waiting = 0): Promise<number> {
  const { stage, hub, till } = scene;
  await switchFlow(hub, products, 'paused');
  await place(scene, count, await till.product('Nog niet in de winkel'));
  await untilWaiting(scene, waiting + count);
  const before = await endOf(stage);
  await switchFlow(hub, products, 'resumed');
  const sent = created(await untilSent(stage, before, count));
  return ((sent.length - 1) * 1_000) / Math.max(1, timeOf(sent.at(-1)) - timeOf(sent[0]));
}

const untilSent = (stage: Stage, before: number, count: number): Promise<readonly LedgerLine[]> =>
  until(
    async () => {
      const lines = await stage.shop.ledger(before);
      return created(lines).length >= count && lines;
    },
    { ...patience, what: `${count} orders to be in the shop` },
  );

const timeOf = (line: LedgerLine | undefined): number => Date.parse(line?.at ?? '');

/** Makes a product that the shop cannot take, and orders that wait for it. Returns its number. */
async function holdBack(scene: Scene, count: number): Promise<string> {
  const missing = await scene.till.product(`Te lang ${'x'.repeat(300)}`);
  await place(scene, count, missing);
  await untilWaiting(scene, count);
  return missing;
}

async function release({ stage, till }: Scene, missing: string, count: number): Promise<Release> {
  const before = await endOf(stage);
  const article = { articleNumber: missing, description: 'Nu wel', invoiceText: 'Nu wel' };
  const { productList: rows } = await till.call('getProducts', { request: { articleNumbers: [missing] } });
  const [row] = rows as readonly Document[];
  await till.call('updateProduct', { product: { productNumber: row?.['productNumber'] ?? '', description: 'Nu wel', articleList: [article] } }); // prettier-ignore
  const lines = await untilSent(stage, before, count);
  const product = lines.find(({ op, key }) => op === 'createProduct' && key === missing);
  const waits = created(lines).map((line) => timeOf(line) - timeOf(product));
  return { first: Math.min(...waits), middle: median(waits), last: Math.max(...waits) };
}
