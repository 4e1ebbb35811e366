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

const invoiceFor = (extInvoiceId: string): Document => ({
  extInvoiceId,
  employeeNumber: '999999',
  relationNumber: '1',
  financialBranchNumber: 2,
  lineList: [{ articleNumber: article, data: { quantity: '2', decimalPlaces: 0, price: '1000' } }],
});
const save = (invoice: Document): Document => test.call('saveInvoice', { invoice });
const find = (extInvoiceId: string): Document => test.call('findInvoice', { extInvoiceId })['invoice'] as Document;

describe('invoices', () => {
  it('are unique by extInvoiceId and move stock', () => {
    expect(save(invoiceFor('F-1'))['result']).toBe('SAVE-INVOICE-RESULT-OK');
    expect(save(invoiceFor('F-1'))['result']).toBe('SAVE-INVOICE-RESULT-EXT-INVOICE-ID-ALREADY-EXISTS');
    expect(find('F-1')).toMatchObject({ totalInclAmount: '2000', state: 'INVOICE-STATE-OUTSTANDING' });
    expect(stockIn(test, article)['amountFree']).toBe('8');
  });

  it('are locked like orders', () => {
    save(invoiceFor('F-1'));
    const stale = find('F-1');
    expect(save({ ...stale, reference: 'a' })['result']).toBe('SAVE-INVOICE-RESULT-OK');
    expect(save({ ...stale, reference: 'b' })['result']).toBe('SAVE-INVOICE-RESULT-INVOICE-HAS-CHANGED');
  });

  it('are paid up to their total', () => {
    save(invoiceFor('F-1'));
    const invoiceId = find('F-1')['invoiceId'] ?? '';
    const pay = (amount: string): unknown =>
      test.call('payInvoice', { request: { invoiceId, paymentList: [{ method: 'PIN', amount }] } })['result'];
    expect(pay('500')).toBe('PAY-INVOICE-RESULT-OK');
    expect(find('F-1')['state']).toBe('INVOICE-STATE-PARTLY-PAID');
    expect(pay('1501')).toBe('PAY-INVOICE-RESULT-PAYMENT-TOO-HIGH');
    expect(pay('1500')).toBe('PAY-INVOICE-RESULT-OK');
    expect(find('F-1')['state']).toBe('INVOICE-STATE-PAID');
  });

  it('are credited once, and the goods come back', () => {
    save(invoiceFor('F-1'));
    const invoiceId = find('F-1')['invoiceId'] ?? '';
    expect(test.call('creditInvoice', { invoiceId })['result']).toBe('CREDIT-INVOICE-RESULT-OK');
    expect(stockIn(test, article)['amountFree']).toBe('10');
    expect(test.call('creditInvoice', { invoiceId })['result']).toBe('CREDIT-INVOICE-RESULT-FAILED');
  });

  it('are made from packing slips of one customer, once for each key', () => {
    const slips = ['W-1', 'W-2'].map((extOrderId) => {
      const made = test.call('createOrder', { order: orderFor(extOrderId, [[article, '1']]) });
      const orderId = String((made['info'] as Document)['orderId']);
      return String(test.call('deliverOrder', { request: { orderId } })['packingSlipId']);
    });
    const request = { idempotencyKey: 'c-1', packingSlipIds: slips, financialDate: '2026-02-01', branchNumber: 2 };
    const answer = test.call('createInvoiceFromPackingSlips', { request });
    expect(answer['result']).toBe('CREATE-INVOICE-FROM-PACKING-SLIPS-OK');
    expect(test.call('createInvoiceFromPackingSlips', { request })['invoiceId']).toBe(answer['invoiceId']);
    const again = { ...request, idempotencyKey: 'c-2' };
    expect(test.call('createInvoiceFromPackingSlips', { request: again })['result']).toMatch(/ALREADY-INVOICED$/);
    const invoice = test.call('getInvoice', { invoiceId: answer['invoiceId'] ?? '' })['invoice'];
    expect(invoice).toMatchObject({ extOrderIds: ['W-1', 'W-2'], packingSlipIds: slips, financialDate: '2026-02-01' });
    const order = test.call('findOrder', { extOrderId: 'W-1' })['order'];
    expect(order).toMatchObject({ completeState: 'ORDER-COMPLETE-STATE-COMPLETE' });
  });
});
