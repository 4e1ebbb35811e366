/**
 * Fields that people give other owners, and conflicts that people end: products and customers in both directions, real
 * processes, people at work in both systems. Both systems are changed while the hub is stopped, so that neither knows of the other.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SampleFlow } from '../../src/sync/install.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { peopleAtTheTill, type TillPeople } from '../support/people.js';
import type { HubHandle } from '../support/processes.js';
import { shopClient, type ShopClient } from '../support/shop-catalogue.js';
import { openStage, polls, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

const flows: readonly SampleFlow[] = [
  { entity: 'category', from: 'source', settings: {} },
  { entity: 'product', from: 'source', settings: {} },
  { entity: 'product', from: 'target', settings: {} },
];
interface ShopProduct {
  id: string;
  sku: string;
  type: string;
  name: string;
  price: { amount: string } | null;
}
interface Conflict {
  id: string;
  path: string;
  base: unknown;
  values: { system: { key: string }; value: unknown }[];
  resolution: string | null;
  value: unknown;
  entity: { id: string };
}

let database: TestDatabase;
let stage: Stage;
let hub: HubHandle;
let till: TillPeople;
let shop: ShopClient;
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 20, pollMs: 250, flows });
  till = peopleAtTheTill(stage.till);
  shop = shopClient(stage.shop);
  hub = await stage.hub();
  await until(async () => (await stage.agreement(0)).lost.every((line) => line.startsWith('stock ')), {
    timeoutMs: 60_000,
    everyMs: 200,
    what: 'the products to be in the shop',
  });
}, 120_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

/** A simple product that both sides sell at a price with VAT; the prices of these tests are in whole euros. */
const simple = async (at: number): Promise<ShopProduct> =>
  (await stage.shop.records<ShopProduct>('products')).filter(({ type, sku }) => type === 'simple' && sku < '900000')[
    at
  ]!;
const inShop = async (sku: string): Promise<number> => {
  const product = (await stage.shop.records<ShopProduct>('products')).find((each) => each.sku === sku);
  return Number(product?.price?.amount);
};
interface TillArticle {
  articleNumber: string;
  productNumber: string;
  priceIncl: string;
}
const article = async (sku: string): Promise<TillArticle> =>
  (await stage.till.records<TillArticle>('articles')).find(({ articleNumber }) => articleNumber === sku)!;
const inTill = async (sku: string): Promise<number> => Number((await article(sku)).priceIncl) / 100;
const tellShop = async ({ id }: ShopProduct, euros: number): Promise<void> =>
  void (await shop.change(`/products/${id}`, { price: { amount: `${euros}.00`, currency: 'EUR', taxIncluded: true } }));
const tellTill = async ({ sku }: ShopProduct, euros: number, more: object = {}): Promise<void> => {
  const { articleNumber, productNumber } = await article(sku);
  const product = { productNumber, articleList: [{ articleNumber, priceIncl: String(euros * 100) }], ...more };
  expect(await till.call('updateProduct', { product })).toMatchObject({ result: 'UPDATE-PRODUCT-RESULT-OK' });
};
const both = async ({ sku }: ShopProduct) => ({ shop: await inShop(sku), till: await inTill(sku) });
const untilBoth = (product: ShopProduct, euros: number): Promise<unknown> =>
  until(async () => Object.values(await both(product)).every((each) => each === euros), {
    timeoutMs: 30_000,
    everyMs: 150,
    what: `both systems to ask ${euros}`,
  });
/** What people do while the hub does not see it, which knows what became of all that it wrote before. */
async function unseen(work: () => Promise<void>): Promise<void> {
  const underWay = `select 1 from projection where entity in ('product', 'variant') and state in ('pending', 'writing', 'in_doubt', 'retrying')`;
  await until(async () => (await stage.ask(underWay)).length === 0, { what: 'no write to be under way' });
  await hub.stop();
  await work();
  hub = await stage.hub();
}

async function save(policy: string, systemId: string | null = null): Promise<void> {
  const { fieldOwnersSave } = await hub.graphql<{ fieldOwnersSave: { userErrors: object[]; owners: object[] } }>(
    `mutation ($input: FieldOwnersSaveInput!) { fieldOwnersSave(input: $input) {
       owners { path policy isOwn systems { key } } userErrors { message } } }`,
    { input: { entityType: 'PRODUCT_VARIANT', owners: [{ path: 'priceAmount', policy, systemId }] } },
  );
  expect(fieldOwnersSave.userErrors).toEqual([]);
}
/** The same by a configuration file. */
async function saveByFile(owner: string): Promise<void> {
  const send = async (input: object) => {
    const { configImport } = await hub.graphql<{
      configImport: { plan: { planHash: string; changes: { changes: { path: string }[] }[] }; userErrors: object[] };
    }>(
      `mutation ($input: ConfigImportInput!) { configImport(input: $input) {
         plan { planHash changes { changes { path } } } userErrors { message } } }`,
      { input },
    );
    return configImport;
  };
  const document = `koppel: 1\nfieldOwners: { variant: { priceAmount: ${owner} } }`;
  const { plan } = await send({ document });
  expect(plan.changes).toEqual([{ changes: [{ path: 'priceAmount' }] }]);
  expect((await send({ document, planHash: plan.planHash, isDryRun: false })).userErrors).toEqual([]);
}
async function conflicts(isOpen: boolean | null = true): Promise<Conflict[]> {
  const { fieldConflicts } = await hub.graphql<{ fieldConflicts: { nodes: Conflict[] } }>(
    `query ($isOpen: Boolean) { fieldConflicts(isOpen: $isOpen) { nodes {
       id path base hasAgreed values { system { key } value } resolution value entity { id } } } }`,
    { isOpen },
  );
  return fieldConflicts.nodes;
}
/** Labels of the fields that conflicts of a record, or about a field of it, are about. */
async function labelsOf(entityId: string, path: string | null): Promise<string[]> {
  const { fieldConflicts } = await hub.graphql<{ fieldConflicts: { nodes: { field: { label: string } }[] } }>(
    `query ($id: ID!, $path: String) { fieldConflicts(entityId: { eq: $id }, path: $path) { nodes { field { label } } } }`,
    { id: entityId, path },
  );
  return fieldConflicts.nodes.map(({ field }) => field.label);
}
const untilConflict = (): Promise<Conflict> =>
  until(async () => (await conflicts())[0], { timeoutMs: 20_000, everyMs: 100, what: 'a conflict' });
const resolve = (id: string, resolution: object) =>
  hub.graphql<{ fieldConflictResolve: { conflict: Conflict | null; userErrors: { code: string; message: string }[] } }>(
    `mutation ($input: FieldConflictResolveInput!) { fieldConflictResolve(input: $input) {
       conflict { id resolution } userErrors { code message } } }`,
    { input: { id, resolution } },
  );

describe('a field about which people decide', () => {
  let product: ShopProduct;
  beforeAll(async () => {
    product = await simple(0);
    await save('MANUAL');
  });

  it('goes either way as long as only one system changes it', async () => {
    await tellShop(product, 11);
    await untilBoth(product, 11);
    await tellTill(product, 12);
    await untilBoth(product, 12);
    expect(await conflicts(null)).toEqual([]);
  }, 60_000);

  it('goes on also when it is changed before the hub has looked what became of its write', async () => {
    // The hub looks that long after its write, which answers with nothing.
    await stage.till.faults({ match: 'getProducts', fault: 'delay', ms: 1_500 });
    await tellShop(product, 13);
    await untilBoth(product, 13);
    await tellTill(product, 14);
    await stage.till.clearFaults();
    await untilBoth(product, 14);
    expect(await conflicts(null)).toEqual([]);
  }, 60_000);

  it('is kept as each system has it when both have changed it, and is written to neither', async () => {
    await unseen(async () => {
      await tellShop(product, 21);
      await tellTill(product, 22);
    });
    const conflict = await untilConflict();
    expect(conflict).toMatchObject({ path: 'priceAmount', base: '14', hasAgreed: true });
    const claims = Object.fromEntries(conflict.values.map(({ system, value }) => [system.key, value]));
    expect(claims).toEqual({ softmaat: '21', mpluskassa: '22' });
    expect(await labelsOf(conflict.entity.id, null)).toEqual(['Price']);
    expect(await labelsOf(conflict.entity.id, 'priceAmount')).toEqual(['Price']);
    expect(await labelsOf(conflict.entity.id, 'gtin')).toEqual([]);
    expect(await labelsOf('var_none', null)).toEqual([]);
    // Another field of the same record still travels.
    await tellTill(product, 22, { description: 'Andere naam' });
    await until(
      async () => (await stage.shop.records<ShopProduct>('products')).some(({ name }) => name === 'Andere naam'),
      { timeoutMs: 20_000, everyMs: 150, what: 'the new name to be in the shop' },
    );
    await polls(stage.till, 4, 3);
    await polls(stage.shop, 4, 3);
    expect(await both(product)).toEqual({ shop: 21, till: 22 });
  }, 60_000);

  it('refuses what cannot end it, and says so', async () => {
    const { id } = (await conflicts())[0]!;
    const neither = await resolve(id, {});
    expect(neither.fieldConflictResolve).toMatchObject({ conflict: null, userErrors: [{ code: 'INVALID' }] });
    const stranger = await resolve(id, { takeFromSystemId: 'nobody' });
    expect(stranger.fieldConflictResolve.userErrors[0]!.message).toContain('mpluskassa');
    const word = await resolve(id, { value: 'free' });
    expect(word.fieldConflictResolve.userErrors[0]).toMatchObject({ code: 'INVALID' });
    expect(await conflicts()).toHaveLength(1);
  });

  it('takes the word of the system that a person chooses to both', async () => {
    const { id } = (await conflicts())[0]!;
    expect((await resolve(id, { takeFromSystemId: 'softmaat' })).fieldConflictResolve).toMatchObject({
      conflict: { resolution: 'CHOSEN' },
      userErrors: [],
    });
    await untilBoth(product, 21);
    expect((await resolve(id, { takeFromSystemId: 'softmaat' })).fieldConflictResolve.userErrors).toHaveLength(1);
  }, 60_000);

  it('takes another value of a person to both', async () => {
    await unseen(async () => {
      await tellShop(product, 31);
      await tellTill(product, 32);
    });
    const { id } = await untilConflict();
    await resolve(id, { value: '33' });
    await untilBoth(product, 33);
    expect(await conflicts()).toEqual([]);
    expect((await conflicts(false)).find((each) => each.id === id)).toMatchObject({ value: '33' });
  }, 60_000);

  it('is over when the systems come to say the same by themselves', async () => {
    await unseen(async () => {
      await tellShop(product, 41);
      await tellTill(product, 42);
    });
    const { id } = await untilConflict();
    await tellShop(product, 42);
    await until(async () => (await conflicts()).length === 0, {
      timeoutMs: 20_000,
      everyMs: 200,
      what: 'the conflict to be over',
    });
    expect((await conflicts(null)).find((each) => each.id === id)).toMatchObject({ resolution: 'AGREED' });
    expect(await both(product)).toEqual({ shop: 42, till: 42 });
  }, 60_000);
});

describe('a field that gets another owner', () => {
  it('ends its conflicts by the new policy, and from then on only the owner is listened to', async () => {
    const product = await simple(1);
    await save('MANUAL');
    await unseen(async () => {
      await tellShop(product, 51);
      await tellTill(product, 52);
    });
    await untilConflict();
    await save('SYSTEM', 'softmaat');
    await untilBoth(product, 51);
    expect(await conflicts()).toEqual([]);
    await tellTill(product, 54);
    await untilBoth(product, 51);
    await tellShop(product, 53);
    await untilBoth(product, 53);
  }, 90_000);

  it('is known to be changed by both, and its conflicts end, when a configuration file says whose it is', async () => {
    const product = await simple(1);
    await saveByFile('manual');
    await unseen(async () => {
      await tellShop(product, 55);
      await tellTill(product, 56);
    });
    expect(await untilConflict()).toMatchObject({ path: 'priceAmount', base: '53' });
    await saveByFile('{ system: mpluskassa }');
    await untilBoth(product, 56);
    expect(await conflicts()).toEqual([]);
  }, 90_000);

  it('is the matter of whoever wrote last, also against a stale view of the other', async () => {
    const product = await simple(2);
    await save('LAST_WRITER');
    await tellTill(product, 61);
    await untilBoth(product, 61);
    await tellShop(product, 62);
    await untilBoth(product, 62);
    for (let at = 0; at < 5; at++) await tellTill(product, 70 + at);
    await untilBoth(product, 74);
    const { fieldOwners } = await hub.graphql<{ fieldOwners: object[] }>(
      '{ fieldOwners(entityType: PRODUCT_VARIANT) { path policy isOwn isEditable } }',
    );
    expect(fieldOwners).toContainEqual({ path: 'priceAmount', policy: 'LAST_WRITER', isOwn: true, isEditable: true });
    expect(fieldOwners).toContainEqual({ path: 'sku', policy: 'SYSTEM', isOwn: false, isEditable: false });
  }, 60_000);
});
