/**
 * Columns of exported lists: what is asked of each record, and what a cell of it is. In: records as the graph answers. Out: values of a
 * JSON line, and cells of a spreadsheet in the language of whoever takes them away. Pure.
 */
import type { CsvCell } from '../base/csv.js';
import { isObject, type Document, type Json } from '../base/document.js';
import type { Language } from '../base/languages.js';
import { exportWords, saidWord, type Words } from '../base/sentences/export-words.js';
import { saidLabel } from '../base/sentences/say.js';

/** A record as the graph answers it. */
export type Answered = Document;

export interface ExportColumn {
  /** Names it in `columns` and in JSON lines. */
  readonly key: string;
  /** English; files say it in the language of the person. */
  readonly heading: string;
  readonly kind: 'text' | 'number' | 'moment' | 'flag' | 'word';
  /** Fields of the record, as an operation asks for them. */
  readonly select: string;
  /** Chosen when nobody chooses. */
  readonly isUsual: boolean;
  readonly words?: Words;
  read(record: Answered): Json;
  /** The text of a cell whose value is no plain text. */
  text?(value: Json, language: Language): string;
}

type More = Partial<Omit<ExportColumn, 'key' | 'heading'>>;

/** A column of what stands at a dotted path: `defaultVariant.sku`. */
export const column = (key: string, heading: string, path: string, more: More = {}): ExportColumn => ({
  key,
  heading,
  kind: 'text',
  isUsual: true,
  select: nested(path.split('.')),
  read: (record) => at(record, path.split('.')),
  ...more,
});

export const numbers = { kind: 'number' } as const;
export const moments = { kind: 'moment' } as const;
export const flags = { kind: 'flag' } as const;
export const unusual = { isUsual: false } as const;
export const wordsOf = (words: Words): More => ({ kind: 'word', words });

const nested = ([first = '', ...rest]: readonly string[]): string =>
  rest.length === 0 ? first : `${first} { ${nested(rest)} }`;

/** What stands at a path of an answer; null where the way ends before. */
export function at(value: Json | undefined, path: readonly string[]): Json {
  const [first, ...rest] = path;
  if (first === undefined) return value ?? null;
  return isObject(value) ? at(value[first], rest) : null;
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** How each system stands with the record. */
export const inSystems: ExportColumn = column('inSystems', 'In systems', 'syncStatuses', {
  select: 'syncStatuses { state system { name } }',
  read: ({ syncStatuses }) =>
    listOf(syncStatuses).map((status) => ({ system: at(status, ['system', 'name']), state: at(status, ['state']) })),
  text: (value, language) =>
    listOf(value)
      .map((each) => `${String(at(each, ['system']) ?? '–')}: ${saidWord(language, exportWords.sync, String(at(each, ['state'])))}`)
      .join('; '),
}); // prettier-ignore

export const id: ExportColumn = column('id', 'Id', 'id', unusual);

/** Somebody who did something, whoever it was. */
export const actor = (key: string, heading: string, field: string, more: More = {}): ExportColumn =>
  column(key, heading, field, {
    select: `${field} { ... on User { name } ... on ApiKey { name } ... on SystemProcess { name } }`,
    read: (record) => at(record, [field, 'name']),
    ...more,
  });

export interface CellStyle {
  readonly language: Language;
  /** Writes a moment for a spreadsheet. */
  moment(iso: string): string;
}

/** The cell of a value in a spreadsheet. */
export function cellOf({ kind, words, text }: ExportColumn, value: Json, { language, moment }: CellStyle): CsvCell {
  if (value === null) return null;
  if (text !== undefined) return text(value, language);
  switch (kind) {
    case 'number':
      return { number: String(value) };
    case 'moment':
      return moment(String(value));
    case 'flag':
      return saidWord(language, exportWords.flag, String(value));
    case 'word':
      return saidWord(language, words ?? {}, String(value));
    case 'text':
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}

/** The heading of a column in a spreadsheet; moments say which zone they are in. */
export function headingOf({ heading, kind }: ExportColumn, language: Language, timeZone: string): string {
  const said = saidLabel(language, heading);
  return kind === 'moment' ? `${said} (${timeZone})` : said;
}

/** `2026-11-27 15:02:38`, which spreadsheets of every language take for a moment. */
export function momentsIn(timeZone: string): (iso: string) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (iso) => format.format(new Date(iso));
}
