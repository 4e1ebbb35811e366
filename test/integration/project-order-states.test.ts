/** States of orders in a target: never moved back by something old, moved back when the order's own system has done so. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
});
afterEach(() => world.close());

const base = { placed_at: '2025-03-01T10:00:00Z', currency: 'EUR', customer_id: null };
const order = (id: string, fields: Document = {}): Promise<void> => world.put('order', id, { ...base, ...fields });

describe('a status', () => {
  it('that is further on in the target is left there', async () => {
    await world.addFlow('order');
    await order('o1', { status: 'OPEN' });
    await world.settle();
    const markDrift = (status: string): Promise<unknown> =>
      world.database.query(
        `update projection set held = held || $1, drifted = '{status}', state = 'pending', next_at = now() where canonical_id = 'o1'`,
        [JSON.stringify({ status })],
      );
    await markDrift('COMPLETED');
    await world.settle();
    expect(target.ledger).toEqual(['create order o1']);
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'in_sync', held: { status: 'COMPLETED' } });
    await markDrift('DRAFT');
    await world.settle();
    expect(target.ledger).toEqual(['create order o1', 'update order o1 status']);
  });
});

describe('a status that was moved back where the order came from', () => {
  const reopen = async (): Promise<void> => {
    const provenance = { '*': 'till', 'status.back': 'till' };
    await world.put('order', 'o1', { ...base, status: 'OPEN' }, { provenance });
    await world.settle();
  };
  beforeEach(async () => {
    await world.addFlow('order');
    for (const status of ['OPEN', 'CANCELLED']) {
      await order('o1', { status });
      await world.settle();
    }
  });

  it('is told to the target, whose refusal is seen', async () => {
    target.answer = () => 'refused';
    await reopen();
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'parked', reason_code: 'RECORD_REFUSED' });
    expect(target.record('order', 'o1')?.document).toMatchObject({ status: 'CANCELLED' });
  });

  it('is taken where the target takes it, and later left where the target moves it on', async () => {
    await reopen();
    expect(target.record('order', 'o1')?.document).toMatchObject({ status: 'OPEN' });
    await world.database.query(
      `update projection set held = held || '{"status": "COMPLETED"}', drifted = '{status}', state = 'pending', next_at = now()
       where canonical_id = 'o1'`,
    );
    await world.settle();
    expect(target.ledger.slice(1)).toEqual(['update order o1 status', 'update order o1 status']);
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'in_sync' });
  });
});
