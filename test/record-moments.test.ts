/** A record as it was at each moment, found by taking its changes back from now. */
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

type State = ReadonlyMap<string, unknown> | null;
interface Moments {
  statesOf(now: ReadonlyMap<string, unknown>, changes: readonly object[]): readonly State[];
  differs(one: State, other: State, path: string): boolean;
  recordsIn(value: unknown): readonly string[];
  productOfGoneLine(key: unknown): string | undefined;
  productOfLine(lines: unknown, key: unknown): string | undefined;
}
// Not named as an import: what the pages are made of is compiled by other rules than what runs in Node.
const { statesOf, differs, recordsIn, productOfGoneLine, productOfLine } = (await import(
  resolve('web/dashboard/pages/records/moments.ts')
)) as Moments;

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

  it('names the product of a line that is gone, of which something was delivered', async () => {
    const { carriedOver } = await import('../src/canonical/several-sources.js');
    const [kept] = carriedOver([{ key: 'l1', variant: 'var_1' }], [], [{ key: 'l1', quantity: '2' }]) as [{ key: string }]; // prettier-ignore
    expect(productOfGoneLine(kept.key)).toBe('var_1');
    expect(recordsIn([kept])).toEqual(['var_1']);
    const lines = [{ key: 'l1', variant: 'var_1' }, { key: 'l2' }, { variant: 'var_2' }];
    expect(['l1', 'l2', 'l3', undefined].map((key) => productOfLine(lines, key))).toEqual(['var_1', undefined, undefined, undefined]); // prettier-ignore
    expect(['l1', 'without line: ', 7, undefined].map(productOfGoneLine)).toEqual(Array(4).fill(undefined));
  });
});

interface PlainValues {
  keysOf(name: string, value: string): readonly string[];
  measureOf(name: string, value: string): string | undefined;
  nameAt(path: string): string;
  partsWithin(parts: readonly object[], name: string): readonly object[];
  shownParts(value: object, parts: readonly object[], isNamed?: (id: string) => boolean): readonly unknown[];
  isEmpty(value: unknown): boolean;
}
const plain = (await import(resolve('web/dashboard/pages/records/plain-values.ts'))) as PlainValues;

describe('values as people read them', () => {
  it('are amounts, rates and quantities by the name of their field, and never numbers by which things are known', () => {
    const measures = ['unitPrice', 'totalIncl', 'discountAmountExcl', 'taxRate', 'vatPercentage', 'deliveredQuantity', 'onHand']; // prettier-ignore
    expect(measures.map((name) => plain.measureOf(name, '-19.95'))).toEqual(['money', 'money', 'money', 'percent', 'percent', 'number', 'number']); // prettier-ignore
    for (const name of ['sku', 'articleNumber', 'phone', 'taxClass', 'vatCode', 'number', 'paymentStatus'])
      expect(plain.measureOf(name, '10')).toBeUndefined();
    expect(plain.measureOf('unitPrice', 'ask')).toBeUndefined();
  });

  it('have words under the name of their field, or where the pages have them', () => {
    expect(plain.keysOf('method', 'BANK_TRANSFER')).toEqual(['paidBy.BANK_TRANSFER']);
    expect(plain.keysOf('kind', 'SHIPPING')).toEqual(['kind.SHIPPING', 'line.SHIPPING']);
    expect(plain.keysOf('taxMethod', 'NONE')).toEqual(['taxMethod.NONE']);
    expect(plain.nameAt('lineList.0.data.vatCode')).toBe('vatCode');
    expect(plain.nameAt('lines.0')).toBe('lines');
  });

  it('show the parts that have a name, all of them when none has, and a currency with its amounts', () => {
    const parts = [{ path: 'data', label: 'Amounts' }, { path: 'data.vatCode', label: 'VAT code' }]; // prettier-ignore
    const line = { key: 'l-1', lineType: 'LINE-TYPE-NONE', data: { vatCode: '1' }, text: null };
    expect(plain.shownParts(line, parts)).toEqual([['data', { vatCode: '1' }]]);
    expect(plain.partsWithin(parts, 'data')).toEqual([{ path: 'vatCode', label: 'VAT code' }]);
    expect(plain.shownParts({ code: 'size', value: 'M' }, [])).toEqual([['code', 'size'], ['value', 'M']]); // prettier-ignore
    expect(plain.shownParts({ amount: '5.00', currency: 'EUR' }, [])).toEqual([['amount', '5.00']]);
    // In the order of the names, without ids of machines and what is empty.
    const two = [{ path: 'a', label: 'A' }, { path: 'b', label: 'B' }]; // prettier-ignore
    const id = 'ee5addc8-9532-5830-a9eb-220265c3e9a3';
    expect(plain.shownParts({ b: '2', a: '1' }, two)).toEqual([['a', '1'], ['b', '2']]); // prettier-ignore
    expect(plain.shownParts({ a: id, b: '2' }, two)).toEqual([['b', '2']]);
    expect(plain.shownParts({ a: id, b: '' }, two, (each) => each === id)).toEqual([['a', id]]);
    expect(plain.shownParts({ currency: 'EUR', country: 'BE' }, [])).toEqual([['currency', 'EUR'], ['country', 'BE']]); // prettier-ignore
  });

  it('are empty when there is nothing in them to read', () => {
    for (const value of [null, undefined, '', [], {}, { amount: null, taxCode: '' }])
      expect(plain.isEmpty(value)).toBe(true);
    for (const value of [0, false, '–', [null, 1], { amount: '0' }]) expect(plain.isEmpty(value)).toBe(false);
  });
});
