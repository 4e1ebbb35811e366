/** Orders and their invoices: a target gets one of the two, whichever the hub learns of first. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { openWorld, type PutOptions, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
});
afterEach(() => world.close());

const fromTill: PutOptions = { provenance: { '*': 'till' } };
const put = (id: string, fields: Document, options = fromTill): Promise<void> =>
  world.put('order', id, { placed_at: '2025-03-01T10:00:00Z', currency: 'EUR', customer_id: null, ...fields }, options);
const invoice = (id: string, settles: readonly string[]): Promise<void> =>
  put(id, { type: 'INVOICE', number: id, settles });
/** An order of the shop, and its copy at the till. */
async function copied(id: string): Promise<void> {
  await put(id, { number: id }, { provenance: { '*': 'shop' }, known: { system: 'shop', externalId: `s-${id}` } });
  await world.database.query(
    `insert into external_reference (system, entity, external_id, canonical_id, origin) values ('till', 'order', $1, $1, 'CREATED')`,
    [id],
  );
}
const reasonOf = async (id: string): Promise<unknown> => (await world.row('order', id))?.reason;

describe('where orders and invoices are taken', () => {
  beforeEach(() => world.addFlow('order', { order: { types: ['ORDER', 'INVOICE'] } }));

  it.each([
    ['before', 'after'],
    ['after', 'before'],
  ])('an order goes once, whether its invoice comes %s or %s it', async (first) => {
    const both = [() => invoice('i1', ['t1']), () => put('t1', { number: 'T1' })];
    for (const make of first === 'before' ? both : both.reverse()) {
      await make();
      await world.settle();
    }
    expect(target.ledger).toEqual(['create order t1']);
    expect(await world.row('order', 'i1')).toMatchObject({ state: 'excluded', external_id: null });
    expect(await reasonOf('i1')).toContain('It is the invoice of order');
  });

  it('a sale at the counter goes as its invoice, and an invoice never goes back to where its order came from', async () => {
    await copied('s1');
    await invoice('i1', ['s1']);
    await invoice('i2', []);
    await world.settle();
    expect(target.ledger).toEqual(['create order i2']);
    expect(await reasonOf('i1')).toBe('It is the invoice of order s1, which came from Shop itself.');
  });

  it('an invoice that the target has already goes on being changed, and its order stays away', async () => {
    await invoice('i1', ['t1']);
    const id = target.add('order', { mark: 'i1', status: 'OPEN', payment: 'UNPAID', channel: 'web', silent: false });
    await world.database.query(
      `insert into external_reference (system, entity, external_id, canonical_id, origin) values ('shop', 'order', $1, 'i1', 'CREATED')`,
      [id],
    );
    await put('t1', { number: 'T1' });
    await put('i1', { type: 'INVOICE', number: 'i1', settles: ['t1'], status: 'COMPLETED' });
    await world.settle();
    expect(target.ledger).toMatchObject([expect.stringMatching(/^update order i1 /)]);
    expect(await reasonOf('t1')).toBe('Shop has its invoice i1 already.');
  });
});

describe('where only invoices are taken', () => {
  it('that of an order of the till goes once, that of an order of the target never', async () => {
    await world.addFlow('order', { order: { types: ['INVOICE'] } });
    await copied('s1');
    await invoice('i1', ['s1']);
    await invoice('i2', ['t-never-read']);
    await world.settle();
    expect(target.ledger).toEqual(['create order i2']);
  });
});
