/** The record that a target has of the first person of a company, when somebody else comes first. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;

describe('a company of which somebody else comes first', () => {
  const ann: Document = { fullName: 'Ann', email: 'ann@firm.nl', isPrimary: true };
  const bob: Document = { fullName: 'Bob', email: 'bob@firm.nl' };
  const firm = (...contacts: readonly Document[]): Promise<void> =>
    world.put('customer', 'c1', { kind: 'COMPANY', company_name: 'Firm', contacts });
  const bobFirst = [
    { ...ann, isPrimary: false },
    { ...bob, isPrimary: true },
  ] as const;
  const contactOf = (id: string): unknown => target.record('order', id)?.document['contactId'];

  const order = (id: string, fields: Document = {}): Promise<void> =>
    world.put('order', id, { placed_at: '2025-03-01T10:00:00Z', currency: 'EUR', customer_id: 'c1', ...fields });

  beforeEach(async () => {
    target = makeScriptedTarget();
    world = await openWorld(target);
    await world.addFlow('order');
    await firm(ann, bob);
    await order('o1', { status: 'COMPLETED' });
    await world.settle();
    expect(contactOf('o1')).toBe('x2');
    target.ledger.length = 0;
  });
  afterEach(() => world.close());

  it('keeps the contact that was first, and gets the other one', async () => {
    await firm(...bobFirst);
    await order('o2');
    await world.settle();
    expect(target.ledger).toEqual(['create contact x1 Bob', 'create order o2']);
    expect(target.record('contact', 'x1 Ann')).toMatchObject({
      externalId: 'x2',
      document: { email: 'ann@firm.nl' },
    });
    expect([contactOf('o1'), contactOf('o2')]).toEqual(['x2', target.record('contact', 'x1 Bob')?.externalId]);
    await firm(ann, bob);
    await world.settle();
    expect(target.ledger.slice(2)).toEqual([]);
    expect(contactOf('o2')).toBe(target.record('contact', 'x1 Bob')?.externalId);
    expect(await world.row('contact', 'c1')).toMatchObject({ state: 'in_sync', external_id: 'x2' });
  });

  it('leaves open orders with the contact whom they were booked with', async () => {
    await order('o2', { status: 'OPEN' });
    await world.settle();
    target.ledger.length = 0;
    await firm(...bobFirst);
    await world.settle();
    expect(target.ledger).toEqual(['create contact x1 Bob']);
    expect(await world.row('order', 'o2')).toMatchObject({ state: 'in_sync' });
  });

  it('leaves it in what is shipped, which is told of its payment only', async () => {
    await firm(...bobFirst);
    await world.settle();
    target.ledger.length = 0;
    await order('o1', { status: 'COMPLETED', payment_status: 'PAID' });
    await world.settle();
    expect(target.ledger).toEqual(['update order o1 payment']);
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'in_sync' });
  });

  it('is another one in an order that another customer gets', async () => {
    await world.put('customer', 'c2', { kind: 'COMPANY', company_name: 'Works', contacts: [{ fullName: 'Cas' }] });
    await order('o1', { customer_id: 'c2', status: 'OPEN' });
    await world.settle();
    expect(target.ledger).toContain('update order o1 customerId,contactId');
    expect(target.record('order', 'o1')?.document).toMatchObject({
      contactId: target.record('contact', `${target.record('customer', 'c2')?.externalId} Cas`)?.externalId,
    });
  });

  it('is not given the other one twice', async () => {
    const there = target.add('contact', { customerId: 'x1', name: 'Bob', email: 'bob@firm.nl' });
    await firm(...bobFirst);
    await world.settle();
    expect(target.ledger).toEqual([]);
    expect(await world.row('contact', 'c1')).toMatchObject({ state: 'in_sync', external_id: there });
  });

  it('sees a new name and address of the first one in place', async () => {
    await firm({ ...ann, fullName: 'Ann Vos', email: 'vos@firm.nl' }, bob);
    await world.settle();
    expect(target.ledger).toEqual(['update contact x1 Ann Vos name,email']);
  });

  it('stays his when he gets an address of his own, and a colleague has the one that they shared', async () => {
    const shared = { email: 'info@firm.nl' };
    await firm({ ...ann, ...shared }, { ...bob, ...shared });
    await world.settle();
    target.ledger.length = 0;
    await firm(ann, { ...bob, ...shared });
    await world.settle();
    expect(target.ledger).toEqual(['update contact x1 Ann email']);
  });

  it('is not taken for the one whom its search finds in his place', async () => {
    const { find } = target.target;
    const byAddress: typeof find = (entity, sought, signal) =>
      entity === 'contact' && sought.externalId === null
        ? find(entity, { externalId: 'x2', document: sought.document }, signal)
        : find(entity, sought, signal);
    Object.assign(target.target, { find: byAddress });
    await firm(...bobFirst);
    await world.settle();
    expect(target.ledger).toEqual(['create contact x1 Bob']);
  });

  it('keeps also the contact that the target gave', async () => {
    const known = { system: 'shop', externalId: 'x9' };
    const x9 = target.add('customer', { mark: 'c9', name: 'Firm' });
    const c9 = (by: string, ...contacts: readonly Document[]): Promise<void> =>
      world.put('customer', 'c9', { kind: 'COMPANY', company_name: 'Firm', contacts }, { known: { ...known, externalId: x9 }, provenance: { '*': 'shop', contacts: by } }); // prettier-ignore
    target.add('contact', { customerId: x9, name: 'Ann', email: 'ann@firm.nl' });
    await c9('shop', ann, bob);
    await world.put('order', 'o9', { placed_at: '2025-03-01T10:00:00Z', currency: 'EUR', customer_id: 'c9' });
    await world.settle();
    await c9('shop', ann, { ...bob, email: 'b@firm.nl' });
    await world.settle();
    target.ledger.length = 0;
    await c9('till', ...bobFirst);
    await world.settle();
    expect(target.ledger.filter((line) => line.includes('contact '))).toEqual([`create contact ${x9} Bob`]);
    expect(target.record('contact', `${x9} Ann`)).toBeDefined();
  });
});
