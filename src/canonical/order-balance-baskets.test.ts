/** Random baskets, each result added up again by arithmetic that shares nothing with the code. `npm run bench -- baskets` runs a million. */
import { describe, expect, it } from '@jest/globals';
import { mostHonestDifferences, runBaskets } from '../../test/support/basket-run.js';

describe('random baskets', () => {
  it('are made to agree to the cent or are said to differ, and never an unexplained cent', () => {
    const { counts, honest, problems } = runBaskets(8_000, 1);
    expect(problems).toEqual([]);
    expect(honest.all).toBeGreaterThan(2_000);
    expect(honest.differing / honest.all).toBeLessThan(mostHonestDifferences);
    const types = ['agrees', 'allocated', 'rounded', 'differs'];
    const seen = types.filter((type) => Object.keys(counts).some((name) => name.endsWith(type)));
    expect(seen).toEqual(types);
  });

  it('of an order without VAT are not put right as if VAT had been rounded', () => {
    expect(runBaskets(1, 186_041)).toMatchObject({ problems: [], counts: { 'wrong, office, helped: differs': 1 } });
  });
});
