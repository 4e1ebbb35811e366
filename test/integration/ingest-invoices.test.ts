/** Invoices that name orders, credit notes that name invoices: the links hold whichever of the two is read first. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { openTwoWayHub, order, type TwoWayHub } from './two-way-hub.js';
import { testFlow } from './ingest-system.js';

let hub: TwoWayHub;
beforeEach(async () => {
  hub = await openTwoWayHub();
  const types = { order: { types: ['ORDER', 'INVOICE', 'CREDIT_NOTE'] } };
  hub.configuration.flows = [testFlow('till', 'shop', 'order', 20, types), testFlow('shop', 'till', 'order')];
});
afterEach(() => hub.close());

const invoice = (more: Document): Document => order({ type: 'INVOICE', ...more });
async function idOf(system: string, externalId: string): Promise<string> {
  const [row] = await hub.database.query<{ id: string }>(
    `select canonical_id as id from external_reference where system = $1 and external_id = $2`,
    [system, externalId],
  );
  return row?.id ?? '';
}
async function settledBy(externalId: string): Promise<unknown> {
  const id = await idOf('till', externalId);
  return (await hub.database.query('select settles from sales_order where id = $1', [id]))[0]?.['settles'];
}

describe('an invoice', () => {
  it('names its order before and after the order itself is read', async () => {
    await hub.take('orders', [{ id: 'i1', document: invoice({ settles: ['t1'] }) }]);
    await hub.take('orders', [{ id: 't1', document: order() }]);
    await hub.take('orders', [{ id: 'i2', document: invoice({ settles: ['t1'] }) }]);
    const t1 = await idOf('till', 't1');
    expect([await settledBy('i1'), await settledBy('i2')]).toEqual([[t1], [t1]]);
    expect(await hub.count('sales_order')).toBe(3);
  });

  it('names an order of the other system by its mark, although the answer to the write was lost', async () => {
    await hub.take('orders', [{ id: 's1', document: order() }], 'shop');
    const s1 = await idOf('shop', 's1');
    await hub.take('orders', [{ id: 'i1', document: invoice({ settles: ['t1'], settlesMarked: [s1, 'W-1'] }) }]);
    expect(await settledBy('i1')).toContain(s1);
    await hub.take('orders', [{ id: 't1', document: order({ hubId: s1 }) }]);
    expect(await settledBy('i1')).toEqual([s1]);
    expect(await hub.count('sales_order')).toBe(2);
  });
});

describe('an order that no flow takes', () => {
  it('is taken as it is once a flow takes it, although an invoice named it before', async () => {
    const taking = (...types: string[]) => [testFlow('till', 'shop', 'order', 20, { order: { types } })];
    hub.configuration.flows = taking('INVOICE');
    await hub.take('orders', [{ id: 'i1', document: invoice({ settles: ['t1'] }) }]);
    await hub.take('orders', [{ id: 't1', document: order() }]);
    expect(await hub.count('sales_order')).toBe(1);
    hub.configuration.flows = taking('ORDER', 'INVOICE');
    await hub.take('orders', [{ id: 't1', document: order() }]);
    expect(await settledBy('i1')).toEqual([await idOf('till', 't1')]);
    expect(await hub.count('sales_order')).toBe(2);
  });
});

describe('a credit note', () => {
  it('names what it takes back', async () => {
    await hub.take('orders', [
      { id: 'c1', document: order({ type: 'CREDIT_NOTE', credits: 'i1' }) },
      { id: 'i1', document: invoice({}) },
    ]);
    const [row] = await hub.database.query(`select credits_id from sales_order where type = 'CREDIT_NOTE'`);
    expect(row).toEqual({ credits_id: await idOf('till', 'i1') });
  });
});
