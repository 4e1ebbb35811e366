/**
 * Products, categories and stock from the shop (Softmaat) to an empty till (MplusKASSA): real processes, real sockets, judged
 * by an oracle of its own and the ledgers.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SampleFlow } from '../../src/sync/install.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { patient } from '../support/patience.js';
import { peopleAtTheTill } from '../support/people.js';
import type { HubHandle, LedgerLine } from '../support/processes.js';
import { compareReverse, type ReverseComparison, type ReverseOptions } from '../support/reverse-oracle.js';
import { fillCatalogue, shopClient, skuFor, type ShopClient } from '../support/shop-catalogue.js';
import { openStage, polls, type Stage } from '../support/stage.js';
import { until, untilNothing } from '../support/wait.js';

/** One in ten has a SKU that is no number: no more than the hub parks one by one before it stops a flow. */
const products = 190;
const agreed = { lost: [], doubled: [] };
/** Streams of the shop that these flows read: categories, products, warehouses and stock. */
const shopStreams = 4;

type Numbers = { mode: 'digitsOnly' } | { mode: 'allocate'; from: string };

const reverseFlows = (articleNumbers: Numbers): readonly SampleFlow[] =>
  (['category', 'product', 'stock'] as const).map((entity): SampleFlow => ({
    entity,
    from: 'target',
    settings: entity === 'product' ? { articleNumbers } : {},
  }));

interface Scene {
  readonly stage: Stage;
  readonly hub: HubHandle;
  readonly client: ShopClient;
  readonly database: TestDatabase;
  agreement(withinMs: number): Promise<ReverseComparison>;
}

async function openScene(flows: readonly SampleFlow[], options: ReverseOptions, count = products): Promise<Scene> {
  const database = await createTestDatabase();
  const stage = await openStage({
    databaseUrl: database.url,
    products: 0,
    pollMs: 300,
    flows,
    requestTimeoutMs: 3_000,
  });
  const client = shopClient(stage.shop);
  await fillCatalogue(client, count);
  const hub = await stage.hub();
  const agreement = async (withinMs: number): Promise<ReverseComparison> => {
    const deadline = performance.now() + patient(withinMs);
    for (;;) {
      const comparison = await compareReverse(stage.shop, stage.till, options);
      if (comparison.lost.length + comparison.doubled.length === 0 || performance.now() > deadline) return comparison;
      await new Promise((next) => setTimeout(next, 250));
    }
  };
  return { stage, hub, client, database, agreement };
}

async function closeScene(scene: Scene | undefined): Promise<void> {
  await scene?.stage.close();
  await scene?.database.drop();
}

const creates = (ledger: readonly LedgerLine[], op: string): readonly LedgerLine[] =>
  ledger.filter((line) => line.op === op);

const problemsOf = async ({ hub }: Scene): Promise<readonly string[]> => {
  const { deadLetters } = await hub.graphql<{ deadLetters: { nodes: { error: { code: string; message: string } }[] } }>(
    '{ deadLetters(first: 100, filter: { status: [OPEN] }) { nodes { error { code message } } } }',
  );
  return deadLetters.nodes.map(({ error }) => `${error.code}: ${error.message}`);
};

/** Waits until nothing is under way to the till any more, doubts included. */
const settled = ({ stage }: Scene, timeoutMs: number): Promise<unknown> =>
  until(
    async () => {
      const [row] = await stage.ask<{ open: number }>(
        `select count(*)::int as open from projection
         where target = 'mpluskassa' and state not in ('in_sync', 'excluded', 'parked', 'waiting_for')`,
      );
      return row?.open === 0;
    },
    { timeoutMs, everyMs: 250, what: 'everything to be settled' },
  );

/** SKUs in the shop that are no numbers, of products that are sold. */
async function otherSkus({ stage }: Scene): Promise<readonly string[]> {
  const rows = await stage.shop.records<{ sku: string; type: string }>('products');
  return rows.filter(({ sku, type }) => type !== 'configurable' && !/^[1-9]\d*$/.test(sku)).map(({ sku }) => sku);
}

describe('an empty till that is filled from the shop', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(reverseFlows({ mode: 'digitsOnly' }), { allocates: false });
  }, 120_000);
  afterAll(() => closeScene(scene), 60_000);

  it('gets every product whose SKU is a number, with articles, prices, groups and stock', async () => {
    const comparison = await scene.agreement(150_000);
    expect(comparison).toMatchObject(agreed);
    expect(comparison.compared).toBeGreaterThan(500);
    const ledger = await scene.stage.till.ledger();
    const made = creates(ledger, 'createProduct').flatMap(({ extra }) => extra?.['articleNumbers'] as string[]);
    expect(new Set(made).size).toBe(made.length);
  }, 180_000);

  it('does not get the others: each is parked and named', async () => {
    const skus = await otherSkus(scene);
    expect(skus.length).toBeGreaterThan(15);
    expect(skus).toContain('0017');
    // Those with a number may agree before each of these is judged.
    const unnamed = async (): Promise<readonly string[]> => {
      const problems = await problemsOf(scene);
      return skus.filter((sku) => !problems.some((problem) => problem.includes(sku)));
    };
    await untilNothing(unnamed, { timeoutMs: 60_000, everyMs: 250, what: 'each to be named' });
    const problems = await problemsOf(scene);
    expect(problems.every((problem) => problem.startsWith('SKU_NOT_NUMERIC'))).toBe(true);
  }, 90_000);

  it('is told nothing when the flows run again', async () => {
    await polls(scene.stage.shop, 2, shopStreams);
    const before = await scene.stage.till.ledger();
    await polls(scene.stage.shop, 5, shopStreams);
    expect(await scene.stage.till.ledger()).toEqual(before);
  }, 60_000);

  it('follows what changes in the shop', async () => {
    const { client, stage } = scene;
    const rows = await stage.shop.records<{
      id: string;
      sku: string;
      type: string;
      name: string;
      categoryIds: string[];
    }>('products');
    const simple = rows.filter(({ type, sku }) => type === 'simple' && /^[1-9]\d*$/.test(sku));
    const whole = rows.filter(({ type }) => type === 'configurable');
    const variants = rows.filter(({ type, sku }) => type === 'variant' && /^[1-9]\d*$/.test(sku));
    await client.change(`/products/${simple[0]!.id}`, { name: 'Andere naam', brand: null, ean: '4006381333931' });
    await client.change(`/products/${simple[1]!.id}`, {
      price: { amount: '77.70', currency: 'EUR', taxIncluded: false },
      taxCode: 'NL9',
    });
    await client.change(`/products/${simple[2]!.id}`, { active: false, visibleInShop: false });
    await client.change(`/products/${simple[3]!.id}`, { categoryIds: [] });
    await client.change(`/products/${simple[4]!.id}`, {
      categoryIds: simple[5]!.categoryIds,
      characteristics: [{ code: 'kleurstof', value: 'geen' }],
    });
    await client.change(`/products/${whole[0]!.id}`, { name: 'Ander geheel', description: 'Nieuw & beter' });
    await client.change(`/products/${variants[0]!.id}`, {
      name: 'Andere variant',
      options: [{ code: 'kleur', value: 'Paars' }],
    });
    await client.change(`/products/${variants[1]!.id}`, { active: false });
    await client.stock([{ sku: simple[6]!.sku, warehouseCode: 'SHOP-NL', onHand: '123' }]);
    const categories = await stage.shop.records<{ id: string; name: string; parentId: string | null }>('categories');
    const below = categories.find(({ parentId }) => parentId !== null)!;
    await client.change(`/categories/${below.id}`, { name: 'Verhuisd', parentId: null });
    const fresh = await client.create('/categories', { name: 'Nieuw', parentId: below.id });
    await client.create('/products', {
      type: 'configurable',
      sku: 'NIEUW',
      name: 'Nieuw geheel',
      active: true,
      categoryIds: [fresh.id],
    });
    for (const sku of ['90001', '90002']) {
      await client.create('/products', {
        type: 'variant', sku, parentSku: 'NIEUW', name: `Nieuw ${sku}`, active: true, manageStock: true,
        price: { amount: '5.00', currency: 'EUR', taxIncluded: true }, taxCode: 'NL21',
      }); // prettier-ignore
    }
    expect(await scene.agreement(90_000)).toMatchObject(agreed);
    // A variant more for a product that the till has.
    await client.create('/products', {
      type: 'variant', sku: '90003', parentSku: 'NIEUW', name: 'Nieuw 90003', active: true,
      price: { amount: '6.00', currency: 'EUR', taxIncluded: true }, taxCode: 'NL21',
    }); // prettier-ignore
    expect(await scene.agreement(90_000)).toMatchObject(agreed);
  }, 200_000);

  it('holds each once when answers are lost or requests arrive twice', async () => {
    const { client, stage } = scene;
    await stage.till.faults({ match: 'createProduct', fault: 'applyThenReset', times: 3 });
    await stage.till.faults({ match: 'createProduct', fault: 'applyTwice', times: 2 });
    await stage.till.faults({ match: 'newArticleGroup', fault: 'applyThenReset', times: 1 });
    await stage.till.faults({ match: 'setStock', fault: 'applyThenReset', times: 1 });
    await client.create('/categories', { name: 'Onder storing' });
    for (let at = 0; at < 8; at++) {
      await client.create('/products', {
        type: 'simple', sku: String(95_000 + at), name: `Onder storing ${at}`, active: true, manageStock: true,
        price: { amount: '5.00', currency: 'EUR', taxIncluded: true }, taxCode: 'NL21',
      }); // prettier-ignore
      await client.stock([{ sku: String(95_000 + at), warehouseCode: 'MAIN', onHand: '7' }]);
    }
    await scene.agreement(120_000);
    const fired = (await stage.till.faultState()).faults.reduce((sum, rule) => sum + rule.fired, 0);
    expect(fired).toBeGreaterThanOrEqual(6);
    await settled(scene, 150_000);
    expect(await scene.agreement(10_000)).toMatchObject(agreed);
    const made = creates(await stage.till.ledger(), 'createProduct').flatMap(
      ({ extra }) => extra?.['articleNumbers'] as string[],
    );
    expect(new Set(made).size).toBe(made.length);
  }, 240_000);

  it('keeps articles and custom fields that people added beside its own, when it puts back what they changed of those', async () => {
    interface Article {
      articleNumber: string;
      productNumber: string;
      description: string;
      active: boolean;
      customFieldList?: { fieldName: string; strValue: string }[];
    }
    const articles = (): Promise<Article[]> => scene.stage.till.records<Article>('articles');
    const dyed = (await articles()).find(({ customFieldList = [] }) => customFieldList.some(({ fieldName }) => fieldName === 'kleurstof'))!; // prettier-ignore
    const note = { fieldName: 'notitie', dataType: 'DATA-TYPE-STRING', strValue: 'Van de kassa' };
    const renamed = { articleNumber: dyed.articleNumber, description: 'Door iemand', customFieldList: [...dyed.customFieldList!, note] }; // prettier-ignore
    const own = { articleNumber: '955001', description: 'Eigen artikel', vatCode: 1, priceIncl: '100', active: true };
    const product = { productNumber: dyed.productNumber, articleList: [renamed, own] };
    expect(await peopleAtTheTill(scene.stage.till).call('updateProduct', { product })).toMatchObject({ result: 'UPDATE-PRODUCT-RESULT-OK' }); // prettier-ignore
    const now = async (number: string): Promise<Article> =>
      (await articles()).find(({ articleNumber }) => articleNumber === number)!;
    await until(async () => (await now(dyed.articleNumber)).description === dyed.description || undefined, {
      timeoutMs: 30_000,
      what: 'the name to be put back',
    });
    await settled(scene, 30_000);
    expect((await now(dyed.articleNumber)).customFieldList).toMatchObject([...dyed.customFieldList!, note]);
    expect(await now(own.articleNumber)).toMatchObject({ active: true });
  }, 90_000);
});

describe('a till that gets numbers for the SKUs of the shop', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(reverseFlows({ mode: 'allocate', from: '800000' }), { allocates: true }, 60);
  }, 120_000);
  afterAll(() => closeScene(scene), 60_000);

  it('gets every product; a number stands for one SKU and stays', async () => {
    // An answer that comes too late on a busy machine is looked up after half a minute.
    expect(await scene.agreement(150_000)).toMatchObject(agreed);
    expect(await problemsOf(scene)).toEqual([]);
    const numbers = async (): Promise<ReadonlyMap<string, string>> => {
      const rows = await scene.stage.till.records<{ pluNumber?: string; articleNumber: string }>('articles');
      return new Map(
        rows.flatMap(({ pluNumber, articleNumber }) => (pluNumber ? [[pluNumber, articleNumber] as const] : [])),
      );
    };
    const before = await numbers();
    expect([...before.keys()].sort()).toEqual([...(await otherSkus(scene))].sort());
    expect([...before.values()].every((number) => Number(number) >= 800_000)).toBe(true);
    const [product] = (await scene.stage.shop.records<{ id: string; sku: string }>('products')).filter(
      ({ sku }) => sku === skuFor(7),
    );
    await scene.client.change(`/products/${product!.id}`, { name: 'Zelfde nummer' });
    expect(await scene.agreement(90_000)).toMatchObject(agreed);
    expect(await numbers()).toEqual(before);
  }, 240_000);
});
