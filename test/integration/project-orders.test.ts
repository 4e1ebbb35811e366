/** Orders: they wait for exactly what the target lacks, add up to the cent, and go back to where they came from only in part. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document, Json } from '../../src/base/document.js';
import { observe } from '../../src/store/projection-observe.js';
import { awaitedReference, releaseWaits } from '../../src/store/projection-waits.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
});
afterEach(() => world.close());

const line = (key: string, fields: Document = {}): Document => ({
  key,
  kind: 'PRODUCT',
  quantity: '1',
  unitPrice: '10',
  taxRate: '21',
  ...fields,
});
const base = { placed_at: '2025-03-01T10:00:00Z', currency: 'EUR', customer_id: null };
const order = (id: string, fields: Document = {}): Promise<void> => world.put('order', id, { ...base, ...fields });
const variant = (id: string): Promise<void> => world.put('variant', id, { product_id: 'p', sku: id, name: id });
const documentOf = (id: string): Document => target.record('order', id)?.document ?? {};

describe('an order', () => {
  it('waits for exactly the variants that the target lacks, and goes when they are acknowledged', async () => {
    await world.addFlow('order');
    await variant('v1');
    await order('waits', { lines: [line('a', { variant: 'v1' }), line('b', { variant: 'v2' })] });
    await order('goes', { lines: [line('a', { variant: 'v1' })] });
    await world.settle();
    expect(await world.row('order', 'waits')).toMatchObject({
      state: 'waiting_for',
      reason: 'It waits for another record.',
    });
    expect(documentOf('goes')['lines']).toMatchObject([{ sku: 'v1' }]);
    await variant('v2');
    await world.settle();
    expect(target.ledger.slice(-2)).toEqual(['create variant v2', 'create order waits']);
  });

  it('that waits is not looked at again until then', async () => {
    await world.addFlow('order');
    await order('waits', { lines: [line('b', { variant: 'v2' })] });
    await world.settle();
    const epoch = (): Promise<unknown> =>
      world.database.query(`select next_at, since from projection where canonical_id = 'waits'`);
    const before = await epoch();
    expect(before).toMatchObject([{ next_at: null }]);
    await variant('v1');
    await world.settle();
    expect(await epoch()).toEqual(before);
  });

  it('goes when the target itself shows what it waited for', async () => {
    await world.addFlow('order');
    await order('waits', { lines: [line('b', { variant: 'v2' })] });
    await world.settle();
    await world.database.tx(async (tx) => {
      await tx.query(
        `insert into external_reference (system, entity, external_id, canonical_id, natural_key, origin)
         values ('shop', 'variant', '77', 'v2', 'SKU-2', 'INGESTED')`,
      );
      expect(await releaseWaits(tx, 'shop', [awaitedReference('shop', 'variant', 'v2')])).toBe(1);
    });
    await world.settle();
    expect(documentOf('waits')['lines']).toMatchObject([{ sku: 'SKU-2' }]);
  });

  it('is not released by an id that is only reserved for a natural key', async () => {
    await world.addFlow('order');
    await world.database.query(
      `insert into external_reference (system, entity, external_id, canonical_id, natural_key, origin)
       values ('shop', 'variant', 'key:V2', 'v2', 'V2', 'MENTIONED')`,
    );
    await order('waits', { lines: [line('b', { variant: 'v2' })] });
    await world.settle();
    expect(await world.row('order', 'waits')).toMatchObject({ state: 'waiting_for' });
  });

  it('goes when a part of a written record is what it waited for', async () => {
    await world.addFlow('order');
    await order('waits', { lines: [line('b', { variant: 'v2' })] });
    await world.settle();
    target.parts = (entity) =>
      entity === 'product' ? [{ entity: 'variant', canonicalId: 'v2', externalId: '501', key: 'SKU-501' }] : [];
    await world.put('product', 'p2', { code: 'p2', name: 'Shirt', type: 'CONFIGURABLE' });
    await world.settle();
    expect(documentOf('waits')['lines']).toMatchObject([{ sku: 'SKU-501' }]);
  });

  it('exists already when the target has its mark', async () => {
    await world.addFlow('order');
    target.add('order', { mark: 'o1', status: 'OPEN', payment: 'UNPAID', channel: 'web', silent: false });
    await order('o1', { lines: [] });
    await world.settle();
    expect(target.ledger).toEqual([]);
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'in_sync', external_id: 'x1' });
  });

  it('is silent when it was placed before the flow went live', async () => {
    await world.addFlow('order', { liveFrom: '2025-03-01T00:00:00Z' });
    await order('before', { placed_at: '2025-02-28T23:59:59Z' });
    await order('after');
    await world.settle();
    expect([documentOf('before')['silent'], documentOf('after')['silent']]).toEqual([true, false]);
  });

  it('counts values that no list knows, once per write, although a default stands in', async () => {
    await world.addFlow('order');
    await order('o1', { payment_method: 'BITCOIN' });
    await world.settle();
    await order('o1', { payment_method: 'BITCOIN' });
    await world.settle();
    expect(documentOf('o1')['pays']).toBe('other');
    expect(await world.database.query('select value_list, value, count from unmapped_value')).toEqual([
      { value_list: 'pays', value: 'BITCOIN', count: '1' },
    ]);
  });
});

describe('the totals of an order', () => {
  const three = [line('a', { quantity: '3', unitPrice: '3.333' })];

  it('agree in the target, with shipping costs as an amount of their own', async () => {
    await world.addFlow('order');
    const shipping = line('s', { kind: 'SHIPPING', unitPrice: '4.95' });
    await order('o1', { lines: [line('a'), shipping], total_incl: '14.95' });
    await world.settle();
    expect(documentOf('o1')).toMatchObject({ shipping: '4.95', lines: [{ price: '10', discount: '0' }] });
  });

  it('are made to agree over prices and discounts', async () => {
    await world.addFlow('order');
    await order('o1', { lines: three, total_incl: '10' });
    await world.settle();
    const [sent] = documentOf('o1')['lines'] as readonly Document[];
    const cents = (value: Json | undefined): number => Math.round(Number(value) * 100);
    expect(cents(sent?.['price']) * 3 - cents(sent?.['discount'])).toBe(1_000);
  });

  it('that cannot agree park the order with the calculation', async () => {
    await world.addFlow('order');
    await order('o1', { lines: [line('a')], total_incl: '99' });
    await order('o2', { lines: [line('a')], total_incl: '10' });
    await world.settle();
    expect(target.ledger).toEqual(['create order o2']);
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'parked', reason_code: 'TOTALS_DIFFER' });
    const [problem] = await world.database.query<{ payload: { trace: string[] } }>('select payload from parked');
    expect(problem?.payload.trace.join(' ')).toContain('99.00');
    const [step] = await world.database.query<{ detail: { trace: string[] } }>(
      `select detail from journal where canonical_id = 'o1' and step = 'parked'`,
    );
    expect(step?.detail.trace).toEqual(problem?.payload.trace);
  });

  it('are nothing to compare when none are stated', async () => {
    await world.addFlow('order');
    await order('o1', { lines: three });
    await world.settle();
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'in_sync' });
  });
});

describe('an order that the target gave', () => {
  const known = { system: 'shop', externalId: 'x1' };
  const theirs = { ...base, status: 'OPEN', lines: [line('a', { variant: 'nobody-knows' })], total_incl: '99' };
  const seen = async (fields: Document = {}, provenance: Readonly<Record<string, string>> = {}): Promise<void> => {
    await world.put('order', 'o1', { ...theirs, ...fields }, { provenance: { '*': 'shop', ...provenance }, known });
    await world.put('order', 'o1', { ...theirs, ...fields }, { provenance: { '*': 'shop', ...provenance } });
  };
  beforeEach(async () => {
    await world.addFlow('order');
    target.add('order', { mark: 'theirs', status: 'OPEN', channel: 'phone', customerId: '5', payment: 'UNPAID' });
  });

  it('is adopted without a write, whatever it says', async () => {
    await seen();
    await world.settle();
    expect(target.calls).toBe(0);
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'in_sync', external_id: 'x1' });
    const [row] = await world.database.query(`select wanted from projection where canonical_id = 'o1'`);
    expect(row?.['wanted']).toMatchObject({ status: 'OPEN', payment: 'UNPAID' });
  });

  it('is told only what others have stated: a status, no constants, no lines', async () => {
    await seen();
    await world.settle();
    await seen({ status: 'COMPLETED' }, { status: 'till' });
    await world.settle();
    expect(target.ledger).toEqual(['update order theirs status'.replace('theirs', 'o1')]);
    expect(target.record('order', 'theirs')?.document).toMatchObject({
      status: 'COMPLETED',
      channel: 'phone',
      customerId: '5',
    });
  });

  it('is not told again what it has stated itself since', async () => {
    await seen();
    await world.settle();
    await seen({ payment_status: 'PAID' }, { paymentStatus: 'till' });
    await world.settle();
    target.edit('order', 'theirs', { payment: 'REFUNDED' });
    const { document = {} } = target.record('order', 'theirs') ?? {};
    const shown = { system: 'shop', record: 'order', entity: 'order', externalId: 'x1', document } as const;
    await world.database.tx((tx) => observe(tx, [shown]));
    await seen({ payment_status: 'REFUNDED' }, { paymentStatus: 'shop' });
    await world.settle();
    expect(target.ledger).toEqual(['update order o1 payment']);
  });

  it('is not made again after it is gone there', async () => {
    await seen();
    await world.settle();
    target.remove('order', 'theirs');
    await seen({ payment_status: 'PAID' }, { paymentStatus: 'till' });
    await world.settle();
    expect(target.ledger).toEqual([]);
    expect(await world.row('order', 'o1')).toMatchObject({ state: 'excluded' });
  });
});

describe('what a write makes the target say', () => {
  const shown: unknown[] = [];
  let acknowledged = 0;
  const settle = async (): Promise<void> => {
    await world.settle(
      world.projector({
        shown: (writes) => shown.push(...writes.map(({ record, changed, before }) => ({ record, changed, before }))),
        acknowledged: () => acknowledged++,
      }),
    );
  };
  beforeEach(async () => {
    shown.length = 0;
    acknowledged = 0;
    await world.addFlow('order');
    await order('o1', { status: 'OPEN' });
    await settle();
  });

  it('is remembered with what was sent and what was there before', async () => {
    await order('o1', { status: 'COMPLETED' });
    await settle();
    expect(shown).toMatchObject([
      { record: 'order', changed: null, before: null },
      { record: 'order', changed: ['status'], before: { status: 'OPEN' } },
    ]);
    expect(acknowledged).toBe(2);
  });

  for (const answer of ['lost', 'dropped'] as const) {
    it(`is ${answer === 'lost' ? '' : 'not '}remembered when the answer was lost and the update was ${answer === 'lost' ? '' : 'not '}applied`, async () => {
      shown.length = 0;
      target.answer = (_, __, n) => (n === 2 ? answer : 'written');
      await order('o1', { status: 'COMPLETED' });
      await settle();
      await order('o1', { status: 'CANCELLED' });
      await world.passTime();
      await settle();
      const last = {
        record: 'order',
        changed: ['status'],
        before: { status: answer === 'lost' ? 'COMPLETED' : 'OPEN' },
      };
      const lost = { record: 'order', changed: ['status'], before: { status: 'OPEN' } };
      expect(shown).toMatchObject(answer === 'lost' ? [lost, last] : [last]);
    });
  }

  it('is not remembered of a record that was only linked', async () => {
    shown.length = 0;
    target.add('order', { mark: 'o2', status: 'OPEN', payment: 'UNPAID', channel: 'web', silent: false });
    await order('o2', { status: 'OPEN', lines: [] });
    await settle();
    expect(await world.row('order', 'o2')).toMatchObject({ state: 'in_sync' });
    expect(shown).toEqual([]);
  });
});
