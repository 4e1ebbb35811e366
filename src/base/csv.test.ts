import { describe, expect, it } from '@jest/globals';
import { csvLine, type CsvCell, type CsvStyle } from './csv.js';

const dutch: CsvStyle = { separator: ';', decimalMark: ',' };
const english: CsvStyle = { separator: ',', decimalMark: '.' };
const only = (cell: CsvCell, style = english): string => csvLine([cell], style).slice(0, -2);

describe('a line of a CSV file', () => {
  it('ends as RFC 4180 wants, with an empty cell for nothing', () => {
    expect(csvLine(['a', null, 'b'], english)).toBe('a,,b\r\n');
    expect(csvLine(['a', null, 'b'], dutch)).toBe('a;;b\r\n');
    expect(csvLine(['a', 'b'], { separator: '\t', decimalMark: '.' })).toBe('a\tb\r\n');
  });

  it('quotes quotes, line ends and every separator, whichever the file has', () => {
    expect(only('say "hello"')).toBe('"say ""hello"""');
    expect(only('two\nlines')).toBe('"two\nlines"');
    for (const text of ['a,b', 'a;b', 'a\tb']) {
      expect(only(text, dutch)).toBe(`"${text}"`);
      expect(only(text, english)).toBe(`"${text}"`);
    }
  });

  it.each(['=1+1', '+A1', '-A1', '@SUM(A1)', '=HYPERLINK("http://x")', '-2+3', '＝1+1'])(
    'is no formula: %s',
    (text) => {
      expect(only(text).replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it('is no formula behind a tab or a line end', () => {
    expect(only('\t=1+1')).toBe(`"'\t=1+1"`);
    expect(only('\r=1+1')).toBe(`"'\r=1+1"`);
  });

  it('leaves numbers as they are, also those that are kept as text', () => {
    expect(only({ number: '-12.50' })).toBe('-12.50');
    expect(only({ number: '-12.50' }, dutch)).toBe('"-12,50"');
    expect(only({ number: '7' }, dutch)).toBe('7');
    expect(only('-5')).toBe('-5');
    expect(only('+31612345678')).toBe('+31612345678');
    expect(only({ number: '=1' })).toBe(`'=1`);
  });
});
