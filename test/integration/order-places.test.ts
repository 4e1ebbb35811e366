/** Orders as outbound mappings read them say where they were placed: by that they have a warehouse, a branch and a VAT country. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadDocuments } from '../../src/store/canonical-documents.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget } from './scripted-target.js';

let world: World;
beforeEach(async () => {
  world = await openWorld(makeScriptedTarget());
});
afterEach(() => world.close());

describe('the document of an order', () => {
  it('has code and country of its branch, and neither without one', async () => {
    const order = { placed_at: '2025-03-01T10:00:00Z', currency: 'EUR', lines: [] };
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
