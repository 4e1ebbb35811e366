/** Flows of orders that start now: what the hub knew before stays where it is, whatever happens to it later. */
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

const order = (id: string, fields: Document = {}): Promise<void> =>
  world.put('order', id, { placed_at: '2025-03-01T10:00:00Z', currency: 'EUR', customer_id: `c-${id}`, ...fields });
const customer = (id: string): Promise<void> => world.put('customer', id, { kind: 'PERSON', full_name: id });
async function draft(settings: Document): Promise<void> {
  const flow = { id: 'f1', key: 'orders', name: 'Orders', entity: 'order', source: 'till', target: 'shop' } as const;
  await world.flows.createFlow({ ...flow, pollEveryMs: 1_000, settings });
}
async function enabled(): Promise<void> {
  await world.flows.enableFlow('orders');
  await world.configuration.reload();
}

describe('a flow of orders that starts now', () => {
  it('sends no order that the hub knew when it was enabled, nor its customer, also when it changes later', async () => {
    await draft({ startFrom: 'now' });
    await customer('c-old');
    await order('old');
    await enabled();
    await world.settle();
    await order('old', { status: 'COMPLETED' });
    await customer('c-new');
    await order('new');
    await world.settle();
    expect(target.ledger).toEqual(['create customer c-new', 'create order new']);
    expect(await world.row('order', 'old')).toMatchObject({
      state: 'excluded',
      reason: expect.stringMatching(/^It is older than the start of the flow at /),
    });
  });

  it('keeps its start while it is ended and enabled again, and has a new one when it is set anew', async () => {
    await draft({});
    await order('old', { customer_id: null });
    await world.flows.updateFlow('orders', { expectedVersion: 1, name: null, pollEveryMs: null, settings: { startFrom: 'now' } }); // prettier-ignore
    await enabled();
    await world.flows.disableFlow('orders');
    await order('meanwhile', { customer_id: null });
    await enabled();
    await world.settle();
    expect(target.ledger).toEqual(['create order meanwhile']);
  });
});
