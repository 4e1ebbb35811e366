import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/base/content-hash.js';
import type { Document } from '../../src/base/document.js';
import type { MutateOrder } from '../engine/sandbox-system.js';
import { mutate } from './mutate.js';
import { openTestShop, orderFor, type TestShop } from './test-shop.js';

let test: TestShop;
beforeEach(() => {
  test = openTestShop();
});
afterEach(() => test.close());

type Tables = Record<'relations' | 'orders' | 'invoices', Map<string, string>>;
const tables = (): Tables => {
  const texts = (table: { entries(): IterableIterator<[string, object]> }): Map<string, string> =>
    new Map([...table.entries()].map(([key, row]) => [key, canonicalJson(row as Document)]));
  const { relations, orders, invoices } = test.shop;
  return { relations: texts(relations), orders: texts(orders), invoices: texts(invoices) };
};
const run = (order: MutateOrder): Record<string, readonly string[]> =>
  test.change(() => mutate(test.shop, order)).changed;
const orders = (): Document[] => [...test.shop.orders.values()];
const lines = (order: Document): Document[] => order['lineList'] as Document[];
const cents = (document: Document, field: string): number => Number(document[field] ?? 0);

describe('edits of customers and orders', () => {
  it.each(['relations', 'orders', 'invoices'])('report every record that differs after %s edits', (kind) => {
    const before = tables();
    const changed = run({ kind, count: 120, seed: 5 });
    for (const [type, rows] of Object.entries(tables())) {
      const differing = [...rows].filter(([key, text]) => before[type as keyof Tables].get(key) !== text);
      expect([type, differing.map(([key]) => key).filter((key) => !changed[type]?.includes(key))]).toEqual([type, []]);
    }
    expect(changed[kind]?.length).toBeGreaterThan(20);
  });

  it('repeat exactly with the same seed', () => {
    const shape = (): unknown => orders().map((order) => [order['relationNumber'], order['totalInclAmount'], order['cancelState']]); // prettier-ignore
    run({ kind: 'orders', count: 60, seed: 9 });
    const first = shape();
    test.close();
    test = openTestShop();
    run({ kind: 'orders', count: 60, seed: 9 });
    expect(shape()).toEqual(first);
  });

  it('make orders of every shape, whose totals are those of their lines', () => {
    run({ kind: 'orders', count: 400, seed: 3 });
    const all = orders();
    const data = all.flatMap((order) => lines(order).map((line) => line['data'] as Document));
    expect(data.some((each) => each['quantity'] === '350' && each['decimalPlaces'] === 3)).toBe(true);
    expect(data.some((each) => each['quantity'] === '-1')).toBe(true);
    expect(data.some((each) => cents(each, 'discountAmount') > 0)).toBe(true);
    for (const method of ['INCLUSIVE', 'EXCLUSIVE', 'SHIFTED'])
      expect(all.some((order) => order['vatMethod'] === `VAT-METHOD-${method}`)).toBe(true);
    for (const night of ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'])
      expect(all.some((order) => order['entryTimestamp'] === night)).toBe(true);
    for (const order of all) {
      const isInclusive = order['vatMethod'] === 'VAT-METHOD-INCLUSIVE';
      const total = lines(order).reduce((sum, line) => {
        const each = line['data'] as Document;
        const price = cents(each, isInclusive ? 'price' : 'priceExcl');
        const exact = (price * cents(each, 'quantity')) / 10 ** Number(each['decimalPlaces']);
        const rounded = Math.sign(exact) * Math.round(Math.abs(exact));
        return sum + rounded - cents(each, isInclusive ? 'discountAmount' : 'discountAmountExcl');
      }, 0);
      expect(cents(order, isInclusive ? 'totalInclAmount' : 'totalExclAmount')).toBe(total);
    }
  });

  it('touch the orders of an integration only when they may, and only in the named ways', () => {
    const article = [...test.shop.articles.keys()][0]!;
    test.call('createOrder', { order: orderFor('ord_1', [[article, '2']]) });
    const isTouched = (): boolean =>
      orders().some((order) => order['extOrderId'] === 'ord_1' && order['changeCounter'] !== 1);
    run({ kind: 'orders', count: 100, seed: 3, edits: ['pay', 'deliver', 'cancel'] });
    expect(isTouched()).toBe(false);
    const before = orders().length;
    for (let seed = 1; seed < 60 && !isTouched(); seed++)
      run({ kind: 'orders', count: 5, seed, edits: ['address', 'lines'], of: 'any' });
    expect(isTouched()).toBe(true);
    expect(orders()).toHaveLength(before);
    expect(() => run({ kind: 'orders', count: 1, seed: 1, edits: ['eat'] })).toThrow('edits of orders are');
    expect(() => run({ kind: 'relations', count: 1, seed: 1, edits: ['eat'] })).toThrow('edits of relations are');
  });
});

describe('a cancelled order', () => {
  it('is taken up again only when that is named', () => {
    const states = (): Set<unknown> => new Set(orders().map((order) => order['cancelState']));
    run({ kind: 'orders', count: 40, seed: 5, edits: ['new'] });
    run({ kind: 'orders', count: 5, seed: 5, edits: ['cancel'] });
    expect(states()).toContain('ORDER-CANCEL-STATE-COMPLETE');
    for (let seed = 1; seed < 60; seed++) run({ kind: 'orders', count: 5, seed, edits: ['uncancel'] });
    expect(states()).not.toContain('ORDER-CANCEL-STATE-COMPLETE');
  });
});

describe('discounts', () => {
  it('are taken off the whole line, are shared by its deliveries to the cent, and are given back by a credit', () => {
    const article = [...test.shop.articles.values()].find(({ vatCode }) => vatCode === 1)!.articleNumber;
    const data = { quantity: '3', decimalPlaces: 0, price: '1000', discountAmount: '100' };
    const order = { ...orderFor('ord_2', []), lineList: [{ articleNumber: article, data }] };
    test.call('createOrder', { order });
    const { orderId, lineList, totalInclAmount } = test.call('findOrder', { extOrderId: 'ord_2' })['order'] as Document;
    expect(totalInclAmount).toBe('2900');
    const lineId = (lineList as Document[])[0]!['lineId']!;
    for (const quantity of ['1', '2']) {
      const orderDelivery = { orderId: orderId!, lineList: [{ lineId, quantity, decimalPlaces: 0 }] };
      test.call('deliverOrderV2', { request: { orderDelivery } });
    }
    const { packingSlipList } = test.call('getPackingSlipsByOrder', { request: { orderId: orderId! } });
    const shares = (packingSlipList as Document[]).map(
      (slip) => (lines(slip)[0]!['data'] as Document)['discountAmount'],
    );
    expect(shares.sort()).toEqual(['33', '67']);
    const payment = { method: 'PIN', amount: '2900' };
    const paid = test.call('payOrder', { request: { orderId: orderId!, prepay: false, paymentList: [payment] } });
    const invoice = test.call('getInvoice', { invoiceId: paid['invoiceId']! })['invoice'] as Document;
    expect(invoice['totalInclAmount']).toBe('2900');
    test.call('creditInvoice', { invoiceId: paid['invoiceId']! });
    const credit = [...test.shop.invoices.values()].find((each) => each['creditedInvoiceId'] === paid['invoiceId']);
    expect(credit?.totalInclAmount).toBe('-2900');
  });

  it('excluding VAT count where prices exclude it', () => {
    const article = [...test.shop.articles.values()].find(({ vatCode }) => vatCode === 1)!.articleNumber;
    const data = { quantity: '2', decimalPlaces: 0, priceExcl: '1000', discountAmountExcl: '150' };
    const order = { ...orderFor('ord_3', []), vatMethod: 'VAT-METHOD-EXCLUSIVE', lineList: [{ articleNumber: article, data }] }; // prettier-ignore
    test.call('createOrder', { order });
    expect(test.call('findOrder', { extOrderId: 'ord_3' })['order']).toMatchObject({
      totalExclAmount: '1850',
      totalInclAmount: '2239',
    });
  });
});

describe('a release without idempotency keys', () => {
  it('does not know the calls that take one, and lets a mark be used twice', () => {
    test.change(() => test.shop.switches.put('noIdempotency', { values: [] }));
    const article = [...test.shop.articles.keys()][0]!;
    const order = orderFor('ord_4', [[article, '1']]);
    expect(() => test.call('createOrderV3', { request: { idempotencyKey: 'k', order } })).toThrow('not implemented');
    for (let time = 0; time < 2; time++) expect(test.call('createOrder', { order })['result']).toMatch(/-OK$/);
    expect(orders().filter(({ extOrderId }) => extOrderId === 'ord_4')).toHaveLength(2);
  });
});
