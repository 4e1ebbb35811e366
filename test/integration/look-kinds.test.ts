/** What the parts of a look that are left out would have added: nothing, whatever kinds of records the events are of. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CanonicalEntity } from '../../src/canonical/entities.js';
import { affectedBy } from '../../src/store/projection-looks.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget } from './scripted-target.js';

let world: World;
beforeAll(async () => {
  world = await openWorld(makeScriptedTarget());
  await world.put('category', 'g1', { code: 'g1', name: 'G' });
  await world.put('product', 'p', { code: 'p', name: 'P' });
  await world.put('variant', 'v1', { product_id: 'p', sku: 'v1', name: 'V', price_amount: '10', tracks_stock: true });
  await world.put('stock_location', 'l1', { code: '1', name: 'A' });
  await world.put('stock_level', 's1', { variant_id: 'v1', location_id: 'l1', on_hand: '5' });
  await world.put('customer', 'c1', { kind: 'COMPANY', company_name: 'C', contacts: [{ name: 'K' }] });
  await world.put('order', 'o1', {
    placed_at: '2025-03-01T10:00:00Z', currency: 'EUR', customer_id: 'c1', location_id: 'l1', lines: [], total_incl: '0',
  }); // prettier-ignore
  await world.database.query(
    `insert into projection (target, entity, canonical_id, flow, state) values ('shop', 'order', 'o1', 'orders', 'parked')`,
  );
}, 60_000);
afterAll(() => world.close());

const ids: readonly (readonly [CanonicalEntity, string])[] = [
  ['category', 'g1'],
  ['product', 'p'],
  ['variant', 'v1'],
  ['stock_location', 'l1'],
  ['stock_level', 's1'],
  ['customer', 'c1'],
  ['order', 'o1'],
];
const concerned = async (entity: CanonicalEntity, id: string, affected: string): Promise<readonly string[]> => {
  const rows = await world.database.query<{ found: string }>(
    `with event as materialized (select $1::text as entity, $2::text as id, 'trc_1' as trace_id, now() as at), ${affected}
     select entity || ' ' || canonical_id as found from affected order by 1`,
    [entity, id],
  );
  return rows.map(({ found }) => found);
};

it.each(ids)('an event of a %s concerns what it would if all kinds were asked for', async (entity, id) => {
  const all = await concerned(entity, id, affectedBy());
  expect(all).not.toEqual([]);
  expect(await concerned(entity, id, affectedBy(new Set([entity])))).toEqual(all);
});

it('every part is met by some event', async () => {
  const found = await Promise.all(ids.map(([entity, id]) => concerned(entity, id, affectedBy())));
  expect(found).toEqual([
    ['category g1'],
    ['product p', 'variant v1'],
    ['product p', 'stock v1', 'variant v1'],
    ['order o1', 'stock v1'],
    ['stock v1'],
    ['contact c1', 'customer c1'],
    ['contact c1', 'customer c1', 'order o1'],
  ]);
});
