import { expect, it } from '@jest/globals';
import type { Json } from './document.js';
import { mayBeMadeOf } from './made-of.js';

it.each<[string, Json | undefined, Json | undefined]>([
  ['the same', 'Puzzle', 'Puzzle'],
  ['another case and other spaces', 'Puzzle 1000 stukjes', ' PUZZLE  1000 stukjes '],
  ['without accents', 'Cafe', 'Café'],
  ['cut off', 'A name that is too long', 'A name that is too long for it'],
  ['written its own way', '+31302714560', '+31 (30) 271 45 60'],
  ['rounded', '9.09', '9.0909'],
  ['calculated with more places', '9.0909', '9.09'],
  ['with more places', '11.0000', '11'],
  ['a number as a number', 11, '11.00'],
  ['nothing kept', null, 'note'],
  ['nothing told, nothing there', undefined, ''],
  ['more fields than were told', { street: 'Dam', id: '7' }, { street: 'Dam' }],
  ['a list, item by item', [{ price: '1.10', id: '1' }], [{ price: '1.1' }]],
])('may be made of what was told: %s', (_, there, told) => {
  expect(mayBeMadeOf(there, told)).toBe(true);
});

it.each<[string, Json | undefined, Json | undefined]>([
  ['another price', '12', '11'],
  ['a price a cent away', '11.01', '11.00'],
  ['a price in whole euros', '12', '11.50'],
  ['a price that begins like it', '1', '11'],
  ['a number that begins like another', '8713', '87130001'],
  ['another name', 'Andere naam', 'Puzzle'],
  ['a short name made shorter', 'Puzzle', 'Puzzle 1000'],
  ['another sign', '+', '-'],
  ['a longer name', 'Puzzle 1000', 'Puzzle'],
  ['something where nothing was told', 'note', null],
  ['false for true', false, true],
  ['one item more', ['a', 'b'], ['a']],
  ['another order', ['b', 'a'], ['a', 'b']],
  ['another part', { street: 'Dam', city: 'Gouda' }, { street: 'Dam', city: 'Delft' }],
  ['a word for an object', 'Dam', { street: 'Dam' }],
  ['an object for a word', { street: 'Dam' }, 'Dam'],
])('is something else: %s', (_, there, told) => {
  expect(mayBeMadeOf(there, told)).toBe(false);
});
