import { describe, expect, it } from '@jest/globals';
import * as money from './order-money.js';
import type { StoredLine } from './order-parts.js';

const line = (given: Partial<StoredLine>): StoredLine => ({ key: '1', quantity: '1', unitPrice: '10.00', ...given });

const order = (given: Partial<money.OrderAmounts>): money.OrderAmounts => ({
  currency: 'EUR',
  taxMethod: 'EXCLUSIVE',
  taxCountry: 'NL',
  lines: [],
  taxes: [],
  totalExcl: null,
  totalTax: null,
  totalIncl: null,
  paidAmount: null,
  payments: [],
  paymentStatus: 'UNPAID',
  ...given,
});

const sides = (amount: ReturnType<typeof money.totalOf>) =>
  amount && [amount.net.amount, amount.tax.amount, amount.gross.amount, amount.statedSide];

describe('amounts of an order', () => {
  it('computes VAT once per rate, so that a hundred lines of a cent make no cents of their own', () => {
    const lines = Array.from({ length: 100 }, (_, i) => line({ key: String(i), unitPrice: '0.01', taxRate: '21' }));
    expect(sides(money.totalOf(order({ lines })))).toEqual(['1.00', '0.21', '1.21', 'NET']);
  });

  it('keeps what was stated and fills the side that was not', () => {
    const lines = [line({ taxRate: '21' })];
    expect(sides(money.totalOf(order({ lines, totalExcl: '10.00', totalIncl: '12.11' })))).toEqual(['10.00', '2.11', '12.11', 'NET']); // prettier-ignore
    expect(sides(money.totalOf(order({ lines, totalIncl: '12.11', totalTax: '2.11' })))?.[0]).toBe('10.00');
    expect(sides(money.totalOf(order({ totalExcl: '10.00', taxes: [{ rate: '21', base: '10', amount: '2.10' }] })))?.[2]).toBe('12.10'); // prettier-ignore
    expect(sides(money.totalOf(order({ lines, totalExcl: '10.00' })))?.[2]).toBe('12.10');
    expect(money.totalOf(order({ lines: [line({})], totalExcl: '10.00' }))).toBeNull();
  });

  it('says what the stated total and the lines differ by, rounding lines included in the lines', () => {
    const lines = [line({ taxRate: '21' })];
    const differenceOf = (given: Partial<money.OrderAmounts>) => money.roundingDifferenceOf(order(given))?.amount;
    expect(differenceOf({ lines, totalExcl: '10.00', totalIncl: '12.11', taxes: [{ rate: '21', base: '10', amount: '2.10' }] })).toBe('0.01'); // prettier-ignore
    expect(differenceOf({ lines })).toBe('0.00');
    const gross = [line({ unitPrice: '12.10', taxRate: '21' }), line({ kind: 'ROUNDING', unitPrice: '-0.02', taxRate: '0' })]; // prettier-ignore
    expect(differenceOf({ taxMethod: 'INCLUSIVE', lines: gross, totalIncl: '12.08' })).toBe('0.00');
    expect(differenceOf({ taxMethod: 'INCLUSIVE', lines: gross, totalIncl: '12.07' })).toBe('-0.01');
  });

  it.each(['REVERSE_CHARGED', 'NONE'])('adds no VAT to a document that is %s', (taxMethod) => {
    const given = order({ taxMethod, lines: [line({ quantity: '3', taxRate: '21' }), line({ unitPrice: '1.5' })] });
    expect(sides(money.totalOf(given))).toEqual(['31.50', '0.00', '31.50', 'NET']);
    expect(money.taxesOf(given)).toMatchObject([
      { ratePercent: '0', category: taxMethod === 'NONE' ? null : 'REVERSE_CHARGE', tax: { amount: '0.00' } },
    ]);
  });

  it('says why there is no VAT, where a system has said so', () => {
    const lines = [line({ taxRate: '0', taxCategory: 'EXPORT' })];
    expect(money.lineTaxesOf(lines[0]!, order({ lines }))).toMatchObject([{ category: 'EXPORT' }]);
    const taxes = [{ rate: '0', base: '10', amount: '0', taxClass: 'NLEXP', taxCategory: 'EXPORT' as const }];
    expect(money.taxesOf(order({ taxes }))).toMatchObject([{ category: 'EXPORT', taxClass: { code: 'NLEXP' } }]);
    expect(money.taxesOf(order({ taxes, taxMethod: 'REVERSE_CHARGED' }))).toMatchObject([{ category: 'REVERSE_CHARGE' }]);
  }); // prettier-ignore

  it('invents no side where the rate is not known, except of nothing', () => {
    expect(money.lineTotalOf(line({}), order({}))).toBeNull();
    expect(money.unitPriceOf(line({}), order({}))).toBeNull();
    expect(money.subtotalOf(order({ lines: [line({})] }))).toBeNull();
    const free = [line({ kind: 'TEXT', unitPrice: '0' }), line({ taxRate: '9' })];
    expect(sides(money.subtotalOf(order({ lines: free })))).toEqual(['10.00', '0.90', '10.90', 'NET']);
  });

  it('rounds half up and away from zero, so that a credit note is the mirror of its invoice', () => {
    const amounts = (sign: string) =>
      money.lineTotalOf(line({ quantity: `${sign}3`, unitPrice: '0.115', taxRate: '5.5' }), order({}));
    expect(sides(amounts(''))).toEqual(['0.35', '0.02', '0.37', 'NET']);
    expect(sides(amounts('-'))).toEqual(['-0.35', '-0.02', '-0.37', 'NET']);
  });

  it('shows the price of a unit as exactly as it was stated', () => {
    const price = (unitPrice: string) => sides(money.unitPriceOf(line({ unitPrice, taxRate: '21' }), order({})));
    expect(price('19.95')).toEqual(['19.95', '4.19', '24.14', 'NET']);
    expect(price('0.0385')).toEqual(['0.0385', '0.0081', '0.0466', 'NET']);
  });

  it('takes the payments together where no sum was stated, and says what is left', () => {
    const payments = [
      { key: 'a', amount: '5.00' },
      { key: 'b', amount: '-1.10' },
    ];
    const given = order({ totalExcl: '10.00', totalIncl: '12.10', payments });
    expect([money.paidOf(given).amount, money.outstandingOf(given)?.amount]).toEqual(['3.90', '8.20']);
    const rounded = { ...given, paidAmount: '12.08', paymentStatus: 'PAID' as const };
    expect(money.outstandingOf(rounded)?.amount).toBe('0.00');
    expect(money.outstandingOf({ ...given, paidAmount: '13.10' })?.amount).toBe('-1.00');
    expect(money.outstandingOf(order({ lines: [line({})] }))).toBeNull();
  });
});
