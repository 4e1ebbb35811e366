/** Lost answers and records that the target has already: never a second one, and never an older write over a newer one. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { observe, type Observation } from '../../src/store/projection-observe.js';
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

describe('the doubt about a write', () => {
  it('is told to the target with the next write, from its planning on, until the target has answered', async () => {
    const answers = ['written', 'dropped', 'dropped', 'written', 'refused', 'unreachable', 'written'] as const;
    const doubts: (Date | undefined)[] = [];
    const planned: number[] = [];
    target.answer = (request, _, n) => {
      doubts.push(request.doubtedSince);
      planned.push(Date.now());
      return answers[n - 1] ?? 'written';
    };
    await variant('v1');
    await world.settle();
    for (const name of ['A', 'B', 'C', 'D']) {
      await variant('v1', { name });
      for (let round = 0; round < 4; round++) {
        await world.settle();
        await world.passTime();
      }
    }
    expect(doubts.map((since) => since !== undefined)).toEqual([false, false, true, true, false, false, false, false]);
    const [, first = 0] = planned;
    for (const since of doubts.slice(2, 4)) expect(Math.abs((since?.getTime() ?? 0) - first)).toBeLessThan(5_000);
  });
});

describe('an answer that comes after another worker has taken the row over', () => {
  it('leaves alone the reference that the other one has stored', async () => {
    await variant('v1');
    const other = world.projector();
    target.during = async () => {
      target.during = undefined;
      target.remove('variant', 'v1');
      target.add('variant', { sku: 'v1', name: 'Made anew by a person' });
      await world.passTime();
      await world.settle(other);
    };
    await world.settle();
    const references = await world.database.query(
      `select external_id from external_reference where system = 'shop' and canonical_id = 'v1'`,
    );
    expect(references).toEqual([{ external_id: 'x2' }]);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync', external_id: 'x2' });
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

describe('what our write replaces, put back by somebody before its answer is stored', () => {
  const show = (shown: Omit<Observation, 'system'>): Promise<unknown> =>
    world.database.tx((tx) => observe(tx, [{ system: 'shop', ...shown }]));
  const whileSending = (work: () => Promise<unknown>): void => {
    target.during = async () => {
      target.during = undefined;
      await work();
    };
  };

  it('is put right, although the target shows it while the write is under way', async () => {
    await variant('v1');
    await world.settle();
    const { name = null } = target.record('variant', 'v1')!.document;
    await variant('v1', { name: 'Newer' });
    whileSending(() => {
      target.edit('variant', 'v1', { name });
      const { externalId, document } = target.record('variant', 'v1')!;
      return show({ record: 'variant', entity: 'product', externalId, document });
    });
    await world.settle();
    expect(target.record('variant', 'v1')?.document).toMatchObject({ name: 'Newer' });
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync' });
  });

  it('is put right in a row of stock as well', async () => {
    await variant('v1', { tracks_stock: true });
    await world.put('stock_location', 'l1', { code: '1', name: 'A' });
    await world.put('stock_level', 's1', { variant_id: 'v1', location_id: 'l1', on_hand: '5' });
    await world.settle();
    await world.put('stock_level', 's1', { variant_id: 'v1', location_id: 'l1', on_hand: '3' });
    whileSending(async () => {
      const { externalId } = target.record('stock', 'v1')!;
      const row = (warehouseCode: string, onHand: string): Promise<unknown> => {
        const parts = [{ list: 'levels', key: 'warehouseCode', item: { warehouseCode, onHand } }];
        return show({ record: 'stock_row', entity: 'stock_level', externalId, document: {}, parts });
      };
      await row('OTHER', '77');
      const marked = `select from projection where drifted <> '{}'`;
      expect(await world.database.query(marked)).toEqual([]);
      target.edit('stock', 'v1', { levels: [{ warehouseCode: 'MAIN', onHand: '5' }] });
      await row('MAIN', '5');
    });
    await world.settle();
    expect(target.record('stock', 'v1')?.document['levels']).toEqual([{ warehouseCode: 'MAIN', onHand: '3' }]);
  });
});
