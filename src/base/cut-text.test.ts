import { describe, expect, it } from '@jest/globals';
import { cutText } from './cut-text.js';

describe('a text that is cut', () => {
  it('never ends in half a character', () => {
    expect(cutText('ab🙂cd', 2)).toBe('ab');
    expect(cutText('ab🙂cd', 3)).toBe('ab');
    expect(cutText('ab🙂cd', 4)).toBe('ab🙂');
    expect(cutText('🙂', 1)).toBe('');
  });

  it('stays as it is when it is short enough', () => {
    expect(cutText('ab🙂', 4)).toBe('ab🙂');
    expect(cutText('', 0)).toBe('');
  });
});
