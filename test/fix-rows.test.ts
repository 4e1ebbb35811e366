/** Whose the changes of a draft are, for the form that adds rows which a value list lacks. */
import { expect, it } from '@jest/globals';
import { resolve } from 'node:path';

interface Row {
  readonly sourceValue: string;
  readonly secondKey?: string | null;
}
interface Change {
  readonly before?: Row | null;
  readonly after?: Row | null;
}
/** Not named as an import: what the pages are made of is compiled by other rules than what runs in Node. */
const { othersIn, stillIn, withoutRows } = (await import(resolve('web/dashboard/pages/problems/fix-rows.ts'))) as {
  othersIn(changes: readonly Change[], entries: readonly Row[]): number;
  stillIn(rows: readonly Row[], changes: readonly Change[]): readonly Row[];
  withoutRows(rows: readonly Row[], these: readonly Row[]): readonly Row[];
};

const high = { sourceValue: '21', secondKey: 'NL' };
const belgian = { sourceValue: '21', secondKey: 'BE' };
const plain = { sourceValue: '21' };

it('takes back what was saved and is not entered any more, by both codes', () => {
  expect(withoutRows([{ ...high, targetValue: '1' } as Row, belgian, plain], [high])).toEqual([belgian, plain]);
  expect(withoutRows([{ ...plain, secondKey: null }], [plain])).toEqual([]);
});

it('does not take back what the draft does not change any more: it is in use', () => {
  expect(stillIn([high, belgian], [{ before: null, after: belgian }])).toEqual([belgian]);
  expect(stillIn([plain], [{ before: { ...plain, secondKey: null }, after: null }])).toEqual([plain]);
});

it('counts the changes of others, removals too', () => {
  expect(othersIn([{ after: high }, { before: belgian, after: null }], [high])).toBe(1);
});
