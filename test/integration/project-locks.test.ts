/** Rows of several records are locked in one order, whoever does it: what a write releases and what an event makes due. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { until } from '../support/wait.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
});
afterEach(() => world.close());

const someoneWaits = `select 1 as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

it('a write is stored while an event makes due what waited for it, and neither waits for the other', async () => {
  await world.put('variant', 'v1', { product_id: 'p', sku: 'v1', name: 'Shirt', price_amount: '10' });
  await world.put('stock_location', 'l1', { code: '1', name: 'A' });
  await world.put(
    'stock_level',
    's1',
    { variant_id: 'v1', location_id: 'l1', on_hand: '5' },
    { provenance: { '*': 'till' } },
  );
  let isHeld = false;
  let looking: Promise<unknown> | undefined;
  // Who looks at both locks the level first, because its kind comes first; the write of the variant ends the wait of the level.
  const lookAtBoth = () =>
    world.database.tx(async (tx) => {
      await tx.query(`select from projection where entity = 'stock' for update`);
      isHeld = true;
      await until(async () => (await world.database.query(someoneWaits)).length > 0, {
        what: 'the write to be stored',
      });
      await tx.query(`select from projection where entity = 'variant' for update nowait`);
    });
  target.during = async () => {
    target.during = undefined;
    looking = lookAtBoth();
    await until(() => isHeld, { what: 'the level to be looked at' });
  };
  await world.look();
  await world.projector().run(new AbortController().signal);
  await looking;
  expect(isHeld).toBe(true);
  expect(await world.row('stock', 'v1')).toMatchObject({ state: 'pending' });
  await world.settle();
  expect(target.ledger).toEqual(['create variant v1', 'create stock v1']);
});
