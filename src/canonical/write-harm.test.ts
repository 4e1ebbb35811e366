/** What counts as harm, and from when on there is too much of it: a year of normal trade never is. */
import { describe, expect, it } from '@jest/globals';
import type { Document, Field } from '../base/document.js';
import { defaultLimits, harmOf, isTooMuch, worstOf } from './write-harm.js';

const fields: readonly Field[] = [
  { name: 'name', type: 'text' },
  { name: 'active', type: 'boolean', watched: 'inUse' },
  { name: 'price', type: 'object', fields: [{ name: 'amount', type: 'decimal', watched: 'price' }] },
  {
    name: 'levels', type: 'object', list: true, mergeBy: 'place',
    fields: [{ name: 'place', type: 'text' }, { name: 'onHand', type: 'decimal', watched: 'stock' }],
  },
  { name: 'lines', type: 'object', list: true, fields: [{ name: 'quantity', type: 'decimal', required: true }, { name: 'text', type: 'text' }] },
]; // prettier-ignore

const harmIn = (held: Document, document: Document, priceFactor = '3') =>
  harmOf({ held, document, changed: Object.keys(document), fields, priceFactor });
const price = (amount: string): Document => ({ price: { amount } });
const stock = (...levels: readonly (readonly [string, string])[]): Document => ({
  levels: levels.map(([place, onHand]) => ({ place, onHand })),
});

describe('an update', () => {
  it('that takes stock to zero is harmful, place by place; one of what was empty is not, nor what goes below zero', () => {
    expect(harmIn(stock(['a', '5'], ['b', '2']), stock(['b', '0'], ['a', '4']))).toEqual([
      { harm: 'zeroed', path: 'levels.0.onHand', item: 'b', before: '2', after: '0' },
    ]);
    // More was sold than there was.
    expect(worstOf(harmIn(stock(['a', '1']), stock(['a', '-1'])))).toBeUndefined();
    expect(harmIn(stock(['a', '0'], ['b', '-1']), stock(['a', '0.00'], ['b', '-2']))).toEqual([]);
    expect(harmIn(stock(['a', '5']), stock(['c', '0']))).toEqual([]);
  });

  it('that makes a price jump either way is harmful; a sale and a rise are not', () => {
    for (const [before, after] of [['19.95', '1995'], ['1995', '19.95'], ['9', '2.99'], ['9', '27.01'], ['9', '0']]) // prettier-ignore
      expect({ before, after, harm: worstOf(harmIn(price(before!), price(after!))) }).toEqual({ before, after, harm: 'repriced' }); // prettier-ignore
    for (const [before, after] of [
      ['19.95', '9.95'],
      ['9', '3'],
      ['9', '27'],
      ['0', '5'],
      ['12.5', '12.50'],
    ])
      expect(harmIn(price(before!), price(after!))).toEqual([]);
    expect(harmIn(price('9'), price('18.1'), '2')).toHaveLength(1);
  });

  it('that empties a filled field is harmful, whatever the field; filling one is not', () => {
    expect(harmIn({ name: 'Vest', price: { amount: '3' } }, { name: '', price: { amount: null } })).toEqual([
      { harm: 'blanked', path: 'name', before: 'Vest', after: '' },
      { harm: 'blanked', path: 'price', before: { amount: '3' }, after: { amount: null } },
    ]);
    expect(worstOf(harmIn(stock(['a', '5']), { levels: [] }))).toBe('blanked');
    expect(harmIn({ name: '' }, { name: 'Vest' })).toEqual([]);
    expect(harmIn({}, { name: null })).toEqual([]);
  });

  it('that switches a record off is harmful, and the worst of what one update does', () => {
    expect(worstOf(harmIn({ active: true, name: 'Vest' }, { active: false, name: '' }))).toBe('ended');
    expect(harmIn({ active: false }, { active: true })).toEqual([]);
  });

  it('of a list whose items nothing identifies says nothing of single items', () => {
    expect(harmIn({ lines: [{ quantity: '2', text: 'a' }] }, { lines: [{ quantity: '2', text: '' }] })).toEqual([]);
  });
});

describe('the limit', () => {
  it('is both a number and a share', () => {
    expect(isTooMuch(defaultLimits, 20, 20)).toBe(false);
    expect(isTooMuch(defaultLimits, 21, 21)).toBe(true);
    expect(isTooMuch(defaultLimits, 21, 420)).toBe(false);
    expect(isTooMuch(defaultLimits, 22, 430)).toBe(true);
    expect(isTooMuch({ ...defaultLimits, isOn: false }, 5_000, 5_000)).toBe(false);
  });

  it('is never reached by a year of a busy shop, with sales, deliveries and a new price list', () => {
    const random = makeRandom(20261127);
    let holds = 0;
    for (let day = 0; day < 365; day++) {
      // Articles by their stock; the Saturday before Christmas sells four times as much.
      const articles = Array.from({ length: 2_000 }, () => 1 + Math.floor(random() ** 2 * 40));
      const sales = (day % 7 === 5 ? 900 : 350) * (day === 355 ? 4 : 1);
      const window: { at: number; isHarm: boolean }[] = [];
      const seen = (at: number, isHarm: boolean): void => {
        window.push({ at, isHarm });
        while ((window[0]?.at ?? at) < at - 5) window.shift();
        if (isTooMuch(defaultLimits, window.filter((each) => each.isHarm).length, window.length)) holds++;
      };
      for (let sale = 0; sale < sales; sale++) {
        const article = Math.floor(random() * articles.length);
        const left = Math.max(0, articles[article]! - 1);
        // Within ten hours, in minutes.
        seen((sale / sales) * 600, left === 0 && articles[article] !== 0);
        articles[article] = left;
      }
      // Half price on three hundred articles, in one go.
      if (day === 30 || day === 200) for (let i = 0; i < 300; i++) seen(700, worstOf(harmIn(price('40'), price('20'))) !== undefined); // prettier-ignore
    }
    expect(holds).toBe(0);
  });
});

/** The same sequence every time. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
