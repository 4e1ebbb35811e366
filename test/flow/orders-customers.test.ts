/**
 * Customers of orders, and orders that have to wait or are refused: each rule with people at both systems, real processes and
 * the oracle. Both order flows are on, customers come with orders only.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sampleFlows } from '../../src/config/sample.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { flowsOf, foundIn } from '../support/comparisons.js';
import { describeOnEitherLog } from '../support/kafka.js';
import { switchFlow } from '../support/flow-switch.js';
import { judgeStage, openProblems, orderAgreement } from '../support/order-world.js';
import { peopleAtTheTill, peopleInTheShop, type ShopPeople, type TillPeople } from '../support/people.js';
import type { HubHandle } from '../support/processes.js';
import type { ShopContact, ShopDebtor, ShopOrder } from '../support/shop-side.js';
import { busyness } from '../support/patience.js';
import { openStage, type Stage } from '../support/stage.js';
import type { TillOrder, TillRelation } from '../support/till-side.js';
import { until } from '../support/wait.js';

const pollMs = 250;
const orderFlows = ['orders-to-softmaat', 'orders-to-mpluskassa'];
const agreed = { lost: [], doubled: [], reported: [] };

let database: TestDatabase;
let stage: Stage;
let hub: HubHandle;
let till: TillPeople;
let shop: ShopPeople;
let goods: readonly string[];

beforeAll(async () => {
  database = await createTestDatabase();
  const withoutCustomers = sampleFlows.filter(({ entity }) => entity !== 'customer');
  stage = await openStage({ databaseUrl: database.url, products: 40, pollMs, flows: withoutCustomers }); // prettier-ignore
  till = peopleAtTheTill(stage.till);
  shop = peopleInTheShop(stage.shop);
  hub = await stage.hub();
  expect(await stage.agreement(60_000)).toMatchObject({ lost: [], doubled: [] });
  const products = await stage.shop.records<{ sku: string; type: string; active: boolean }>('products');
  goods = products.flatMap(({ sku, type, active }) =>
    type !== 'configurable' && active && sku < '900000' ? [sku] : [],
  );
}, 120_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

const article = (at: number): string => goods[at % goods.length] ?? '';
const agreement = (withinMs = 30_000): ReturnType<typeof orderAgreement> => orderAgreement(stage, withinMs);

async function orderInShop(orderId: string): Promise<ShopOrder | undefined> {
  const [link] = await stage.ask<{ id: string }>(
    `select canonical_id as id from external_reference where system = 'mpluskassa' and entity = 'order' and external_id = $1`,
    [orderId],
  );
  const orders = await stage.shop.records<ShopOrder>('orders');
  return orders.find(({ externalReference }) => externalReference !== null && externalReference === link?.id);
}
const untilInShop = (orderId: string, timeoutMs = 20_000): Promise<ShopOrder> =>
  until(() => orderInShop(orderId), { what: `order ${orderId} to be in the shop`, timeoutMs });

async function orderAtTill(id: string): Promise<TillOrder | undefined> {
  const [link] = await stage.ask<{ id: string }>(
    `select canonical_id as id from external_reference where system = 'softmaat' and entity = 'order' and external_id = $1`,
    [id],
  );
  return (await stage.till.records<TillOrder>('orders')).find(
    ({ extOrderId }) => link !== undefined && extOrderId === link.id,
  );
}
const untilAtTill = (id: string, timeoutMs = 20_000): Promise<TillOrder> =>
  until(() => orderAtTill(id), { what: `order ${id} to be at the till`, timeoutMs });

const debtors = (): Promise<ShopDebtor[]> => stage.shop.records<ShopDebtor>('debtors');
const relations = (): Promise<TillRelation[]> => stage.till.records<TillRelation>('relations');
const debtorOf = async ({ debtorId }: ShopOrder): Promise<ShopDebtor | undefined> =>
  (await debtors()).find(({ id }) => id === debtorId);

describeOnEitherLog('the first load', () => {
  it('is silent: orders from before the flows went live come without confirmations and reservations', async () => {
    expect(await agreement(60_000)).toMatchObject(agreed);
    const old = (await stage.shop.records<ShopOrder>('orders')).length;
    expect(old).toBe(12);
    expect(await stage.shop.records('confirmations')).toEqual([]);
    const stock = await stage.shop.records<{ reserved: string }>('stock');
    expect(stock.filter(({ reserved }) => Number(reserved) !== 0)).toEqual([]);
    const relation = await till.relation({ name: 'Sanne Levend', email: 'sanne.levend@example.nl' });
    const placed = await untilInShop(await till.order(relation, [[article(1), '1']]));
    expect(await stage.shop.records('confirmations')).toMatchObject([{ orderId: placed.id }]);
  }, 90_000);
});

describeOnEitherLog('the customers of orders', () => {
  it('are made once when two orders of a new one come at the same time', async () => {
    const email = 'bart.tegelijk@example.be';
    const relation = await till.relation({ name: 'Bart Tegelijk', email });
    const orders = await Promise.all([1, 2].map((at) => till.order(relation, [[article(at), '1']])));
    const copies = await Promise.all(orders.map((id) => untilInShop(id)));
    expect(new Set(copies.map(({ debtorId }) => debtorId)).size).toBe(1);
    expect((await debtors()).filter((debtor) => debtor.email === email)).toHaveLength(1);
    expect(await agreement()).toMatchObject(agreed);
  }, 60_000);

  it('share one record when the shop made a new one of the same person for each order', async () => {
    const email = 'zoe.telkens@example.fr';
    const twice = await Promise.all([1, 2].map(() => shop.debtor({ name: 'Zoë Telkens', email })));
    const orders = await Promise.all(twice.map((debtor, at) => shop.order(debtor, [[article(at), '2']])));
    const copies = await Promise.all(orders.map((id) => untilAtTill(id)));
    expect(new Set(copies.map(({ relationNumber }) => relationNumber)).size).toBe(1);
    expect((await relations()).filter((each) => each.email === email)).toHaveLength(1);
    expect(await agreement()).toMatchObject(agreed);
  }, 60_000);

  it('are recognised by the whole e-mail address, not by a part of it', async () => {
    const longer = await till.relation({ name: 'Jan Anders', email: 'jan.kort@example.nl.anders.be' });
    const debtor = await shop.debtor({ name: 'Jan Kort', email: 'jan.kort@example.nl' });
    const copy = await untilAtTill(await shop.order(debtor, [[article(3), '1']]));
    expect(copy.relationNumber).not.toBe(longer);
    const known = await till.relation({ name: 'Els Bekend', email: 'els.bekend@example.nl' });
    const same = await shop.debtor({ name: 'Els Bekend', email: 'Els.Bekend@example.nl' });
    const second = await untilAtTill(await shop.order(same, [[article(4), '1']]));
    expect(second.relationNumber).toBe(known);
    expect(await agreement()).toMatchObject(agreed);
  }, 60_000);

  it('stay the same when they change their e-mail address', async () => {
    const relation = await till.relation({ name: 'Wim Verhuist', email: 'wim.oud@example.nl' });
    const first = await untilInShop(await till.order(relation, [[article(5), '1']]));
    await till.changeRelation(relation, { email: 'wim.nieuw@example.nl' });
    await until(async () => (await debtorOf(first))?.email === 'wim.nieuw@example.nl', { what: 'the new address to be in the shop', timeoutMs: 20_000 }); // prettier-ignore
    const second = await untilInShop(await till.order(relation, [[article(6), '1']]));
    expect(second.debtorId).toBe(first.debtorId);
    expect((await debtors()).filter(({ email }) => /^wim\.(oud|nieuw)@/.test(email ?? ''))).toHaveLength(1);
    expect(await agreement()).toMatchObject(agreed);
  }, 60_000);

  it('become a company with a contact when a company name appears, in the same record', async () => {
    const relation = await till.relation({ name: 'Ingrid Start', email: 'ingrid.start@example.be' });
    const first = await untilInShop(await till.order(relation, [[article(7), '1']]));
    expect(await debtorOf(first)).toMatchObject({ kind: 'person', lastName: expect.stringContaining('Start') });
    await till.changeRelation(relation, {
      name: 'Start & Co bv',
      companyName: 'Start & Co bv',
      contact: 'Ingrid Start',
    });
    const second = await untilInShop(await till.order(relation, [[article(8), '1']]));
    expect(second.debtorId).toBe(first.debtorId);
    await until(async () => (await debtorOf(first))?.kind === 'company', { what: 'the debtor to be a company' });
    expect((await debtors()).filter(({ email }) => email === 'ingrid.start@example.be')).toHaveLength(1);
    const contacts = async (): Promise<readonly ShopContact[]> =>
      (await stage.shop.records<ShopContact>('contacts')).filter(({ debtorId }) => debtorId === first.debtorId);
    await until(async () => (await contacts()).length > 0, {
      what: 'the company to have a contact',
      timeoutMs: 20_000,
    });
    expect(await contacts()).toMatchObject([{ firstName: 'Ingrid', lastName: 'Start' }]);
    expect(await agreement()).toMatchObject(agreed);
  }, 60_000);

  it('are never merged when they have no e-mail address', async () => {
    const guests = await Promise.all([1, 2].map(() => till.relation({ name: 'Gast Zonder' })));
    const orders = await Promise.all(guests.map((relation) => till.order(relation, [[article(9), '1']])));
    const copies = await Promise.all(orders.map((id) => untilInShop(id)));
    expect(new Set(copies.map(({ debtorId }) => debtorId)).size).toBe(2);
    expect(await agreement()).toMatchObject(agreed);
  }, 60_000);

  it('give way to the default customer when the target does not take them, and that is said', async () => {
    const company = `Te lang ${'x'.repeat(260)}`;
    const relation = await till.relation({ name: 'Luc Lang', email: 'luc.lang@example.be', company });
    const copy = await untilInShop(await till.order(relation, [[article(10), '1']]));
    expect(copy.debtorId).toBe('d0000000-0000-5000-8000-000000000001');
    const problems = (await openProblems(stage)).filter(({ entity }) => entity === 'customer');
    expect(problems).toMatchObject([{ system: 'softmaat', message: expect.stringMatching(/companyName/) }]);
    await till.changeRelation(relation, { name: 'Kort bv', companyName: 'Kort bv' });
    await until(async () => (await openProblems(stage)).length === 0, {
      what: 'the problem to be gone',
      timeoutMs: 20_000,
    });
    expect(await agreement()).toMatchObject(agreed);
  }, 60_000);
});

describeOnEitherLog('an order with a product that the target does not have', () => {
  /** Lets orders wait for a product and it come; how long after it they went out, in ms by the shop's clock. */
  async function releasedAfterMs(relation: string): Promise<number> {
    await switchFlow(hub, 'products-to-softmaat', 'paused');
    const missing = await till.product('Nog niet in de winkel');
    const waiting: string[] = [];
    for (let at = 0; at < 5; at++) waiting.push(await till.order(relation, [[article(at), '1'], [missing, '1']])); // prettier-ignore
    const awaitedByAll = async (): Promise<string | undefined> => {
      const rows = await stage.ask<{ awaited: string }>(`select awaited from projection_wait where entity = 'order'`);
      // Until it is in the shop they wait for their customer too.
      return rows.length >= waiting.length && new Set(rows.map((row) => row.awaited)).size === 1 ? rows[0]!.awaited : undefined; // prettier-ignore
    };
    const awaited = await until(awaitedByAll, { what: 'the orders to wait for one thing', timeoutMs: 20_000 });
    // How much the others are held up, `npm run bench -- orders` measures.
    const others: string[] = [];
    for (let at = 0; at < 5; at++) others.push(await till.order(relation, [[article(at), '1']]));
    for (const id of others) await untilInShop(id);
    const sold = await judgeStage(stage);
    expect(sold.lost).toHaveLength(waiting.length);

    await switchFlow(hub, 'products-to-softmaat', 'resumed');
    expect(await agreement()).toMatchObject(agreed);
    // While its flow was paused the product itself was not read.
    const [variant] = await stage.ask<{ id: string }>('select id from variant where sku = $1', [missing]);
    expect(awaited).toBe(`reference:softmaat:variant:${variant?.id}`);
    const ledger = await stage.shop.ledger();
    const applied = ledger.find(({ op, key }) => op === 'createProduct' && key === missing);
    const released = (await Promise.all(waiting.map((id) => orderInShop(id)))).map((order) => order?.externalReference);
    const sent = ledger.filter(({ op, key }) => op === 'createOrder' && released.includes(key));
    expect(sent).toHaveLength(waiting.length);
    return Date.parse(sent.at(-1)?.at ?? '') - Date.parse(applied?.at ?? '');
  }

  it('waits for exactly that one, holds up nobody, and goes out within a second after it', async () => {
    const relation = await till.relation({ name: 'Noor Wacht', email: 'noor.wacht@example.nl' });
    const first = await releasedAfterMs(relation);
    // A process that stood still for a moment excuses one time, not two.
    const isSoon = first < 1_000 * busyness() || (await releasedAfterMs(relation)) < 1_000 * busyness();
    expect({ first, isSoon }).toMatchObject({ isSoon: true });
  }, 150_000);
});

describeOnEitherLog('what a target refuses', () => {
  it('becomes a problem with its own words', async () => {
    const debtor = await shop.debtor({ name: 'Chloé Tegelijk', email: 'chloe.tegelijk@example.fr' });
    const id = await shop.order(debtor, [[article(11), '1']]);
    const { orderId } = await untilAtTill(id);
    expect(await agreement()).toMatchObject(agreed);
    // Two people at once: neither system can take what happened in the other one.
    for (const flow of orderFlows) await switchFlow(hub, flow, 'paused');
    await Promise.all([till.cancel(orderId), shop.changeOrder(id, { status: 'shipped' })]);
    for (const flow of orderFlows) await switchFlow(hub, flow, 'resumed');
    const ofOrders = async () => (await openProblems(stage)).filter(({ entity }) => entity === 'order');
    const problems = await until(async () => (await ofOrders()).length > 0 && ofOrders(), { what: 'a problem to be shown', timeoutMs: 20_000 }); // prettier-ignore
    expect(problems.map(({ message }) => message).join('\n')).toMatch(/cannot go from shipped to cancelled|cannot be changed in an order that is|is cancelled/);
    const verdict = await agreement(10_000);
    expect(verdict).toMatchObject(agreed);
    expect(verdict.refused.length).toBeGreaterThan(0);
  }, 60_000); // prettier-ignore
});

/** The last one: what is merged is not the same in both systems any more, which is what the oracle holds orders to. */
describeOnEitherLog('two customers of the shop that somebody has merged', () => {
  const hubIds = async (...emails: string[]): Promise<string[]> => {
    const found = await stage.ask<{ id: string; email: string }>('select id, email from customer where email = any($1)', [emails]);
    return emails.map((email) => found.find((each) => each.email === email)!.id);
  };
  const relationIn = async (debtor: string, at: number): Promise<string> =>
    (await untilAtTill(await shop.order(debtor, [[article(at), '1']]))).relationNumber;
  /** What comparisons of the flows of orders find that the hub knew nothing of. */
  const differing = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const flow of (await flowsOf(hub)).filter(({ entityType }) => entityType === 'ORDER')) {
      for (const { state, system, label } of await foundIn(hub, flow)) found.push(`${state} ${system.key} ${label}`);
    }
    return found;
  };
  type Payload = { readonly userErrors: readonly { readonly message: string }[] };

  it('are one relation of the till for new orders, also for a third with the same address, and two again when taken apart', async () => {
    const [work, home] = ['merel.dubbel@werk.example.nl', 'merel.dubbel@thuis.example.nl'];
    const atWork = await shop.debtor({ name: 'Merel Dubbel', email: work });
    const atHome = await shop.debtor({ name: 'Merel Dubbel', email: home });
    const [first, second] = await Promise.all([relationIn(atWork, 1), relationIn(atHome, 2)]);
    expect(second).not.toBe(first);
    const [survivorId, duplicateId] = await hubIds(work, home);
    const selection = { survivorId, duplicateIds: [duplicateId] };
    type Planned = { customersMergePlan: { planHash: string; items: { orders: number; records: { externalId: string; fate: string }[] }[] } };
    const plan = `query ($selection: CustomersMergeSelection!) { customersMergePlan(selection: $selection) { planHash items { orders records { externalId fate } } } }`;
    const { customersMergePlan: planned } = await hub.graphql<Planned>(plan, { selection });
    const stays = [second, atHome].map((externalId) => ({ externalId, fate: 'STAYS' }));
    expect(planned.items).toEqual([{ orders: 1, records: stays }]);
    const { customersMerge } = await hub.graphql<{ customersMerge: Payload }>(
      `mutation ($input: CustomersMergeInput!) { customersMerge(input: $input) { userErrors { message } } }`,
      { input: { ...selection, planHash: planned.planHash, reason: 'one Merel' } },
    );
    expect(customersMerge.userErrors).toEqual([]);
    expect(await relationIn(atHome, 3)).toBe(first);
    expect(await relationIn(await shop.debtor({ name: 'Merel Dubbel', email: home }), 4)).toBe(first);
    const shown = await hub.graphql<{ node: { orders: { totalCount: { value: number } } } }>(
      `query ($id: ID!) { node(id: $id) { ... on Customer { orders(first: 1) { totalCount { value } } } } }`,
      { id: survivorId },
    );
    expect(shown.node.orders.totalCount.value).toBe(3);
    expect(await differing()).toEqual([]);
    const { customersUnmerge } = await hub.graphql<{ customersUnmerge: Payload }>(
      `mutation ($id: ID!) { customersUnmerge(input: { id: $id, reason: "two after all" }) { userErrors { message } } }`,
      { id: duplicateId },
    );
    expect(customersUnmerge.userErrors).toEqual([]);
    expect(await relationIn(atHome, 5)).toBe(second);
    expect(await relationIn(atWork, 6)).toBe(first);
    expect(await differing()).toEqual([]);
  }, 180_000);
}); // prettier-ignore
