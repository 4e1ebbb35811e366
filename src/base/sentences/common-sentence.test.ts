/** Titles of groups: what sentences have in common, and nothing that is true of one of them only. */
import { describe, expect, it } from '@jest/globals';
import { KoppelError } from '../errors.js';
import { missingEntryPhrase } from '../missing-entry.js';
import { commonSentence } from './common-sentence.js';
import { said } from './say.js';

const lacks = (line: number, code: string, country: string): string =>
  new KoppelError('UNMAPPED_VALUE', {
    what: `lines.${line}.vat: ${missingEntryPhrase('vat', JSON.stringify(code), JSON.stringify(country))}`,
  }).message;

describe('commonSentence', () => {
  it('is the sentence itself when all are the same', () => {
    expect(commonSentence([lacks(0, '17', 'LU'), lacks(0, '17', 'LU')])).toBe(lacks(0, '17', 'LU'));
    expect(commonSentence([])).toBe('');
  });

  it('names the codes that a list lacks, the first of them when there are many', () => {
    const two = commonSentence([lacks(0, '17', 'LU'), lacks(2, 'EXPORT', 'NL'), lacks(1, '17', 'LU')]);
    expect(two).toBe('The record could not be mapped: lines.*.vat: the value list "vat" has no entries for 17 · LU, EXPORT · NL.'); // prettier-ignore
    expect(said('nl', two)).toBe('Het record kon niet omgezet worden: lines.*.vat: waardenlijst "vat" heeft geen regels voor 17 · LU, EXPORT · NL.'); // prettier-ignore
    const many = commonSentence(['1', '2', '3', '4'].map((code) => lacks(0, code, 'LU')));
    expect(many).toContain('1 · LU, 2 · LU, 3 · LU and others.');
    expect(said('fr', many)).toContain('1 · LU, 2 · LU, 3 · LU et d’autres.');
  });

  it('says one line as all of them when only the line differs', () => {
    expect(commonSentence([lacks(0, '17', 'LU'), lacks(2, '17', 'LU')])).toBe(
      'The record could not be mapped: lines.*.vat: the value list "vat" has no entry for "17" with "LU".',
    );
  });

  it('leaves out the values in which sentences of the hub differ, and keeps their words translatable', () => {
    const numbers = ['A-1', 'B-2'].map((skus) => new KoppelError('SKU_NOT_NUMERIC', { system: 'Till', skus }).message);
    expect(commonSentence(numbers)).toBe('Till takes numbers only, and … cannot be one.');
    const long = ['name has 51 characters; at most 50 fit', 'name has 64 characters; at most 50 fit'];
    const mapped = long.map((what) => new KoppelError('MAPPING_FAILED', { what }).message);
    expect(commonSentence(mapped)).toBe('The record could not be mapped: name has … characters; at most 50 fit.');
    expect(said('nl', commonSentence(mapped))).toBe('Het record kon niet omgezet worden: name heeft … tekens; er passen er hoogstens 50.'); // prettier-ignore
  });

  it('keeps the words that foreign sentences share', () => {
    const refused = ['debtor 12 is blocked since May', 'debtor 4711 is blocked', 'debtor 9 is blocked'];
    const sentences = refused.map((what) => new KoppelError('RECORD_REFUSED', { system: 'Shop', what }).message);
    expect(commonSentence(sentences)).toBe('Shop refused the record: debtor …');
    expect(said('nl', commonSentence(sentences))).toBe('Shop heeft het record geweigerd: debtor …');
    expect(commonSentence(['stock of 12 at 3 is odd', 'stock of 13 at 7 is odd'])).toBe('stock of … at … is odd');
  });

  it('says nothing of what has nothing in common', () => {
    expect(commonSentence(['broken', 'all wrong here'])).toBe('…');
  });
});
