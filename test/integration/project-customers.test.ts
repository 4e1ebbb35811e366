/** Customers travel with their orders: made once, matched by what people share, never merged by guess. */
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

describe('a flow of orders', () => {
  it('makes one customer of two orders that arrive at once, before the orders', async () => {
    await world.addFlow('order');
    await customer('c1');
    await order('o1', 'c1');
    await order('o2', 'c1');
    await world.settle();
    expect(target.ledger[0]).toBe('create customer c1');
    expect([...target.ledger].sort()).toEqual(['create customer c1', 'create order o1', 'create order o2']);
    expect([customerOf('o1'), customerOf('o2')]).toEqual(['x1', 'x1']);
  });

  it('leaves customers alone who have no order in it', async () => {
    await world.addFlow('order', { order: { types: ['ORDER'] }, startFrom: '2025-01-01T00:00:00Z' });
    for (const id of ['none', 'old', 'invoiced']) await customer(id);
    await order('o1', 'old', { placed_at: '2024-06-01T10:00:00Z' });
    await order('o2', 'invoiced', { type: 'INVOICE' });
    await world.settle();
    expect(target.ledger).toEqual([]);
    expect(await world.row('customer', 'none')).toBeUndefined();
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'excluded' });
    expect(await world.row('order', 'o2')).toMatchObject({
      state: 'excluded',
      reason: 'The flow does not take invoices.',
    });
  });

  it('yields to a flow of customers', async () => {
    await world.addFlow('order');
    await customer('c1');
    await order('o1', 'c1');
    await world.settle();
    const flowOf = async (): Promise<unknown> =>
      (await world.database.query(`select flow from projection where entity = 'customer'`))[0]?.['flow'];
    expect(await flowOf()).toBe('orders-to-shop');
    await world.addFlow('customer');
    await order('o1', 'c1');
    await world.settle();
    expect(await flowOf()).toBe('customers-to-shop');
  });

  it('takes over the customers that it needs from a flow of customers that has ended', async () => {
    await world.addFlow('order');
    await world.addFlow('customer');
    await world.flows.pauseFlow('customers-to-shop');
    for (const id of ['c1', 'c2']) await customer(id);
    await order('o1', 'c1');
    await world.settle();
    expect(target.ledger).toEqual([]);
    await world.flows.disableFlow('customers-to-shop');
    await world.configuration.reload();
    await world.settle();
    expect(target.ledger).toEqual(['create customer c1', 'create order o1']);
    expect(await world.row('customer', 'c2')).toMatchObject({ state: 'paused' });
  });

  it('enrols orders with their customers when it is enabled late', async () => {
    await customer('c1', { kind: 'COMPANY', company_name: 'Firm', contacts: [{ fullName: 'An' }] });
    await customer('c2');
    await order('o1', 'c1');
    await world.settle();
    await world.addFlow('order');
    await world.database.query(`update flow set state = 'DISABLED' where key = 'orders-to-shop'`);
    expect(await world.flows.enableFlow('orders-to-shop')).toBe(3);
    await world.configuration.reload();
    await world.settle();
    expect(target.ledger).toEqual(['create customer c1', 'create contact x1 An', 'create order o1']);
  });
});

describe('a customer whom the target may know', () => {
  it('is linked by the whole e-mail address, and told what differs', async () => {
    await world.addFlow('order');
    target.add('customer', { name: 'Anna', email: 'C1@Example.nl' });
    await customer('c1', { phone: '1' });
    await order('o1', 'c1');
    await world.settle();
    expect(creates('customer')).toEqual([]);
    expect(customerOf('o1')).toBe('x1');
  });

  it('is not told what people decide about before the target has said its own, as far as it has something there', async () => {
    await world.addFlow('customer');
    await world.database.query(
      `insert into flow (id, key, name, entity, source, target, state) values ('flw_back', 'back', 'Back', 'customer', 'shop', 'till', 'ENABLED')`,
    );
    await world.database.query(
      `insert into field_owner (entity, field, policy) values ('customer', 'fullName', 'manual'), ('customer', 'kind', 'manual')`,
    );
    await world.configuration.reload();
    target.add('customer', { name: 'Anna', email: 'c1@example.nl' });
    await customer('c1');
    await world.settle();
    // What stands nowhere there contradicts nobody.
    expect(target.ledger).toEqual(['update customer c1 mark,kind,blocked']);
    expect(target.record('customer', 'c1')?.document).toMatchObject({ name: 'Anna' });
    // As ingest leaves it behind once the shop's stream has shown the record.
    await world.database.query(`update external_reference set content_hash = 'read' where system = 'shop'`);
    await customer('c1');
    await world.settle();
    expect(target.ledger.slice(1)).toEqual(['update customer c1 name']);
  });

  it('is not whoever has a longer address', async () => {
    await world.addFlow('order');
    target.add('customer', { name: 'Joanna', email: 'jo-c1@example.nl' });
    await customer('c1');
    await order('o1', 'c1');
    await world.settle();
    expect(creates('customer')).toEqual(['create customer c1']);
    expect(customerOf('o1')).toBe('x2');
  });

  it('is never merged without an address', async () => {
    await world.addFlow('order');
    target.add('customer', { name: 'Name of g1' });
    for (const id of ['g1', 'g2']) {
      await customer(id, { email: null, full_name: 'Name of g1' });
      await order(`o-${id}`, id);
    }
    await world.settle();
    expect(creates('customer')).toEqual(['create customer g1', 'create customer g2']);
    expect(customerOf('o-g1')).not.toBe(customerOf('o-g2'));
  });

  it('is not matched at all when the flow says so', async () => {
    await world.addFlow('order', { order: { matchCustomersBy: 'none' } });
    target.add('customer', { name: 'Anna', email: 'c1@example.nl' });
    await customer('c1');
    await order('o1', 'c1');
    await world.settle();
    expect(creates('customer')).toEqual(['create customer c1']);
  });

  it('is looked for by our mark alone after a lost answer', async () => {
    await world.addFlow('order');
    target.answer = (_, entity, n) => (entity === 'customer' && n === 1 ? 'dropped' : 'written');
    await customer('c1');
    await order('o1', 'c1');
    await world.settle();
    target.add('customer', { name: 'Made by a person', email: 'c1@example.nl' });
    await world.passTime();
    await world.settle();
    expect(await world.steps('c1')).toEqual(expect.arrayContaining(['in_doubt absent', 'planned matched']));
    expect(await world.steps('c1')).not.toContain('written created');
    expect(creates('customer')).toEqual([]);
    expect(customerOf('o1')).toBe('x1');
  });

  it('is found by our mark after a lost answer, whatever address it has by then', async () => {
    await world.addFlow('order');
    target.answer = (_, entity, n) => (entity === 'customer' && n === 1 ? 'lost' : 'written');
    await customer('c1');
    await order('o1', 'c1');
    await world.settle();
    await customer('c1', { email: 'changed@example.nl' });
    await world.passTime();
    await world.settle();
    expect(target.ledger).toEqual(['create customer c1', 'update customer c1 email', 'create order o1']);
  });
});

describe('a company', () => {
  it('that turns up on a known person is the same record, with a contact under it', async () => {
    await world.addFlow('order');
    await customer('c1');
    await order('o1', 'c1');
    await order('o0', 'c1', { status: 'COMPLETED' });
    await world.settle();
    const contacts: readonly Document[] = [
      { fullName: 'An' },
      { fullName: 'Bo', email: 'bo@example.nl', isPrimary: true },
    ];
    await customer('c1', { kind: 'COMPANY', company_name: 'Firm', contacts });
    await world.settle();
    await order('o2', 'c1');
    await world.settle();
    // The open order that was told before names the contact now; what was booked stays as it is.
    expect(target.ledger.slice(3)).toEqual([
      'update customer c1 name,kind', 'create contact x1 Bo', 'update order o1 contactId', 'create order o2',
    ]); // prettier-ignore
    expect(target.record('order', 'o2')?.document).toMatchObject({ customerId: 'x1', contactId: 'x4' });
    expect(target.record('order', 'o1')?.document).toMatchObject({ customerId: 'x1', contactId: 'x4' });
    expect(target.record('order', 'o0')?.document).not.toMatchObject({ contactId: 'x4' });
  });

  it('whose contact turns out to be impossible just when an order begins to wait for it is named without', async () => {
    await world.addFlow('order');
    await customer('c1', { kind: 'COMPANY', company_name: 'Firm', contacts: [{ fullName: 'An' }] });
    target.answer = (_, entity) => (entity === 'contact' ? 'unreachable' : 'written');
    await order('o1', 'c1');
    await world.settle();
    expect(await world.row('contact', 'c1')).toMatchObject({ state: 'retrying' });
    // Not due again, or the projector would hold the row that is changed below.
    await world.database.query(`update projection set next_at = now() + interval '1 hour' where entity = 'contact'`);
    await order('o2', 'c1');
    await world.look();
    const failpoint = async (name: string): Promise<void> => {
      if (name !== 'P0') return;
      await world.database.query(`update projection set state = 'parked', next_at = null where entity = 'contact'`);
    };
    await world.projector({ failpoint }).run(new AbortController().signal);
    await world.settle();
    expect(target.record('order', 'o2')?.document).toMatchObject({ customerId: 'x1' });
  });

  it('keeps the contact that the target gave', async () => {
    await world.addFlow('customer');
    const known = { system: 'shop', externalId: 'x1' };
    target.add('customer', { mark: 'c1', name: 'Firm', email: 'c1@example.nl' });
    const fields = { kind: 'COMPANY', company_name: 'Firm', email: 'c1@example.nl', contacts: [{ fullName: 'An' }] };
    await world.put('customer', 'c1', fields, { provenance: { '*': 'shop' }, known });
    await world.put('customer', 'c1', fields, { provenance: { '*': 'shop' } });
    await world.settle();
    expect(target.ledger).toEqual([]);
    expect(await world.row('contact', 'c1')).toMatchObject({ state: 'excluded' });
  });
});

describe('a customer whom the target gave', () => {
  const known = { system: 'shop', externalId: 'x1' };
  const seen = async (fields: Document, provenance: Readonly<Record<string, string>>): Promise<void> => {
    await world.put('customer', 'c1', fields, { provenance, known });
    await world.put('customer', 'c1', fields, { provenance });
  };

  it('is told what others say of it, although its own fields could not be sent', async () => {
    await world.addFlow('customer');
    target.add('customer', { mark: 'c1', email: 'c1@example.nl' });
    const nameless = { kind: 'PERSON', full_name: null, email: 'c1@example.nl' };
    await seen(nameless, { '*': 'shop' });
    await world.settle();
    expect(await world.row('customer', 'c1')).toMatchObject({ state: 'in_sync' });
    await seen({ ...nameless, phone: '1' }, { '*': 'shop', phone: 'till' });
    await world.settle();
    expect(target.ledger).toEqual([expect.stringMatching(/^update customer .* phone$/)]);
    expect(target.record('customer', 'c1')?.document).toMatchObject({ phone: '1', email: 'c1@example.nl' });
  });
});
