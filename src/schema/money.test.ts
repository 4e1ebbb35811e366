import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { moneyText, subtracted, taxedMoney } from './money.js';

const sides = (amount: string, rate: string, includesTax: boolean) => {
  const { net, tax, gross } = taxedMoney(amount, 'EUR', rate, includesTax);
  return [net.amount, tax.amount, gross.amount];
};

describe('both sides of a price', () => {
  it.each([
    ['19.95', '21', true, ['16.49', '3.46', '19.95']],
    ['16.49', '21', false, ['16.49', '3.46', '19.95']],
    ['1.00', '0', true, ['1.00', '0.00', '1.00']],
    ['0.005', '0', true, ['0.01', '-0.005', '0.005']],
    ['9.175', '9', false, ['9.175', '0.825', '10.00']],
    ['-12.10', '21', true, ['-10.00', '-2.10', '-12.10']],
    ['2.121', '6', true, ['2.00', '0.121', '2.121']],
  ])('of %s at %s %% (tax included: %s) are exact', (amount, rate, includesTax, expected) => {
    expect(sides(amount, rate, includesTax)).toEqual(expected);
  });

  it('always add up, and keep the stated side as it was stated', () => {
    const cents = fc.integer({ min: -1e9, max: 1e9 }).map((n) => (n / 100).toFixed(2));
    fc.assert(
      fc.property(cents, fc.constantFrom('0', '6', '9', '21', '5.5'), fc.boolean(), (amount, rate, includesTax) => {
        const [net, tax, gross] = sides(amount, rate, includesTax);
        expect(moneyText(subtracted(gross!, net!))).toBe(tax);
        expect(includesTax ? gross : net).toBe(moneyText(amount));
      }),
    );
  });
});
