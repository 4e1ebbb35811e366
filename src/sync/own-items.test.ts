import { describe, expect, it } from '@jest/globals';
import type { Document, Field } from '../base/document.js';
import { withOwnItems } from './own-items.js';

const text = (name: string): Field => ({ name, type: 'text' });
const characteristics: Field = { name: 'characteristics', type: 'object', list: true, byCode: [], fields: [text('code'), text('value')] }; // prettier-ignore
const fields: readonly Field[] = [
  characteristics,
  { name: 'options', type: 'object', list: true, fields: [text('code')] },
  { name: 'articles', type: 'object', list: true, itemKey: 'number', fields: [text('number'), characteristics] },
];
const of = (...codes: string[]): Document => ({ characteristics: codes.map((code) => ({ code, value: `a ${code}` })) });

describe('what a target shows of a list in which people have items too', () => {
  it('is the hub’s as far as it wants it now or asked for it before', () => {
    const shown = of('origin', 'material', 'washing');
    expect(withOwnItems(shown, [of('origin'), of('material')], fields)).toEqual(of('origin', 'material'));
    expect(withOwnItems(shown, [{}], fields)).toEqual(of());
  });

  it('is so inside of the items that are the hub’s, too', () => {
    const articles = (...all: Document[]): Document => ({ articles: all });
    const shown = articles(
      { number: '1', ...of('origin', 'washing') },
      { number: '2', ...of('washing') },
      { number: '3', ...of('origin') },
    );
    const wanted = articles({ number: '1', ...of('origin') }, { number: '2', ...of('washing') });
    expect(withOwnItems(shown, [wanted], fields)).toEqual(
      articles({ number: '1', ...of('origin') }, { number: '2', ...of('washing') }),
    );
  });

  it('is kept as it is shown where no field tells items apart', () => {
    const shown = { options: [{ code: 'size', value: 'M' }], name: 'Cup', characteristics: null };
    expect(withOwnItems(shown, [of('origin')], fields)).toBe(shown);
    expect(withOwnItems({ ...shown, ...of('washing') }, [of()], fields)).toEqual({ ...shown, ...of() });
  });
});
