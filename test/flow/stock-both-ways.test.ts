/**
 * Stock in both directions at once: the till counts two of its branches, the shop one of its warehouses, and each is told what
 * the other counts. Orders reserve on both sides, so that a figure that went round would shrink. Real processes, real sockets.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { catalogueFlows } from '../../src/config/sample.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { peopleAtTheTill, peopleInTheShop } from '../support/people.js';
import type { HubHandle } from '../support/processes.js';
import { shopClient } from '../support/shop-catalogue.js';
import { openStage, polls, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

const streams = { shop: 4, till: 4 };
const told: Readonly<Record<number, string>> = { 1: 'MAIN', 2: 'SHOP-NL' };

interface TillStock {
  branchNumber: number;
  articleNumber: string;
  /** In thousandths. */
  onHand: number;
  reserved: number;
}
interface ShopStock {
  sku: string;
  warehouseCode: string;
  onHand: string;
  reserved: string;
}

let database: TestDatabase;
let stage: Stage;
let hub: HubHandle;
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({
    databaseUrl: database.url,
    products: 30,
    pollMs: 300,
    requestTimeoutMs: 3_000,
    flows: [...catalogueFlows, { entity: 'stock', from: 'target', settings: {} }],
    valueLists: {
      'softmaat-warehouse': Object.entries(told).map(([from, to]) => ({ from, to })),
      'mpluskassa-branch': [{ from: 'SHOP-FR', to: '3' }],
    },
  });
  hub = await stage.hub();
}, 60_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

const tillRows = (): Promise<TillStock[]> => stage.till.records<TillStock>('stock');
const shopRows = (): Promise<ShopStock[]> => stage.shop.records<ShopStock>('stock');

/** Places whose figure is not what the system that counts it has free. */
async function differences(): Promise<readonly string[]> {
  const [till, shop] = [await tillRows(), await shopRows()];
  const inShop = new Map(shop.map((row) => [`${row.sku}@${row.warehouseCode}`, Number(row.onHand)]));
  const atTill = new Map(till.map((row) => [`${row.articleNumber}@${row.branchNumber}`, row.onHand / 1_000]));
  const sold = new Set((await stage.shop.records<{ sku: string; manageStock: boolean }>('products')).flatMap((one) => (one.manageStock ? [one.sku] : []))); // prettier-ignore
  const pairs = [
    ...till.flatMap((row) => {
      const place = told[row.branchNumber];
      if (place === undefined || !sold.has(row.articleNumber)) return [];
      const free = (row.onHand - row.reserved) / 1_000;
      return [[`${row.articleNumber}@${place}`, free, inShop.get(`${row.articleNumber}@${place}`)] as const];
    }),
    ...shop.flatMap((row) => {
      if (row.warehouseCode !== 'SHOP-FR') return [];
      const free = Number(row.onHand) - Number(row.reserved);
      return [[`${row.sku}@3`, free, atTill.get(`${row.sku}@3`)] as const];
    }),
  ];
  return pairs.flatMap(([place, free, held]) => (free === held ? [] : [`${place}: ${held} instead of ${free}`]));
}
const agreement = (): Promise<unknown> =>
  until(async () => (await differences()).length === 0, {
    timeoutMs: 40_000,
    everyMs: 200,
    what: 'the stock to agree',
  });

describe('stock that goes both ways', () => {
  it('keeps the figures of whoever counts it, and nothing is written any more once they agree', async () => {
    await until(async () => (await shopRows()).length > 20, { timeoutMs: 60_000, what: 'the stock to be in the shop' });
    await agreement();
    const rows = (await shopRows()).filter((row) => row.warehouseCode === 'MAIN' && Number(row.onHand) >= 5);
    const [first = '', second = ''] = rows.map(({ sku }) => sku);
    await shopClient(stage.shop).stock([first, second].map((sku) => ({ sku, warehouseCode: 'SHOP-FR', onHand: '40' })));
    const [till, shop] = [peopleAtTheTill(stage.till), peopleInTheShop(stage.shop)];
    await till.order(await till.relation({ name: 'Ann Smit' }), [[first, '2']]);
    const debtor = await shop.debtor({ name: 'Bea Smit', email: 'bea@example.be' });
    await shop.order(debtor, [], {
      lines: [{ sku: second, quantity: '3', unitPrice: '19.95', warehouseCode: 'SHOP-FR' }],
    });
    const reserved = async (): Promise<readonly string[]> =>
      (await shopRows()).flatMap((row) => (Number(row.reserved) > 0 ? [`${row.sku}@${row.warehouseCode}`] : []));
    expect(await reserved()).toEqual([`${second}@SHOP-FR`]);
    await until(async () => (await tillRows()).some((row) => row.articleNumber === second && row.branchNumber === 3 && row.onHand === 37_000), { timeoutMs: 40_000, what: 'the count of the shop to be at the till' }); // prettier-ignore
    await agreement();
    const ledgers = async (): Promise<readonly number[]> => [
      (await stage.shop.ledger()).length,
      (await stage.till.ledger()).length,
    ];
    const before = await ledgers();
    await polls(stage.shop, 5, streams.shop);
    await polls(stage.till, 5, streams.till);
    expect(await ledgers()).toEqual(before);
    expect(await differences()).toEqual([]);
    const { deadLetters } = await hub.graphql<{ deadLetters: { nodes: { error: { message: string } }[] } }>(
      '{ deadLetters(first: 10, filter: { status: [OPEN] }) { nodes { error { message } } } }',
    );
    expect(deadLetters.nodes.filter(({ error }) => /stock|branch|warehouse/i.test(error.message))).toEqual([]);
  }, 180_000);
});
