import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseStockPosition, writeFollowing, writeThrough } from './stock-position.js';

const branches = fc.uniqueArray(fc.integer({ min: 0, max: 2_147_483_647 }), { maxLength: 5 });
const marker = fc.bigInt({ min: 0n, max: 9_223_372_036_854_775_807n });
const rising = (numbers: readonly number[]): readonly number[] => [...numbers].sort((one, other) => one - other);

describe('the position of stock', () => {
  it('says again what was written into it, with the branches in order', () => {
    fc.assert(
      fc.property(marker, fc.boolean(), branches, (next, more, numbers) => {
        const position = writeFollowing({ next, more, branches: numbers });
        expect(parseStockPosition(position)).toEqual({ next, more, branches: rising(numbers) });
      }),
    );
    fc.assert(
      fc.property(marker, marker, marker, branches, branches, (articles, since, from, reading, known) => {
        const position = writeThrough({ articles, since, reading: null, known, from }, reading);
        const read = { articles, since, reading: rising(reading), known: rising(known), from };
        expect(parseStockPosition(position)).toEqual(read);
      }),
    );
  });

  it('is read as earlier releases have written it, and as people write it: without branches', () => {
    for (const [position, next, more] of [
      ['512', 512n, false],
      ['512+', 512n, true],
    ] as const) {
      // prettier-ignore
      expect(parseStockPosition(position)).toEqual({ next, more, branches: null });
      expect(writeFollowing({ next, more, branches: null })).toBe(position);
    }
    const whole = { articles: 1001n, since: 40n, reading: null, known: [], from: 0n };
    expect(parseStockPosition('{"articles":"1001","since":"40"}')).toEqual(whole);
  });

  it.each(['512@1,', '512@a', '512@1@2', '@1', '{"articles":"1"}', 'nonsense'])('is refused as %s', (position) => {
    expect(() => parseStockPosition(position)).toThrow(expect.objectContaining({ code: 'UNEXPECTED' }));
  });
});
