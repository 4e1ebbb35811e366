/** Where a record has its page in each system: by templates of the system's settings, and for nobody who may not see the record. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { connectors } from '../../src/systems/connectors.js';
import { fillSales } from '../support/graph-sales.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';

let world: GraphWorld;
const settings = async (system: string, pages: Document): Promise<void> => {
  await world.database.query('update system set settings = $2 where key = $1', [system, JSON.stringify(pages)]);
};

beforeAll(async () => {
  const shown = connectors.map(({ kind, name, settingsSchema, pages }) => ({ id: `con_${kind}`, key: kind, name, settingsSchema, pages })); // prettier-ignore
  world = await openGraphWorld({ connectors: shown });
  await fillCatalogue(world.database, 3);
  await fillSales(world.database, 60);
}, 60_000);
afterAll(() => world.close());

/** By system, of the records of a list. */
async function urlsOf(list: string, key?: string): Promise<readonly Readonly<Record<string, string | null>>[]> {
  const { body } = await world.ask(
    `{ ${list} { nodes { externalReferences { url entityType system { key } } } } }`,
    {},
    key,
  );
  expect(body.errors).toBeUndefined();
  type Reference = { url: string | null; entityType: string; system: { key: string } };
  const [{ nodes }] = Object.values(body.data) as [{ nodes: { externalReferences: Reference[] }[] }];
  return nodes.map(({ externalReferences }) =>
    Object.fromEntries(
      externalReferences
        .filter(({ entityType }) => entityType !== 'CONTACT')
        .map(({ url, system }) => [system.key, url]),
    ),
  );
}
const orders = 'orders(first: 60, sort: { field: PLACED_AT, direction: ASC })';

it('there is none while nobody has said where', async () => {
  expect(await urlsOf('orders(first: 1)')).toEqual([{ mpluskassa: null, softmaat: null }]);
});

it('orders have theirs, invoices another one, by id, code and number', async () => {
  await settings('mpluskassa', {
    orderPage: 'https://till.example/o/{id}?code={code}',
    invoicePage: 'https://till.example/invoices/{number}',
  });
  await settings('softmaat', {
    orderPage: 'https://shop.example/admin/{id}',
    productPage: 'https://shop.example/{id}',
  });
  const found = await urlsOf(orders);
  expect(found[0]).toEqual({
    mpluskassa: 'https://till.example/o/Mord_00001?code=5001',
    softmaat: 'https://shop.example/admin/Sord_00001',
  });
  expect(found[9]).toEqual({
    mpluskassa: 'https://till.example/invoices/5010',
    softmaat: 'https://shop.example/admin/Sord_00010',
  });
});

it('is asked for as many records in as many statements as for two', async () => {
  const statementsFor = async (first: number): Promise<number> => {
    world.statements();
    await urlsOf(`orders(first: ${first})`);
    return world.statements().length;
  };
  await statementsFor(2);
  expect(await statementsFor(60)).toBe(await statementsFor(2));
});

it('is null when the template names what is not known of the record', async () => {
  await settings('softmaat', {
    debtorPage: 'https://shop.example/d/{number}',
    orderPage: 'https://shop.example/{code}',
  });
  expect((await urlsOf(orders))[0]).toMatchObject({ softmaat: null });
  const found = (await urlsOf('customers(first: 60)')).map(({ softmaat }) => softmaat ?? null);
  expect(found).toContain('https://shop.example/d/701');
  expect(found).toContain(null);
});

it('is null for records that were only mentioned', async () => {
  await settings('softmaat', { orderPage: 'https://shop.example/{id}' });
  await world.database.query(`update external_reference set external_id = 'key:' || external_id
    where system = 'softmaat' and canonical_id = 'ord_00001'`);
  const [first, second] = await urlsOf(orders);
  expect([first!['softmaat'], second!['softmaat']]).toEqual([null, 'https://shop.example/Sord_00002']);
});

it('leads nobody to people whom he may not see', async () => {
  await settings('mpluskassa', {
    relationPage: 'https://till.example/{id}',
    orderPage: 'https://till.example/{id}',
  });
  const asked = (key?: string) =>
    world.ask('{ externalReferences(first: 100) { nodes { entityType url } } }', {}, key).then(({ body }) => {
      expect(body.errors).toBeUndefined();
      const nodes = body.data.externalReferences.nodes as { entityType: string; url: string | null }[];
      return (type: string) => nodes.filter(({ entityType, url }) => entityType === type && url !== null).length;
    });
  const forAll = await asked();
  expect(forAll('CUSTOMER')).toBeGreaterThan(0);
  const masked = await asked(await world.keyWith(['READ_OPERATIONS', 'READ_ORDERS']));
  expect(masked('ORDER')).toBeGreaterThan(0);
  expect(masked('CUSTOMER')).toBe(0);
});
