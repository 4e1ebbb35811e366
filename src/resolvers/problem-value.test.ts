import { describe, expect, it } from '@jest/globals';
import { valueAt } from './problem-value.js';

describe('the value that a problem is about', () => {
  const payload = { wanted: { lines: [{ rate: '17.5' }, { rate: null }] }, document: { mail: 'a@@b' }, held: null };

  it.each([
    ['lines.0.rate', '17.5'],
    ['lines.1.rate', null],
    ['mail', 'a@@b'],
    ['wanted.lines.0', { rate: '17.5' }],
    ['lines.2.rate', null],
    ['lines.length', null],
    ['__proto__', null],
    ['', null],
    [null, null],
  ])('at %j is %j', (path, value) => {
    expect(valueAt(payload, path)).toEqual(value);
  });

  it('is nothing when the payload is not an object', () => {
    expect(valueAt('text', 'a')).toBeNull();
    expect(valueAt(null, 'a')).toBeNull();
  });
});
