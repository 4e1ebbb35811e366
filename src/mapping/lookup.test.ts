/** Looking codes up in value lists: which codes are the same. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import type { MappedRecord, ValueList } from './mapping.js';
import { compile, documentOf, failureOf, sku, taxes } from './mapping-fixture.js';

describe('value lists', () => {
  const looked = (source: string, document: Document, list: Partial<ValueList>): MappedRecord =>
    compile([sku, { kind: 'valueList', target: 'taxCode', source, secondKey: 'country', list: 'tax' }], {
      lists: [{ ...taxes, ...list }],
    }).run({ code: 'A', ...document }, 'create');

  it.each<[source: string, document: Document, from: string, secondKey: string | null]>([
    ['title', { title: 'PIN ' }, 'PIN', null],
    ['title', { title: ' PIN', country: ' BE ' }, 'PIN', 'BE'],
    ['title', { title: 'PIN' }, 'PIN ', null],
    ['title', { title: 'Caf\u00e9' }, 'Cafe\u0301', null],
    ['title', { title: 'Cafe\u0301', country: 'e\u0301' }, 'Caf\u00e9', '\u00e9'],
    ['price.amount', { price: { amount: '21.00' } }, '21', null],
    ['price.amount', { price: { amount: '21', country: 'BE' } }, '21.0', null],
    ['price.amount', { price: { amount: 21 }, country: 'BE ' }, '021.00', 'BE'],
    ['tax', { tax: '21.0' }, '21', null],
  ])('find the code of %s in %j by %j', (source, document, from, secondKey) => {
    const entry = { from, ...(secondKey === null ? {} : { secondKey }), to: 'FOUND' };
    const mapped = looked(source, document, { entries: [{ from: 'other', to: 'OTHER' }, entry] });
    expect(documentOf(mapped)['taxCode']).toBe('FOUND');
  });

  it('know codes that are no numbers only as they are written, and pass them on so', () => {
    expect(failureOf(looked('title', { title: '21.00' }, { entries: [{ from: '21', to: 'X' }] }))).toEqual([
      'UNMAPPED_VALUE taxCode',
    ]);
    const passed = looked('title', { title: 'PIN ', country: ' BE' }, { whenUnmapped: 'pass' });
    expect(passed).toMatchObject({
      document: { taxCode: 'PIN ' },
      unmapped: [{ list: 'tax', value: 'PIN', secondKey: 'BE' }],
    });
  });
});
