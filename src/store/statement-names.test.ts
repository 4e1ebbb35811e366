import { expect, test } from '@jest/globals';
import { makeStatementNames } from './statement-names.js';

const third = (text: string): string | undefined => {
  const names = makeStatementNames('test');
  return [names(text), names(text), names(text)].at(-1);
};

test('a statement that comes for the third time has a name from then on', () => {
  const names = makeStatementNames('test');
  expect(['a', 'a', 'b', 'a', 'b', 'a', 'b'].map(names)).toEqual([
    ...[undefined, undefined, undefined, 'test-1', undefined, 'test-1', 'test-2'],
  ]);
});

test('a long statement never gets one', () => {
  expect(third('x'.repeat(20_000))).toBe('test-1');
  expect(third('x'.repeat(20_001))).toBeUndefined();
});
