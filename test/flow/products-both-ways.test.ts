/**
 * Products in both directions with an owner for each field: names and prices belong to the till, descriptions to the shop.
 * Real processes, real sockets, judged by what the systems themselves hold.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SampleFlow } from '../../src/sync/install.js';
import { untilStill } from '../support/agreement.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { flowsOf, foundIn, repairFlow } from '../support/comparisons.js';
import { doubledCreates } from '../support/oracle.js';
import type { HubHandle } from '../support/processes.js';
import { shopClient, type ShopClient } from '../support/shop-catalogue.js';
import { openStage, polls, type Stage } from '../support/stage.js';
import { until, untilNothing } from '../support/wait.js';

const streams = { shop: 3, till: 3 };
const ofTill = ['name', 'priceAmount', 'priceCurrency', 'priceIncludesTax', 'taxRate', 'taxClass'];
const ofShop = ['description', 'shortDescription'];

const flows: readonly SampleFlow[] = [
  { entity: 'category', from: 'source', settings: {} },
  { entity: 'product', from: 'source', settings: { ownedFields: ofTill } },
  {
    entity: 'product',
    from: 'target',
    settings: { ownedFields: ofShop, articleNumbers: { mode: 'allocate', from: '800000' } },
  },
];

interface ShopProduct {
  id: string;
  sku: string;
  type: string;
  parentSku: string | null;
  name: string;
  description: string | null;
  price: { amount: string } | null;
}
interface TillArticle {
  articleNumber: string;
  productNumber: string;
  pluNumber?: string;
  description: string;
  priceIncl: string;
}
interface TillProduct {
  productNumber: string;
  description: string;
  extraText: string;
  articleNumbers: string[];
}

let database: TestDatabase;
let stage: Stage;
let client: ShopClient;
let hub: HubHandle;
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 40, pollMs: 300, flows, requestTimeoutMs: 3_000 });
  client = shopClient(stage.shop);
  hub = await stage.hub();
}, 60_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

const shopProducts = (): Promise<ShopProduct[]> => stage.shop.records<ShopProduct>('products');
const inShop = async (sku: string): Promise<ShopProduct | undefined> =>
  (await shopProducts()).find((one) => one.sku === sku);
const inTill = async (sku: string): Promise<{ article: TillArticle; product: TillProduct } | undefined> => {
  const articles = await stage.till.records<TillArticle>('articles');
  const article = articles.find((one) => one.articleNumber === sku || one.pluNumber === sku);
  const products = await stage.till.records<TillProduct>('products');
  const product = products.find((one) => one.productNumber === article?.productNumber);
  return article === undefined || product === undefined ? undefined : { article, product };
};
const eventually = (what: string, holds: () => Promise<boolean>): Promise<unknown> =>
  until(holds, { timeoutMs: 40_000, everyMs: 200, what });

/** Both systems hold the same, but for stock, which no flow here carries. */
const agreement = (what: string): Promise<void> =>
  untilNothing(async () => (await stage.agreement(0)).lost.filter((line) => !line.startsWith('stock ')), {
    timeoutMs: 40_000,
    everyMs: 200,
    what,
  });

/** Neither system is told anything while both are read a few times more. */
async function silence(): Promise<void> {
  const ledgers = async (): Promise<readonly number[]> => [
    (await stage.shop.ledger()).length,
    (await stage.till.ledger()).length,
  ];
  await untilStill(stage);
  const before = await ledgers();
  await polls(stage.shop, 4, streams.shop);
  await polls(stage.till, 4, streams.till);
  expect(await ledgers()).toEqual(before);
}

describe('products that both systems are sources of', () => {
  it('come to the shop once, and nothing of them comes back', async () => {
    await agreement('the products to be in the shop');
    expect((await stage.agreement(0)).doubled).toEqual([]);
    await silence();
    expect(await stage.till.ledger()).toEqual([]);
    const [count] = await stage.ask<{ products: number; variants: number }>(
      'select (select count(*) from product)::int as products, (select count(*) from variant)::int as variants',
    );
    const { counts } = await stage.till.state();
    expect(count).toEqual({ products: counts['products'], variants: counts['articles'] });
  }, 90_000);

  it('take each field from its owner, at the same time', async () => {
    const simple = (await shopProducts()).find(({ type }) => type === 'simple')!;
    const whole = (await shopProducts()).find(({ type }) => type === 'configurable')!;
    await client.change(`/products/${simple.id}`, {
      description: 'Tekst uit de winkel & meer',
      name: 'Niet van de winkel',
    });
    await client.change(`/products/${whole.id}`, { description: 'Geheel beschreven' });
    await stage.till.mutate('products', 30, 5);
    await eventually('the description to be in the till', async () => {
      const held = await inTill(simple.sku);
      return held?.product.extraText === 'Tekst uit de winkel & meer';
    });
    const part = (await shopProducts()).find(({ parentSku }) => parentSku === whole.sku)!;
    await eventually(
      'the other one to be in the till',
      async () => (await inTill(part.sku))?.product.extraText === 'Geheel beschreven',
    );
    await agreement('names and prices to be those of the till');
    expect((await inShop(simple.sku))?.description).toBe('Tekst uit de winkel & meer');
    expect(doubledCreates(await stage.shop.ledger())).toEqual([]);
    await silence();
  }, 120_000);

  it('that are made in the shop come to the till once, under a number when their SKU is none, and are one in the hub', async () => {
    const sold = { price: { amount: '9.50', currency: 'EUR', taxIncluded: true }, taxCode: 'NL21', active: true };
    await client.create('/products', {
      ...sold,
      type: 'simple',
      sku: 'WEB-1/a',
      name: 'Uit de winkel',
      description: 'Eerst hier',
    });
    await client.create('/products', {
      type: 'configurable',
      sku: 'WEB-C',
      name: 'Geheel uit de winkel',
      active: true,
    });
    for (const sku of ['70001', '70002']) {
      await client.create('/products', {
        ...sold,
        type: 'variant',
        parentSku: 'WEB-C',
        sku,
        name: `Deel ${sku}`,
        options: [{ code: 'maat', value: sku }],
      });
    }
    await eventually('the products to be in the till', async () => {
      const [one, first, second] = [await inTill('WEB-1/a'), await inTill('70001'), await inTill('70002')];
      return one !== undefined && first !== undefined && first.product.productNumber === second?.product.productNumber;
    });
    const made = await inTill('WEB-1/a');
    expect(made).toMatchObject({
      article: { priceIncl: '950', description: 'Uit de winkel' },
      product: { extraText: 'Eerst hier' },
    });
    await silence();
    const rows = await stage.ask<{ sku: string; n: number }>(
      `select sku, count(*)::int as n from variant where sku in ('WEB-1/a', '70001', '70002') or sku = $1 group by sku order by sku`,
      [made!.article.articleNumber],
    );
    expect(rows).toEqual(['70001', '70002', 'WEB-1/a'].map((sku) => ({ sku, n: 1 })));
    expect((await shopProducts()).filter(({ sku }) => sku === made!.article.articleNumber)).toEqual([]);
  }, 120_000);
});

describe('what somebody changed in the shop and nothing told of', () => {
  it('is found by a comparison, and put right by its repair as far as it is not the shop that says it', async () => {
    // From now on what people change in the shop is first told by its stream.
    const saved = await hub.graphql<{ fieldOwnersSave: { userErrors: unknown[] } }>(
      'mutation ($input: FieldOwnersSaveInput!) { fieldOwnersSave(input: $input) { userErrors { code message } } }',
      { input: { entityType: 'PRODUCT_VARIANT', owners: [{ path: 'gtin', policy: 'LAST_WRITER' }] } },
    );
    expect(saved.fieldOwnersSave.userErrors).toEqual([]);
    await eventually('everything to be delivered', async () => {
      const moving = `select 1 from projection where state in ('pending', 'writing', 'in_doubt', 'retrying')`;
      return (await stage.ask(moving)).length === 0;
    });
    await stage.ask(`update capture_position set state = 'stopped', stopped_code = 'TEST', stopped_message = 'test'`);
    const simple = (await shopProducts()).find(({ type, sku }) => type === 'simple' && /^1\d{4}$/.test(sku))!;
    await stage.shop.tamper('products', simple.id, { set: { name: 'Of nobody' } });
    const flow = (await flowsOf(hub)).find(({ key }) => key === 'products-to-softmaat')!;
    const found = async () =>
      (await foundIn(hub, flow))
        .filter(({ externalId }) => externalId === simple.id)
        .map(({ state }) => state as string);
    expect(await found()).toEqual(['DIFFERENT']);
    await repairFlow(hub, flow['id'] as string);
    expect((await inShop(simple.sku))?.name).toBe(simple.name);
    expect(await found()).toEqual([]);
  }, 120_000);
});
