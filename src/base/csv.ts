/**
 * Lines of a CSV file for spreadsheets (RFC 4180). In: cells, and how the spreadsheet separates and writes numbers. Out: text. What a
 * spreadsheet would carry out as a formula begins with an apostrophe; numbers stay numbers.
 */

export interface CsvStyle {
  readonly separator: ',' | ';' | '\t';
  readonly decimalMark: '.' | ',';
}

/** A number is given as exact decimal text with a point. */
export type CsvCell = string | null | { readonly number: string };

/** Tells spreadsheets that a file is UTF-8. */
export const byteOrderMark = '\uFEFF';

const number = /^[+-]?\d+([.,]\d+)?$/;
const beginsFormula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Any separator, because a spreadsheet may split by another one than the file means, and a cell would then begin in the middle. */
const mustBeQuoted = /[",;\t\r\n]/;

/** A text that is nothing but a number is no formula, and an apostrophe would make another text of it. */
const harmless = (text: string): string => (beginsFormula.test(text) && !number.test(text) ? `'${text}` : text);

function cellText(cell: CsvCell, { decimalMark }: CsvStyle): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return harmless(cell);
  return number.test(cell.number) ? cell.number.replace('.', decimalMark) : harmless(cell.number);
}

/** One line with its end. */
export function csvLine(cells: readonly CsvCell[], style: CsvStyle): string {
  const texts = cells.map((cell) => {
    const text = cellText(cell, style);
    return mustBeQuoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${texts.join(style.separator)}\r\n`;
}
