/**
 * A backup is put back under a hub that has gone on since (G16): at T0 the database is copied while the hub is killed in the middle of
 * its work, until T1 products, stock, customers and orders change on both sides and arrive, then T0 is restored. Nothing may be
 * written before a flow was compared, nothing may be made twice, and both systems agree in the end.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { sampleFlows } from '../../src/config/sample.js';
import { copyDatabase, createTestDatabase, restoreDatabase, type TestDatabase } from '../support/database.js';
import { doubledCreates } from '../support/oracle.js';
import { orderAgreement, orderWorld } from '../support/order-world.js';
import type { HubHandle, LedgerLine } from '../support/processes.js';
import { peopleAtTheTill } from '../support/people.js';
import { shopClient } from '../support/shop-catalogue.js';
import { openStage, polls, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

const perSide = 6;
const patienceMs = 180_000;
const agreed = { lost: [], doubled: [] };

let database: TestDatabase;
let copy: TestDatabase | undefined;
let stage: Stage;
let hub: HubHandle;
/** What the shop held when the backup was made. */
let inBackup: readonly Product[];
/** A product that somebody renames there while the hub is away. */
let edited: Product;
/** One with a characteristic that people in the shop have added before the backup; another of its characteristics changes in the till after it. */
let enriched: Product;

beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 24, pollMs: 250, flows: sampleFlows });
  hub = await stage.hub();
}, 60_000);
afterAll(async () => {
  await stage.close();
  await copy?.drop();
  await database.drop();
}, 60_000);

interface Characteristic {
  readonly code: string;
  readonly value: string;
}
interface Product {
  readonly id: string;
  readonly sku: string;
  readonly type: string;
  readonly name: string;
  readonly characteristics?: readonly Characteristic[];
}
interface Checked {
  readonly state: string;
  readonly heldCount: number;
  readonly foundCount: number;
  readonly takenInCount: number;
  readonly error: string | null;
  readonly flow: {
    readonly key: string;
    readonly entityType: string;
    readonly heldRun: { readonly id: string } | null;
  };
}
interface Check {
  readonly cause: string;
  readonly finishedAt: string | null;
  readonly doneCount: number;
  readonly flowCount: number;
  readonly flows: readonly Checked[];
}

const check = async (): Promise<Check> =>
  (
    await hub.graphql<{ restoreCheck: Check }>(
      `{ restoreCheck { cause finishedAt doneCount flowCount
         flows { state heldCount foundCount takenInCount error flow { key entityType heldRun { id } } } } }`,
    )
  ).restoreCheck;
const over = (): Promise<Check> =>
  until(
    async () => {
      const found = await check();
      return found.finishedAt === null ? undefined : found;
    },
    { what: 'every flow to be compared', timeoutMs: patienceMs, everyMs: 300 },
  );
const ofProducts = ({ flows }: Check): Checked => flows.find(({ flow }) => flow.entityType === 'PRODUCT')!;
const ledgers = async (): Promise<readonly LedgerLine[]> => [
  ...(await stage.till.ledger()).map((line) => ({ ...line, type: `till ${line.type}` })),
  ...(await stage.shop.ledger()).map((line) => ({ ...line, type: `shop ${line.type}` })),
];
const named = (id: string): Promise<string | undefined> =>
  stage.shop.records<Product>('products').then((all) => all.find((each) => each.id === id)?.name);

const washing = { code: 'wasvoorschrift', value: '30 graden', unit: null };
const enrichedNow = async (): Promise<Product> =>
  (await stage.shop.records<Product>('products')).find(({ id }) => id === enriched.id)!;
async function enrichInShop(): Promise<void> {
  enriched = (await stage.shop.records<Product>('products')).find(
    ({ type, characteristics }) => type === 'simple' && (characteristics ?? []).length > 1,
  )!;
  const characteristics = [...enriched.characteristics!, washing];
  await shopClient(stage.shop).change(`/products/${enriched.id}`, { characteristics });
}
async function changeCharacteristicInTill(value: string): Promise<void> {
  const articles = await stage.till.records<Document>('articles');
  const { articleNumber, productNumber, customFieldList } = articles.find((each) => each['articleNumber'] === enriched.sku)!; // prettier-ignore
  const changed = (customFieldList as readonly Document[]).map((field, at) =>
    at === 0 ? { ...field, strValue: value } : field,
  );
  const product: Document = { productNumber: productNumber!, articleList: [{ articleNumber: articleNumber!, customFieldList: changed }] }; // prettier-ignore
  expect(await peopleAtTheTill(stage.till).call('updateProduct', { product })).toMatchObject({ result: 'UPDATE-PRODUCT-RESULT-OK' }); // prettier-ignore
}

/** One edit of a product in twenty-five makes a new one. Returns the articles that differ. */
async function changeEverything(seed: number, products: number): Promise<ReadonlySet<string>> {
  const [{ changed }] = await Promise.all([
    stage.till.mutate('products', products, seed),
    stage.till.mutate('groups', 4, seed),
    stage.till.mutate('stock', 10, seed),
    stage.till.mutate('relations', 3, seed, { of: 'any' }),
    stage.shop.mutate('debtors', 3, seed, { of: 'any' }),
  ]);
  return new Set(changed['articles']);
}
const newOrders = (seed: number): Promise<unknown> =>
  Promise.all([
    stage.till.mutate('orders', perSide, seed, { edits: ['new'] }),
    stage.shop.mutate('orders', perSide, seed + 1, { edits: ['new'] }),
  ]);

/** Each mark of the hub was given once, and no natural key was made twice. */
async function expectNothingTwice(): Promise<void> {
  const { till, shop } = await orderWorld(stage);
  for (const side of [till, shop]) {
    const marks = side.created.flatMap(({ entity, mark }) => (mark === null ? [] : [`${entity} ${mark}`]));
    expect(marks.length).toBeGreaterThan(perSide);
    expect(new Set(marks).size).toBe(marks.length);
  }
  expect(doubledCreates(await stage.shop.ledger())).toEqual([]);
}

describe('a hub whose database is older than what it has written', () => {
  it(
    'is left with a backup of the middle of its work, and goes on',
    async () => {
      expect(await stage.agreement(patienceMs)).toMatchObject(agreed);
      await enrichInShop();
      // One that takes its time, so that it is seen.
      await stage.shop.faults({ match: 'createOrder', fault: 'delay', ms: 1_500 });
      await newOrders(11);
      await changeEverything(12, 6);
      await until(async () => (await stage.ask(`select 1 from projection where state = 'writing'`)).length > 0, {
        what: 'a write to be under way',
        timeoutMs: 20_000,
        everyMs: 5,
      });
      await hub.kill();
      await stage.shop.clearFaults();
      copy = await copyDatabase(database.url);
      inBackup = await stage.shop.records<Product>('products');

      hub = await stage.hub();
      expect(await hub.graphql('{ restoreCheck { cause } }')).toEqual({ restoreCheck: null });
      await newOrders(21);
      await changeEverything(22, 40);
      await stage.till.mutate('orders', perSide, 23, { of: 'any' });
      await stage.shop.mutate('orders', perSide, 24, { of: 'any' });
      expect(await orderAgreement(stage, patienceMs)).toMatchObject(agreed);
      expect(await stage.agreement(patienceMs)).toMatchObject(agreed);
      expect((await stage.shop.records<Product>('products')).length).toBeGreaterThan(inBackup.length);
      await changeCharacteristicInTill('Porto');
      await until(async () => (await enrichedNow()).characteristics?.some(({ value }) => value === 'Porto') || undefined, { what: 'the characteristic to be in the shop', timeoutMs: patienceMs }); // prettier-ignore
      await hub.stop();
    },
    3 * patienceMs,
  );

  it(
    'writes nothing for a flow that was not compared',
    async () => {
      const products = await stage.shop.records<Product>('products');
      const changed = await changeEverything(32, 6);
      const isAsThen = (each: Product): boolean => inBackup.some((then) => JSON.stringify(then) === JSON.stringify(each)); // prettier-ignore
      edited = products.find((each) => each.type === 'simple' && isAsThen(each) && !changed.has(each.sku))!;
      await stage.shop.tamper('products', edited.id, { set: { name: 'Named by somebody' } });
      await restoreDatabase(database.url, copy!);
      await stage.shop.faults({ match: 'GET /api/v1/products', fault: '500before', times: 100_000 });
      const before = (await ledgers()).filter(({ type }) => type === 'shop products');

      hub = await stage.hub();
      const resting = `select 1 from projection where entity in ('product', 'variant') and state = 'paused' and reason_code = 'RESTORE_CHECK'`;
      await until(async () => (await stage.ask(resting)).length > 0, { what: 'a product to rest', timeoutMs: patienceMs }); // prettier-ignore
      await until(async () => ofProducts(await check()).error !== null, { what: 'products not to be compared', timeoutMs: patienceMs }); // prettier-ignore
      const found = await check();
      expect(found).toMatchObject({ cause: 'DATABASE_COPIED', finishedAt: null, flowCount: sampleFlows.length });
      expect(ofProducts(found).error).toContain('Softmaat');
      expect((await ledgers()).filter(({ type }) => type === 'shop products')).toEqual(before);
      const ready = async (): Promise<string> => {
        const { status, text } = await fetch(`${hub.url}/readyz?verbose`).then(async (said) => ({ status: said.status, text: await said.text() })); // prettier-ignore
        return status === 200 ? text : '';
      };
      await until(async () => (await ready()).includes('flows compared; nothing is written to the others'), { what: 'the hub to be ready, and to say what rests' }); // prettier-ignore
      await stage.shop.clearFaults();
    },
    2 * patienceMs,
  );

  it(
    'then goes on by itself: nothing is there twice, both sides agree',
    async () => {
      const found = await over();
      expect(found.flows.map(({ state }) => state)).toEqual(found.flows.map(() => 'COMPARED'));
      expect(found.flows.reduce((sum, { takenInCount }) => sum + takenInCount, 0)).toBeGreaterThan(perSide);
      expect(found.flows.reduce((sum, { foundCount }) => sum + foundCount, 0)).toBeGreaterThan(0);
      expect(await orderAgreement(stage, patienceMs)).toMatchObject({ doubled: [] });
      expect((await stage.agreement(1_000)).doubled).toEqual([]);
      await expectNothingTwice();
    },
    3 * patienceMs,
  );

  it(
    'asks a person about what nothing explains, and does as it is told',
    async () => {
      const found = await check();
      expect(ofProducts(found).heldCount).toBeGreaterThan(0);
      expect(await named(edited.id)).toBe('Named by somebody');
      const run = ofProducts(found).flow.heldRun!.id;
      const { flowRun } = await hub.graphql<{ flowRun: { hold: { reason: string; samples: { kind: string; changes: object[] }[] } } }>(
        'query ($id: ID!) { flowRun(id: $id) { hold { reason samples { kind changes { path before } } } } }',
        { id: run },
      ); // prettier-ignore
      expect(flowRun.hold.reason).toContain('The database was restored');
      // What people had added there before is nobody's but theirs.
      expect(JSON.stringify(flowRun.hold.samples)).not.toContain('characteristics');
      expect((await enrichedNow()).characteristics).toContainEqual(washing);
      expect(flowRun.hold.samples).toContainEqual({ kind: 'RESTORED', changes: [{ path: 'name', before: 'Named by somebody' }] }); // prettier-ignore
      for (const { flow } of found.flows) {
        if (flow.heldRun === null) continue;
        await hub.graphql('mutation ($input: FlowRunReleaseInput!) { flowRunRelease(input: $input) { userErrors { message } } }', { input: { runId: flow.heldRun.id, isApproved: true } }); // prettier-ignore
      }
      expect(await stage.agreement(patienceMs)).toMatchObject(agreed);
      expect(await orderAgreement(stage, patienceMs)).toMatchObject(agreed);
      expect(await named(edited.id)).toBe(edited.name);
      expect((await enrichedNow()).characteristics).toEqual(expect.arrayContaining([washing, expect.objectContaining({ value: 'Porto' })])); // prettier-ignore
      await expectNothingTwice();
    },
    3 * patienceMs,
  );

  it(
    'compares again when somebody says so, finds that all is as it should be, asks nobody and writes nothing',
    async () => {
      // What was decided a moment ago is written first.
      expect(await stage.agreement(patienceMs)).toMatchObject(agreed);
      for (const system of [stage.till, stage.shop]) await polls(system, 4, 3);
      const isOpen = `select 1 from projection where state in ('pending', 'writing', 'in_doubt', 'retrying') limit 1`;
      await until(async () => (await stage.ask(isOpen)).length === 0, { timeoutMs: patienceMs, everyMs: 200, what: 'no write to be under way' }); // prettier-ignore
      const before = await ledgers();
      await hub.graphql('mutation { restoreCheckStart(input: {}) { userErrors { message } } }');
      const { flows, cause } = await over();
      expect(cause).toBe('ASKED');
      expect(flows).toHaveLength(sampleFlows.length);
      for (const flow of flows) expect(flow).toMatchObject({ state: 'COMPARED', heldCount: 0, error: null });
      expect(await stage.agreement(patienceMs)).toMatchObject(agreed);
      expect(await ledgers()).toEqual(before);
    },
    2 * patienceMs,
  );

  it(
    'compares again when somebody says so, and can be told to go on without',
    async () => {
      const start =
        'mutation { restoreCheckStart(input: {}) { restoreCheck { cause doneCount flowCount } userErrors { message } } }';
      const flowCount = sampleFlows.length;
      await stage.shop.faults({ match: '*', fault: '500before', times: 100_000 });
      expect(await hub.graphql(start)).toEqual({
        restoreCheckStart: { restoreCheck: { cause: 'ASKED', doneCount: 0, flowCount }, userErrors: [] },
      });
      const skip =
        'mutation { restoreCheckSkip(input: { reason: "moved" }) { restoreCheck { doneCount flowCount } userErrors { code } } }';
      expect(await hub.graphql(skip)).toEqual({ restoreCheckSkip: { restoreCheck: { doneCount: flowCount, flowCount }, userErrors: [] } }); // prettier-ignore
      expect(await hub.graphql(skip)).toMatchObject({
        restoreCheckSkip: { userErrors: [{ code: expect.any(String) }] },
      });
      await stage.shop.clearFaults();
      const { auditEntries } = await hub.graphql<{ auditEntries: { nodes: { action: string }[] } }>('{ auditEntries(first: 20) { nodes { action } } }'); // prettier-ignore
      const actions = auditEntries.nodes
        .map(({ action }) => action)
        .filter((action) => action.startsWith('restoreCheck'));
      expect(actions.slice(0, 3)).toEqual(['restoreCheckSkip', 'restoreCheckStart', 'restoreCheckStart']);
    },
    2 * patienceMs,
  );
});
