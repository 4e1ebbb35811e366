/**
 * Many rows in one parameter of a statement. In: columns with their types. Out: the piece of SQL that reads the rows, and the text to
 * send. JSON says the names of the columns with every row, and Postgres looks each of them up: lines are read in half of that time.
 * No clean text holds one of the separators; whoever sends another one looks first (`hasSeparators`).
 */

export type ColumnType = 'text' | 'text[]' | 'integer' | 'numeric' | 'boolean' | 'jsonb' | 'timestamptz';

export type Columns = Readonly<Record<string, ColumnType>>;

const betweenRows = '\u001e';
const betweenValues = '\u001f';
const nothing = '\u001a';

/** The rows of parameter $n with the columns under their names, and with the number of the row as `place`, from 1. */
export function textRows(parameter: number, columns: Columns): string {
  const types = Object.entries(columns);
  const selected = types.map(([name, type], i) => `a[${i + 1}]::${type} as "${name}"`).join(', ');
  return `(
      select place, ${selected}
      from (
        select place, string_to_array(line, E'\\x1f', E'\\x1a') as a
        from unnest(string_to_array($${parameter}, E'\\x1e')) with ordinality as u(line, place)
        offset 0
      ) lines
      where 1 / (cardinality(a) = ${types.length})::int = 1
    )`;
}

/** Puts one row into text; what is undefined becomes null. */
export function makeLine<const C extends Columns>(columns: C): (row: { readonly [N in keyof C]?: unknown }) => string {
  const names = Object.keys(columns);
  const encoders = names.map((name) => toText[columns[name] ?? 'text']);
  return (row) => {
    const texts: string[] = [];
    for (let i = 0; i < names.length; i++) {
      const value = row[names[i] as string];
      texts.push(value === null || value === undefined ? nothing : (encoders[i]?.(value) ?? nothing));
    }
    return texts.join(betweenValues);
  };
}

/** A line with which the statement fails, as one with a value that cannot be stored does. */
export const unstorableLine = '';

/** A line of several parts, each of which is a line. */
export const joinParts = (...parts: readonly string[]): string => parts.join(betweenValues);

export const joinLines = (lines: readonly string[]): string => lines.join(betweenRows);

/** Whether a text would be taken for several. */
export const hasSeparators = (text: string | null | undefined): boolean =>
  typeof text === 'string' && (text.includes(nothing) || text.includes(betweenRows) || text.includes(betweenValues));

export const withoutSeparators = (text: string): string =>
  text.replaceAll(nothing, '').replaceAll(betweenRows, '').replaceAll(betweenValues, '');

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const toText: Readonly<Record<ColumnType, (value: unknown) => string>> = {
  text: plain,
  integer: plain,
  numeric: plain,
  boolean: plain,
  timestamptz: plain,
  jsonb: (value) => JSON.stringify(value),
  'text[]': (value) => `{${(value as readonly string[]).map(quoted).join(',')}}`,
};

const quoted = (item: string | null): string => (item === null ? 'null' : `"${item.replace(/["\\]/g, '\\$&')}"`);
