/** An empty value inside a list clears only what the hub has put there. */
import { describe, expect, it } from '@jest/globals';
import type { Document, Field } from '../base/document.js';
import { withoutIdleWishes } from './idle-wishes.js';

const text = (name: string, required = false): Field => ({ name, type: 'text', required });
const articles: Field = {
  name: 'articles',
  type: 'object',
  list: true,
  fields: [text('number', true), text('barcode')],
};
const places: Field = { name: 'places', type: 'object', list: true, fields: [text('city'), text('box')] };
const fields = [text('memo'), articles, places];

describe('an empty wish inside a list', () => {
  it('is left out where the hub has put nothing', () => {
    const wish = { memo: null, articles: [{ number: '1', barcode: null }], places: [{ city: 'Gent', box: '' }] };
    const left = { memo: null, articles: [{ number: '1' }], places: [{ city: 'Gent' }] };
    expect(withoutIdleWishes(wish, null, fields)).toEqual(left);
    expect(withoutIdleWishes(wish, { articles: [{ number: '1', barcode: null }] }, fields)).toEqual(left);
    expect(withoutIdleWishes(wish, { articles: [{ number: '2', barcode: '8' }] }, fields)).toEqual(left);
  });

  it('stays where the hub has put something, in the item that has the same key or place', () => {
    const asked: Document = {
      articles: [{ number: '2' }, { number: '1', barcode: '8' }],
      places: [{ city: 'Luik', box: '3' }],
    };
    const wish = { articles: [{ number: '1', barcode: null }], places: [{ city: 'Gent', box: null }] };
    expect(withoutIdleWishes(wish, asked, fields)).toEqual(wish);
  });
});
