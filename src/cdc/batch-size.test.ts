import { describe, expect, it } from '@jest/globals';
import { makeBatchSize } from './batch-size.js';

/** Sizes after each of so many full batches on a machine that takes so long for each change. */
function sizes(msOfChange: number, batches: number): readonly number[] {
  const size = makeBatchSize(500);
  return Array.from({ length: batches }, () => {
    size.took(size.now(), size.now() * msOfChange);
    return size.now();
  });
}

describe('the size of batches', () => {
  it('grows by no more than twice to what fits, and never above its limit', () => {
    expect(sizes(1, 4)).toEqual([400, 500, 500, 500]);
    expect(sizes(0.25, 4)).toEqual([400, 800, 1_000, 1_000]);
  });

  it('falls by no more than half, and stays at its least on the slowest machine', () => {
    expect(sizes(4, 3)).toEqual([125, 125, 125]);
    expect(sizes(40, 3)).toEqual([100, 100, 100]);
  });

  it('learns nothing from a small batch that was quick, and something from one that was slow', () => {
    const size = makeBatchSize(500);
    size.took(3, 30);
    expect(size.now()).toBe(200);
    size.took(3, 900);
    expect(size.now()).toBe(100);
    size.took(0, 0);
    expect(size.now()).toBe(100);
  });
});
