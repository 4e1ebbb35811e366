/** Orders as outbound mappings read them say where they were placed: by that they have a warehouse, a branch and a VAT country. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadDocuments } from '../../src/store/canonical-documents.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
});
afterEach(() => world.close());

const order = { placed_at: '2025-03-01T10:00:00Z', currency: 'EUR', lines: [] };

describe('the document of an order', () => {
  it('has code and country of its branch, and neither without one', async () => {
    await world.put('stock_location', 'l1', { code: '1', name: 'Gent', country: 'BE' });
    await world.put('stock_location', 'l2', { code: '2', name: 'Somewhere' });
    await world.put(
      'order',
      'gent',
      { ...order, location_id: 'l1' },
      { provenance: { '*': 'shop', location: 'till' } },
    );
    await world.put('order', 'somewhere', { ...order, location_id: 'l2' });
    await world.put('order', 'nowhere', order);
    const documents = await loadDocuments(world.database, 'order', ['gent', 'somewhere', 'nowhere']);
    const placeOf = (id: string): unknown => {
      const { locationCode, locationCountry } = documents.get(id)?.document ?? {};
      return [locationCode, locationCountry];
    };
    expect([placeOf('gent'), placeOf('somewhere'), placeOf('nowhere')]).toEqual([['1', 'BE'], ['2', null], [null, null]]); // prettier-ignore
    // Who said where it is decides whom it is told to.
    expect(documents.get('gent')?.originOf('locationCode')).toBe('till');
  });
});

describe('an order', () => {
  it('waits until its branch has been read, since its VAT depends on the country', async () => {
    await world.addFlow('order');
    await world.put('order', 'o1', { ...order, location_id: 'l1' });
    await world.settle();
    expect(await world.row('order', 'o1')).toMatchObject({
      state: 'retrying',
      reason: 'Its branch has not been read yet.',
    });
    await world.put('stock_location', 'l1', { code: '1', name: 'Gent', country: 'BE' });
    await world.database.query('update projection set next_at = now() where next_at > now()');
    await world.settle();
    expect(target.ledger).toEqual(['create order o1']);
  });

  it('that is parked goes when its branch changes', async () => {
    await world.addFlow('order');
    await world.put('stock_location', 'l1', { code: '1', name: 'Gent' });
    await world.put('order', 'o1', { ...order, location_id: 'l1' });
    await world.settle();
    await world.database.query(`update projection set state = 'parked' where canonical_id = 'o1'`);
    await world.settle();
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'parked' });
    await world.put('stock_location', 'l1', { code: '1', name: 'Gent', country: 'BE' });
    await world.settle();
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'in_sync' });
  });
});
