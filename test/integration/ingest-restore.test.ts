/** A hub whose database is older than what it has written: copies of records come before the records that they are copies of. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { derivedId } from '../../src/base/ids.js';
import { testFlow } from './ingest-system.js';
import { openTwoWayHub, order, type TwoWayHub } from './two-way-hub.js';

let hub: TwoWayHub;
beforeEach(async () => {
  hub = await openTwoWayHub();
});
afterEach(() => hub.close());

const ann: Document = { fullName: 'Ann Smit', email: 'ann@example.com' };
const ofShop = (entity: 'customer' | 'order', id: string): string => derivedId(entity, 'shop', id);
const problems = (): Promise<readonly Record<string, unknown>[]> =>
  hub.database.query('select id, code, status, external_id from parked order by external_id');
const references = (entity: string): Promise<readonly Record<string, unknown>[]> =>
  hub.database.query(
    'select system, external_id, canonical_id from external_reference where entity = $1 order by system',
    [entity],
  );

describe('a record with a mark that the hub does not know', () => {
  it.each([
    ['order', 'orders', 'sales_order', order()],
    ['customer', 'customers', 'customer', ann],
  ] as const)(
    'waits as a problem until its %s is read, and then is that one',
    async (entity, stream, table, document) => {
      const mark = ofShop(entity, 's1');
      await hub.take(stream, [{ id: 'm1', document: { ...document, hubId: mark } }]);
      expect(await hub.count(table)).toBe(0);
      expect(await problems()).toMatchObject([{ code: 'MARK_UNKNOWN', status: 'OPEN', external_id: 'm1' }]);
      await hub.takeUp('till');
      expect(await problems()).toMatchObject([{ status: 'OPEN' }]);

      await hub.take(stream, [{ id: 's1', document }], 'shop');
      await hub.takeUp('till');
      expect(await hub.count(table)).toBe(1);
      expect(await references(entity)).toEqual([
        { system: 'shop', external_id: 's1', canonical_id: mark },
        { system: 'till', external_id: 'm1', canonical_id: mark },
      ]);
      expect(await problems()).toMatchObject([{ status: 'RESOLVED' }]);
    },
  );

  it('waits also while the flow that writes to its system has not been started yet', async () => {
    const mark = ofShop('customer', 's1');
    const { flows } = hub.configuration;
    hub.configuration.flows = flows.map((flow) => (flow.target === 'till' ? { ...flow, isInUse: false } : flow));
    await hub.take('customers', [{ id: 'm1', document: { ...ann, hubId: mark } }]);
    expect(await problems()).toMatchObject([{ code: 'MARK_UNKNOWN', status: 'OPEN', external_id: 'm1' }]);
    hub.configuration.flows = flows;
    await hub.take('customers', [{ id: 's1', document: ann }], 'shop');
    await hub.takeUp('till');
    expect(await hub.count('customer')).toBe(1);
    expect(await problems()).toMatchObject([{ status: 'RESOLVED' }]);
  });

  it('is what a customer of an order turns out to be, although the order came first', async () => {
    const mark = ofShop('customer', 's1');
    await hub.take('orders', [{ id: 'o1', document: order({ customer: 'm1' }) }]);
    await hub.take('customers', [{ id: 'm1', document: { ...ann, hubId: mark } }]);
    await hub.take('customers', [{ id: 's1', document: ann }], 'shop');
    await hub.takeUp('till');
    expect(await hub.count('customer')).toBe(1);
    expect(await hub.one('sales_order')).toMatchObject({ customer_id: mark });
  });

  it('is a second copy when the first one is known by then', async () => {
    const mark = ofShop('order', 's1');
    for (const id of ['m1', 'm2']) await hub.take('orders', [{ id, document: order({ hubId: mark }) }]);
    await hub.take('orders', [{ id: 's1', document: order() }], 'shop');
    await hub.takeUp('till');
    expect(await hub.count('sales_order')).toBe(1);
    expect(await problems()).toMatchObject([{ status: 'RESOLVED' }, { code: 'DUPLICATE_IN_SYSTEM', status: 'OPEN' }]);
  });

  it('waits for the outcome when the hub is just writing that record, and nothing of it is tried again and again', async () => {
    const mark = derivedId('order', 'till', 't1');
    await hub.take('orders', [{ id: 's1', document: order({ hubId: mark }) }], 'shop');
    await hub.take('orders', [{ id: 't1', document: order() }]);
    await hub.send('order', mark);
    await hub.takeUp('shop');
    await hub.takeUp('shop');
    const deferred = await hub.database.query(`select outcome from journal where outcome = 'deferred'`);
    expect(deferred).toHaveLength(1);
    await hub.acknowledge('order', mark, 's1', order());
    await hub.takeUp('shop');
    expect(await hub.count('sales_order')).toBe(1);
    expect(await problems()).toMatchObject([{ status: 'RESOLVED' }]);
  });

  it('becomes a record of its own only when a person says so', async () => {
    await hub.take('orders', [{ id: 's1', document: order({ hubId: `ord_${'0'.repeat(26)}` }) }], 'shop');
    const ids = (await problems()).map(({ id }) => String(id));
    expect(await hub.replayParked(ids)).toMatchObject([{ result: 'parked' }]);
    expect(await hub.count('sales_order')).toBe(0);
    expect(await hub.replayParked(ids, { asOwn: true })).toMatchObject([{ result: 'resolved' }]);
    expect(await hub.one('sales_order')).toMatchObject({ id: ofShop('order', 's1') });
    await hub.take(
      'orders',
      [{ id: 's1', document: order({ hubId: `ord_${'0'.repeat(26)}`, note: 'edited' }) }],
      'shop',
    );
    expect(await hub.one('sales_order')).toMatchObject({ note: 'edited' });
  });

  it('is new when the mark is its own, or when nothing is written to its system', async () => {
    await hub.take('orders', [{ id: 's1', document: order({ hubId: ofShop('order', 's1') }) }], 'shop');
    hub.configuration.flows = [testFlow('shop', 'till', 'order')];
    await hub.take('orders', [{ id: 's2', document: order({ hubId: ofShop('order', 's0') }) }], 'shop');
    expect(await hub.count('sales_order')).toBe(2);
    expect(await problems()).toEqual([]);
  });
});
