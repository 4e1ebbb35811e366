/** Editing value lists: entries by their keys, what is refused, what differs, and the way through a spreadsheet. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ValueListBody } from './mapping.js';
import { entriesFromCsv, entriesToCsv } from './value-list-csv.js';
import { entryChanges, entryKey, listProblems, tidyKey, withEntries, withoutEntries } from './value-list-edit.js';

const body: ValueListBody = {
  whenUnmapped: 'fail',
  entries: [
    { from: '21', to: 'HIGH' },
    { from: '21', secondKey: 'BE', to: 'BE-HIGH' },
  ],
};

describe('entries', () => {
  it('are added, and changed where code and second key are the same', () => {
    const { entries } = withEntries(
      body,
      [
        { from: ' 21 ', secondKey: 'BE', to: 'NEW' },
        { from: '6', secondKey: '', to: 'LOW' },
      ],
      false,
    );
    expect(entries).toEqual([
      { from: '21', to: 'HIGH' },
      { from: '21', secondKey: 'BE', to: 'NEW' },
      { from: '6', to: 'LOW' },
    ]);
  });

  it('have one form of each letter, and are found by it', () => {
    const old = { ...body, entries: [{ from: 'Cafe\u0301', to: 'A' }] };
    expect(withEntries(old, [{ from: 'Cafe\u0301 ', secondKey: 'e\u0301', to: 'B' }, { from: 'Caf\u00e9', to: 'C' }], false).entries).toEqual([
      { from: 'Caf\u00e9', to: 'C' },
      { from: 'Caf\u00e9', secondKey: '\u00e9', to: 'B' },
    ]);
    expect(withoutEntries(old, new Set([tidyKey({ from: 'Caf\u00e9' })])).body.entries).toEqual([]);
  }); // prettier-ignore

  it('are all there is after a replacement, and go one by one', () => {
    expect(withEntries(body, [{ from: '6', to: 'LOW' }], true).entries).toEqual([{ from: '6', to: 'LOW' }]);
    const { body: rest, removed } = withoutEntries(body, new Set([entryKey({ from: '21', secondKey: 'BE' })]));
    expect([rest.entries, removed]).toEqual([[{ from: '21', to: 'HIGH' }], [body.entries[1]]]);
  });

  it('of two versions are compared by their keys', () => {
    const after = withEntries(
      withoutEntries(body, new Set([entryKey({ from: '21' })])).body,
      [
        { from: '21', secondKey: 'BE', to: 'X' },
        { from: '0', to: 'Z' },
      ],
      false,
    );
    expect(entryChanges(body, after).map(({ kind, before, after: now }) => [kind, before?.to, now?.to])).toEqual([
      ['CHANGED', 'BE-HIGH', 'X'],
      ['ADDED', undefined, 'Z'],
      ['REMOVED', 'HIGH', undefined],
    ]);
  });
});

describe('what is wrong with a list', () => {
  it('is said of each entry', () => {
    const wrong = { whenUnmapped: 'default', entries: [{ from: '', to: 'a' }, { from: 'b', to: '' }, { from: 'c', to: '1' }, { from: 'c', to: '2' }] } as const; // prettier-ignore
    expect(listProblems(wrong)).toEqual([
      'codes without an entry take a default, but there is none',
      'an entry for "a" has no code',
      '"b" has no value',
      '"c" has two entries',
    ]);
    expect(listProblems(body)).toEqual([]);
  });
});

describe('CSV', () => {
  it('has what spreadsheets read, without formulas', () => {
    expect(entriesToCsv([{ from: '=1+1', secondKey: 'BE', to: 'a"b' }])).toBe(
      `sourceValue,secondKey,targetValue\r\n'=1+1,BE,"a""b"\r\n`,
    );
  });

  it('is read with semicolons, another order of columns and a byte order mark', () => {
    expect(entriesFromCsv('\ufefftargetValue;sourceValue\nHIGH;21\n\n"LO;W";6\n')).toEqual({
      type: 'entries',
      entries: [
        { from: '21', to: 'HIGH' },
        { from: '6', to: 'LO;W' },
      ],
    });
  });

  it.each([
    ['a;b\n1;2', /should name the columns/],
    ['sourceValue,targetValue\n"1,2', /cannot be read/],
  ])('that cannot be used is refused: %j', (text, message) => {
    expect(entriesFromCsv(text)).toMatchObject({ type: 'refused', message: expect.stringMatching(message) });
  });

  it('comes back as it went, whatever the codes are', () => {
    const code = fc.string({ minLength: 1, unit: 'grapheme' });
    const entry = fc.record({ from: code, secondKey: code, to: code });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 5 }), (entries) => {
        const kept = entries.filter(
          ({ from, secondKey, to }) =>
            ![from, secondKey, to].some((each) => /^'[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(each)),
        );
        expect(entriesFromCsv(entriesToCsv(kept))).toEqual({ type: 'entries', entries: kept });
      }),
    );
  });
});
