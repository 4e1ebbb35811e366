/**
 * Comparing both systems of a flow (G8). Records are changed so that nothing in a system tells of it: only a comparison can find them. What
 * is found must be exactly that; after the repair nothing may be left that the hub can put right.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compareFlow, readComparison } from '../support/comparisons.js';
import { openOperatedHub, type Answer, type OperatedHub } from '../support/operated-hub.js';
import { until } from '../support/wait.js';

let world: OperatedHub;
beforeAll(async () => {
  world = await openOperatedHub();
}, 120_000);
afterAll(() => world.close(), 60_000);

const compare = async (type: string): Promise<Answer> =>
  compareFlow(world.hub, (await world.flowOf(type))['id'] as string);
const read = (id: string): Promise<Answer> => readComparison(world.hub, id);
const found = ({ items }: Answer): string[] =>
  (items.nodes as Answer[]).map(({ state, system, externalId }) => `${state} ${system.key} ${externalId}`).sort();
const noneOf = { different: 0, missed: 0, missingInTarget: 0, missingInSource: 0, onlyInTarget: 0, duplicates: 0, inFlight: 0 }; // prettier-ignore

describe('a comparison', () => {
  it.each(['CATEGORY', 'PRODUCT', 'STOCK_LEVEL'])(
    'of %s finds that systems agree that do',
    async (type) => {
      const result = await compare(type);
      expect(result).toMatchObject({ status: 'SUCCEEDED', error: null, counts: noneOf });
      expect(result['counts'].equal).toBeGreaterThan(5);
      // Its job has read so many, and never said of how many; it leads back to what was found.
      const { reconciliation } = await world.hub.graphql<Answer>(
        'query ($id: ID!) { reconciliation(id: $id) { job { kind done total reconciliation { id } } } }',
        { id: result['id'] },
      );
      const { done, ...job } = reconciliation.job as Answer;
      expect(job).toEqual({ kind: 'RECONCILIATION', total: null, reconciliation: { id: result['id'] } });
      expect(done).toBeGreaterThan(5);
    },
    60_000,
  );

  it('finds exactly what was changed behind the back of both systems, and what can be put right is put right', async () => {
    // What was written a moment ago is read again for a while; later nothing sees what no stamp tells of.
    await world.stage.ask(
      `update capture_position set state = 'stopped', stopped_code = 'TEST', stopped_message = 'test'`,
    );
    const shop = await world.stage.shop.records<Row>('products');
    const simple = shop.filter(({ type, sku }) => type === 'simple' && /^1\d{4}$/.test(sku));
    const variants = shop.filter(({ type }) => type === 'variant');
    const [renamed, repriced, removed, copied] = simple as [Row, Row, Row, Row];
    const renamedVariant = variants[0]!;
    const articles = await world.stage.till.records<{ articleNumber: string; productNumber: string }>('articles');
    const inTill = articles.find(({ articleNumber }) => articleNumber === simple[4]!.sku)!;

    await world.stage.shop.tamper('products', renamed.id, { set: { name: 'Somebody else' } });
    await world.stage.shop.tamper('products', repriced.id, { set: { price: { ...repriced.price, amount: '0.01' } } });
    await world.stage.shop.tamper('products', renamedVariant.id, { set: { active: false } });
    await world.stage.shop.tamper('products', removed.id, { remove: true });
    const stranger = '99999999-0000-5000-8000-000000000001';
    await world.stage.shop.tamper('products', copied.id, { copyTo: stranger, set: { id: stranger, sku: '99999' } });
    await world.stage.till.tamper('articles', inTill.articleNumber, { set: { priceIncl: '77700' } });
    const goneFromTill = articles.find(({ articleNumber }) => articleNumber === simple[5]!.sku)!;
    await world.stage.till.tamper('articles', goneFromTill.articleNumber, { remove: true });
    await world.stage.till.tamper('products', goneFromTill.productNumber, { remove: true });
    const result = await compare('PRODUCT');
    const expected = [
      `DIFFERENT softmaat ${renamed.id}`,
      `DIFFERENT softmaat ${repriced.id}`,
      `DIFFERENT softmaat ${renamedVariant.id}`,
      `MISSED mpluskassa ${inTill.productNumber}`,
      `MISSING_IN_SOURCE mpluskassa ${goneFromTill.productNumber}`,
      `MISSING_IN_TARGET softmaat ${removed.id}`,
      `ONLY_IN_TARGET softmaat ${stranger}`,
    ];
    expect(found(result)).toEqual(expected.sort());
    expect(result['counts']).toMatchObject({
      different: 3,
      missed: 1,
      missingInTarget: 1,
      onlyInTarget: 1,
      repaired: 0,
    });
    const [change] = itemOf(result, renamed.id)['changes'] as Answer[];
    expect(change).toEqual({ path: 'name', label: 'Name', before: 'Somebody else', after: renamed.name });
    const writes = (await world.stage.shop.ledger()).length;

    const { job } = await world.mutate('reconciliationRepair', { id: result['id'] }, 'job { id }');
    expect(await world.ended(job.id as string)).toMatchObject({ kind: 'REPAIR', status: 'SUCCEEDED', failed: 0, skipped: 0, total: 5, done: 5 }); // prettier-ignore
    await world.settled();
    expect((await world.stage.shop.ledger()).length).toBeGreaterThan(writes);
    expect((await read(result['id'] as string))['counts']).toMatchObject({ repaired: 5 });
    expect(await world.nameOf(renamed.id)).toBe(renamed.name);
    // Events call the fields that they changed as people do, too.
    const { syncEvents } = await world.hub.graphql<Answer>(
      `{ syncEvents(first: 50, filter: { entityType: [PRODUCT, PRODUCT_VARIANT], action: [UPDATE] }) { nodes { changes { path label after } } } }`,
    );
    const changes = (syncEvents.nodes as Answer[]).flatMap((event) => event['changes'] as Answer[]);
    expect(changes).toContainEqual({ path: 'name', label: 'Name', after: renamed.name });
    await until(
      async () =>
        (await world.stage.shop.records<Row>('products')).find(({ sku }) => sku === simple[4]!.sku)?.price?.amount ===
        '777.00',
      { what: 'the price of the till in the shop', timeoutMs: 20_000 },
    );

    const again = await compare('PRODUCT');
    expect(found(again)).toEqual([
      `MISSING_IN_SOURCE mpluskassa ${goneFromTill.productNumber}`,
      `ONLY_IN_TARGET softmaat ${stranger}`,
    ]);
    // What a source does not show any more is deleted nowhere.
    expect(await world.nameOf(simple[5]!.id)).toBe(simple[5]!.name);
    expect(itemOf(again, stranger)).toMatchObject({ isRepairable: false, entity: null });
    // What the hub knows nothing of is called as its system shows it.
    expect(itemOf(again, stranger)['label']).toBe(`99999 ${copied.name}`);
    expect(itemOf(again, stranger)['changes']).toContainEqual({ path: 'name', label: 'Name', before: copied.name, after: null }); // prettier-ignore
    const refused = await world.mutate('reconciliationRepair', { id: again['id'] }, 'job { id }');
    expect(refused).toMatchObject({
      job: null,
      userErrors: [{ message: expect.stringContaining('can be put right') }],
    });
  }, 120_000);

  it('finds what a system shows as of before what the hub knows, and a repair goes on from there', async () => {
    const articles = await world.stage.till.records<Article>('articles');
    const isAlone = ({ articleNumber, productNumber }: Article): boolean =>
      /^1\d{4}$/.test(articleNumber) && articles.filter((each) => each.productNumber === productNumber).length === 1;
    const [inTill, unchanged] = articles.filter(isAlone).reverse() as [Article, Article];
    const shop = await world.stage.shop.records<Row>('products');
    const isFree = ({ type, sku }: Row): boolean =>
      type === 'simple' && /^1\d{4}$/.test(sku) && sku !== inTill.articleNumber;
    const [first, second] = shop.filter(isFree) as [Row, Row];
    for (const [{ articleNumber, productNumber }, set] of [
      [inTill, { priceIncl: '88800' }],
      [unchanged, {}],
    ] as const) {
      await world.stage.till.tamper('articles', articleNumber, { set: { ...set, syncMarker: '1' } });
      await world.stage.till.tamper('products', productNumber, { set: { syncMarker: '1' } });
    }
    const updatedAt = '2020-01-01T00:00:00.000000Z';
    await world.stage.shop.tamper('products', first.id, { set: { name: 'As of before', updatedAt } });
    await world.stage.shop.tamper('products', second.id, { set: { updatedAt } });
    const result = await compare('PRODUCT');
    const found = (result['items'].nodes as Answer[]).filter(({ reason }) => reason !== null);
    expect(found.map(({ state, externalId, reason }) => [state, externalId, reason]).sort()).toEqual([
      ['DIFFERENT', first.id, expect.stringContaining('Softmaat shows this record with an older version')],
      ['MISSED', inTill.productNumber, expect.stringContaining('MplusKASSA shows this record with an older version')],
    ]);
    const { job } = await world.mutate('reconciliationRepair', { id: result['id'] }, 'job { id }');
    expect(await world.ended(job.id as string)).toMatchObject({ status: 'SUCCEEDED', failed: 0, skipped: 0 });
    await world.settled();
    expect(await world.nameOf(first.id)).toBe(first.name);
    const priceInShop = async (): Promise<string | undefined> =>
      (await world.stage.shop.records<Row>('products')).find(({ sku }) => sku === inTill.articleNumber)?.price?.amount;
    await until(async () => (await priceInShop()) === '888.00', { what: 'the price of the till in the shop', timeoutMs: 20_000 }); // prettier-ignore
    const again = await compare('PRODUCT');
    expect((again['items'].nodes as Answer[]).filter(({ reason }) => reason !== null)).toEqual([]);
  }, 120_000);

  it('of a system that does not answer to the end fails with the reason, and leaves the last result alone', async () => {
    const flow = await world.flowOf('CATEGORY');
    const before = await compare('CATEGORY');
    await world.stage.shop.faults({ match: '*', fault: '500before', times: 100 });
    const after = await compare('CATEGORY');
    await world.stage.shop.clearFaults();
    expect(after).toMatchObject({ status: 'FAILED', counts: { compared: 0 }, items: { nodes: [] } });
    expect(after['error']).toContain('Softmaat');
    const { flow: seen } = await world.hub.graphql<Answer>(
      'query ($id: ID!) { flow(id: $id) { lastReconciliation { id } runningReconciliation { id } } }',
      { id: flow['id'] },
    );
    expect(seen).toEqual({ lastReconciliation: { id: before['id'] }, runningReconciliation: null });
  }, 60_000);
});

interface Article {
  readonly articleNumber: string;
  readonly productNumber: string;
}
interface Row {
  readonly id: string;
  readonly sku: string;
  readonly type: string;
  readonly name: string;
  readonly price: { readonly amount: string };
}
const itemOf = ({ items }: Answer, externalId: string): Answer =>
  (items.nodes as Answer[]).find((item) => item['externalId'] === externalId)!;
