/** The projector against a scripted target: what follows from each answer, and that no answer makes a second record. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeFailpoint, type FailpointName } from '../../src/base/failpoint.js';
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
      'create category child',
      'create stock v1',
    ]);
  });
});

describe('a lost answer', () => {
  for (const answer of ['lost', 'dropped'] as const) {
    it(`to a create that was ${answer === 'lost' ? '' : 'not '}applied never makes a second record`, async () => {
      target.answer = (_, __, n) => (n === 1 ? answer : 'written');
      await variant('v1');
      await world.settle();
      expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_doubt', reason_code: 'SYSTEM_TIMEOUT' });
      await world.settle();
      expect(target.ledger).toEqual(answer === 'lost' ? ['create variant v1'] : []);
      await world.passTime();
      await world.settle();
      expect(target.ledger.filter((line) => line.startsWith('create'))).toEqual(['create variant v1']);
      expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync', external_id: 'x1' });
    });
  }

  it('is searched by the key that was sent, although the record has another one by now', async () => {
    target.answer = (_, __, n) => (n === 1 ? 'lost' : 'written');
    await variant('v1', { sku: 'old' });
    await world.settle();
    await variant('v1', { sku: 'new' });
    await world.look();
    await world.passTime();
    await world.settle();
    expect(target.ledger).toEqual(['create variant old', 'update variant new sku']);
  });

  it('keeps a newer write back until the older one can no longer take effect', async () => {
    await variant('v1');
    await world.settle();
    target.answer = (_, __, n) => (n === 2 ? 'late' : 'written');
    await variant('v1', { name: 'Older' });
    await world.settle();
    await variant('v1', { name: 'Newer' });
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1']);
    target.applyLate();
    await world.passTime();
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1', 'update variant v1 name', 'update variant v1 name']);
    expect(target.record('variant', 'v1')?.document['name']).toBe('Newer');
  });

  it('to an update that was applied is not followed by the same update', async () => {
    await variant('v1');
    await world.settle();
    target.answer = (_, __, n) => (n === 2 ? 'lost' : 'written');
    await variant('v1', { name: 'Changed' });
    await world.settle();
    await world.passTime();
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1', 'update variant v1 name']);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync', held: { name: 'Changed' } });
  });
});

describe('a record that the target has already', () => {
  it('is linked after the target refused a second one, and only what differs is written', async () => {
    target.add('variant', { sku: 'v1', name: 'Name of v1', price: { amount: '8.00' }, note: 'theirs' });
    await variant('v1');
    await world.settle();
    expect(target.ledger).toEqual(['update variant v1 price']);
    expect(await world.steps('v1')).toContain('planned matched');
  });

  it('is looked for before the create where the target would take a second one', async () => {
    target.add('category', { code: 'k1', name: 'Clothes' });
    await world.put('category', 'cat1', { name: 'Clothes', code: 'k1' });
    await world.settle();
    expect(target.ledger).toEqual([]);
    expect(await world.row('category', 'cat1')).toMatchObject({ state: 'in_sync', external_id: 'x1' });
  });

  it('is never shared by two records of the hub', async () => {
    await variant('v1', { sku: 'same' });
    await world.settle();
    await variant('v2', { sku: 'same' });
    await world.settle();
    expect(target.ledger).toEqual(['create variant same']);
    expect(await world.row('variant', 'v2')).toMatchObject({ state: 'parked', reason_code: 'DUPLICATE_IN_TARGET' });
  });

  it('is made anew when somebody removed it', async () => {
    await variant('v1');
    await world.settle();
    target.remove('variant', 'v1');
    await variant('v1', { name: 'Changed' });
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1', 'create variant v1']);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync', external_id: 'x2' });
  });
});

describe('a failure', () => {
  it('of the data parks that record alone, until a change of it goes through', async () => {
    target.answer = (request) => (request.document['name'] === 'bad' ? 'refused' : 'written');
    await variant('v1', { name: 'bad' });
    await variant('v2');
    await variant('v3', { name: 'n'.repeat(41) });
    await world.settle();
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'parked', reason_code: 'RECORD_REFUSED' });
    expect(await world.row('variant', 'v2')).toMatchObject({ state: 'in_sync' });
    expect(await world.row('variant', 'v3')).toMatchObject({ state: 'parked', reason_code: 'MAPPING_FAILED' });
    await variant('v1', { name: 'good' });
    await variant('v3', { name: 'short' });
    await world.settle();
    const problems = await world.database.query('select record_key, status from parked order by record_key');
    expect(problems).toEqual([
      { record_key: 'variant:v1', status: 'RESOLVED' },
      { record_key: 'variant:v3', status: 'RESOLVED' },
    ]);
  });

  it('of the environment parks nothing, costs few calls, and everything arrives afterwards', async () => {
    let isDown = true;
    target.answer = () => (isDown ? 'unreachable' : 'written');
    for (let i = 0; i < 60; i++) await variant(`v${i}`);
    const projector = world.projector();
    for (let i = 0; i < 20; i++) {
      await world.passTime();
      await world.settle(projector);
    }
    expect(target.calls).toBeLessThan(10);
    expect(await world.database.query('select 1 from parked')).toEqual([]);
    const [system] = await world.database.query(`select status from system where key = 'shop'`);
    expect(system).toEqual({ status: 'UNREACHABLE' });
    isDown = false;
    await world.passTime();
    await world.settle();
    expect(await world.states()).toEqual({ in_sync: 60 });
    expect(new Set(target.ledger).size).toBe(60);
    expect(target.ledger).toHaveLength(60);
  });

  it('of the credentials stops all calls and says so', async () => {
    target.answer = () => 'unauthorised';
    for (let i = 0; i < 20; i++) await variant(`v${i}`);
    const projector = world.projector({ concurrency: 1 });
    await world.settle(projector);
    await world.passTime();
    await world.settle(projector);
    expect(target.calls).toBeLessThanOrEqual(3);
    const [system] = await world.database.query(`select status from system where key = 'shop'`);
    expect(system).toEqual({ status: 'CREDENTIALS_REJECTED' });
    expect(await world.database.query('select 1 from parked')).toEqual([]);
  });

  it('that should not happen is tried three times and then parked', async () => {
    target.answer = () => 'bug';
    await variant('v1');
    for (let i = 0; i < 5; i++) {
      await world.passTime();
      await world.settle();
    }
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'parked', attempt: 3 });
    expect(target.calls).toBe(3);
  });

  it('that is the same for everything stops the flow instead of filling the list of problems', async () => {
    target.answer = () => 'refused';
    for (let i = 0; i < 60; i++) await variant(`v${i}`);
    await world.settle();
    const states = await world.states();
    expect(states['parked']).toBeLessThanOrEqual(20);
    expect((states['held'] ?? 0) + (states['parked'] ?? 0)).toBe(60);
    target.answer = () => 'written';
    await world.configuration.reload();
    await world.flows.resumeFlow('products-to-shop');
    await world.configuration.reload();
    await world.settle();
    expect((await world.states())['in_sync']).toBe(60 - (states['parked'] ?? 0));
  });

  it('at any kill point leads to one record all the same', async () => {
    for (const name of ['P0', 'P1', 'P2', 'P6', 'P7'] as const satisfies readonly FailpointName[]) {
      await variant(name);
      await world.look();
      const doomed = world.projector({ failpoint: makeFailpoint({ name, action: 'throw', nth: 1 }) });
      await expect(doomed.run(signal)).rejects.toMatchObject({ code: 'FAILPOINT' });
      await world.settle();
      await world.passTime();
      await world.settle();
      expect(await world.row('variant', name)).toMatchObject({ state: 'in_sync' });
    }
    expect(target.ledger.filter((line) => line.startsWith('create'))).toHaveLength(5);
    expect(new Set(target.ledger).size).toBe(target.ledger.length);
  });

  it('of a worker that comes back after its row was taken over changes nothing', async () => {
    await variant('v1');
    target.during = async () => {
      target.during = undefined;
      await world.passTime();
      await world.settle(world.projector());
    };
    await world.look();
    await world.projector().run(signal);
    expect(target.ledger).toEqual(['create variant v1']);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync', external_id: 'x1' });
    expect((await world.steps('v1')).filter((step) => step === 'written created')).toHaveLength(1);
  });
});

describe('what the target shows', () => {
  const see = (key: string): Promise<unknown> => {
    const held = target.record('variant', key);
    if (held === undefined) throw new Error(`there is no ${key}`);
    const { externalId, document } = held;
    return world.database.tx((tx) => observe(tx, [{ system: 'shop', record: 'variant', externalId, document }]));
  };

  it('is an echo when it is what the target made of our write', async () => {
    await variant('v1', { name: ' Vest ', price_amount: '9.999' });
    await world.settle();
    expect(await see('v1')).toEqual([{ externalId: 'x1', result: 'echo' }]);
    await world.settle();
    expect(target.ledger).toHaveLength(1);
  });

  it('is left alone in fields that the hub does not own', async () => {
    await variant('v1');
    await world.settle();
    target.edit('variant', 'v1', { note: 'ours', price: { amount: '10.00', taxed: false } });
    expect(await see('v1')).toEqual([{ externalId: 'x1', result: 'echo' }]);
  });

  it('is put right in fields that the hub owns, and only those', async () => {
    await variant('v1');
    await world.settle();
    target.edit('variant', 'v1', { name: 'Changed by a person', note: 'theirs' });
    expect(await see('v1')).toEqual([{ externalId: 'x1', result: 'drift' }]);
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1', 'update variant v1 name']);
    expect(target.record('variant', 'v1')?.document).toMatchObject({ name: 'Name of v1', note: 'theirs' });
    expect(await see('v1')).toEqual([{ externalId: 'x1', result: 'echo' }]);
  });

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

  it('while it is being written is judged afterwards, without a needless write', async () => {
    await variant('v1');
    await world.settle();
    await variant('v1', { name: 'Newer' });
    target.during = async () => {
      target.during = undefined;
      await see('v1');
    };
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1', 'update variant v1 name']);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync' });
    target.edit('variant', 'v1', { name: 'Somebody' });
    expect(await see('v1')).toEqual([{ externalId: 'x1', result: 'drift' }]);
  });

  it('is unknown when the hub has no such record', async () => {
    target.add('variant', { sku: 'other', name: 'Theirs' });
    expect(await see('other')).toEqual([{ externalId: 'x1', result: 'unknown' }]);
  });
});

describe('a flow', () => {
  it('that is paused sends nothing and goes on with the newest state when it is resumed', async () => {
    await world.flows.pauseFlow('products-to-shop');
    await variant('v1');
    await world.settle();
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'paused', reason: 'Somebody paused the flow.' });
    await variant('v1', { name: 'Newest' });
    await world.settle();
    expect(target.calls).toBe(0);
    await world.flows.resumeFlow('products-to-shop');
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1']);
    expect(target.record('variant', 'v1')?.document['name']).toBe('Newest');
  });

  it('that is enabled late enrols the records that the hub holds already', async () => {
    await world.database.query(`update flow set state = 'DISABLED' where key = 'products-to-shop'`);
    await variant('v1');
    await world.settle();
    expect(await world.row('variant', 'v1')).toBeUndefined();
    expect(await world.flows.enableFlow('products-to-shop')).toBe(1);
    await world.configuration.reload();
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1']);
  });

  it('that does not create looks for the record and leaves it out when it is not there', async () => {
    await world.database.query(`update flow set settings = '{"createMissing": false}' where key = 'products-to-shop'`);
    await world.configuration.reload();
    target.add('variant', { sku: 'v1', name: 'Theirs' });
    await variant('v1');
    await variant('v2');
    await world.settle();
    expect(target.ledger).toEqual(['update variant v1 name,price']);
    expect(await world.row('variant', 'v2')).toMatchObject({ state: 'excluded' });
  });

  it('that is not known cannot be told anything', async () => {
    await expect(world.flows.pauseFlow('nothing')).rejects.toMatchObject({ code: 'FLOW_UNKNOWN' });
  });
});
