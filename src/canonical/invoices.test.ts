import { describe, expect, it } from '@jest/globals';
import { whyNoSecondSale, type OrderSituation, type SettledOrder } from './invoices.js';

const unknown: SettledOrder = { number: null, origin: null, isThere: false };
const fromTill: SettledOrder = { number: 'T1', origin: 'till', isThere: false };
const fromShop: SettledOrder = { number: 'T2', origin: 'shop', isThere: true };
const why = (type: string, more: Partial<OrderSituation>, takesOrders: boolean): string | undefined => {
  const situation = { knownSince: '', settles: [], invoicedThereAs: null, ...more };
  return whyNoSecondSale(type, situation, { key: 'shop', name: 'Shop', takesOrders });
};

describe('an invoice', () => {
  it.each([
    ['of an order that nobody has read yet', [unknown], 'It is the invoice of order, and Shop gets the orders themselves.'],
    ['of an order', [fromTill], 'It is the invoice of order T1, and Shop gets the orders themselves.'],
    ['of an order that the target has', [fromTill, { ...fromTill, number: 'T3', isThere: true }], 'It is the invoice of order T3, which Shop has.'],
    ['of an order that came from the target', [fromTill, fromShop], 'It is the invoice of order T2, which came from Shop itself.'],
    ['without an order', [], undefined],
  ])('%s', (_, settles, reason) => {
    expect(why('INVOICE', { settles }, true)).toBe(reason);
  }); // prettier-ignore

  it('stands for its orders where only invoices go, unless one of them is there', () => {
    expect(why('INVOICE', { settles: [unknown, fromTill] }, false)).toBeUndefined();
    expect(why('INVOICE', { settles: [fromTill, fromShop] }, false)).toContain('came from Shop');
    expect(why('INVOICE', { settles: [{ ...fromTill, isThere: true }] }, false)).toContain('which Shop has');
  });

  it('that the target has stands for the order, too', () => {
    expect(why('ORDER', { invoicedThereAs: 'F1' }, true)).toBe('Shop has its invoice F1 already.');
    expect(why('ORDER', {}, true)).toBeUndefined();
  });

  it('is no measure for a credit note, which is a document of its own', () => {
    expect(why('CREDIT_NOTE', { settles: [fromShop] }, true)).toBeUndefined();
  });
});
