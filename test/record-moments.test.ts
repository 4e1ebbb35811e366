/** A record as it was at each moment, found by taking its changes back from now. */
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

type State = ReadonlyMap<string, unknown> | null;
interface Moments {
  statesOf(now: ReadonlyMap<string, unknown>, changes: readonly object[]): readonly State[];
  differs(one: State, other: State, path: string): boolean;
  recordsIn(value: unknown): readonly string[];
}
// Not named as an import: what the pages are made of is compiled by other rules than what runs in Node.
const { statesOf, differs, recordsIn } = (await import(resolve('web/dashboard/pages/records/moments.ts'))) as Moments;

const made = { action: 'CREATE', changes: [{ path: 'name', before: null, after: 'Cup' }, { path: 'brand', before: null, after: 'Mosa' }] }; // prettier-ignore
const renamed = { action: 'UPDATE', changes: [{ path: 'name', before: 'Cup', after: 'Mug' }] };
const again = { action: 'UPDATE', changes: [{ path: 'name', before: 'Mug', after: 'Bowl' }, { path: 'brand', before: 'Mosa', after: null }] }; // prettier-ignore
const now = new Map<string, unknown>([
  ['code', 'P2'],
  ['name', 'Bowl'],
  ['brand', null],
]);
const shown = (states: readonly State[]): unknown[] =>
  states.map((state) => (state === null ? null : Object.fromEntries(state)));

describe('a record over time', () => {
  it('is what it was after each change, and was not known before it was made', () => {
    expect(shown(statesOf(now, [made, renamed, again]))).toEqual([
      null,
      { code: 'P2', name: 'Cup', brand: 'Mosa' },
      { code: 'P2', name: 'Mug', brand: 'Mosa' },
      { code: 'P2', name: 'Bowl', brand: null },
    ]);
  });

  it('was something before the first change that is known, when that did not make it', () => {
    expect(shown(statesOf(now, [again]))).toEqual([
      { code: 'P2', name: 'Mug', brand: 'Mosa' },
      Object.fromEntries(now),
    ]);
    expect(shown(statesOf(now, []))).toEqual([Object.fromEntries(now)]);
  });

  it('differs in the fields whose values are others, whatever they are made of', () => {
    const [none, first, second] = statesOf(now, [made, renamed]);
    expect(differs(first!, second!, 'name')).toBe(true);
    expect(differs(first!, second!, 'brand')).toBe(false);
    expect(differs(none!, first!, 'name')).toBe(true);
    expect(differs(none!, first!, 'nothing')).toBe(false);
    const lines = (quantity: string): State => new Map([['lines', [{ sku: 'A', quantity }]]]);
    expect(differs(lines('1'), lines('1'), 'lines')).toBe(false);
    expect(differs(lines('1'), lines('2'), 'lines')).toBe(true);
  });

  it('names other records wherever their ids stand', () => {
    expect(recordsIn([{ variant: 'var_01M8CWCMX100V1D2Z199SBGPFP', sku: 'var' }, ['cat_1']])).toEqual([
      'var_01M8CWCMX100V1D2Z199SBGPFP',
      'cat_1',
    ]);
    expect(recordsIn({ name: 'variant_x', amount: 3, none: null })).toEqual([]);
  });
});
