/** Money: the vectors of VAT and rounding that shops get wrong, currencies without cents, and division without loss. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, refundOf } from './allocation.js';
import { currencyExponent, exactOf, fixedOf, grossOf, netOf, round, roundCash, textOf } from './money.js';

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

describe('gross and net', () => {
  it('303.00 incl. 24 % is 244.35 excl., and that is 302.99 incl. again', () => {
    expect(netOf('303.00', '24')).toBe('244.35');
    expect(grossOf('244.35', '24')).toBe('302.99');
  });

  it('45 and 49 incl. 21 % with 4.96 excl. are 100.00, and 100.01 when they are rebuilt from rounded nets', () => {
    const sum = (...amounts: string[]): string =>
      textOf(
        amounts.reduce((all, amount) => all + (exactOf(amount) ?? 0n), 0n),
        8,
      );
    expect(sum('45', '49', grossOf('4.96', '21'))).toBe('100');
    const nets = sum(netOf('45', '21'), netOf('49', '21'), '4.96');
    expect(nets).toBe('82.65');
    expect(grossOf(nets, '21')).toBe('100.01');
  });

  it('rounds to the coins of the currency', () => {
    expect(netOf('1000', '10', { currency: 'JPY' })).toBe('909');
    expect(netOf('1', '5', { currency: 'KWD' })).toBe('0.952');
    expect(grossOf('0.5', '1', { mode: 'halfDown' })).toBe('0.5');
    expect(grossOf('0.5', '1')).toBe('0.51');
  });

  it('refuses what is no amount', () => {
    expect(() => grossOf('ten', '21')).toThrow(expect.objectContaining({ code: 'BAD_DECIMAL' }));
    expect(() => netOf('10', '-100')).toThrow(expect.objectContaining({ code: 'BAD_DECIMAL' }));
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

describe('cash rounding', () => {
  it.each([
    ['9.98', '0.05', '10', '0.02'],
    ['9.97', '0.05', '9.95', '-0.02'],
    ['-9.98', '0.05', '-10', '-0.02'],
    ['10.02', '0.1', '10', '-0.02'],
    ['10', '0.05', '10', '0'],
  ])('%s in steps of %s is %s to pay and %s apart, so that no VAT changes', (amount, step, payable, rounding) => {
    expect(roundCash(amount, step)).toEqual({ payable, rounding });
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

describe('allocation', () => {
  it('gives what is left to those that lost most', () => {
    expect(allocate('10', ['1', '1', '1'])).toEqual(['3.34', '3.33', '3.33']);
    expect(allocate('-10', ['1', '1', '1'])).toEqual(['-3.33', '-3.33', '-3.34']);
    // A discount of 5.00 over 60.00 at 21 % and 25.00 at 9 %.
    expect(allocate('5', ['60', '25'])).toEqual(['3.53', '1.47']);
    expect(allocate('100', ['1', '2', '4'], 'JPY')).toEqual(['14', '29', '57']);
    expect(allocate('1', ['0', '0'])).toEqual(['0.5', '0.5']);
  });

  it('adds up to the whole, whatever the weights', () => {
    const weight = fc.integer({ min: -100_000, max: 100_000 }).map(String);
    fc.assert(
      fc.property(fc.integer(), fc.array(weight, { minLength: 1, maxLength: 12 }), (cents, weights) => {
        const parts = allocate(fixedOf(BigInt(cents), 2), weights);
        expect(parts.reduce((sum, part) => sum + (exactOf(part) ?? 0n), 0n)).toBe(BigInt(cents) * 1_000_000n);
      }),
    );
  });

  it('cannot lose an amount to nobody', () => {
    expect(() => allocate('1', [])).toThrow(expect.objectContaining({ code: 'BAD_DECIMAL' }));
    expect(allocate('0', [])).toEqual([]);
  });
});

describe('refunds', () => {
  it('of three pieces for 10.00 are 3.33, 3.34 and 3.33', () => {
    const original = { amount: '10', quantity: '3' };
    expect(['0', '1', '2'].map((before) => refundOf(original, before, '1'))).toEqual(['3.33', '3.34', '3.33']);
  });

  it('add up to the original to the cent, in whatever parts', () => {
    const part = fc.integer({ min: 1, max: 5_000 });
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.array(part, { minLength: 1 }), (cents, parts) => {
        const thousandths = (count: number): string => fixedOf(BigInt(count), 3);
        const all = parts.reduce((sum, each) => sum + each, 0);
        const original = { amount: fixedOf(BigInt(cents), 2), quantity: thousandths(all) };
        let [before, refunded] = [0, 0n];
        for (const each of parts) {
          refunded += exactOf(refundOf(original, thousandths(before), thousandths(each))) ?? 0n;
          before += each;
        }
        expect(refunded).toBe(BigInt(cents) * 1_000_000n);
      }),
    );
  });
});
