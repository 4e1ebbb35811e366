/** Decimal text in normal form: the same number is the same text, exactly. */
import { describe, expect, it } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import { normaliseDecimal } from './decimal.js';

describe('normaliseDecimal', () => {
  it('keeps the value of every number and has one text for it', () => {
    const digits = fc.stringMatching(/^[+-]?\d{0,18}\.?\d{1,12}(e[+-]?\d)?$/);
    fc.assert(
      fc.property(digits, (text) => {
        const made = normaliseDecimal(text);
        expect(made).toBeDefined();
        expect(new Big(made ?? 'none').eq(text.replace('+', (sign, at: number) => (at === 0 ? '' : sign)))).toBe(true);
        expect(normaliseDecimal(made ?? '')).toBe(made);
      }),
    );
  });

  it('refuses what is no number', () => {
    for (const text of ['', '.', '-', 'e5', '1,5', '0x10', 'NaN', 'Infinity', '1e100', '1'.repeat(65)]) {
      expect([text, normaliseDecimal(text)]).toEqual([text, undefined]);
    }
  });
});
