import { expect, test } from '@jest/globals';
import { allOf, anyOf, joined, raw, sql, textOf } from './sql.js';

test('pieces are joined with their values in order', () => {
  const piece = joined([sql`a = ${1}`, raw('b'), sql`${2} < c and c < ${3}`], ' or ');
  expect([textOf(piece), piece.values]).toEqual(['a = $1 or b or $2 < c and c < $3', [1, 2, 3]]);
  expect([joined([], ','), allOf([]), anyOf([])].map(textOf)).toEqual(['', 'true', 'false']);
});

test('twice as many pieces take about twice as long to join', () => {
  const pieces = Array.from({ length: 200_000 }, (_, i) => sql`name = ${i}`);
  const found = anyOf(pieces);
  expect(found.values).toHaveLength(200_000);
  expect(textOf(found)).toMatch(/ or name = \$200000\)$/);
}, 20_000);
