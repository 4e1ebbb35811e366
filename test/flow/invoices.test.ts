/**
 * Orders and their invoices with both order flows on and both kinds taken from the till: what is sold once is one order in the
 * shop, wherever it was placed and whichever of its documents the hub reads first. Real processes, people at both systems.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { orderAgreement } from '../support/order-world.js';
import { peopleAtTheTill, peopleInTheShop, tillLines, type ShopPeople, type TillPeople } from '../support/people.js';
import type { ShopOrder } from '../support/shop-side.js';
import { flowsWith, openStage, polls, type Stage } from '../support/stage.js';
import type { TillOrder } from '../support/till-side.js';
import { until } from '../support/wait.js';

let database: TestDatabase;
let stage: Stage;
let till: TillPeople;
let shop: ShopPeople;
let goods: readonly string[];

beforeAll(async () => {
  database = await createTestDatabase();
  const flows = flowsWith(({ entity, from, settings }) =>
    entity === 'order' && from === 'source'
      ? { order: { ...(settings['order'] as Document), types: ['ORDER', 'INVOICE'] } }
      : undefined,
  );
  stage = await openStage({ databaseUrl: database.url, products: 20, pollMs: 250, flows });
  till = peopleAtTheTill(stage.till);
  shop = peopleInTheShop(stage.shop);
  await stage.hub();
  expect(await stage.agreement(60_000)).toMatchObject({ lost: [], doubled: [] });
  expect(await orderAgreement(stage, 60_000)).toMatchObject({ lost: [], doubled: [] });
  const products = await stage.shop.records<{ sku: string; type: string; active: boolean; manageStock: boolean }>(
    'products',
  );
  goods = products.flatMap(({ sku, type, active, manageStock }) =>
    type !== 'configurable' && active && manageStock && sku < '900000' ? [sku] : [],
  );
}, 120_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

const ordersInShop = (): Promise<ShopOrder[]> => stage.shop.records<ShopOrder>('orders');
const linkedTo = async (system: string, externalId: string): Promise<string> => {
  const [link] = await stage.ask<{ id: string }>(
    `select canonical_id as id from external_reference where system = $1 and entity = 'order' and external_id = $2 and origin <> 'MENTIONED'`,
    [system, externalId],
  );
  return link?.id ?? '';
};
const copyInShop = (externalId: string): Promise<ShopOrder> =>
  until(
    async () => {
      const id = await linkedTo('mpluskassa', externalId);
      return id !== '' && (await ordersInShop()).find(({ externalReference }) => externalReference === id);
    },
    { what: `${externalId} to be in the shop`, timeoutMs: 20_000 },
  );
/** Pays an order in full at the till, which hands over the goods and makes an invoice. Returns the id of the invoice. */
async function checkOut(orderId: string): Promise<string> {
  const { order } = (await till.call('getOrder', { orderId })) as { order: Document };
  const open = Number(order['totalInclAmount']) - Number(order['prepaidAmount'] ?? 0);
  const paymentList = [{ method: 'PIN', amount: String(open) }];
  const answer = await till.call('payOrder', { request: { orderId, prepay: false, paymentList } });
  expect(answer['result']).toMatch(/-OK$/);
  const { order: after } = (await till.call('getOrder', { orderId })) as { order: { invoiceIds: string[] } };
  return after.invoiceIds[0] ?? '';
}
const untilExcluded = (invoiceId: string): Promise<{ reason: string; settles: string[] }> =>
  until(
    async () => {
      const [row] = await stage.ask<{ reason: string; settles: string[] }>(
        `select p.reason, o.settles from projection p join sales_order o on o.id = p.canonical_id
         join external_reference r on r.canonical_id = o.id and r.system = 'mpluskassa' and r.external_id = $1
         where p.target = 'softmaat' and p.entity = 'order' and p.state = 'excluded'`,
        [invoiceId],
      );
      return row;
    },
    { what: `invoice ${invoiceId} to be left out`, timeoutMs: 20_000 },
  );

describe('with orders and invoices taken from the till', () => {
  it('every sale is one order in the shop', async () => {
    const before = { shop: (await ordersInShop()).length, ledger: (await stage.shop.ledger()).length };
    const tillBefore = (await stage.till.records<TillOrder>('orders')).length;

    const debtor = await shop.debtor({ name: 'Anna Ophaler', email: 'anna.ophaler@example.nl' });
    const placedInShop = await shop.order(debtor, [[goods[0] ?? '', '2']]);
    const copy = await until(
      async () => {
        const id = await linkedTo('softmaat', placedInShop);
        return (await stage.till.records<TillOrder>('orders')).find(({ extOrderId }) => id !== '' && extOrderId === id);
      },
      { what: 'the order to be at the till', timeoutMs: 20_000 },
    );
    const ofCopy = await untilExcluded(await checkOut(copy.orderId));
    expect(ofCopy.reason).toContain('came from Softmaat itself');
    expect(ofCopy.settles).toEqual([copy.extOrderId]);

    const relation = await till.relation({ name: 'Karel Klant', email: 'karel.klant@example.nl' });
    const known = await till.order(relation, [[goods[1] ?? '', '1']]);
    await copyInShop(known);
    const invoice = await untilExcluded(await checkOut(known));
    expect(invoice.settles).toEqual([await linkedTo('mpluskassa', known)]);
    // Order and invoice come in one go: either may be read first.
    const atOnce = await till.order(relation, [[goods[2] ?? '', '1']]);
    await untilExcluded(await checkOut(atOnce));
    await copyInShop(atOnce);

    const answer = await till.call('saveInvoice', {
      invoice: {
        employeeNumber: '1',
        relationNumber: relation,
        financialBranchNumber: 1,
        lineList: tillLines([[goods[3] ?? '', '1']]),
      },
    });
    const counter = await copyInShop(String((answer['info'] as Document)['invoiceId']));
    expect(counter).toMatchObject({ status: 'shipped', paymentStatus: 'open' });

    await polls(stage.till, 2, 7);
    const made = (await stage.shop.ledger(before.ledger)).filter(({ op }) => op === 'createOrder');
    expect(made).toHaveLength(4);
    expect(await ordersInShop()).toHaveLength(before.shop + 4);
    expect(await stage.till.records('orders')).toHaveLength(tillBefore + 3);
    const paid = { id: placedInShop, status: 'completed', paymentStatus: 'paid' };
    const isPaid = async () => (expect(await ordersInShop()).toContainEqual(expect.objectContaining(paid)), true);
    await until(isPaid, { what: 'the shop to be told of the payment', timeoutMs: 20_000 });
    const stock = await stage.shop.records<{ sku: string; reserved: string }>('stock');
    expect(stock.filter(({ sku, reserved }) => sku === goods[3] && Number(reserved) !== 0)).toEqual([]);
  }, 120_000);
});
