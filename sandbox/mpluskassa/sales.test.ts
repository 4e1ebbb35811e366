/** What a till books of a sale: the VAT of the country, the day of the shop, cash in the coins that there are, what is no turnover. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import type { Document } from '../../src/base/document.js';
import { mutate } from './mutate.js';
import { openTestShop, orderFor, type TestShop } from './test-shop.js';

let test: TestShop;
beforeEach(() => {
  test = openTestShop();
});
afterEach(() => test.close());

let made = 0;
function sell(head: Document, ...lines: readonly Document[]): Document {
  const order = { ...orderFor(`S-${++made}`, []), workplaceNumber: 1, ...head, lineList: lines };
  return test.call('createOrderV2', { request: { order } })['order'] as Document;
}
const line = (vatCode: number, price: string, articleNumber = '10001'): Document => ({
  articleNumber,
  data: { quantity: '1', decimalPlaces: 0, vatCode, price },
});
const vatOf = (order: Document): unknown =>
  (order['vatGroupList'] as Document[]).map(({ vatPercentage, vatAmount }) => [vatPercentage, vatAmount]);
const dataOf = (order: Document): Document[] =>
  (order['lineList'] as Document[]).map((each) => each['data'] as Document);
const find = (order: Document): Document => test.shop.orders.get(String(order['orderId'])) as Document;
const pay = (order: Document, method: string, amount: string): Document =>
  test.call('payOrder', {
    request: { orderId: String(order['orderId']), prepay: false, paymentList: [{ method, amount }] },
  });

describe('the VAT of a sale', () => {
  it.each([
    [1, {}, [['21', '2100'], ['12', '1200']]],
    [2, {}, [['21', '2100'], ['9', '900']]],
    [3, {}, [['20', '2000'], ['10', '1000']]],
    [1, { vatCountryIso3: 'NLD' }, [['21', '2100'], ['9', '900']]],
  ] as const)('at branch %s with %j is that of its country', (branch, more, expected) => {
    const [high, low] = expected.map(([, vat]) => String(10_000 + Number(vat)));
    const head = { financialBranchNumber: branch, entryBranchNumber: branch, ...more };
    expect(vatOf(sell(head, line(1, high!), line(2, low!)))).toEqual(expected);
  }); // prettier-ignore

  it('is what the list of VAT groups says for each branch; what is not whole is in hundredths', () => {
    const groups = test.call('getVatGroupList', {})['vatGroup'] as Document[];
    const of = (branch: number): unknown => groups.filter(({ branchNumber }) => branchNumber === branch).map(({ vatPercentage }) => vatPercentage);
    expect([of(1), of(2), of(3)]).toEqual([['21', '12', '0', '6'], ['21', '9', '0', '6'], ['20', '10', '0', '550']]);
    expect(vatOf(sell({ financialBranchNumber: 3, entryBranchNumber: 3 }, line(4, '10550')))).toEqual([['550', '550']]);
  }); // prettier-ignore
});

describe('cash', () => {
  it('pays for a sale in the coins that there are', () => {
    const order = sell({}, line(1, '997'));
    expect(pay(order, 'PIN', '995')).toMatchObject({ result: 'PAY-ORDER-RESULT-PAYMENT-INSUFFICIENT' });
    expect(pay(order, 'CONTANT', '990')).toMatchObject({ result: 'PAY-ORDER-RESULT-PAYMENT-INSUFFICIENT' });
    expect(pay(order, 'CONTANT', '995')).toMatchObject({ result: 'PAY-ORDER-RESULT-OK' });
    expect(find(order)).toMatchObject({ fullyPaid: true, prepaidAmount: '995', totalInclAmount: '997' });
    const [invoice] = [...test.shop.invoices.values()].slice(-1);
    expect(invoice).toMatchObject({ state: 'INVOICE-STATE-PAID', paidAmount: '995' });
  });

  it('is paid so by people, some of it a cent or two beside the total', () => {
    test.change(() => mutate(test.shop, { kind: 'orders', count: 300, seed: 4 }));
    const payments = [...test.shop.orders.values()].flatMap(({ paymentList }) => paymentList as Document[]);
    const cash = payments.filter(({ method }) => method === 'CONTANT');
    expect(cash.length).toBeGreaterThan(5);
    expect(cash.filter(({ amount }) => Number(amount) % 5 !== 0)).toEqual([]);
    const rounded = [...test.shop.orders.values()].filter((order) => order['fullyPaid'] === true && order.prepaidAmount !== order.totalInclAmount); // prettier-ignore
    expect(rounded.length).toBeGreaterThan(0);
  });
});

describe('what is no turnover', () => {
  it('says so on its line: deposits and gift cards', () => {
    const order = sell({}, line(1, '100'), line(3, '15', '900003'), line(3, '2500', '900004'));
    expect(dataOf(order)).toMatchObject([
      { turnoverGroupType: 'TURNOVER-GROUP-TYPE-TURNOVER' },
      { turnoverGroupType: 'TURNOVER-GROUP-TYPE-REFUNDABLE-DEPOSIT' },
      { priceType: 'PRICE-TYPE-GIFT-CARD' },
    ]);
  });

  it('is sold by people at times', () => {
    test.change(() => mutate(test.shop, { kind: 'orders', count: 200, seed: 6 }));
    const sold = [...test.shop.orders.values()].flatMap(({ lineList }) => lineList.map((each) => each.articleNumber));
    for (const article of ['900001', '900003', '900004']) expect(sold).toContain(article);
  });
});

describe('the day of a sale', () => {
  it.each([
    // Half an hour after midnight in summer is still yesterday in UTC.
    ['2026-07-01T22:30:00.000Z', '2026-07-02', 2026],
    ['2026-07-01T21:30:00.000Z', '2026-07-01', 2026],
    ['2026-12-31T23:30:00.000Z', '2027-01-01', 2027],
  ])('at %s is %s', (at, day, year) => {
    test.close();
    test = openTestShop(60, undefined, { ...systemClock, now: () => new Date(at) });
    const order = sell({}, line(1, '1000'));
    expect(order).toMatchObject({ financialDate: day, orderNumber: { year } });
    expect(pay(order, 'PIN', '1000')).toMatchObject({ result: 'PAY-ORDER-RESULT-OK' });
    const [invoice] = [...test.shop.invoices.values()].slice(-1);
    const [slip] = [...test.shop.packingSlips.values()].slice(-1);
    expect([invoice?.['financialDate'], slip?.['financialDate']]).toEqual([day, day]);
    expect((find(order)['paymentList'] as Document[])[0]).toMatchObject({ financialDate: day });
  });
});
