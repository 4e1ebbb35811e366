/** Everybody locks in one order: rows by their keys, then the lock of waits, then waits. Of two, then, neither waits for the other. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Tx } from '../../src/store/database.js';
import { awaitedReference, releaseWaits, renewWaits } from '../../src/store/projection-waits.js';
import { until } from '../support/wait.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
  // The level waits for the variant that is written.
  await world.put('variant', 'v1', { product_id: 'p', sku: 'v1', name: 'Shirt', price_amount: '10' });
  await world.put('stock_location', 'l1', { code: '1', name: 'A' });
  const level = { variant_id: 'v1', location_id: 'l1', on_hand: '5' };
  await world.put('stock_level', 's1', level, { provenance: { '*': 'till' } });
  await world.look();
});
afterEach(() => world.close());

/** Until somebody waits for a lock. */
const someoneWaits = (what: string): Promise<unknown> =>
  until(
    async () => {
      const waiting = await world.database.query(
        `select 1 as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    },
    { what },
  );

/**
 * Writes the variant; in the middle of that somebody does `first`, and `then` when the write's outcome waits to be stored. `before`: what
 * is there by then.
 */
async function writeBeside(
  first: string,
  then: (tx: Tx) => Promise<unknown>,
  before = (): Promise<unknown> => Promise.resolve(),
): Promise<void> {
  let beside: Promise<unknown> | undefined;
  target.during = async () => {
    target.during = undefined;
    await before();
    await new Promise<void>((isHeld) => {
      beside = world.database.tx(async (tx) => {
        await tx.query(first);
        isHeld();
        await someoneWaits('the write to be stored');
        await then(tx);
      });
    });
  };
  await world.projector().run(new AbortController().signal);
  expect(beside).toBeDefined();
  await beside;
}

it('a write is stored although its record changes at that moment', async () => {
  const change = `update projection set look_again = true where entity = 'variant'`;
  // Its row is locked twice, as the one that is written and as one that waits for what is written: when it changes meanwhile, it is still ours.
  const wait = (): Promise<unknown> =>
    world.database.query(`insert into projection_wait values ('shop', 'variant', 'v1', $1)`, [
      awaitedReference('shop', 'variant', 'v1'),
    ]);
  await writeBeside(change, () => Promise.resolve(), wait);
  expect(await world.row('variant', 'v1')).toMatchObject({ state: 'pending' });
  expect(await world.row('stock', 'v1')).toMatchObject({ state: 'pending' });
});

it('a write is stored while an event makes due what waited for it', async () => {
  // Who looks at both locks the level first, because its kind comes first.
  await writeBeside(`select from projection where entity = 'stock' for update`, (tx) =>
    tx.query(`select from projection where entity = 'variant' for update nowait`),
  );
  expect(await world.row('stock', 'v1')).toMatchObject({ state: 'pending' });
  await world.settle();
  expect(target.ledger).toEqual(['create variant v1', 'create stock v1']);
});

it('what waits is planned again while a write ends its wait', async () => {
  const row = { entity: 'stock', canonicalId: 'v1' } as const;
  const awaited = [{ entity: 'variant', canonicalId: 'v1', needsKey: false, orUnusable: false }];
  let attempts = 0;
  const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    world.database.tx((tx) => {
      attempts += 1;
      return work(tx);
    });
  const renew = () => inTx((tx) => renewWaits(tx, 'shop', [row], [{ ...row, awaited }]));
  await renew();
  let planning: Promise<unknown> | undefined;
  const released = await inTx(async (tx) => {
    await releaseWaits(tx, 'shop', [awaitedReference('shop', 'variant', 'another')]);
    planning = renew();
    await someoneWaits('the row to be planned again');
    return releaseWaits(tx, 'shop', [awaitedReference('shop', 'variant', 'v1')]);
  });
  await planning;
  expect(released).toBe(0); // It is due already, and its wait is gone.
  expect(await world.database.query('select entity from projection_wait')).toEqual([{ entity: 'stock' }]);
  // One of two that wait for each other would be ended, and begin once more.
  expect(attempts).toBe(3);
});
