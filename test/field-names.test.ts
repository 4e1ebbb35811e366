/** What people call the fields of rules in the mapping editor. */
import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';

interface Named {
  readonly path: string;
  readonly name: string;
}
interface Rule {
  readonly target: string;
  readonly source: string;
}
interface Names {
  fieldName(fields: readonly Named[], path: string): string | null;
  sourceName(fields: readonly Named[], row: { readonly lists: readonly Rule[] }, path: string): string | null;
  targetName(fields: readonly Named[], row: { readonly rule: Rule; readonly lists: readonly Rule[] }): string | null;
  refersToRecords(fields: readonly { readonly path: string; readonly type: string }[], path: string): boolean;
  partsOf(fields: readonly Named[], path: string): readonly { readonly path: string; readonly label: string }[];
}
// Not named as an import: what the pages are made of is compiled by other rules than what runs in Node.
const { fieldName, partsOf, refersToRecords, sourceName, targetName } = (await import(
  resolve('web/dashboard/pages/mappings/rules/names.ts')
)) as Names;

const named = (...all: readonly (readonly [path: string, name: string])[]) =>
  all.map(([path, name]) => ({ path, name }));
const source = named(
  ['name', 'Name'],
  ['product', 'Product'],
  ['product.name', 'Name'],
  ['lines', 'Lines'],
  ['lines.sku', 'SKU'],
  ['lines.rates', 'Rates'],
  ['lines.rates.percent', 'Percentage'],
);
const target = named(['rows', 'Rows'], ['rows.article', 'Article'], ['rows.vat', 'VAT'], ['rows.vat.rate', 'Rate']);
const list = (source: string, target: string): Rule => ({ source, target });
const writes = (target: string): Rule => ({ source: '', target });
const within = (...lists: readonly Rule[]) => ({ lists });

describe('the name of a field', () => {
  it('says on what it stands, and is none for what nobody knows', () => {
    expect(fieldName(source, 'name')).toBe('Name');
    expect(fieldName(source, 'product.name')).toBe('Product › Name');
    expect(fieldName(source, 'product.colour')).toBeNull();
    expect(fieldName(source, 'nothing.name')).toBeNull();
  });

  it('is that of the item for a rule of a list, and of what stands around it where the rule leads there', () => {
    const inLines = within(list('lines', 'rows'));
    expect(sourceName(source, inLines, 'sku')).toBe('SKU');
    expect(sourceName(source, inLines, '^.product.name')).toBe('Product › Name');
    const inRates = within(list('lines', 'rows'), list('rates', 'vat'));
    expect(sourceName(source, inRates, 'percent')).toBe('Percentage');
    expect(sourceName(source, inRates, '^.sku')).toBe('SKU');
    expect(sourceName(source, inRates, '^.^.name')).toBe('Name');
    expect(sourceName(source, inRates, '.')).toBeNull();
  });

  it('is found for what a rule writes, in a list too', () => {
    expect(targetName(target, { rule: writes('rows'), lists: [] })).toBe('Rows');
    expect(targetName(target, { rule: writes('vat.rate'), ...within(list('lines', 'rows')) })).toBe('VAT › Rate');
    expect(targetName(target, { rule: writes('rate'), ...within(list('lines', 'rows'), list('rates', 'vat')) })).toBe('Rate'); // prettier-ignore
    expect(targetName(target, { rule: writes('vat'), lists: [] })).toBeNull();
  });

  it('of the parts of a field is told by where they stand in it, of a list in its items', () => {
    const inLines = [
      { path: 'sku', label: 'SKU' },
      { path: 'rates', label: 'Rates' },
      { path: 'rates.percent', label: 'Percentage' },
    ];
    expect(partsOf(source, 'lines')).toEqual(inLines);
    expect(partsOf(source, 'lines.0')).toEqual(inLines);
    expect(partsOf(source, 'lines.0.rates.2')).toEqual([{ path: 'percent', label: 'Percentage' }]);
    expect(partsOf(source, 'name')).toEqual([]);
  });

  it('stands for records where the field, or a part of it, refers to them', () => {
    const fields = [
      { path: 'name', type: 'text' },
      { path: 'debtorId', type: 'reference' },
      { path: 'lines', type: 'object' },
      { path: 'lines.sku', type: 'reference' },
      { path: 'linesNote', type: 'text' },
    ];
    const found = ['name', 'debtorId', 'lines', 'lines.sku', 'linesNote'].filter((path) =>
      refersToRecords(fields, path),
    );
    expect(found).toEqual(['debtorId', 'lines', 'lines.sku']);
  });
});
