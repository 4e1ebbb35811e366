/** What a mapping would do with a record that no flow has looked at yet: as the flow that would carry it says. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { projectionStores } from '../../src/compose/projection-stores.js';
import { compileMapping } from '../../src/mapping/compile.js';
import * as names from '../../src/store/record-names.js';
import * as rows from '../../src/store/projection-rows.js';
import { makePreview } from '../../src/sync/mapping-preview.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget } from './scripted-target.js';

let world: World;
beforeEach(async () => {
  world = await openWorld(makeScriptedTarget());
});
afterEach(() => world.close());

async function previewed(canonicalId: string): Promise<string> {
  const { database, configuration } = world;
  const stores = { ...projectionStores, names };
  const preview = makePreview({ database, configuration, stores, rows, clock: systemClock, compile: compileMapping });
  const { definition } = configuration.current().outbound('shop', 'variant')!.compiled;
  const result = await preview({ definition, lists: new Map() }, { type: 'record', target: null, canonicalId });
  return result.type === 'preview' ? result.preview.operation : result.type;
}

const put = (id: string, known = 'till'): Promise<void> =>
  world.put('variant', id, { product_id: 'p', sku: id, name: `Name of ${id}`, price_amount: '10' }, { known: { system: known, externalId: id } }); // prettier-ignore

it.each([
  ['ENABLED', 'CREATE'],
  ['PAUSED', 'CREATE'],
  ['DRAFT', 'nothing'],
  ['DISABLED', 'nothing'],
])('is said of a record whose flow is %s: %s', async (state, said) => {
  await world.database.query(`update flow set state = $1 where key = 'products-to-shop'`, [state]);
  await world.configuration.reload();
  await put('v1');
  expect(await previewed('v1')).toBe(said);
});

it('is said of no record that the source of the flow does not have', async () => {
  await put('v1', 'elsewhere');
  expect(await previewed('v1')).toBe('nothing');
  expect(await previewed('v2')).toBe('nothing');
});
