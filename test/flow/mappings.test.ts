/**
 * Mappings and value lists edited while the hub runs, over the API and with real processes: a missing VAT row and its remedy,
 * a rule that is tried, published, seen in the shop and taken back.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { orderAgreement } from '../support/order-world.js';
import { peopleAtTheTill, type TillPeople } from '../support/people.js';
import {
  editedShape,
  editOf,
  mappingApi,
  mappingShape,
  type Edited,
  type MappingApi,
  type MappingDraft,
  type UserErrors,
} from '../support/mapping-api.js';
import type { HubHandle } from '../support/processes.js';
import type { ShopOrder } from '../support/shop-side.js';
import { flowsWith, openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

let database: TestDatabase;
let stage: Stage;
let hub: HubHandle;
let api: MappingApi;
let till: TillPeople;
let goods: readonly string[];

beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 40, pollMs: 250, flows: flowsWith() });
  till = peopleAtTheTill(stage.till);
  hub = await stage.hub();
  api = mappingApi(hub);
  expect(await stage.agreement(60_000)).toMatchObject({ lost: [], doubled: [] });
  expect(await orderAgreement(stage, 60_000)).toMatchObject({ lost: [], doubled: [] });
  const products = await stage.shop.records<{ sku: string; type: string; active: boolean }>('products');
  goods = products.flatMap(({ sku, type, active }) =>
    type !== 'configurable' && active && sku < '900000' ? [sku] : [],
  );
}, 150_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

describe('forty orders that lack a row of a VAT list', () => {
  const list = 'softmaat-tax-code';
  /** The first branch of the till is in Belgium. */
  const row = { sourceValue: '21', secondKey: 'BE' };

  it('are one problem, and all are delivered when the row is there', async () => {
    const before = await api.valueMap(list);
    const removed = await api.mutate<UserErrors & { valueMap: Edited; changes: object[] }>(
      'valueMapEntriesDelete',
      `valueMap { ${editedShape} } changes { kind before { targetValue } }`,
      { ...editOf(before), entries: [row] },
    );
    expect(removed).toMatchObject({ userErrors: [], changes: [{ kind: 'REMOVED' }] });
    const { targetValue } = (removed.changes[0] as { before: { targetValue: string } }).before;
    const gone = await api.mutate<UserErrors>('valueMapPublish', 'replayedCount', {
      ...editOf(removed.valueMap),
      note: 'A row too many',
      then: 'APPLY_TO_NEW',
    });
    expect(gone.userErrors).toEqual([]);

    const relation = await till.relation({ name: 'Karel Veertig', email: 'karel.veertig@example.nl' });
    const orders: string[] = [];
    const taxed = await stage.ask<{ sku: string }>(
      'select sku from variant where tax_rate = 21 and sku = any($1) order by sku limit 5',
      [goods],
    );
    for (let at = 0; at < 40; at++) orders.push(await till.order(relation, [[taxed[at % taxed.length]!.sku, '1']]));
    type Group = { readonly title: string; readonly count: number; readonly classification: string };
    const stuck = async (): Promise<{ open: number; held: number }> => {
      const [found] = await stage.ask<{ open: number; held: number }>(
        `select count(*) filter (where state = 'parked')::int as open, count(*) filter (where state = 'held')::int as held
         from projection where target = 'softmaat' and entity = 'order'`,
      );
      return found!;
    };
    // The hub stops the flow when so many records fail for one cause; the rest is held.
    await until(async () => ((({ open, held }) => open + held)(await stuck()) >= 40 ? true : undefined), {
      what: 'the orders to be stuck',
      timeoutMs: 40_000,
    });
    // Until the shop has the customer the preview says, truly, that the order would wait for that.
    const isKnown = `select 1 from external_reference r join projection p on p.canonical_id = r.canonical_id
      where r.system = 'mpluskassa' and r.entity = 'customer' and r.external_id = $1 and p.target = 'softmaat' and p.state = 'in_sync'`;
    const customerIsThere = async (): Promise<true | undefined> =>
      (await stage.ask(isKnown, [relation])).length > 0 || undefined;
    await until(customerIsThere, { what: 'the customer to be in the shop', timeoutMs: 40_000 });
    const { deadLetterGroups } = await hub.graphql<{ deadLetterGroups: { nodes: readonly Group[] } }>(
      '{ deadLetterGroups { nodes { title count classification } } }',
    );
    expect(deadLetterGroups.nodes).toMatchObject([{ classification: 'UNMAPPED', title: expect.stringMatching(/tax code of Softmaat/) }]); // prettier-ignore
    expect(deadLetterGroups.nodes[0]!.count).toBe((await stuck()).open);
    const { valueMap } = await hub.graphql<{ valueMap: { unmapped: object[] } }>(
      'query ($id: ID!) { valueMap(id: $id) { unmapped { value secondKey count } } }',
      { id: list },
    );
    expect(valueMap.unmapped).toMatchObject([{ value: '21', secondKey: 'BE' }]);

    const now = await api.valueMap(list);
    const entries = [{ ...row, targetValue }];
    const added = await api.mutate<UserErrors & { valueMap: Edited }>(
      'valueMapEntriesSave',
      `valueMap { ${editedShape} }`,
      { ...editOf(now), entries },
    );
    expect(added.userErrors).toEqual([]);
    const [problem] = await stage.ask<{ id: string }>(`select id from parked where status = 'OPEN' limit 1`);
    const orderWrites = async (): Promise<number> =>
      (await stage.shop.ledger()).filter(({ op }) => op.endsWith('Order')).length;
    const written = await orderWrites();
    const { mappingPreview } = await hub.graphql<{ mappingPreview: { operation: string; result: object; durationMs: number } }>(
      `query ($input: MappingPreviewInput!) { mappingPreview(input: $input) { operation result durationMs problems { message } } }`,
      { input: { mappingId: 'softmaat-order-out', sample: { deadLetterId: problem!.id } } },
    ); // prettier-ignore
    expect(mappingPreview).toMatchObject({ operation: 'CREATE', result: { lines: [{ taxCode: targetValue }] }, problems: [] }); // prettier-ignore
    expect(await orderWrites()).toBe(written);

    const published = await api.mutate<UserErrors & { replayedCount: number }>('valueMapPublish', 'replayedCount', {
      ...editOf(added.valueMap),
      note: 'The row that was missing',
    });
    expect(published.userErrors).toEqual([]);
    expect(published.replayedCount).toBe(deadLetterGroups.nodes[0]!.count);
    expect(await orderAgreement(stage, 60_000)).toMatchObject({ lost: [], doubled: [] });
    const links = await stage.ask<{ id: string }>(
      `select canonical_id as id from external_reference where system = 'mpluskassa' and entity = 'order' and external_id = any($1)`,
      [orders],
    );
    const inShop = (await stage.shop.records<ShopOrder>('orders')).map(({ externalReference }) => externalReference);
    expect(links.filter(({ id }) => inShop.includes(id))).toHaveLength(40);
    expect(await stage.ask(`select id from parked where status = 'OPEN'`)).toEqual([]);
  }, 150_000);
});

describe('a mapping', () => {
  const key = 'softmaat-variant-out';
  const names = async (): Promise<readonly string[]> =>
    (await stage.shop.records<{ sku: string; type: string; name: string }>('products'))
      .filter(({ sku, type }) => type !== 'configurable' && goods.includes(sku))
      .sort((a, b) => (a.sku < b.sku ? -1 : 1))
      .map(({ name }) => name);
  const shouted = (all: readonly string[]): boolean => all.every((name) => name.endsWith('!'));

  it('is edited, tried, published and taken back, and the records follow', async () => {
    const before = await api.mapping(key);
    const original = await names();
    const rules = before.draft.rules.map((rule) =>
      rule['target'] === 'name' ? { target: 'name', kind: 'EXPRESSION', expression: 'record.nam + "!"' } : rule,
    );
    const wrong = await api.mutate<UserErrors & { mapping: MappingDraft }>(
      'mappingDraftSave',
      `mapping { ${mappingShape} }`,
      {
        ...editOf(before),
        rules,
      },
    );
    expect(wrong.mapping.problems).toMatchObject([
      { code: 'UNKNOWN_FIELD', message: 'There is no field "nam" here.', range: { from: 7, to: 10 } },
    ]);
    expect(await api.mutate('mappingPublish', 'mapping { id }', { ...editOf(wrong.mapping), note: 'x' })).toMatchObject(
      {
        mapping: null,
        userErrors: [{ code: 'INVALID' }],
      },
    );
    const right = rules.map((rule) =>
      rule['target'] === 'name' ? { ...rule, expression: 'record.name + "!"' } : rule,
    );
    expect(await api.mutate('mappingDraftSave', 'mapping { id }', { ...editOf(before), rules: right })).toMatchObject({
      userErrors: [{ code: 'VERSION_CONFLICT' }],
    });
    const saved = await api.mutate<UserErrors & { mapping: MappingDraft }>(
      'mappingDraftSave',
      `mapping { ${mappingShape} }`,
      {
        ...editOf(wrong.mapping),
        rules: right,
      },
    );
    expect(saved).toMatchObject({ userErrors: [], mapping: { problems: [] } });

    const [variant] = await stage.ask<{ id: string; name: string }>(
      `select v.id from variant v join projection p on p.canonical_id = v.id and p.entity = 'variant' and p.state = 'in_sync' where v.sku = $1`,
      [goods[0]],
    );
    const articleWrites = async (): Promise<number> =>
      (await stage.shop.ledger()).filter(({ key: sku, op }) => sku === goods[0] && op === 'changeProduct').length;
    const ledger = await articleWrites();
    const { mappingPreview } = await hub.graphql<{ mappingPreview: { changes: { path: string; before: string; after: string }[] } }>(
      `query ($input: MappingPreviewInput!) { mappingPreview(input: $input) { operation reason problems { at message } changes { path before after } ruleResults { target output } } }`,
      { input: { mappingId: key, sample: { entityId: variant!.id } } },
    ); // prettier-ignore
    expect(mappingPreview).toMatchObject({ operation: 'UPDATE', changes: [{ path: 'name' }] });
    const [change] = mappingPreview.changes;
    expect(change?.after).toBe(`${change?.before}!`);
    // The same record, however it is named; and one that does not exist.
    const previewed = async (
      sample: object,
    ): Promise<{ operation: string; reason: string | null; changes: object[] }> =>
      (
        await hub.graphql<{ mappingPreview: { operation: string; reason: string | null; changes: object[] } }>(
          `query ($input: MappingPreviewInput!) { mappingPreview(input: $input) { operation reason changes { path before after } } }`,
          { input: { mappingId: key, sample } },
        )
      ).mappingPreview;
    const [reference] = await stage.ask<{ id: string }>(
      `select external_id as id from external_reference where canonical_id = $1 and system = 'softmaat'`,
      [variant!.id],
    );
    expect(await previewed({ code: goods[0] })).toMatchObject({ operation: 'UPDATE', changes: mappingPreview.changes });
    expect(await previewed({ externalId: reference!.id })).toMatchObject({ changes: mappingPreview.changes });
    const { mappingSamples } = await hub.graphql<{ mappingSamples: { entityId: string; label: string }[] }>(
      'query ($id: ID!) { mappingSamples(mappingId: $id, first: 5) { entityId label updatedAt } }',
      { id: key },
    );
    expect(mappingSamples).toHaveLength(5);
    expect(await previewed({ entityId: mappingSamples[0]!.entityId })).toMatchObject({ operation: 'UPDATE' });
    expect(await articleWrites()).toBe(ledger);

    const published = await api.mutate<UserErrors & { mapping: MappingDraft; backfilledCount: number }>(
      'mappingPublish',
      `backfilledCount mapping { ${mappingShape} }`,
      { ...editOf(saved.mapping), note: 'Louder', then: 'BACKFILL_CHANGED' },
    );
    expect(published.userErrors).toEqual([]);
    expect(published.backfilledCount).toBeGreaterThan(40);
    await until(async () => shouted(await names()) || undefined, { what: 'the new names', timeoutMs: 40_000 });
    // Every write says with which version it was made.
    const writes = await stage.ask<{ version: number; changed: string[] }>(
      `select (detail ->> 'mapping')::int as version, detail -> 'changed' as changed
       from journal where step = 'intent' and system = 'softmaat' and entity = 'variant' and detail -> 'changed' = '["name"]'`,
    );
    expect(new Set(writes.map(({ version }) => version))).toEqual(new Set([published.mapping.publishedVersion]));

    const back = await api.mutate<UserErrors & { mapping: MappingDraft }>(
      'mappingRollback',
      `mapping { ${mappingShape} }`,
      {
        id: saved.mapping.id,
        toVersion: 1,
        note: 'Quiet again',
        then: 'BACKFILL_CHANGED',
      },
    );
    expect(back).toMatchObject({ userErrors: [], mapping: { publishedVersion: 3 } });
    await until(async () => JSON.stringify(await names()) === JSON.stringify(original) || undefined, {
      what: 'the old names',
      timeoutMs: 40_000,
    });
    expect(await stage.agreement(20_000)).toMatchObject({ lost: [], doubled: [] });
    const { mapping } = await hub.graphql<{ mapping: { versions: { number: number; state: string; note: string }[] } }>(
      'query ($id: ID!) { mapping(id: $id) { versions { number state note publishedBy { ... on ApiKey { id } } } } }',
      { id: key },
    );
    expect(mapping.versions).toMatchObject([
      { number: 3, state: 'PUBLISHED', note: 'Quiet again', publishedBy: { id: expect.stringMatching(/^key_/) } },
      { number: 2, state: 'SUPERSEDED', note: 'Louder' },
      { number: 1, state: 'SUPERSEDED', publishedBy: null },
    ]);
  }, 150_000);

  it('that gives another result in a saved test is published only when that is meant', async () => {
    const [variant] = await stage.ask<{ id: string }>('select id from variant where sku = $1', [goods[0]]);
    const test = await api.mutate<UserErrors & { test: { id: string; isPassed: boolean; expected: { sku: string } } }>(
      'mappingTestSave',
      'test { id isPassed expected }',
      { mappingId: key, name: 'The first article', sample: { entityId: variant!.id } },
    );
    expect(test).toMatchObject({ userErrors: [], test: { isPassed: true, expected: { sku: goods[0] } } });
    const before = await api.mapping(key);
    const rules = before.draft.rules.map((rule) =>
      rule['target'] === 'brand' ? { target: 'brand', kind: 'CONSTANT', constant: 'Eigen merk' } : rule,
    );
    const { mapping } = await api.mutate<UserErrors & { mapping: MappingDraft }>('mappingDraftSave', `mapping { ${mappingShape} }`, { ...editOf(before), rules }); // prettier-ignore
    const { mapping: read } = await hub.graphql<{ mapping: { tests: object[] } }>(
      'query ($id: ID!) { mapping(id: $id) { tests { name isPassed expected actual } } }',
      { id: key },
    );
    expect(read.tests).toMatchObject([{ name: 'The first article', isPassed: false, actual: { brand: 'Eigen merk' } }]);
    const publish = { ...editOf(mapping), note: 'One brand' };
    expect(await api.mutate('mappingPublish', 'mapping { id }', publish)).toMatchObject({
      mapping: null,
      userErrors: [{ code: 'MAPPING_TEST_FAILED', message: expect.stringMatching(/The first article/) }],
    });
    const done = await api.mutate<UserErrors & { mapping: MappingDraft }>('mappingPublish', `mapping { ${mappingShape} }`, { ...publish, overrideFailedTests: true }); // prettier-ignore
    expect(done.userErrors).toEqual([]);
    expect(await api.mutate('mappingTestDelete', 'deletedId', { id: test.test.id })).toMatchObject({ userErrors: [] });
    const restored = await api.mutate<UserErrors & { mapping: MappingDraft }>('mappingShippedRestore', `mapping { ${mappingShape} }`, editOf(done.mapping)); // prettier-ignore
    expect(restored).toMatchObject({ userErrors: [], mapping: { hasUnpublishedChanges: true } });
  }, 60_000);
});
