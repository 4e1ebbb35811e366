/** Paths of fields in words, with the fields of a made-up kind of record. */
import { describe, expect, it } from '@jest/globals';
import type { Field } from '../document.js';
import { fieldWords } from './field-words.js';

const fields: readonly Field[] = [
  { name: 'vatNumber', type: 'text', label: 'VAT number' },
  { name: 'billing', type: 'object', label: 'Billing address', fields: [{ name: 'country', type: 'text', label: 'Country (ISO 3166-1 alpha-2)' }] }, // prettier-ignore
  {
    name: 'lineList',
    type: 'object',
    list: true,
    label: 'Lines, shipping costs included',
    fields: [
      { name: 'text', type: 'text', label: 'Text' },
      { name: 'secret', type: 'text' },
      { name: 'data', type: 'object', label: 'Quantities and amounts', fields: [{ name: 'vatCode', type: 'text', label: 'VAT code' }] }, // prettier-ignore
    ],
  },
  { name: 'things', type: 'object', list: true, label: 'Categories', fields: [{ name: 'code', type: 'text', label: 'Code' }] }, // prettier-ignore
  { name: 'characteristics', type: 'object', list: true, label: 'Characteristics', byCode: [{ name: 'material', type: 'text', label: 'Material' }] }, // prettier-ignore
];
const words = (path: string, language: 'en' | 'nl' | 'fr' = 'en') => fieldWords(language, path, [[], fields]);

describe('fieldWords', () => {
  it('counts items from one, and leaves groups out that say nothing', () => {
    expect(words('lineList.0.data.vatCode')).toBe('VAT code of line 1');
    expect(words('lineList.0.data.vatCode', 'nl')).toBe('Btw-code van regel 1');
    expect(words('lineList.0.data.vatCode', 'fr')).toBe('Code de TVA, ligne 1');
  });

  it('says all items of a list, and an item itself', () => {
    expect(words('lineList.*.data.vatCode')).toBe('VAT code of lines');
    expect(words('lineList.*.text', 'nl')).toBe('Tekst van regels');
    expect(words('lineList.11')).toBe('Line 12');
  });

  it('leaves explanations out, and says what a field is a part of', () => {
    expect(words('billing.country')).toBe('Country of billing address');
    expect(words('billing.country', 'nl')).toBe('Land van factuuradres');
    expect(words('vatNumber', 'fr')).toBe('Numéro de TVA');
  });

  it('calls the items of a list that has no word for one by the name of the list', () => {
    expect(words('things.2.code')).toBe('Code of categories 3');
  });

  it('says what people have added by the name that they gave it', () => {
    expect(words('characteristics.material', 'nl')).toBe('Material van kenmerken');
    expect(words('characteristics.own.name')).toBe('Own.name of characteristics');
  });

  it('knows nothing of paths that no record has, and of fields without a name', () => {
    expect(words('lineList.0.nothing')).toBeUndefined();
    expect(words('lineList.0.secret')).toBeUndefined();
    expect(words('')).toBeUndefined();
  });
});
