/** Number literals are exact, and texts are counted and cut by characters that people see. */
import { describe, expect, it } from '@jest/globals';
import { shortestOfThreeMs } from '../../../test/support/patience.js';
import type { Document, Field, Json } from '../../base/document.js';
import { compileExpression } from './expression.js';

const fields: readonly Field[] = [
  { name: 'name', type: 'text' },
  { name: 'price', type: 'decimal' },
  { name: 'count', type: 'integer' },
  { name: 'extra', type: 'object' },
  { name: 'lines', type: 'object', list: true, fields: [{ name: 'amount', type: 'decimal' }] },
];
const record: Document = {
  name: 'x',
  price: '19.95',
  count: 3,
  extra: { rate: 1.5, whole: 2, list: [0.5] },
  lines: [{ amount: '1.1' }, { amount: '2.2' }],
};

function valueOf(text: string, document: Document = record): Json | undefined {
  const compiled = compileExpression(text, { fields, above: undefined }, { name: 'result', type: 'text' });
  if (compiled.type === 'invalid') throw new Error(compiled.problem.message);
  const result = compiled.expression({ value: document, above: undefined });
  if (result.type === 'failed') throw new Error(result.message);
  return result.type === 'value' ? result.value : undefined;
}

describe('a number literal with a point', () => {
  it.each<[string, Json]>([
    ['1.10 + 2.20', '3.3'],
    ['0.1 + 0.2 == 0.3 ? "same" : "not"', 'same'],
    ['record.price * (1.0 - 0.9)', '1.995'],
    ['1.0 / 3.0', '0.3333333333'],
    ['123456789.123456789123 + 0', '123456789.123456789123'],
    ['-1.50', '-1.5'],
    ['-record.price', '-19.95'],
    ['[0.1, 0.2].sum()', '0.3'],
    ['record.lines.map(l, l.amount * 1.10).sum()', '3.63'],
    ['record.lines.map(l, l.amount > 1.5, l.amount).sum()', '2.2'],
    ['record.lines.exists(l, l.amount == 2.20) ? "yes" : "no"', 'yes'],
    ['cel.bind(rate, 1.10, rate + 2.20)', '3.3'],
    ['record.price != 19.950 ? "other" : "same"', 'same'],
    ['record.price in [19.95] ? "yes" : "no"', 'yes'],
    ['record.count * 1.5', '4.5'],
    ['record.?price.orValue(0.0)', '19.95'],
    ['record.extra.rate * 2.0', '3'],
    ['record.extra.rate == 1.50 ? "yes" : "no"', 'yes'],
    ['1.5 == record.extra.rate ? "yes" : "no"', 'yes'],
    ['record.extra.rate > 1.4 && record.count < 3.5 ? "yes" : "no"', 'yes'],
    ['string(1.50)', '1.5'],
    ['1.5e3', '1500'],
  ])('%s gives %j', (text, gives) => {
    expect(valueOf(text)).toEqual(gives);
  });

  it('that no decimal holds is refused with its place', () => {
    const compiled = compileExpression('1 + 1.5e60', { fields, above: undefined }, { name: 'r', type: 'text' });
    expect(compiled).toMatchObject({
      problem: { message: 'A number has at most 40 digits.', range: { from: 4, to: 10 } },
    });
  });
});

describe('places in a text', () => {
  it.each<[string, Json]>([
    ['"😀a".substring(1)', 'a'],
    ['"a😀b😀c".substring(1, 4)', '😀b😀'],
    ['"😀a".indexOf("a")', 1],
    ['"😀a😀a".lastIndexOf("a")', 3],
    ['"😀a".indexOf("b")', -1],
    ['"abc".substring(1, 2)', 'b'],
    ['"Jos😀".substring("Jos😀".indexOf("😀"))', '😀'],
  ])('count characters: %s gives %j', (text, gives) => {
    expect(valueOf(text)).toEqual(gives);
  });

  it('outside of the text are refused', () => {
    expect(() => valueOf('"😀".substring(2)')).toThrow('start index out of range');
    expect(() => valueOf('"😀".substring(0, 2)')).toThrow('end index out of range');
    expect(() => valueOf('"abc".substring(2, 1)')).toThrow('end index out of range');
    expect(() => valueOf('"abc".substring("a")')).toThrow("'string.substring(string)'");
  });
});

describe('truncate', () => {
  it.each([
    ['abcdef', 3, 'abc'],
    ['abc', 3, 'abc'],
    ['Jose\u0301 x', 4, 'Jos'],
    ['Jose\u0301 x', 5, 'Jose\u0301'],
    ['🇳🇱🇧🇪', 3, '🇳🇱'],
    ['a👩🏽b', 2, 'a'],
    ['a👩🏽b', 3, 'a👩🏽'],
    ['👨‍👩‍👧!', 4, ''],
    ['a\r\nb', 2, 'a'],
    ['ab', 0, ''],
  ])('%j to %i is %j', (name, length, gives) => {
    expect(valueOf(`record.name.truncate(${length})`, { name })).toBe(gives);
  });

  it('takes no time for long texts', () => {
    const took = shortestOfThreeMs(() => {
      for (const sign of ['é', 'e\u0301', '👩🏽', '🇳🇱']) {
        const name = sign.repeat(80_000 / sign.length);
        expect(valueOf('record.name.truncate(39999)', { name })).toBeDefined();
      }
    });
    expect(took).toBeLessThan(200);
  });
});

describe('withoutTags', () => {
  it.each([
    ['caf&eacute;&#233;&#xE9; &euro;&nbsp;5', 'cafééé € 5'],
    ['&Agrave;&yuml;&szlig;&frac12;&hellip;&rsquo;', 'Àÿß½…’'],
    ['<b>a</b>&amp;lt;&lt;', 'a &lt;<'],
    ['&#128512;&#x1F600;', '😀😀'],
    ['&#0;&#55357;&#1114112;&#x99;&nothing;&constructor;', '&#0;&#55357;&#1114112;&#x99;&nothing;&constructor;'],
  ])('%s is %s', (name, gives) => {
    expect(valueOf('record.name.withoutTags()', { name })).toBe(gives);
  });
});
