/** What the counts of a comparison come to: the verdict, and what a repair can end. */
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

type Counts = Readonly<Record<string, number>>;
interface Verdicts {
  verdictOf(counts: Counts): string;
  statesIn(counts: Counts): readonly string[];
  repairable(counts: Counts, only?: string): ReadonlyMap<string, number>;
  sumOf(numbers: ReadonlyMap<unknown, number>): number;
}
// Not named as an import: what the pages are made of is compiled by other rules than what runs in Node.
const { verdictOf, statesIn, repairable, sumOf } = (await import(
  resolve('web/dashboard/pages/comparisons/verdict.ts')
)) as Verdicts;

const none = {
  ...{ compared: 0, equal: 0, different: 0, missed: 0, missingInTarget: 0, missingInSource: 0 },
  ...{ onlyInTarget: 0, duplicates: 0, known: 0, inFlight: 0, leftOut: 0, repaired: 0 },
};

describe('the verdict of a comparison', () => {
  it('is that all agree only when each record that was looked at does', () => {
    expect(verdictOf({ ...none, compared: 5, equal: 5, leftOut: 3 })).toBe('agree');
    expect(verdictOf({ ...none, compared: 6, equal: 5, duplicates: 1 })).toBe('differ');
    expect(verdictOf({ ...none, leftOut: 3 })).toBe('nothing');
  });

  it('calls explained what the hub knows a reason for, as long as nothing else differs', () => {
    const counts = { ...none, compared: 9, equal: 5, known: 3, inFlight: 1 };
    expect(verdictOf(counts)).toBe('explained');
    expect(verdictOf({ ...counts, compared: 10, onlyInTarget: 1 })).toBe('differ');
  });

  it('counts what a repair can end, of all states or of one', () => {
    const counts = { ...none, compared: 20, different: 4, missed: 2, missingInTarget: 1, onlyInTarget: 7, known: 3 };
    expect(statesIn(counts)).toEqual(['DIFFERENT', 'MISSED', 'MISSING_IN_TARGET', 'ONLY_IN_TARGET', 'KNOWN']);
    expect([...repairable(counts)]).toEqual([['DIFFERENT', 4], ['MISSED', 2], ['MISSING_IN_TARGET', 1]]); // prettier-ignore
    expect(sumOf(repairable(counts))).toBe(7);
    expect([...repairable(counts, 'MISSED')]).toEqual([['MISSED', 2]]);
    expect(repairable(counts, 'ONLY_IN_TARGET').size).toBe(0);
  });
});
