import { describe, expect, it } from '@jest/globals';
import { valueAt } from './value-at.js';

describe('the value at a path', () => {
  const document = { lines: [{ rate: '17.5' }, { rate: null }], mail: 'a@@b' };

  it.each([
    ['lines.0.rate', '17.5'],
    ['lines.1.rate', null],
    ['mail', 'a@@b'],
    ['lines.0', { rate: '17.5' }],
    ['lines.2.rate', undefined],
    ['lines.length', undefined],
    ['__proto__', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('at %j is %j', (path, value) => {
    expect(valueAt(document, path)).toEqual(value);
  });

  it('is nothing where the document is none', () => {
    expect(valueAt('text', 'a')).toBeUndefined();
    expect(valueAt(null, 'a')).toBeUndefined();
  });
});
