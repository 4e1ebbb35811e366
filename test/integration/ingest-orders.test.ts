import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { testFlow } from './ingest-system.js';
import { openTwoWayHub, order, type TwoWayHub } from './two-way-hub.js';

let hub: TwoWayHub;
beforeEach(async () => {
  hub = await openTwoWayHub();
});
afterEach(() => hub.close());

describe('an order', () => {
  it('gets the same id again when its reference is lost, and is updated instead of made anew', async () => {
    await hub.take('orders', [{ id: 't1', document: order() }]);
    const { id } = await hub.one('sales_order');
    await hub.database.query('delete from external_reference');
    await hub.take('orders', [{ id: 't1', document: order({ note: 'again' }) }]);
    expect(await hub.database.query('select id, note from sales_order')).toEqual([{ id, note: 'again' }]);
  });

  it('is moved on by the other system, and back only by the one that it came from', async () => {
    await hub.take('orders', [{ id: 't1', document: order({ fulfillmentStatus: 'UNFULFILLED' }) }]);
    const hubId = String((await hub.one('sales_order'))['id']);
    await hub.send('order', hubId);
    await hub.acknowledge('order', hubId, 's1', order({ fulfillmentStatus: 'UNFULFILLED' }));
    const say = (fulfillmentStatus: string) =>
      hub.take('orders', [{ id: 's1', document: order({ hubId, fulfillmentStatus }) }], 'shop');
    const now = async () => (await hub.one('sales_order'))['fulfillment_status'];
    await say('FULFILLED');
    expect(await now()).toBe('FULFILLED');
    await say('PARTIALLY_FULFILLED');
    expect(await now()).toBe('FULFILLED');
    await hub.take('orders', [{ id: 't1', document: order({ fulfillmentStatus: 'UNFULFILLED', note: 'x' }) }]);
    expect(await now()).toBe('FULFILLED');
    await hub.take('orders', [{ id: 't1', document: order({ fulfillmentStatus: 'RETURNED' }) }]);
    await hub.take('orders', [{ id: 't1', document: order({ fulfillmentStatus: 'UNFULFILLED' }) }]);
    expect(await now()).toBe('UNFULFILLED');
  });

  it('to which a write begins while what people changed is read is read again when that is over', async () => {
    await hub.take('orders', [{ id: 't1', document: order({ fulfillmentStatus: 'UNFULFILLED' }) }]);
    const hubId = String((await hub.one('sales_order'))['id']);
    await hub.send('order', hubId);
    await hub.acknowledge('order', hubId, 's1', order({ fulfillmentStatus: 'UNFULFILLED' }));
    const found = async () => [await hub.count('deferred_change'), (await hub.one('sales_order'))['fulfillment_status']]; // prettier-ignore
    hub.observations.set('s1', 'under_way');
    await hub.take('orders', [{ id: 's1', document: order({ hubId, fulfillmentStatus: 'FULFILLED' }) }], 'shop');
    expect(await found()).toEqual([1, 'UNFULFILLED']);
    hub.observations.set('s1', 'echo');
    await hub.takeUp('shop');
    expect(await found()).toEqual([0, 'FULFILLED']);
  });

  it('has the payments of both systems', async () => {
    await hub.take('orders', [{ id: 't1', document: order({ payments: [{ key: 'till:1', amount: '5' }] }) }]);
    const hubId = String((await hub.one('sales_order'))['id']);
    const payments = [
      { key: 'till:1', amount: '9' },
      { key: 'shop:1', amount: '5' },
    ];
    await hub.take('orders', [{ id: 's1', document: order({ hubId, payments }) }], 'shop');
    expect((await hub.one('sales_order'))['payments']).toEqual([
      { key: 'till:1', amount: '5' },
      { key: 'shop:1', amount: '5' },
    ]);
  });

  it('is unpaid when its last payment is taken out, and keeps those that the other system has booked', async () => {
    const paid = { totalIncl: '10', paymentStatus: 'PAID', payments: [{ key: 'till:1', amount: '10' }] };
    await hub.take('orders', [{ id: 't1', document: order(paid) }]);
    const hubId = String((await hub.one('sales_order'))['id']);
    const none = { totalIncl: '10', paymentStatus: 'UNPAID', cleared: ['payments'] };
    await hub.take('orders', [{ id: 's1', document: order({ hubId, ...none }) }], 'shop');
    expect(await hub.one('sales_order')).toMatchObject({ payment_status: 'PAID', payments: paid.payments });
    await hub.take('orders', [{ id: 't1', document: order(none) }]);
    expect(await hub.one('sales_order')).toMatchObject({ payment_status: 'UNPAID', payments: [] });
  });

  it('does not get a payment back that one system has taken out, whatever the other one says of the order', async () => {
    const first = { key: 'till:1', amount: '5' };
    await hub.take('orders', [{ id: 't1', document: order({ totalIncl: '10', payments: [first] }) }]);
    const hubId = String((await hub.one('sales_order'))['id']);
    await hub.send('order', hubId);
    await hub.acknowledge('order', hubId, 's1', order({ totalIncl: '10', payments: [first] }));
    await hub.take('orders', [{ id: 't1', document: order({ totalIncl: '10', cleared: ['payments'] }) }]);
    const says = (fields: object) => hub.take('orders', [{ id: 's1', document: order({ hubId, totalIncl: '10', ...fields }) }], 'shop'); // prettier-ignore
    await says({ payments: [first], fulfillmentStatus: 'FULFILLED' });
    expect(await hub.one('sales_order')).toMatchObject({ payments: [], fulfillment_status: 'FULFILLED' });
    const second = { key: 'shop:1', amount: '3' };
    await says({ payments: [first, second] });
    expect(await hub.one('sales_order')).toMatchObject({ payments: [second], payment_status: 'PARTIALLY_PAID' });
    await says({ payments: [second] });
    expect(await hub.one('sales_order')).toMatchObject({ payments: [second], payment_status: 'PARTIALLY_PAID' });
  });

  it('that was made long before its answer was known has what people have done with it since', async () => {
    const sent = order({ payments: [{ key: 'till:1', amount: '5' }], fulfillmentStatus: 'UNFULFILLED' });
    await hub.take('orders', [{ id: 't1', document: sent }]);
    const hubId = String((await hub.one('sales_order'))['id']);
    await hub.send('order', hubId);
    const found = {
      ...sent,
      hubId,
      fulfillmentStatus: 'FULFILLED',
      payments: [
        { key: 'till:1', amount: '5' },
        { key: 'shop:1', amount: '3' },
      ],
    };
    await hub.acknowledge('order', hubId, 's1', found, { changed: null, before: null, sent });
    await hub.take('orders', [{ id: 's1', document: found }], 'shop');
    const now = await hub.one('sales_order');
    expect(now['fulfillment_status']).toBe('FULFILLED');
    expect(now['payments']).toEqual([
      { key: 'till:1', amount: '5' },
      { key: 'shop:1', amount: '3' },
    ]);
  });

  it('of a type, or from a time, that no flow takes is excluded with a sentence, unless the hub has it already', async () => {
    await hub.take('orders', [{ id: 't0', document: order() }]);
    hub.configuration.flows = [testFlow('till', 'shop', 'order', 20, { startFrom: '2026-04-01T00:00:00Z' })];
    await hub.take('orders', [
      { id: 't0', document: order({ note: 'known' }) },
      { id: 't1', document: order() },
      { id: 't2', document: order({ placedAt: '2026-04-01T00:00:00Z' }) },
      { id: 't3', document: order({ placedAt: '2026-05-01T00:00:00Z', type: 'INVOICE', number: 'F-3' }) },
    ]);
    expect(await hub.count('sales_order')).toBe(2);
    expect(await hub.one('sales_order')).toMatchObject({ note: 'known' });
    const reasons = await hub.database.query(
      `select external_id, message, detail from journal where step = 'excluded' order by 1`,
    );
    expect(reasons).toEqual([
      {
        external_id: 't1',
        message:
          'It was placed at 2026-03-01T10:00:00.000Z; orders are taken that were placed from 2026-04-01T00:00:00Z on.',
        detail: null,
      },
      { external_id: 't3', message: 'No invoices are taken over from till.', detail: { called: 'F-3' } },
    ]);
  });
});
