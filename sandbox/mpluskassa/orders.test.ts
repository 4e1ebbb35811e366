import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { openTestShop, orderFor, stockArticles, stockIn, type TestShop } from './test-shop.js';

let test: TestShop;
let article: string;
beforeEach(() => {
  test = openTestShop();
  article = stockArticles(test)[0] ?? '';
  test.call('setStock', { request: { branchNumber: 2, articleNumber: article, amount: '10', decimalPlaces: 0 } });
});
afterEach(() => test.close());

const create = (extOrderId: string, quantity = '2'): Document =>
  test.call('createOrderV2', { request: { order: orderFor(extOrderId, [[article, quantity]]) } });
const orderOf = (answer: Document): Document => answer['order'] as Document;
const find = (extOrderId: string): Document => orderOf(test.call('findOrder', { extOrderId }));
const amounts = (): Record<string, unknown> => {
  const { amountFree, amountReserved } = stockIn(test, article);
  return { free: amountFree, reserved: amountReserved };
};

describe('creating orders', () => {
  it('calculates totals and VAT itself', () => {
    const priceIncl = BigInt(test.shop.articles.get(article)?.priceIncl ?? '0');
    const order = orderOf(create('W-1', '3'));
    expect(order['totalInclAmount']).toBe(String(priceIncl * 3n));
    const groups = order['vatGroupList'] as Document[];
    const vat = groups.reduce((sum, group) => sum + BigInt(String(group['vatAmount'])), 0n);
    expect(BigInt(String(order['totalExclAmount'])) + vat).toBe(priceIncl * 3n);
  });

  it('never uses an extOrderId twice, not even after a cancellation', () => {
    const orderId = String(orderOf(create('W-1'))['orderId']);
    expect(test.call('cancelOrder', { orderId })['result']).toBe('CANCEL-ORDER-RESULT-OK');
    expect(create('W-1')['result']).toBe('CREATE-ORDER-RESULT-EXT-ORDER-ID-ALREADY-EXISTS');
  });

  it.each([
    ['relation', { relationNumber: '99999' }, /Relation 99999/],
    ['employee', { employeeNumber: '77' }, /Employee 77/],
    ['branch', { financialBranchNumber: 8 }, /Branch 8/],
    ['workplace of another entry branch', { entryBranchNumber: 2 }, /workplaceNumber/],
    ['delivery method', { deliveryMethod: 'DRONE' }, /Delivery method DRONE does not exist/],
    ['delivery method that is in use', { deliveryMethod: 'FIETS' }, /Delivery method FIETS is not in use/],
    ['extOrderId', { extOrderId: '' }, /extOrderId/],
  ])('refuses an order without a usable %s and changes nothing', (_, wrong, message) => {
    const before = amounts();
    const answer = test.call('createOrder', { order: { ...orderFor('W-2', [[article, '1']]), ...wrong } });
    expect(answer['result']).toBe('CREATE-ORDER-RESULT-FAILED');
    expect(answer['errorMessage']).toMatch(message);
    expect(amounts()).toEqual(before);
  });

  it('executes a request with an idempotency key once and replays the answer', () => {
    const request = { idempotencyKey: 'k-1', order: orderFor('W-3', [[article, '4']]) };
    const first = test.call('createOrderV3', { request });
    const second = test.call('createOrderV3', { request });
    expect(first['idempotencyResult']).toBe('IDEMPOTENCY-RESULT-ORIGINAL-RESPONSE');
    expect(second).toEqual({ ...first, idempotencyResult: 'IDEMPOTENCY-RESULT-REPLAY-RESPONSE' });
    expect(amounts()).toEqual({ free: '6', reserved: '4' });
    test = test.reopen();
    expect(test.call('createOrderV3', { request })['idempotencyResult']).toMatch(/REPLAY/);
  });
});

describe('optimistic locking', () => {
  it('refuses who saves over a newer order, and says when nothing changed', () => {
    create('W-1');
    const mine = find('W-1');
    const theirs = find('W-1');
    const save = (order: Document): unknown => test.call('updateOrder', { order })['result'];
    expect(save({ ...mine, reference: 'first' })).toBe('UPDATE-ORDER-RESULT-OK');
    expect(save({ ...theirs, reference: 'second' })).toBe('UPDATE-ORDER-RESULT-ORDER-HAS-CHANGED');
    expect(save(find('W-1'))).toBe('UPDATE-ORDER-RESULT-NO-CHANGES');
  });

  it('takes an order that is sent back as it was read for unchanged', () => {
    create('W-1');
    expect(test.call('updateOrder', { order: find('W-1') })['result']).toBe('UPDATE-ORDER-RESULT-NO-CHANGES');
    expect(find('W-1')).toMatchObject({ changeCounter: 1, versionNumber: 1 });
  });

  it('raises changeCounter always, versionNumber only for lines, totals and states', () => {
    create('W-1');
    test.call('updateOrder', { order: { ...find('W-1'), reference: 'other' } });
    expect(find('W-1')).toMatchObject({ changeCounter: 2, versionNumber: 1 });
    const order = find('W-1');
    const [line] = order['lineList'] as Document[];
    const data = { ...(line?.['data'] as Document), quantity: '5' };
    test.call('updateOrder', { order: { ...order, lineList: [{ ...line, data } as Document] } });
    expect(find('W-1')).toMatchObject({ changeCounter: 3, versionNumber: 2 });
    expect((find('W-1')['lineList'] as Document[])[0]?.['lineId']).toBe(line?.['lineId']);
    expect(amounts()).toEqual({ free: '5', reserved: '5' });
  });

  it('has another answer for "nothing changed" in old releases, and no newer calls', () => {
    create('W-1');
    test.change(() => test.shop.switches.put('oldRelease', { values: [] }));
    expect(test.call('updateOrder', { order: find('W-1') })['result']).toBe('UPDATE-ORDER-RESULT-FAILED');
    expect(() => create('W-9')).toThrow(/not implemented/);
  });
});

describe('reservations', () => {
  it('are held by an open order and given back when it is cancelled', () => {
    const orderId = String(orderOf(create('W-1', '4'))['orderId']);
    expect(amounts()).toEqual({ free: '6', reserved: '4' });
    test.call('cancelOrder', { orderId });
    expect(amounts()).toEqual({ free: '10', reserved: '0' });
    expect(test.call('cancelOrder', { orderId })['result']).toBe('CANCEL-ORDER-RESULT-ALREADY-CANCELLED');
  });

  it('come back when the newer call undoes a cancellation', () => {
    const orderId = String(orderOf(create('W-1', '4'))['orderId']);
    const request = { workplace: { branchNumber: 1, workplaceNumber: 1 }, employee: { employeeNumber: '1' }, orderId };
    expect(test.call('cancelOrderV2', { request })['result']).toBe('CANCEL-ORDER-RESULT-OK');
    expect(test.call('cancelOrderV2', { request })['result']).toBe('CANCEL-ORDER-RESULT-UNDO-CANCEL-OK');
    expect(amounts()).toEqual({ free: '6', reserved: '4' });
  });

  it('end with the delivery, which takes the goods, raises the markers and happens once', () => {
    const orderId = String(orderOf(create('W-1', '4'))['orderId']);
    const markers = { order: test.shop.current('order'), slip: test.shop.current('packingSlip') };
    const answer = test.call('deliverOrder', { request: { orderId } });
    expect(answer['result']).toBe('DELIVER-ORDER-RESULT-OK');
    expect(amounts()).toEqual({ free: '6', reserved: '0' });
    expect(test.shop.current('order')).toBeGreaterThan(markers.order);
    expect(test.shop.current('packingSlip')).toBeGreaterThan(markers.slip);
    expect(test.call('deliverOrder', { request: { orderId } })['result']).toBe(
      'DELIVER-ORDER-RESULT-ALREADY-DELIVERED',
    );
    const slips = test.call('getPackingSlipsByOrder', { request: { orderId } })['packingSlipList'] as Document[];
    expect(slips).toMatchObject([{ packingSlipId: answer['packingSlipId'], state: 'PACKING-SLIP-STATE-OPEN' }]);
  });

  it('follow partial deliveries', () => {
    const order = orderOf(create('W-1', '4'));
    const lineId = String((order['lineList'] as Document[])[0]?.['lineId']);
    const orderDelivery = { orderId: order['orderId'] ?? '', lineList: [{ lineId, quantity: '1', decimalPlaces: 0 }] };
    test.call('deliverOrderV2', { request: { orderDelivery } });
    expect(amounts()).toEqual({ free: '6', reserved: '3' });
    expect(find('W-1')['deliveryState']).toBe('ORDER-DELIVERY-STATE-PARTIAL');
  });
});

describe('paying orders', () => {
  const pay = (orderId: string, prepay: boolean, amount: string): Document =>
    test.call('payOrder', { request: { orderId, prepay, paymentList: [{ method: 'PIN', amount }] } });

  it('only books money when it is a prepayment', () => {
    const orderId = String(orderOf(create('W-1'))['orderId']);
    expect(pay(orderId, true, '100')['result']).toBe('PAY-ORDER-RESULT-OK');
    expect(find('W-1')).toMatchObject({ prepaidAmount: '100', fullyPaid: false, invoiceIds: [] });
    expect(amounts()).toEqual({ free: '8', reserved: '2' });
  });

  it.each([
    ['BEADS', '100', /Payment method BEADS does not exist/],
    ['CHEQUE', '100', /Payment method CHEQUE is not in use/],
    ['BON', '-100', /Payment method BON takes no negative amount/],
  ])('books no payment by %s of %s', (method, amount, message) => {
    const orderId = String(orderOf(create('W-1'))['orderId']);
    const answer = test.call('payOrder', { request: { orderId, prepay: true, paymentList: [{ method, amount }] } });
    expect(answer['result']).toBe('PAY-ORDER-RESULT-FAILED');
    expect(answer['errorMessage']).toMatch(message);
    expect(find('W-1')['prepaidAmount']).toBe('0');
  });

  it('delivers, invoices and completes otherwise, once, and not for too little', () => {
    const order = orderOf(create('W-1'));
    const orderId = String(order['orderId']);
    expect(pay(orderId, false, '1')['result']).toBe('PAY-ORDER-RESULT-PAYMENT-INSUFFICIENT');
    const answer = pay(orderId, false, String(order['totalInclAmount']));
    expect(answer['result']).toBe('PAY-ORDER-RESULT-OK');
    expect(find('W-1')).toMatchObject({
      deliveryState: 'ORDER-DELIVERY-STATE-COMPLETE',
      completeState: 'ORDER-COMPLETE-STATE-COMPLETE',
      fullyPaid: true,
      invoiceIds: [answer['invoiceId']],
    });
    const invoice = test.call('getInvoice', { invoiceId: answer['invoiceId'] ?? '' })['invoice'];
    expect(invoice).toMatchObject({
      state: 'INVOICE-STATE-PAID',
      totalInclAmount: order['totalInclAmount'],
      orderIds: [orderId],
      extOrderIds: ['W-1'],
    });
    expect(amounts()).toEqual({ free: '8', reserved: '0' });
    expect(pay(orderId, false, '1')['result']).toBe('PAY-ORDER-RESULT-ORDER-ALREADY-INVOICED');
  });

  it('replays a payment with a key without booking it again', () => {
    const orderId = String(orderOf(create('W-1'))['orderId']);
    const request = { idempotencyKey: 'p-1', orderId, prepay: true, paymentList: [{ method: 'PIN', amount: '100' }] };
    test.call('payOrderV2', { request });
    expect(test.call('payOrderV2', { request })['idempotencyResult']).toMatch(/REPLAY/);
    expect(find('W-1')['prepaidAmount']).toBe('100');
  });
});
