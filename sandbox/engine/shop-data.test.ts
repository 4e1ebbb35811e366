import { describe, expect, it } from '@jest/globals';
import { makeRandom } from './random.js';
import { ean13, eanFor, hostileNames } from './shop-data.js';

describe('shop data', () => {
  it('has barcodes with valid check digits', () => {
    expect(ean13('871125300120')).toBe('8711253001202');
    for (let number = 1; number < 500; number++) {
      const digits = [...eanFor(number)].map(Number);
      const sum = digits.reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 1 : 3), 0);
      expect(sum % 10).toBe(0);
    }
  });

  it('gives every number a barcode of its own', () => {
    const codes = new Set(Array.from({ length: 20_000 }, (_, number) => eanFor(number)));
    expect(codes.size).toBe(20_000);
  });

  it('includes names of the greatest usual length, with trailing spaces and with emoji', () => {
    expect(hostileNames.some((name) => name.length === 255)).toBe(true);
    expect(hostileNames.some((name) => name !== name.trimEnd())).toBe(true);
    expect(hostileNames.some((name) => /\p{Extended_Pictographic}/u.test(name))).toBe(true);
  });
});

describe('seeded random numbers', () => {
  it('repeat for a seed and differ between forks', () => {
    const draw = (seed: number, label: string): number[] => {
      const random = makeRandom(seed).fork(label);
      return Array.from({ length: 5 }, () => random.integer(0, 1_000_000));
    };
    expect(draw(1, 'a')).toEqual(draw(1, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
  });
});
