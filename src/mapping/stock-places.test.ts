import { describe, expect, it } from '@jest/globals';
import type { MappingDefinition, Rule, ValueList, ValueListEntry } from './mapping.js';
import { countedTwice, countsItself, stockPlacesOf, type StockPlaces } from './stock-places.js';

const mapping = (rule: Rule): MappingDefinition => ({
  key: 'out', direction: 'outbound', connector: 'c', record: 'stock', entity: 'stock',
  rules: [
    { kind: 'copy', source: 'variant', target: 'sku' },
    { kind: 'list', source: 'levels', target: 'rows', rules: [{ kind: 'copy', source: 'quantity', target: 'n' }, rule] },
  ],
}); // prettier-ignore
const listed: Rule = { kind: 'valueList', source: 'locationCode', target: 'place', list: 'places' };
const list = (whenUnmapped: ValueList['whenUnmapped'], ...pairs: readonly string[]): ValueList => ({
  key: 'places',
  name: 'Places',
  kind: 'CUSTOM',
  whenUnmapped,
  defaultValue: 'REST',
  entries: pairs.map((pair): ValueListEntry => ({ from: pair.split('>')[0]!, to: pair.split('>')[1]! })),
});
const places = (...pairs: readonly string[]): StockPlaces | undefined =>
  stockPlacesOf(mapping(listed), [{ ...list('fail', ...pairs), defaultValue: undefined } as unknown as ValueList]);

const both = [
  { source: 'till', target: 'shop' },
  { source: 'shop', target: 'till' },
];

describe('the places that a mapping of stock fills', () => {
  it('are those of its value list, or any where the rule does not say', () => {
    expect(places('1>MAIN', '2>MAIN')).toEqual({ told: new Set(['MAIN']), from: new Set(['1', '2']), list: 'places' });
    expect(stockPlacesOf(mapping(listed), [list('default', '1>MAIN')])).toEqual({
      told: new Set(['MAIN', 'REST']),
      from: 'any',
      list: 'places',
    });
    expect(stockPlacesOf(mapping(listed), [list('pass', '1>MAIN')])).toMatchObject({ told: 'any', from: 'any' });
    const copied: Rule = { kind: 'copy', source: 'locationCode', target: 'place' };
    expect(stockPlacesOf(mapping(copied), [])).toEqual({ told: 'any', from: 'any', list: null });
  });
});

describe('a place', () => {
  const split = (system: string) => (system === 'shop' ? places('1>MAIN') : places('SHOP-FR>3'));

  it('is counted by the system that is not told about it', () => {
    const counts = (system: string, place: string): boolean => countsItself(both, split, system, place);
    expect([counts('till', '1'), counts('shop', 'MAIN')]).toEqual([true, false]);
    expect([counts('till', '3'), counts('shop', 'SHOP-FR')]).toEqual([false, true]);
    expect(countsItself(both.slice(1), split, 'shop', 'MAIN')).toBe(true);
    expect(countedTwice(both, split)).toBeUndefined();
  });

  it('has no owner when both systems are to count the same pair, or one of a chain', () => {
    const mirrored = (system: string) => (system === 'shop' ? places('1>MAIN') : places('MAIN>1', 'SHOP-FR>3'));
    expect(countedTwice(both, mirrored)).toEqual({ system: 'till', places: ['1'], lists: ['places', 'places'] });
    expect(countedTwice(both.slice(0, 1), mirrored)).toBeUndefined();
    const chained = (system: string) => (system === 'shop' ? places('1>MAIN') : places('MAIN>2'));
    expect(countedTwice(both, chained)).toMatchObject({ system: 'shop', places: ['MAIN'] });
  });
});
