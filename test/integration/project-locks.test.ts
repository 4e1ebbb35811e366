/** Rows of several records are locked in one order, whoever does it: what a write releases and what an event makes due. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Tx } from '../../src/store/database.js';
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

/** Somebody locks rows in the middle of a write, and goes on when the write's outcome waits to be stored. */
async function inTheMiddle(first: string, then: (tx: Tx) => Promise<unknown>): Promise<{ done: () => Promise<void> }> {
  let isHeld = false;
  let looking: Promise<unknown> | undefined;
  const look = () =>
    world.database.tx(async (tx) => {
      await tx.query(first);
      isHeld = true;
      await until(async () => (await world.database.query(someoneWaits)).length > 0, {
        what: 'the write to be stored',
      });
      await then(tx);
    });
  target.during = async () => {
    target.during = undefined;
    looking = look();
    await until(() => isHeld, { what: 'the level to be looked at' });
  };
  return {
    done: async () => {
      await looking;
      expect(isHeld).toBe(true);
    },
  };
}

it('a write is stored when the record changes at that moment, whatever else waits for it', async () => {
  await world.put('variant', 'v1', { product_id: 'p', sku: 'v1', name: 'Shirt', price_amount: '10' });
  await world.put('stock_location', 'l1', { code: '1', name: 'A' });
  await world.put(
    'stock_level',
    's1',
    { variant_id: 'v1', location_id: 'l1', on_hand: '5' },
    { provenance: { '*': 'till' } },
  );
  const look = await inTheMiddle(`update projection set look_again = true where entity = 'variant'`, () =>
    Promise.resolve(),
  );
  await world.look();
  await world.projector().run(new AbortController().signal);
  await look.done();
  expect(await world.row('variant', 'v1')).toMatchObject({ state: 'pending' });
});

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
