/** What an answer asks for, however it says so. */
import { describe, expect, it } from '@jest/globals';
import { askedToWaitMs, retryAfterIn } from './retry-after.js';

const date = 'Sat, 28 Nov 2026 21:39:56 GMT';

describe('the wait that an answer asks for', () => {
  it.each<[string, string, number | undefined]>([
    ['seconds', '7', 7_000],
    ['no wait', '0', 0],
    ['years', '999999999', 900_000],
    ['more than a number can hold', '9'.repeat(400), 900_000],
    ['a moment', 'Sat, 28 Nov 2026 21:40:26 GMT', 30_000],
    ['a moment that is over', 'Sat, 28 Nov 2026 21:39:00 GMT', 0],
    ['a moment in years', 'Sat, 28 Nov 2099 21:39:56 GMT', 900_000],
    ['a moment that does not exist', 'Sat, 99 Nov 2026 21:39:56 GMT', undefined],
    ['a negative number', '-5', undefined],
    ['a fraction', '1.5', undefined],
    ['nonsense', 'soon', undefined],
    ['a year, which is no moment', '2027-01-01', undefined],
    ['nothing', '', undefined],
  ])('is read from %s', (_, text, ms) => {
    expect(retryAfterIn({ 'retry-after': text, date })).toBe(ms);
  });

  it('is unknown without the header, and of a moment without the time of the answer', () => {
    expect(retryAfterIn({ date })).toBeUndefined();
    expect(retryAfterIn({ 'retry-after': date })).toBeUndefined();
  });

  it('is a quarter of an hour at most, and never less than nothing', () => {
    const asked = [undefined, -1, 60_000, 999_999_999_000, Infinity].map((retryAfterMs) =>
      askedToWaitMs({ retryAfterMs }),
    );
    expect(asked).toEqual([0, 0, 60_000, 900_000, 900_000]);
  });
});
