/**
 * Value lists as CSV (RFC 4180), for spreadsheets: columns sourceValue, secondKey, targetValue. Pure. A cell that a spreadsheet
 * would take for a formula is written with an apostrophe in front, which reading takes away again.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { ValueListEntry } from './mapping.js';

const columns = ['sourceValue', 'secondKey', 'targetValue'] as const;

export function entriesToCsv(entries: readonly ValueListEntry[]): string {
  const rows = entries.map(({ from, secondKey, to }) => [from, secondKey ?? '', to]);
  return stringify(rows, { header: true, columns: [...columns], escape_formulas: true, record_delimiter: 'windows' });
}

export type CsvResult =
  | { readonly type: 'entries'; readonly entries: readonly ValueListEntry[] }
  | { readonly type: 'refused'; readonly message: string };

/** Reads what spreadsheets write: comma, semicolon or tab, quoted or not, with or without a byte order mark. */
export function entriesFromCsv(text: string): CsvResult {
  const [heading = ''] = text.split(/\r?\n/, 1);
  const delimiter = [',', ';', '\t'].find((each) => heading.includes(each)) ?? ',';
  let rows: readonly string[][];
  try {
    rows = parse(text, { bom: true, delimiter, skip_empty_lines: true, relax_column_count: true });
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    return { type: 'refused', message: `The CSV cannot be read: ${thrown.message}.` };
  }
  const [names = [], ...rest] = rows;
  const at = columns.map((name) => names.findIndex((each) => each.trim().toLowerCase() === name.toLowerCase()));
  if (at[0] === -1 || at[2] === -1) {
    const accepted = columns.join(', ');
    return {
      type: 'refused',
      message: `The first line should name the columns ${accepted}; secondKey may be left out.`,
    };
  }
  const entries = rest.map((row): ValueListEntry => {
    const [from = '', secondKey = '', to = ''] = at.map((index) => unescaped(row[index] ?? ''));
    return { from, ...(secondKey === '' ? {} : { secondKey }), to };
  });
  return { type: 'entries', entries };
}

/** As the writer escapes them, full-width signs too. */
const escapedFormula = /^'[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const unescaped = (cell: string): string => (escapedFormula.test(cell) ? cell.slice(1) : cell);
