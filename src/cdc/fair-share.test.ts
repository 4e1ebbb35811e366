import { describe, expect, it } from '@jest/globals';
import { fairShare, surplusOf } from './fair-share.js';

describe('the fair share of partitions', () => {
  it.each([
    [8, 1, 8],
    [8, 2, 4],
    [8, 3, 3],
    [8, 8, 1],
    [8, 20, 1],
    [8, 0, 8],
  ])('of %i partitions among %i processes is at most %i', (partitions, members, share) => {
    expect(fairShare(partitions, members)).toBe(share);
  });

  it('leaves no partition without a process when each takes its share', () => {
    for (let members = 1; members < 20; members++) expect(fairShare(8, members) * members).toBeGreaterThanOrEqual(8);
  });

  it('gives back the last ones that are too many, and nothing when there are not', () => {
    expect(surplusOf([5, 0, 7, 1], 2)).toEqual([5, 7]);
    expect(surplusOf([0, 1], 2)).toEqual([]);
  });
});
