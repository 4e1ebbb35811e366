/** What goes out first when more is due than a round can take. */
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { claimDue, sharesOfDue } from '../../src/store/projection-claim.js';
import type { Projection } from '../../src/store/projections.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
});
afterEach(() => world.close());

/** Rows that are due, the first ones longest. */
const due = (entity: string, count: number): Promise<unknown> =>
  world.database.query(
    `insert into projection (target, entity, canonical_id, flow, state, next_at)
     select 'shop', $1, $1 || n, 'f', 'pending', now() - interval '1 hour' + n * interval '1 second'
     from generate_series(1, $2) n`,
    [entity, count],
  );
const claimed = async (limit: number): Promise<Record<string, number>> => {
  const rows: readonly Projection[] = await world.database.tx(async (tx) =>
    claimDue(tx, 'shop', await sharesOfDue(tx, 'shop', limit)),
  );
  const counts: Record<string, number> = {};
  for (const { entity } of rows) counts[entity] = (counts[entity] ?? 0) + 1;
  return counts;
};

it('an order goes out in the first round, however many products are due', async () => {
  await world.addFlow('order');
  for (let n = 0; n < 30; n++) await world.put('category', `c${n}`, { code: `c${n}`, name: `Category ${n}` });
  await world.put('order', 'o1', { placed_at: '2025-03-01T10:00:00Z', currency: 'EUR' });
  await world.look();
  await world.projector({ batchSize: 8 }).run(new AbortController().signal);
  expect(target.ledger).toHaveLength(8);
  expect(target.ledger[0]).toBe('create order o1');
});

it('a round that finds nothing opens no transaction, and the next one finds what has become due', async () => {
  await world.addFlow('order');
  const projector = world.projector({ batchSize: 8 });
  const opened = jest.spyOn(world.database, 'tx');
  expect(await projector.run(new AbortController().signal)).toBe('idle');
  expect(opened).not.toHaveBeenCalled();
  await world.put('category', 'c1', { code: 'c1', name: 'Category' });
  await world.look();
  opened.mockClear();
  expect(await projector.run(new AbortController().signal)).toBe('more');
  expect(opened).toHaveBeenCalled();
});

it('a backlog of orders keeps customers, stock and products from nothing either', async () => {
  await due('order', 50);
  await due('customer', 50);
  await due('stock', 50);
  await due('product', 50);
  expect(await claimed(40)).toEqual({ order: 10, customer: 10, stock: 10, product: 10 });
});

it('what a class does not need goes to the others, customers and orders first', async () => {
  await due('order', 3);
  await due('stock', 100);
  await due('category', 2);
  await due('product', 100);
  expect(await claimed(40)).toEqual({ order: 3, stock: 24, category: 2, product: 11 });
  await due('variant', 100);
  expect(await claimed(4)).toEqual({ order: 2, stock: 1, category: 1 });
  await world.database.query(`delete from projection where entity in ('order', 'stock', 'category', 'product')`);
  expect(await claimed(40)).toEqual({ variant: 40 });
});

it('is found by the index, however many rows are due', async () => {
  await due('product', 20_000);
  await world.database.query('analyze projection');
  const [scans] = await world.database.tx(async (tx) => {
    await claimDue(tx, 'shop', await sharesOfDue(tx, 'shop', 200));
    return tx.query<{ n: string }>(`select seq_scan as n from pg_stat_xact_user_tables where relname = 'projection'`);
  });
  expect(Number(scans?.n)).toBe(0);
});
