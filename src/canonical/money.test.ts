/** Money: rounding, currencies without cents, and division without loss. The vectors of VAT are in vat-vectors.test.ts. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { apportion } from './allocation.js';
import { currencyExponent, exactOf, fixedOf, one, round, textOf, withoutTax, withTax } from './money.js';

describe('rounding', () => {
  it.each([
    ['halfUp', [1n, 2n, 3n, 4n], [-1n, -2n, -3n, -4n]],
    ['halfEven', [0n, 2n, 2n, 4n], [0n, -2n, -2n, -4n]],
    ['halfDown', [0n, 1n, 2n, 3n], [0n, -1n, -2n, -3n]],
    ['down', [0n, 1n, 2n, 3n], [0n, -1n, -2n, -3n]],
  ] as const)('%s takes halves where it says, the same on both sides of zero', (mode, positive, negative) => {
    const halves = [1n, 3n, 5n, 7n];
    expect(halves.map((half) => round(half, 2n, mode))).toEqual(positive);
    expect(halves.map((half) => round(-half, 2n, mode))).toEqual(negative);
  });

  it('leaves whole numbers alone and goes to the nearest one otherwise', () => {
    for (const mode of ['halfUp', 'halfEven', 'halfDown'] as const) {
      expect([6n, 7n, 8n, -7n, -8n].map((thirds) => round(thirds, 3n, mode))).toEqual([2n, 2n, 3n, -2n, -3n]);
    }
    expect([7n, 8n, -8n].map((thirds) => round(thirds, 3n, 'down'))).toEqual([2n, 2n, -2n]);
  });
});

describe('VAT on an amount', () => {
  it('is what is rounded, to the coins of the currency', () => {
    const rate = 21n * one;
    expect([withTax(496n, rate, 'halfUp'), withoutTax(600n, rate, 'halfUp')]).toEqual([600n, 496n]);
    expect([withTax(50n, one, 'halfUp'), withTax(50n, one, 'halfDown')]).toEqual([51n, 50n]);
    expect([withTax(-496n, rate, 'halfUp'), withoutTax(-600n, rate, 'halfUp')]).toEqual([-600n, -496n]);
    expect([withTax(7n, 0n, 'halfUp'), withoutTax(7n, 0n, 'halfUp')]).toEqual([7n, 7n]);
  });
});

describe('currencies', () => {
  it.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['USD', 2],
    ['toString', 2],
  ])('%s has %p decimals', (currency, decimals) => {
    expect(currencyExponent(currency)).toBe(decimals);
  });
});

describe('exact values', () => {
  it('are the same text again', () => {
    const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat({ max: 8 }));
    fc.assert(
      fc.property(decimal, ([count, decimals]) => {
        const text = textOf(count, decimals);
        expect(textOf(exactOf(text) ?? -1n, 8)).toBe(text);
        expect(exactOf(fixedOf(count, decimals))).toBe(exactOf(text));
      }),
    );
  });

  it.each(['', 'ten', '1,5', '1.123456789', '1e100', 5, null, undefined, {}])('are not read from %p', (value) => {
    expect(exactOf(value)).toBeUndefined();
  });
});

describe('apportioning', () => {
  it('gives what is left to those that lost most', () => {
    expect(apportion(1_000n, [1n, 1n, 1n])).toEqual([334n, 333n, 333n]);
    expect(apportion(-1_000n, [1n, 1n, 1n])).toEqual([-333n, -333n, -334n]);
    // A discount of 5.00 over 60.00 at 21 % and 25.00 at 9 %.
    expect(apportion(500n, [60n, 25n])).toEqual([353n, 147n]);
    expect(apportion(100n, [1n, 2n, 4n])).toEqual([14n, 29n, 57n]);
    expect(apportion(100n, [0n, 0n])).toEqual([50n, 50n]);
    expect(apportion(0n, [])).toEqual([]);
  });

  it('adds up to the whole, whatever the weights', () => {
    const weight = fc.bigInt({ min: -100_000n, max: 100_000n });
    fc.assert(
      fc.property(fc.bigInt(), fc.array(weight, { minLength: 1, maxLength: 12 }), (cents, weights) => {
        expect(apportion(cents, weights).reduce((sum, part) => sum + part, 0n)).toBe(cents);
      }),
    );
  });
});
