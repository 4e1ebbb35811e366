/** The projector on a good day: one write per change, only what differs, dependencies first. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { lookAgain } from '../../src/store/projection-looks.js';
import { until } from '../support/wait.js';
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
const signal = new AbortController().signal;

describe('the projector', () => {
  it('creates a record once, and writes nothing when nothing has changed', async () => {
    await variant('v1');
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1']);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync', external_id: 'x1' });
    await variant('v1');
    await world.settle();
    expect(target.ledger).toHaveLength(1);
    expect(await world.steps('v1')).toEqual(['intent create', 'written created']);
  });

  it('makes one write of ten quick edits, and sends only the fields that differ', async () => {
    await variant('v1');
    await world.settle();
    for (let i = 1; i <= 10; i++) await variant('v1', { price_amount: `${10 + i}` });
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1', 'update variant v1 price']);
    expect(target.record('variant', 'v1')?.document).toMatchObject({ price: { amount: '20.00' } });
  });

  it('does not take what the target makes of a value for a difference', async () => {
    await variant('v1', { name: ' Vest ', price_amount: '9.999' });
    await world.settle();
    await variant('v1', { name: ' Vest ', price_amount: '9.999' });
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1']);
  });

  it('leaves fields alone that only a create gives', async () => {
    const product = { code: 'c1', name: 'Shirt', type: 'CONFIGURABLE', description: 'plain' };
    await world.put('product', 'p1', product);
    await world.settle();
    target.edit('product', 'c1', { description: 'enriched by a person' });
    await world.put('product', 'p1', { ...product, description: 'new', name: 'Blouse' });
    await world.settle();
    expect(target.ledger).toEqual(['create product c1', 'update product c1 name']);
    expect(target.record('product', 'c1')?.document['description']).toBe('enriched by a person');
  });

  it('plans the next batch while one is being sent, and sends it after that one', async () => {
    const projector = world.projector();
    await variant('v1');
    await world.look();
    let goOn = (): void => undefined;
    target.during = () => {
      target.during = undefined;
      return new Promise<void>((next) => (goOn = next));
    };
    expect(await projector.turn(signal)).toBe('more');
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'writing' });
    await variant('v2');
    await world.look();
    const second = projector.turn(signal);
    await until(async () => (await world.row('variant', 'v2'))?.state === 'writing', {
      what: 'the plan of the second',
    });
    expect(target.ledger).toEqual(['create variant v1']);
    goOn();
    expect(await second).toBe('more');
    await projector.ended();
    expect(target.ledger).toEqual(['create variant v1', 'create variant v2']);
    expect(await world.states()).toEqual({ in_sync: 2 });
    expect(await projector.turn(signal)).toBe('idle');
  });

  it('sends the next batch while what came of the one before is stored', async () => {
    let goOn = (): void => undefined;
    let isFirst = true;
    const projector = world.projector({
      failpoint: (name) => {
        if (name !== 'P6' || !isFirst) return Promise.resolve();
        isFirst = false;
        return new Promise<void>((next) => (goOn = next));
      },
    });
    await variant('v1');
    await world.look();
    expect(await projector.turn(signal)).toBe('more');
    await until(() => !isFirst, { what: 'the outcome of the first to be stored' });
    await variant('v2');
    await world.look();
    expect(await projector.turn(signal)).toBe('more');
    await until(() => target.ledger.includes('create variant v2'), { what: 'the second write' });
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'writing' });
    goOn();
    await projector.ended();
    expect(await world.states()).toEqual({ in_sync: 2 });
  });

  it('sends what is planned although the batch before could not be stored, and says so', async () => {
    const failure = new Error('no disk');
    const isFailing = { yet: true, already: false };
    const projector = world.projector({
      failpoint: (name) => {
        if (name !== 'P6' || !isFailing.yet) return Promise.resolve();
        isFailing.already = true;
        return Promise.reject(failure);
      },
    });
    await variant('v1');
    await world.look();
    expect(await projector.turn(signal)).toBe('more');
    await until(() => isFailing.already, { what: 'the first write, whose outcome cannot be stored' });
    await variant('v2');
    await world.look();
    await expect(projector.turn(signal)).rejects.toThrow('no disk');
    isFailing.yet = false;
    await projector.ended().catch(() => undefined);
    await until(async () => {
      await projector.turn(signal).catch(() => undefined);
      return (await world.row('variant', 'v2'))?.state === 'in_sync';
    }, { what: 'the second' }); // prettier-ignore
    expect(target.ledger).toEqual(['create variant v1', 'create variant v2']);
    // Nobody knows whether the first took effect, so it is looked for, not made again.
    await world.passTime();
    await world.settle();
    expect(target.ledger).toHaveLength(2);
    expect(await world.states()).toEqual({ in_sync: 2 });
  });

  it('looks again when the record changes while it is being written', async () => {
    await variant('v1');
    target.during = async () => {
      target.during = undefined;
      await variant('v1', { name: 'Later' });
      await world.look();
    };
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1', 'update variant v1 name']);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync', held: { name: 'Later' } });
  });

  it('leaves out what the mapping excludes, with the reason', async () => {
    await world.put('product', 'p1', { code: 'c1', name: 'Shirt', type: 'SIMPLE' });
    await world.settle();
    expect(await world.row('product', 'p1')).toMatchObject({
      state: 'excluded',
      reason: 'Simple products are their variant.',
    });
    expect(target.calls).toBe(0);
  });

  it('adds up the stock of locations that are one warehouse, by the calculation of the flow', async () => {
    await variant('v1');
    await world.put('stock_location', 'l1', { code: '1', name: 'A' });
    await world.put('stock_location', 'l2', { code: '2', name: 'B' });
    await world.put('stock_level', 's1', {
      variant_id: 'v1',
      location_id: 'l1',
      on_hand: '5',
      reserved: '1',
      safety_stock: '1',
    });
    await world.put('stock_level', 's2', {
      variant_id: 'v1',
      location_id: 'l2',
      on_hand: '0.5',
      reserved: '0',
      safety_stock: '0',
    });
    await world.settle();
    expect(target.record('stock', 'v1')?.document['levels']).toEqual([{ warehouseCode: 'MAIN', onHand: '3.5' }]);
  });
});

describe('records whose mapping has changed', () => {
  it('are looked at again, and what is just being written afterwards', async () => {
    await variant('v1');
    await variant('v2');
    await world.settle();
    await world.database.query(`update variant set name = 'Other' where id = 'v1'`);
    const again = (): Promise<number> => world.database.tx((tx) => lookAgain(tx, 'shop', 'variant', 'trc_again'));
    target.during = async () => {
      target.during = undefined;
      await world.database.query(`update variant set name = 'Third'`);
      expect(await again()).toBe(2);
    };
    expect(await again()).toBe(2);
    await world.settle();
    expect(target.ledger.slice(2).sort()).toEqual(['update variant v1 name', 'update variant v1 name', 'update variant v2 name']); // prettier-ignore
    expect(target.record('variant', 'v1')?.document['name']).toBe('Third');
    expect(target.record('variant', 'v2')?.document['name']).toBe('Third');
  });
});

describe('stock', () => {
  const known = { system: 'shop', externalId: 'x1' };
  const level = (id: string, location: string, provenance: Readonly<Record<string, string>>): Promise<void> =>
    world.put('stock_level', id, { variant_id: 'v1', location_id: location, on_hand: '5' }, { provenance });

  it('is told of a variant that the target gave, without what the target keeps itself', async () => {
    target.add('variant', { sku: 'v1', name: 'Theirs' });
    await world.database.query(
      `insert into external_reference (system, entity, external_id, canonical_id, natural_key, origin)
       values ('shop', 'variant', 'x1', 'v1', 'v1', 'INGESTED')`,
    );
    await world.put('variant', 'v1', { product_id: 'p', sku: 'v1' }, { provenance: { '*': 'shop' }, known });
    await world.put('variant', 'v1', { product_id: 'p', sku: 'v1' }, { provenance: { '*': 'shop' } });
    await world.put('stock_location', 'l1', { code: '1', name: 'A' });
    await world.put('stock_location', 'l2', { code: 'THEIRS', name: 'B' });
    await level('s2', 'l2', { '*': 'shop' });
    await world.settle();
    expect(await world.row('stock', 'v1')).toMatchObject({ state: 'excluded' });
    await level('s1', 'l1', { '*': 'till' });
    await world.settle();
    expect(target.ledger).toEqual(['create stock v1']);
    expect(target.record('stock', 'v1')?.document['levels']).toEqual([{ warehouseCode: 'MAIN', onHand: '5' }]);
  });

  it('is told although it was read before the place where it is', async () => {
    await variant('v1');
    await world.put('stock_location', 'l1', { code: '1', name: 'A' });
    await level('s1', 'l1', { '*': 'till' });
    await level('s2', 'l2', { '*': 'till' });
    await world.settle();
    expect(target.record('stock', 'v1')?.document['levels']).toEqual([{ warehouseCode: 'MAIN', onHand: '5' }]);
    await world.put('stock_location', 'l2', { code: '2', name: 'B' });
    await world.settle();
    expect(target.record('stock', 'v1')?.document['levels']).toEqual([{ warehouseCode: 'MAIN', onHand: '10' }]);
  });
});

describe('a reference that the target does not have yet', () => {
  it('keeps the record waiting for exactly that one, and releases it in the transaction in which it appears', async () => {
    await world.put('product', 'p1', { code: 'c1', name: 'Shirt', type: 'CONFIGURABLE', categories: ['cat1'] });
    await world.settle();
    expect(await world.row('product', 'p1')).toMatchObject({ state: 'waiting_for', reason_code: 'MISSING_REFERENCE' });
    expect(target.ledger).toEqual([]);
    await world.put('category', 'cat1', { name: 'Clothes', code: 'k1' });
    await world.look();
    await world.projector().run(signal);
    expect(await world.row('product', 'p1')).toMatchObject({ state: 'pending' });
    await world.settle();
    expect(target.ledger).toEqual(['create category k1', 'create product c1']);
    expect(target.record('product', 'c1')?.document['categoryIds']).toEqual(['x1']);
  });

  it('is named as people know it, and what the record waited for is forgotten when it goes on without', async () => {
    await world.addFlow('order');
    const line = { key: 'a', kind: 'PRODUCT', variant: 'var_9', quantity: '1', unitPrice: '10', taxRate: '21' };
    const order = (fields: Document): Promise<void> =>
      world.put('order', 'o1', { placed_at: '2025-03-01T10:00:00Z', currency: 'EUR', ...fields });
    await order({ lines: [line] });
    await world.database.query(
      `insert into external_reference (system, entity, external_id, canonical_id, natural_key, origin)
       values ('till', 'variant', 'key:1001', 'var_9', '1001', 'MENTIONED')`,
    );
    await world.settle();
    expect((await world.row('order', 'o1'))?.reason).toBe('It waits for variant "1001".');
    await order({ lines: [] });
    await world.settle();
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'in_sync' });
    expect(await world.database.query('select * from projection_wait')).toEqual([]);
  });

  it('is made first when both are due', async () => {
    await world.put('category', 'b', { name: 'Child', code: 'child', parent_id: 'a' });
    await world.put('category', 'a', { name: 'Root', code: 'root' });
    await world.put('stock_location', 'l1', { code: '1', name: 'A' });
    await world.put('stock_level', 's1', { variant_id: 'v1', location_id: 'l1', on_hand: '5' });
    await variant('v1');
    await world.settle();
    expect(target.ledger).toEqual([
      'create category root',
      'create variant v1',
      'create stock v1',
      'create category child',
    ]);
  });
});
