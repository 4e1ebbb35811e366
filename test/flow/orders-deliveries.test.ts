/**
 * Partial deliveries, of originals and of copies: what is sent in one system is sent in the other, line by line. And a
 * cancellation that is taken back where the order came from: the other system's refusal is told. Real processes.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { switchFlow } from '../support/flow-switch.js';
import { openProblems, orderAgreement } from '../support/order-world.js';
import { peopleAtTheTill, peopleInTheShop, type ShopPeople, type TillPeople } from '../support/people.js';
import type { HubHandle } from '../support/processes.js';
import { flowsWith, openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

let database: TestDatabase;
let stage: Stage;
let till: TillPeople;
let shop: ShopPeople;
let hub: HubHandle;
let goods: readonly string[];
const orderFlows = ['orders-to-softmaat', 'orders-to-mpluskassa'];
const omitRate = ({ taxRate: _, ...line }: Document): Document => line;

beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 20, pollMs: 250, flows: flowsWith() }); // prettier-ignore
  till = peopleAtTheTill(stage.till);
  shop = peopleInTheShop(stage.shop);
  hub = await stage.hub();
  expect(await orderAgreement(stage, 60_000)).toMatchObject({ lost: [], doubled: [] });
  const products = await stage.shop.records<{ sku: string; type: string; active: boolean }>('products');
  goods = products.flatMap(({ sku, type, active }) =>
    type !== 'configurable' && active && sku < '900000' ? [sku] : [],
  );
}, 120_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

const idIn = (system: string, from: string, id: string): Promise<string> =>
  until(
    async () =>
      (
        await stage.ask<{ id: string }>(
          `select b.external_id as id from external_reference a
           join external_reference b on b.canonical_id = a.canonical_id and b.system = $1 and b.entity = 'order'
           where a.system = $2 and a.entity = 'order' and a.external_id = $3`,
          [system, from, id],
        )
      )[0]?.id,
    { what: `order ${id} of ${from} to be in ${system}`, timeoutMs: 20_000 },
  );
const tillOrder = async (id: string): Promise<Document> =>
  (await till.call('getOrder', { orderId: id }))['order'] as Document;
const linesAtTill = async (id: string): Promise<Document[]> => (await tillOrder(id))['lineList'] as Document[];
const shopOrder = async (id: string): Promise<Document> => (await shop.call('GET', `/orders/${id}`)).body;

/** SKU → quantity sent. */
const sentAtTill = async (id: string): Promise<Document> =>
  Object.fromEntries(
    (await linesAtTill(id)).map(({ articleNumber, data }) => [
      String(articleNumber),
      Number((data as Document)['deliveredQuantity'] ?? 0) /
        10 ** Number((data as Document)['deliveredDecimalPlaces'] ?? 0),
    ]),
  );
const sentInShop = async (id: string): Promise<Document> =>
  Object.fromEntries(
    ((await shopOrder(id))['lines'] as Document[]).map(({ sku, shippedQuantity }) => [
      String(sku),
      Number(shippedQuantity),
    ]),
  );

async function sendAtTill(id: string, sku: string, quantity: string): Promise<void> {
  const line = (await linesAtTill(id)).find(({ articleNumber }) => articleNumber === sku);
  const orderDelivery = { orderId: id, lineList: [{ lineId: line?.['lineId'] ?? '', quantity, decimalPlaces: 0 }] };
  const answer = await till.call('deliverOrderV2', { request: { orderDelivery } });
  expect(answer['result']).toBe('DELIVER-ORDER-V2-RESULT-OK');
}
async function sendInShop(id: string, wanted: string, quantity: string): Promise<void> {
  const { lines } = await shopOrder(id);
  const sent = (lines as Document[]).map(({ taxRate: _, ...line }) =>
    line['sku'] === wanted ? { ...line, shippedQuantity: quantity } : line,
  );
  await shop.changeOrder(id, { lines: sent, status: 'partially_shipped' });
}
const both = (tillId: string, shopId: string, sent: Document): Promise<unknown> =>
  until(
    async () => {
      const is = [await sentAtTill(tillId), await sentInShop(shopId)];
      return is.every((each) => JSON.stringify(each, Object.keys(sent)) === JSON.stringify(sent)) ? true : undefined;
    },
    { what: `${JSON.stringify(sent)} to be sent in both systems`, timeoutMs: 20_000 },
  );

describe('a part of an order that is sent', () => {
  it('in the shop, of a copy, is sent at the till that it came from, and the other way round', async () => {
    const [a = '', b = ''] = goods;
    const relation = await till.relation({ name: 'Deel Levering', email: 'deel@example.nl' });
    const tillId = await till.order(relation, [[a, '3'], [b, '2']]); // prettier-ignore
    const shopId = await idIn('softmaat', 'mpluskassa', tillId);
    await sendInShop(shopId, a, '2');
    await both(tillId, shopId, { [a]: 2, [b]: 0 });
    await sendAtTill(tillId, b, '1');
    await both(tillId, shopId, { [a]: 2, [b]: 1 });
    await sendInShop(shopId, b, '2');
    await both(tillId, shopId, { [a]: 2, [b]: 2 });
    expect(await orderAgreement(stage, 20_000)).toMatchObject({ lost: [], doubled: [], refused: [] });
  }, 90_000);

  it('at the till, of a copy, is sent in the shop that it came from, and leaves its shelf', async () => {
    const [, , a = '', b = ''] = goods;
    const debtor = await shop.debtor({ name: 'Part Shipment', email: 'part@example.be' });
    const shopId = await shop.order(debtor, [[a, '3'], [b, '2']]); // prettier-ignore
    const tillId = await idIn('mpluskassa', 'softmaat', shopId);
    await sendAtTill(tillId, a, '1');
    await both(tillId, shopId, { [a]: 1, [b]: 0 });
    await sendInShop(shopId, b, '2');
    await both(tillId, shopId, { [a]: 1, [b]: 2 });
    await sendAtTill(tillId, a, '2');
    await until(async () => ((await shopOrder(shopId))['status'] === 'shipped' ? true : undefined), { what: 'the order to be shipped', timeoutMs: 20_000 }); // prettier-ignore
    expect(await orderAgreement(stage, 20_000)).toMatchObject({ lost: [], doubled: [], refused: [] });
  }, 90_000);
});

describe('a line that is taken out in one system while the other one sends some of it', () => {
  const told = (system: string, what: string): Promise<unknown> =>
    until(
      async () =>
        (await openProblems(stage)).find(
          (problem) =>
            problem.code === 'SENT_WITHOUT_LINE' &&
            problem.system === system &&
            problem.message.includes(`sent ${what} `),
        ),
      { what: `${system} to be told to have sent ${what}`, timeoutMs: 20_000 },
    );
  const isOver = (): Promise<unknown> =>
    until(async () => ((await openProblems(stage)).some(({ code }) => code === 'SENT_WITHOUT_LINE') ? undefined : true), { what: 'the problem to be over', timeoutMs: 20_000 }); // prettier-ignore
  /** Both happen before the hub hears of either. */
  const atOnce = async (...edits: readonly (() => Promise<unknown>)[]): Promise<void> => {
    for (const flow of orderFlows) await switchFlow(hub, flow, 'paused');
    for (const edit of edits) await edit();
    for (const flow of orderFlows) await switchFlow(hub, flow, 'resumed');
  };

  it('at the till, is told, with what the shop has sent, and put back it is sent at the till too', async () => {
    const [a = '', b = ''] = goods;
    const relation = await till.relation({ name: 'Regel Weg', email: 'weg@example.nl' });
    const tillId = await till.order(relation, [[a, '3'], [b, '2']]); // prettier-ignore
    const shopId = await idIn('softmaat', 'mpluskassa', tillId);
    const [kept = {}, removed = {}] = await linesAtTill(tillId);
    await atOnce(
      () => sendInShop(shopId, b, '1'),
      () => till.changeOrder(tillId, { lineList: [kept] }),
    );
    await told('softmaat', `1 × ${b}`);
    expect(await sentInShop(shopId)).toEqual({ [a]: 0, [b]: 1 });
    expect(await sentAtTill(tillId)).toEqual({ [a]: 0 });
    const { lineId: _, ...again } = removed;
    await till.changeOrder(tillId, { lineList: [kept, again] });
    await both(tillId, shopId, { [a]: 0, [b]: 1 });
    await isOver();
    expect(await orderAgreement(stage, 20_000)).toMatchObject({ lost: [], doubled: [], refused: [] });
  }, 90_000);

  it('in the shop, is told, with what the till has delivered, and put back it is sent in the shop too', async () => {
    const [, , a = '', b = ''] = goods;
    const debtor = await shop.debtor({ name: 'Line Gone', email: 'gone@example.be' });
    const shopId = await shop.order(debtor, [[a, '3'], [b, '2']]); // prettier-ignore
    const tillId = await idIn('mpluskassa', 'softmaat', shopId);
    const lines = ((await shopOrder(shopId))['lines'] as Document[]).map(({ taxRate: _, ...line }) => line);
    await atOnce(
      () => sendAtTill(tillId, b, '1'),
      () => shop.changeOrder(shopId, { lines: lines.filter(({ sku }) => sku === a) }),
    );
    await told('mpluskassa', `1 × ${b}`);
    expect(await sentAtTill(tillId)).toEqual({ [a]: 0, [b]: 1 });
    const [kept = {}] = (await shopOrder(shopId))['lines'] as Document[];
    const { id: _, ...again } = lines.find(({ sku }) => sku === b) ?? {};
    await shop.changeOrder(shopId, { lines: [omitRate(kept), again] });
    await both(tillId, shopId, { [a]: 0, [b]: 1 });
    await isOver();
    expect(await orderAgreement(stage, 20_000)).toMatchObject({ lost: [], doubled: [], refused: [] });
  }, 90_000);
});

describe('a cancellation that the till takes back', () => {
  it('is a problem where the shop takes up no cancelled order again', async () => {
    const relation = await till.relation({ name: 'Toch Wel', email: 'toch@example.nl' });
    const tillId = await till.order(relation, [[goods[5] ?? '', '1']]);
    const shopId = await idIn('softmaat', 'mpluskassa', tillId);
    await till.cancel(tillId);
    await until(async () => ((await shopOrder(shopId))['status'] === 'cancelled' ? true : undefined), { what: 'the order to be cancelled', timeoutMs: 20_000 }); // prettier-ignore
    const request = {
      workplace: { branchNumber: 1, workplaceNumber: 1 },
      employee: { employeeNumber: '1' },
      orderId: tillId,
    };
    expect(await till.call('cancelOrderV2', { request })).toMatchObject({
      result: 'CANCEL-ORDER-RESULT-UNDO-CANCEL-OK',
    });
    const problem = await until(async () => (await openProblems(stage)).find(({ code }) => code === 'RECORD_REFUSED'), { what: 'the refusal to be told', timeoutMs: 20_000 }); // prettier-ignore
    expect(problem).toMatchObject({ system: 'softmaat', message: expect.stringContaining('cancelled') });
  }, 60_000);
});
