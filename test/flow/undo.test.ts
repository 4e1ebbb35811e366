/**
 * Changes that people take back: products in both directions, real processes. A price that was published wrongly in one system is put back in
 * both; what somebody has changed since is left alone; what the hub could not make last is refused with the reason.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SampleFlow } from '../../src/sync/install.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { peopleAtTheTill, type TillPeople } from '../support/people.js';
import type { HubHandle } from '../support/processes.js';
import { shopClient, type ShopClient } from '../support/shop-catalogue.js';
import { rightly, spoiling, type BringingRun, type Sold } from '../support/spoilt-import.js';
import { openStage, type Stage } from '../support/stage.js';
import { killedInTheMiddle, undoing, type Undone } from '../support/undo.js';
import { until } from '../support/wait.js';

const flows: readonly SampleFlow[] = [
  { entity: 'category', from: 'source', settings: {} },
  { entity: 'product', from: 'source', settings: {} },
  { entity: 'product', from: 'target', settings: {} },
];
interface ShopProduct {
  readonly id: string;
  readonly sku: string;
  readonly type: string;
  readonly name: string;
  readonly price: { readonly amount: string } | null;
}
interface TillArticle {
  readonly articleNumber: string;
  readonly productNumber: string;
  readonly priceIncl: string;
}
let database: TestDatabase;
let stage: Stage;
let hub: HubHandle;
let till: TillPeople;
let shop: ShopClient;
let products: readonly ShopProduct[];
const { historyOf, changeTo, planOf, planFor, start, startFor, undo, undoAll, endOf } = undoing(() => hub);
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 60, pollMs: 250, flows });
  till = peopleAtTheTill(stage.till);
  shop = shopClient(stage.shop);
  hub = await stage.hub();
  await until(async () => (await stage.agreement(0)).lost.every((line) => line.startsWith('stock ')), {
    timeoutMs: 60_000,
    everyMs: 200,
    what: 'the products to be in the shop',
  });
  const found = await stage.shop.records<ShopProduct>('products');
  products = found.filter(({ type, sku }) => type === 'simple' && sku < '900000');
}, 120_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

const articleOf = async (sku: string): Promise<TillArticle> =>
  (await stage.till.records<TillArticle>('articles')).find(({ articleNumber }) => articleNumber === sku)!;
const pricesOf = async ({ sku }: ShopProduct): Promise<{ shop: number; till: number }> => {
  const inShop = (await stage.shop.records<ShopProduct>('products')).find((each) => each.sku === sku);
  return { shop: Number(inShop?.price?.amount), till: Number((await articleOf(sku)).priceIncl) / 100 };
};
const untilBoth = (product: ShopProduct, euros: number): Promise<unknown> =>
  until(async () => Object.values(await pricesOf(product)).every((each) => each === euros), {
    timeoutMs: 30_000,
    everyMs: 150,
    what: `both systems to ask ${euros}`,
  });
const tellTill = async ({ sku }: ShopProduct, euros: number, more: object = {}): Promise<void> => {
  const { articleNumber, productNumber } = await articleOf(sku);
  const product = {
    productNumber,
    articleList: [{ articleNumber, priceIncl: String(Math.round(euros * 100)), ...more }],
  };
  expect(await till.call('updateProduct', { product })).toMatchObject({ result: 'UPDATE-PRODUCT-RESULT-OK' });
};
const tellShop = async ({ id }: ShopProduct, euros: number): Promise<void> =>
  void (await shop.change(`/products/${id}`, {
    price: { amount: euros.toFixed(2), currency: 'EUR', taxIncluded: true },
  }));
/** Until no write is under way and every system has been read again after that. */
const settled = (): Promise<unknown> =>
  until(
    async () =>
      (await stage.ask(`select 1 from projection where state in ('pending', 'writing', 'in_doubt', 'retrying')`)).length === 0, // prettier-ignore
    { timeoutMs: 20_000, everyMs: 100, what: 'no write to be under way' },
  );

describe('a price that was published wrongly in the till', () => {
  let product: ShopProduct;
  let right: number;
  beforeAll(async () => {
    product = products[0]!;
    right = (await pricesOf(product)).till;
    await tellTill(product, 99);
    await untilBoth(product, 99);
  }, 60_000);

  it('is put back in the shop and in the till, by a plan that says so first', async () => {
    const wrong = await changeTo(product, 99);
    expect(wrong).toMatchObject({ isUndoable: true, actor: null });
    const plan = await planOf(wrong);
    expect(plan).toMatchObject({ reversible: 1, changedSince: 0, irreversible: 0 });
    const [item] = plan.items;
    expect(item).toMatchObject({
      disposition: 'REVERSE',
      message: null,
      systems: [{ key: 'mpluskassa' }, { key: 'softmaat' }],
    });
    expect(item?.changes.map(({ path, before, after }) => [path, Number(before), Number(after)])).toEqual([
      ['priceAmount', 99, right],
    ]);
    expect(await undo(wrong)).toMatchObject({ succeeded: 1, skipped: 0 });
    await untilBoth(product, right);
  }, 60_000);

  it('stays put back when both systems have been read again, and the history says who did it', async () => {
    await settled();
    const [latest] = await historyOf(product);
    expect(latest?.summary).toContain('put back by somebody');
    expect(latest?.actor?.name).toEqual(expect.any(String));
    expect(await pricesOf(product)).toEqual({ shop: right, till: right });
    const audit = await hub.graphql<{ auditEntries: { nodes: { action: string; reason: string }[] } }>(
      '{ auditEntries(first: 1) { nodes { action reason } } }',
    );
    expect(audit.auditEntries.nodes).toEqual([{ action: 'undoStart', reason: 'typed wrongly' }]);
  }, 60_000);

  it('is put back a second time, after the hub has written the price to the till itself', async () => {
    await tellTill(product, 98);
    await untilBoth(product, 98);
    await undo(await changeTo(product, 98));
    await untilBoth(product, right);
    await settled();
    expect(await pricesOf(product)).toEqual({ shop: right, till: right });
  }, 60_000);

  it('remains the price of the till: its next change counts, and one of the shop does not', async () => {
    await tellTill(product, 41);
    await untilBoth(product, 41);
    await undo(await changeTo(product, 41));
    await untilBoth(product, right);
    await tellShop(product, 55);
    await untilBoth(product, right);
    await tellTill(product, 42);
    await untilBoth(product, 42);
  }, 90_000);
});

describe('a change that somebody has gone on from', () => {
  it('is left alone, and nothing is started', async () => {
    const product = products[1]!;
    await tellTill(product, 71);
    await untilBoth(product, 71);
    await tellTill(product, 72);
    await untilBoth(product, 72);
    const plan = await planOf(await changeTo(product, 71));
    expect(plan).toMatchObject({ reversible: 0, changedSince: 1, items: [{ disposition: 'SKIP_CHANGED_SINCE' }] });
    expect(await start(await changeTo(product, 71), plan.planHash)).toMatchObject({
      job: null,
      userErrors: [{ code: 'INVALID_STATE' }],
    });
    expect(await pricesOf(product)).toEqual({ shop: 72, till: 72 });
  }, 60_000);

  it('is put back as far as it still stands', async () => {
    const product = products[2]!;
    const former = await pricesOf(product);
    const { purchasePrice } = (await articleOf(product.sku)) as TillArticle & { readonly purchasePrice?: string };
    await tellTill(product, 81, { purchasePrice: '1234' });
    await untilBoth(product, 81);
    const wrong = await changeTo(product, 81);
    expect(wrong.changes.map(({ path }) => path).sort()).toEqual(['priceAmount', 'purchasePrice']);
    await tellTill(product, 81, { purchasePrice: '1111' });
    await until(async () => (await planOf(wrong)).changedSince === 1, { timeoutMs: 20_000, what: 'the later change' });
    expect(await planOf(wrong)).toMatchObject({ reversible: 1, changedSince: 1 });
    expect(await undo(wrong)).toMatchObject({ succeeded: 1, skipped: 0 });
    await untilBoth(product, former.till);
    const after = (await articleOf(product.sku)) as TillArticle & { readonly purchasePrice?: string };
    expect(after.purchasePrice).toBe('1111');
    expect(purchasePrice).not.toBe('1111');
  }, 60_000);

  it('refuses a plan that is older than the last change', async () => {
    const product = products[3]!;
    await tellTill(product, 61);
    await untilBoth(product, 61);
    const wrong = await changeTo(product, 61);
    const { planHash } = await planOf(wrong);
    await tellTill(product, 62);
    await untilBoth(product, 62);
    expect(await start(wrong, planHash)).toMatchObject({ job: null, userErrors: [{ code: 'VERSION_CONFLICT' }] });
  }, 60_000);
});

describe('a price that both systems may change', () => {
  it('is put back in both, whoever published it wrongly, and that is taken back at once', async () => {
    await hub.graphql(
      'mutation ($input: FieldOwnersSaveInput!) { fieldOwnersSave(input: $input) { userErrors { message } } }',
      { input: { entityType: 'PRODUCT_VARIANT', owners: [{ path: 'priceAmount', policy: 'LAST_WRITER' }] } },
    );
    const product = products[6]!;
    const { till: right } = await pricesOf(product);
    await tellShop(product, 77);
    await untilBoth(product, 77);
    await undo(await changeTo(product, 77));
    await untilBoth(product, right);
    const [putBack] = await historyOf(product);
    expect(putBack).toMatchObject({ isUndoable: true });
    await undo(putBack!);
    await untilBoth(product, 77);
  }, 60_000);
});

describe('an import in the till that has spoiled the names and prices of thirty products', () => {
  const { soldNow, inBoth, untilBoth: untilAll, spoil } = spoiling(() => stage, () => hub); // prettier-ignore
  let spoiled: readonly Sold[];
  let runs: readonly BringingRun[];
  const undone: Undone[] = [];
  beforeAll(async () => {
    await settled();
    const others = products.slice(0, 8).map(({ sku }) => sku);
    spoiled = (await soldNow()).filter(({ sku }) => !others.includes(sku)).slice(0, 30);
    expect(spoiled).toHaveLength(30);
    runs = await spoil(spoiled);
    // From now on the guard would hold thirty prices that fall to a tenth.
    const { flows: all } = await hub.graphql<{ flows: { id: string; version: number; entityType: string }[] }>('{ flows { id version entityType } }'); // prettier-ignore
    for (const { id, version } of all.filter(({ entityType }) => entityType === 'PRODUCT')) {
      const { flowUpdate } = await hub.graphql<{ flowUpdate: { userErrors: object[] } }>(
        'mutation ($input: FlowUpdateInput!) { flowUpdate(input: $input) { userErrors { message } } }',
        { input: { id, expectedVersion: version, settings: { guard: { isOn: true, maxRecords: 5, maxPercent: 5 } } } },
      );
      expect(flowUpdate.userErrors).toEqual([]);
    }
  }, 150_000);

  it('is put back in both systems by an undo of its run, and the write guard holds nothing of it', async () => {
    for (const { id, reversible } of runs) {
      const plan = await planFor({ runId: id });
      expect(plan.records).toMatchObject({ reversible, changedSince: 0, irreversible: 0 });
      expect(plan.systems.map(({ system }) => system.key)).toEqual(['mpluskassa', 'softmaat']);
      undone.push(await undoAll({ runId: id }, 'the wrong file'));
      expect(undone.at(-1)).toMatchObject({ succeeded: reversible, skipped: 0 });
    }
    await untilAll(spoiled, rightly, 'both systems to be as they were');
    expect(await stage.ask('select flow from write_hold')).toEqual([]);
  }, 120_000);

  it('stays put back when both systems have been read again, and the audit says who did it and of how many', async () => {
    await settled();
    expect((await inBoth(spoiled)).map(({ shop: one }) => one)).toEqual(spoiled.map(rightly));
    const audit = await hub.graphql<{ auditEntries: { nodes: object[] } }>(
      '{ auditEntries(first: 1) { nodes { action reason detail } } }',
    );
    const detail = expect.objectContaining({ records: runs.at(-1)!.reversible }) as unknown;
    expect(audit.auditEntries.nodes).toEqual([{ action: 'undoStart', reason: 'the wrong file', detail }]);
  }, 60_000);

  it('is put back as planned, each record once, also when the process is killed in the middle of the job', async () => {
    const putBack = `select 'evt_' || position as id, canonical_id as record from journal where outcome = 'undone' and detail ->> 'job' = any($1) order by position`;
    const events = await stage.ask<{ id: string; record: string }>(putBack, [undone.map(({ job }) => job)]);
    const selection = { eventIds: events.map(({ id }) => id) };
    const { planHash, records } = await planFor(selection);
    const begin = () => startFor(selection, planHash, 'after all');
    const { job } = await killedInTheMiddle(database.url, events.at(-1)!.record, hub, begin);
    const states = await stage.ask('select distinct state from undo_record where job = $1 order by 1', [job!.id]);
    expect(states).toEqual([{ state: 'OPEN' }, { state: 'PUT_BACK' }]);
    hub = await stage.hub();
    expect(await endOf(job!.id)).toMatchObject({ succeeded: records.reversible, skipped: 0 });
    const twice = `select canonical_id from journal where outcome = 'undone' and detail ->> 'job' = $1 group by 1 having count(*) > 1`;
    expect(await stage.ask(twice, [job!.id])).toEqual([]);
  }, 120_000);
});

describe('a change that the hub cannot make last', () => {
  it('is refused in words while no flow writes to the system whose word counts', async () => {
    const product = products[4]!;
    await tellTill(product, 31);
    await untilBoth(product, 31);
    const wrong = await changeTo(product, 31);
    const { flows: all } = await hub.graphql<{ flows: { id: string; target: { key: string }; entityType: string }[] }>(
      '{ flows { id entityType target { key } } }',
    );
    const back = all.find(({ target, entityType }) => target.key === 'mpluskassa' && entityType === 'PRODUCT')!;
    await hub.graphql('mutation ($id: ID!) { flowDisable(input: { id: $id }) { userErrors { message } } }', {
      id: back.id,
    });
    const plan = await planOf(wrong);
    expect(plan).toMatchObject({ reversible: 0, irreversible: 1, items: [{ disposition: 'IRREVERSIBLE' }] });
    expect(plan.items[0]?.message).toMatch(/no flow writes it there.*Put it back in MplusKASSA/);
  }, 60_000);

  it('is refused for what made the record, and for what is no change', async () => {
    const made = (await historyOf(products[5]!)).at(-1)!;
    expect(made.isUndoable).toBe(false);
    expect(await planOf(made)).toMatchObject({ reversible: 0, items: [{ disposition: 'IRREVERSIBLE', changes: [] }] });
  });
});
