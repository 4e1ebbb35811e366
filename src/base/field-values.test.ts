/** Parts and texts of values, with the fields of a made-up kind of record. */
import { describe, expect, it } from '@jest/globals';
import type { Field, Json } from './document.js';
import { fieldAt, namedParts, textsOf } from './field-values.js';

const code: Field = { name: 'vatCode', type: 'text', label: 'VAT code' };
const data: Field = { name: 'data', type: 'object', label: 'Amounts', fields: [code, { name: 'inner', type: 'text' }] };
const hidden: Field = { name: 'hidden', type: 'object', fields: [code] };
const lines: Field = { name: 'lines', type: 'object', list: true, fields: [data, hidden] };
const kinds = [[{ name: 'number', type: 'text' }], [lines]] as const satisfies readonly (readonly Field[])[];

describe('fieldAt', () => {
  it('passes over places in lists, and takes the first kind that has the path', () => {
    expect(fieldAt('lines.3.data.vatCode', kinds)).toBe(code);
    expect(fieldAt('lines', kinds)).toBe(lines);
    expect(fieldAt('number', kinds)?.name).toBe('number');
  });

  it('finds nothing below a field that has no parts', () => {
    expect(fieldAt('number.data', kinds)).toBeUndefined();
    expect(fieldAt('nothing.vatCode', kinds)).toBeUndefined();
  });
});

describe('namedParts', () => {
  it('are those with a name, parts of parts behind their whole', () => {
    expect(namedParts(lines)).toEqual([
      { path: 'data', label: 'Amounts' },
      { path: 'data.vatCode', label: 'VAT code' },
    ]);
  });
});

describe('textsOf', () => {
  it('are all texts, each with its field; what no field holds is not among them', () => {
    const value: Json = [{ data: { vatCode: '1', count: 2 }, unknown: 'x' }, { data: { vatCode: '3', inner: null } }];
    expect(textsOf(lines, value)).toEqual([
      { field: code, text: '1' },
      { field: code, text: '3' },
    ]);
    expect(textsOf(code, 'A')).toEqual([{ field: code, text: 'A' }]);
  });
});
