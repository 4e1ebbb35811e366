/** Where an order stands, in each system's own words: as it was read, as it was after a write of ours, never from an old document. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { serveGraph, type GraphWorld } from '../support/graph-server.js';
import { openTwoWayHub, order, type TwoWayHub } from './two-way-hub.js';

const meanings: Document = { NIEUW: 'OPEN', new: 'OPEN', KLAAR: 'COMPLETED', done: 'COMPLETED' };

let hub: TwoWayHub;
let graph: GraphWorld;
beforeEach(async () => {
  hub = await openTwoWayHub();
  const { mapping } = hub.configuration;
  hub.configuration.mapping = {
    ...mapping,
    dependsOn: new Map([['status', ['state']]]),
    run: ({ state = 'NIEUW', ...rest }, operation) => mapping.run({ ...rest, status: meanings[String(state)]! }, operation),
  }; // prettier-ignore
  graph = await serveGraph(hub.database);
});
afterEach(async () => {
  await graph.close();
  await hub.close();
});

async function said(): Promise<readonly string[]> {
  const { body } = await graph.ask(`{ orders { nodes { sourceStatuses { axis value meaning } } } }`);
  expect(body.errors).toBeUndefined();
  const all = body.data.orders.nodes[0].sourceStatuses as { axis: string; value: string | null; meaning: string }[];
  return all.map(({ axis, value, meaning }) => `${axis} ${value} ${meaning}`);
}

it('shows where an order stands in the words of each system', async () => {
  await hub.take('orders', [{ id: 't1', document: order({ state: 'NIEUW', paymentStatus: 'PAID' }) }]);
  const id = String((await hub.one('sales_order'))['id']);
  // What the hub alone has made of a record has no words.
  expect(await said()).toEqual(['DOCUMENT NIEUW OPEN', 'PAYMENT null PAID']);
  const inShop = order({ state: 'new', hubId: id });
  await hub.send('order', id);
  await hub.acknowledge('order', id, 's1', inShop);
  expect(await said()).toContain('DOCUMENT new OPEN');

  await hub.take('orders', [{ id: 't1', document: order({ state: 'KLAAR', paymentStatus: 'PAID' }) }]);
  await hub.send('order', id);
  await hub.acknowledge('order', id, 's1', { ...inShop, state: 'done' }, { changed: ['state'], before: inShop });
  const both = ['DOCUMENT done COMPLETED', 'DOCUMENT KLAAR COMPLETED', 'PAYMENT null PAID'];
  expect([...(await said())].sort()).toEqual([...both].sort());

  // Read before the write, taken in after it.
  await hub.take('orders', [{ id: 's1', document: { ...inShop, note: 'theirs' } }], 'shop');
  expect([...(await said())].sort()).toEqual([...both].sort());
  await hub.take('orders', [{ id: 's1', document: { ...inShop, state: 'done', note: 'theirs' } }], 'shop');
  expect([...(await said())].sort()).toEqual([...both].sort());
});
