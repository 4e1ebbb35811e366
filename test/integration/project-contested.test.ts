/** Fields about which the hub and people in the target do not agree: who has the last word, and what is held up by it. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { observe } from '../../src/store/projection-observe.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
});
afterEach(() => world.close());

const variant = (id: string, fields = {}): Promise<void> =>
  world.put('variant', id, { product_id: 'p', sku: id, name: `Name of ${id}`, price_amount: '10', ...fields });

const see = (key: string): Promise<unknown> => {
  const held = target.record('variant', key);
  if (held === undefined) throw new Error(`there is no ${key}`);
  const { externalId, document } = held;
  return world.database.tx((tx) =>
    observe(tx, [{ system: 'shop', record: 'variant', entity: 'product', externalId, document }]),
  );
};

describe('what the target has said', () => {
  it('while a write of ours was on its way that replaces it there is given back', async () => {
    await variant('v1');
    await world.settle();
    await variant('v1', { name: 'From the till' });
    target.during = async () => {
      target.during = undefined;
      await world.put(
        'variant',
        'v1',
        { product_id: 'p', sku: 'v1', name: 'From the shop', price_amount: '10' },
        { provenance: { name: 'shop' } },
      );
      await world.look();
    };
    await world.settle();
    expect(target.record('variant', 'v1')?.document).toMatchObject({ name: 'From the shop' });
    expect(target.ledger).toEqual(['create variant v1', 'update variant v1 name', 'update variant v1 name']);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync' });
    // What somebody changes there after that is theirs.
    target.edit('variant', 'v1', { name: 'Theirs again' });
    await world.put(
      'variant',
      'v1',
      { product_id: 'p', sku: 'v1', name: 'Theirs again', price_amount: '10' },
      { provenance: { name: 'shop' } },
    );
    await see('v1');
    await world.settle();
    expect(target.ledger).toHaveLength(3);
  });
});

describe('a field that somebody changes again and again', () => {
  it('is not fought over for ever', async () => {
    await variant('v1');
    await world.settle();
    for (let i = 0; i < 5; i++) {
      target.edit('variant', 'v1', { name: `Changed ${i}` });
      await see('v1');
      await world.settle();
    }
    expect(target.ledger.filter((line) => line.startsWith('update'))).toHaveLength(3);
    const [problem] = await world.database.query<{ payload: unknown }>('select payload from parked');
    expect(problem?.payload).toMatchObject({ held: { name: 'Changed 3' }, wanted: { name: 'Name of v1' } });
  });

  it('holds up nothing else that the hub has to say', async () => {
    await variant('v1');
    await world.settle();
    for (let i = 0; i < 4; i++) {
      target.edit('variant', 'v1', { name: `Changed ${i}` });
      await see('v1');
      await world.settle();
    }
    await variant('v1', { price_amount: '12' });
    await world.settle();
    const { document } = target.record('variant', 'v1') ?? {};
    expect(document).toMatchObject({ name: 'Changed 3', price: { amount: '12.00' } });
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'parked', reason_code: 'DRIFT_CONTESTED' });
    const open = await world.database.query<{ code: string }>(`select code from parked where status = 'OPEN'`);
    expect(open).toEqual([{ code: 'DRIFT_CONTESTED' }]);
    // What the hub itself says anew of the field is no repair.
    await variant('v1', { price_amount: '12', name: 'Quite another' });
    await world.settle();
    expect(target.record('variant', 'v1')?.document).toMatchObject({ name: 'Quite another' });
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync' });
  });
});
