/** The default customer stands in where there is nobody else, and for nobody who can be had. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { parkRecords } from '../../src/store/parked.js';
import { releaseUnreadable } from '../../src/store/projection-waits.js';
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

describe('the default customer', () => {
  const settings = { order: { defaultCustomer: '99' } };

  it('stands in for a missing one', async () => {
    await world.addFlow('order', settings);
    await order('o1', null);
    await customer('c1');
    await order('o2', 'c1');
    await world.settle();
    expect([customerOf('o1'), customerOf('o2')]).toEqual(['99', 'x1']);
  });

  it('stands in for one that the target refuses, also when the order waits for it already', async () => {
    await world.addFlow('order', settings);
    target.answer = (_, entity) => (entity === 'customer' ? 'refused' : 'written');
    await customer('c1');
    await order('o1', 'c1');
    await world.settle();
    expect(await world.row('customer', 'c1')).toMatchObject({ state: 'parked' });
    expect(customerOf('o1')).toBe('99');
  });

  it('stands in for one that turns out to be unusable while the order waits for it', async () => {
    await world.addFlow('order', settings);
    await order('o1', 'c1');
    await world.settle();
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'waiting_for' });
    await customer('c1', { full_name: null });
    await world.settle();
    expect(await world.row('customer', 'c1')).toMatchObject({ state: 'parked', reason_code: 'MAPPING_FAILED' });
    expect(customerOf('o1')).toBe('99');
  });

  it('stands in for one that its own system shows in a way that nothing can be taken from', async () => {
    await world.addFlow('order', settings);
    await order('o1', 'c1');
    await world.settle();
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'waiting_for' });
    await world.database.query(
      `insert into external_reference (system, entity, external_id, canonical_id, origin) values ('till', 'customer', 'd2', 'c1', 'MENTIONED')`,
    );
    await world.database.tx(async (tx) => {
      const words = {
        traceId: 't',
        code: 'DUPLICATE_IN_SYSTEM',
        message: 'm',
        hint: 'h',
        path: null,
        sourcePath: null,
        valueList: null,
        value: null,
        original: null,
        classification: 'data',
        fingerprint: 'f',
        payload: {},
        log: null,
      };
      const problem = {
        stage: 'ingest',
        system: 'till',
        flow: null,
        entity: 'customer',
        canonicalId: 'c1',
        externalId: 'd2',
        recordKey: 'relation:d2',
      } as const;
      await parkRecords(tx, [{ ...problem, ...words, id: 'prk_1' }]);
      await releaseUnreadable(tx, ['c1']);
    });
    await world.settle();
    expect(customerOf('o1')).toBe('99');
  });

  it('does not stand in for one that has not been read yet, or that shares a record', async () => {
    await world.addFlow('order', settings);
    await order('o1', 'c1');
    await world.settle();
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'waiting_for' });
    await customer('c1');
    await customer('c2', { email: 'c1@example.nl' });
    await order('o2', 'c2');
    await world.settle();
    expect([customerOf('o1'), customerOf('o2')]).toEqual(['x1', 'x1']);
  });

  it('stands in for all when the flow says so, and nobody else is made', async () => {
    await world.addFlow('order', { order: { defaultCustomer: '99', useDefaultCustomer: 'always' } });
    await customer('c1');
    await order('o1', 'c1');
    await world.settle();
    expect(target.ledger).toEqual(['create order o1']);
    expect(customerOf('o1')).toBe('99');
  });

  it('is not there: an order whose customer is refused waits, visibly', async () => {
    await world.addFlow('order');
    target.answer = (_, entity) => (entity === 'customer' ? 'refused' : 'written');
    await customer('c1');
    await order('o1', 'c1');
    await world.settle();
    expect(await world.row('order', 'o1')).toMatchObject({
      state: 'waiting_for',
      reason: 'It waits for another record.',
    });
  });
});
