/** Names of systems in the picture of the overview. */
import { expect, it } from '@jest/globals';
import { inTwoLines } from '../web/dashboard/pages/overview/two-lines.js';

it('a name that fits stands in one line', () => {
  expect(inTwoLines('MplusKASSA', 17)).toEqual(['MplusKASSA']);
  expect(inTwoLines('Kassa Amsterdam 1', 17)).toEqual(['Kassa Amsterdam 1']);
});

it('a longer one is broken between words, else between letters, and loses none of them', () => {
  expect(inTwoLines('Kassa Rotterdam Centrum', 17)).toEqual(['Kassa Rotterdam', 'Centrum']);
  expect(inTwoLines('Softmaat-Groothandel-Noord', 17)).toEqual(['Softmaat-Groothan', 'del-Noord']);
});

it('only what does not fit in two lines is cut', () => {
  expect(inTwoLines('Kassa in de winkel aan de Coolsingel in Rotterdam', 17)).toEqual([
    'Kassa in de',
    'winkel aan de Co…',
  ]);
});
