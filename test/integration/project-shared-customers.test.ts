/** Customers with one e-mail address: which of them are one record of a target, and how many rounds that takes. */
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

const customer = (id: string, fields: Document = {}): Promise<void> =>
  world.put('customer', id, { kind: 'PERSON', full_name: `Name of ${id}`, email: `${id}@example.nl`, ...fields });
const order = (id: string, customerId: string | null, fields: Document = {}): Promise<void> =>
  world.put('order', id, { placed_at: '2025-03-01T10:00:00Z', currency: 'EUR', customer_id: customerId, ...fields });
const customerOf = (id: string): unknown => target.record('order', id)?.document['customerId'];
const creates = (entity: string): readonly string[] =>
  target.ledger.filter((line) => line.startsWith(`create ${entity}`));

describe('two customers with one e-mail address', () => {
  it('become one record, and the orders of both go out', async () => {
    await world.addFlow('order');
    await customer('c1', { email: 'Shared@example.nl' });
    await customer('c2', { email: 'shared@example.nl ' });
    await order('o1', 'c1');
    await order('o2', 'c2');
    await world.settle();
    await world.settle();
    expect(creates('customer')).toHaveLength(1);
    expect(creates('order')).toHaveLength(2);
    expect([customerOf('o1'), customerOf('o2')]).toEqual(['x1', 'x1']);
    const rows = [await world.row('customer', 'c1'), await world.row('customer', 'c2')];
    expect(rows.map((row) => row?.state).sort()).toEqual(['excluded', 'in_sync']);
    expect(rows.find((row) => row?.state === 'excluded')?.reason_code).toBe('SHARED_RECORD');
  });

  it('are never made at the same time, by whatever process', async () => {
    await world.addFlow('order');
    await customer('c1', { email: 'shared@example.nl' });
    await order('o1', 'c1');
    const other = world.projector();
    target.during = async () => {
      target.during = undefined;
      await customer('c2', { email: 'shared@example.nl' });
      await order('o2', 'c2');
      await world.look();
      await other.run(new AbortController().signal);
      expect(await world.row('customer', 'c2')).toMatchObject({ state: 'pending', reason_code: 'SAME_KEY' });
    };
    await world.settle();
    expect(target.during).toBeUndefined();
    expect(creates('customer')).toEqual(['create customer c1']);
    expect(await world.row('customer', 'c2')).toMatchObject({ state: 'excluded', reason_code: 'SHARED_RECORD' });
    expect(customerOf('o2')).toBe('x1');
  });

  it('stay one record after one of them got another address', async () => {
    await world.addFlow('order');
    await customer('c1', { email: 'shared@example.nl' });
    await order('o1', 'c1');
    await world.settle();
    await customer('c2', { email: 'shared@example.nl' });
    await order('o2', 'c2');
    await world.settle();
    await customer('c1', { email: 'new@example.nl' });
    await customer('c2', { email: 'other@example.nl' });
    await order('o3', 'c2');
    await world.settle();
    expect(creates('customer')).toHaveLength(1);
    expect(customerOf('o3')).toBe('x1');
    expect(target.record('customer', 'c1')?.document['email']).toBe('new@example.nl');
  });
});

describe('a company and a person with one e-mail address', () => {
  const firm: Document = { kind: 'COMPANY', company_name: 'Firm', full_name: null, email: 'jan@example.nl' };

  it('are never one record, whichever comes first', async () => {
    await world.addFlow('order');
    await customer('c1', { email: 'jan@example.nl' });
    await order('o1', 'c1');
    await world.settle();
    await customer('c2', firm);
    await order('o2', 'c2');
    await customer('c3', { email: 'jan@example.nl' });
    await order('o3', 'c3');
    await world.settle();
    expect(creates('customer')).toEqual(['create customer c1', 'create customer c2']);
    expect([customerOf('o1'), customerOf('o2'), customerOf('o3')]).toEqual(['x1', target.record('customer', 'c2')?.externalId, 'x1']); // prettier-ignore
  });

  it('are made at the same time', async () => {
    await world.addFlow('order');
    await customer('c1', { email: 'jan@example.nl' });
    await customer('c2', firm);
    await order('o1', 'c1');
    await order('o2', 'c2');
    await world.look();
    await world.projector().run(new AbortController().signal);
    expect(creates('customer')).toHaveLength(2);
  });

  it('share a record no longer when one of two persons became the company', async () => {
    await world.addFlow('order');
    for (const id of ['c1', 'c2']) {
      await customer(id, { email: 'jan@example.nl' });
      await order(`o-${id}`, id);
      await world.settle();
    }
    expect(customerOf('o-c2')).toBe('x1');
    await customer('c2', firm);
    await order('o3', 'c2');
    await world.settle();
    expect(creates('customer')).toEqual(['create customer c1', 'create customer c2']);
    expect(customerOf('o3')).toBe(target.record('customer', 'c2')?.externalId);
  });
});

describe('many customers with one e-mail address', () => {
  it('are compared with the first one’s record all at once, not one after the other', async () => {
    await world.addFlow('customer');
    for (let n = 0; n < 40; n++) await customer(`c${n}`, { email: 'none@example.nl' });
    await world.look();
    const projector = world.projector({ batchSize: 20 });
    let rounds = 0;
    while ((await projector.run(new AbortController().signal)) === 'more') rounds++;
    expect(creates('customer')).toHaveLength(1);
    expect(await world.states()).toEqual({ excluded: 39, in_sync: 1 });
    expect(rounds).toBeLessThan(8);
  });

  it('are made when the record that they were to be compared with is gone again', async () => {
    await world.addFlow('customer');
    for (let n = 0; n < 9; n++) await customer(`c${n}`, { email: 'none@example.nl' });
    await world.look();
    const projector = world.projector({ batchSize: 3 });
    await projector.run(new AbortController().signal);
    const [made = ''] = creates('customer').map((line) => line.replace('create customer ', ''));
    target.remove('customer', made);
    await world.settle(projector);
    expect(creates('customer')).toHaveLength(2);
    const states = await world.states();
    expect(states['excluded']).toBe(7);
  });
});
