/** Comparing what was asked for with what is there: what is there may hold more, never less. */
import { describe, expect, it } from '@jest/globals';
import type { Json } from './document.js';
import { alike, says } from './says.js';

describe('says', () => {
  it('lets objects hold fields of their own, and takes an absent value for an empty wish', () => {
    expect(says({ amount: '1', taxed: true }, { amount: '1' })).toBe(true);
    expect(says({ taxed: true }, { amount: '1' })).toBe(false);
    expect(says(undefined, null)).toBe(true);
    expect(says('', null)).toBe(true);
    expect(says('x', null)).toBe(false);
    expect(says(undefined, [])).toBe(true);
  });

  it('counts the items of lists, unless they may hold more', () => {
    const there: Json = [{ code: 'b', by: 'us' }, { code: 'a' }];
    expect(says(there, [{ code: 'b' }, { code: 'a' }])).toBe(true);
    expect(says(there, [{ code: 'a' }, { code: 'b' }])).toBe(false);
    expect(says(there, [{ code: 'a' }], { mayHoldMore: true })).toBe(true);
    expect(says(there, [{ code: 'c' }], { mayHoldMore: true })).toBe(false);
    expect(says(['a', 'b'], ['a'], { mayHoldMore: true })).toBe(false);
    expect(says(there, [{ code: 'a' }, { code: 'b' }], { anyOrder: true })).toBe(true);
    expect(says(there, [{ code: 'a' }], { anyOrder: true })).toBe(false);
    expect(says(there, [{ code: 'a' }, { code: 'c' }], { anyOrder: true })).toBe(false);
  });
});

describe('alike', () => {
  it('keeps what the other document speaks of', () => {
    const value: Json = {
      a: 1,
      own: 2,
      list: [
        { x: 1, y: 2 },
        { x: 3, z: 4 },
      ],
    };
    expect(alike(value, { a: 0, list: [{ x: 0 }] })).toEqual({ a: 1, list: [{ x: 1 }, { x: 3 }] });
    expect(alike([1, 2], [3])).toEqual([1, 2]);
    expect(alike('text', undefined)).toBe('text');
  });
});
