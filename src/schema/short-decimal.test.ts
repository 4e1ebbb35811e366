import { describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import * as fc from 'fast-check';
import { moneyText } from './money.js';
import { centsText, lineCents } from './short-decimal.js';

const decimal = (digits: number) =>
  fc
    .tuple(fc.integer({ min: -(10 ** digits), max: 10 ** digits }), fc.integer({ min: 0, max: 6 }))
    .map(([units, scale]) => new Big(units).div(new Big(10).pow(scale)).toFixed(scale));

const general = (quantity: string, price: string, discount: string): Big =>
  new Big(quantity).times(price).minus(discount).round(2, 1);

describe('short decimals', () => {
  it('give the same cents as the general arithmetic, or leave it to that', () => {
    let quick = 0;
    fc.assert(
      fc.property(decimal(7), decimal(9), decimal(8), (quantity, price, discount) => {
        const cents = lineCents(quantity, price, discount);
        if (cents === undefined) return;
        quick++;
        expect(centsText(cents)).toBe(moneyText(general(quantity, price, discount)));
      }),
      { numRuns: 3_000 },
    );
    expect(quick).toBeGreaterThan(500);
  });

  it.each([
    ['1', '0.005', '0', '0.01'],
    ['-1', '0.005', '0', '-0.01'],
    ['0.5', '0.01', '0', '0.01'],
    ['-1', '0.004', '0', '0.00'],
    ['3', '19.95', '1', '58.85'],
  ])('%s times %s less %s is %s', (quantity, price, discount, expected) => {
    expect(centsText(lineCents(quantity, price, discount)!)).toBe(expected);
  });

  it.each(['1e3', '', ' 1', '1.', '12345678901', '0.1234567'])('leave "%s" to the general arithmetic', (text) => {
    expect(lineCents(text, '1', '0')).toBeUndefined();
  });

  it('are written like every other amount', () => {
    fc.assert(
      fc.property(decimal(9), (text) => {
        const big = new Big(text);
        const places = Math.max(2, big.toFixed().split('.')[1]?.length ?? 0);
        expect(moneyText(text)).toBe(big.eq(0) ? '0.00' : big.toFixed(places));
      }),
      { numRuns: 3_000 },
    );
    expect(['-0', '0.00', '-0.00', '-0.5', '7', '7.5', '7.50', '0.005'].map(moneyText)).toEqual(
      ['0.00', '0.00', '0.00', '-0.50', '7.00', '7.50', '7.50', '0.005'],
    ); // prettier-ignore
  });
});
