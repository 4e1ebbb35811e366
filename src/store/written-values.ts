/**
 * Values as JSON text, made by the database: byte for byte what the writers of the API make of the same value. In: SQL
 * expressions. Out: SQL expressions of type text. One that is null when it runs stands for what cannot be written: the object
 * around it is null too. A value that may be missing is the text `null` where it is missing.
 */
import type { SelectedField, ToWrite } from '../schema/selection.js';
import type { EntityColumn } from './entity-columns.js';

/** What a record or part is made of: SQL expressions by name; `record` is the alias of a table. */
export type Place = Readonly<Record<string, string>>;

/** A field that is asked for, with the values of variables. */
export interface FieldToWrite {
  readonly field: SelectedField;
  readonly values: ToWrite['values'];
  /** What is asked of its value. */
  below(place: Place): string;
}

export type WriteField = (place: Place, asked: FieldToWrite) => string;
export type WriteFields = Readonly<Record<string, WriteField>>;

/** Thrown while SQL is made: nobody has said how to write it. */
export class NotInSql extends Error {}

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
/** Text that is the same for all records. */
export const always = (value: unknown): string => quoted(JSON.stringify(value));

export const text = (expression: string): string => `to_json(${expression})::text`;
export const orNull = (expression: string): string => `coalesce(${expression}, 'null')`;
/** Of a number of the database: without trailing zeros. */
export const decimal = (expression: string): string => `('"' || trim_scale(${expression})::text || '"')`;
/** At least two digits after the point, and more only where they say something. */
export const amount = (expression: string): string =>
  `('"' || round(${expression}, greatest(2, min_scale(${expression})))::text || '"')`;
/** What is one of these words; anything else cannot be written. */
export const word = (words: readonly string[], expression: string): string =>
  `(case ${expression} ${words.map((one) => `when ${quoted(one)} then ${always(one)}`).join(' ')} end)`;

/** Quotes included. */
const instantFormat = `'\\"YYYY-MM-DD"T"HH24:MI:SS.MS"Z"\\"'`;

/** Moments with a year of four digits: others are written in another way by each side. */
export const instant = (expression: string, isNullable: boolean): string =>
  `(case ${isNullable ? `when ${expression} is null then 'null' ` : ''}when ${expression} >= '1000-01-01Z' and ${expression} < '9999-12-31Z'
    then to_char(${expression} at time zone 'UTC', ${instantFormat}) end)`;

/** `then` where the condition holds, else null as the API writes it. */
export const where = (condition: string, then: string): string =>
  `(case when ${condition} then ${then} else 'null' end)`;

/** Scalars that show text as it is. */
const asItIs = ['String', 'Currency', 'CountryCode', 'Locale', 'Date'];

/** A column that a field shows as it is. */
export function columnText({ type }: EntityColumn, expression: string, field: SelectedField): string {
  if (type === 'timestamptz' && field.of === 'DateTime') return instant(expression, field.isNullable);
  const written = present(type, expression, field);
  return field.isNullable ? where(`${expression} is not null`, written) : written;
}

function present(type: string, expression: string, { of, words }: SelectedField): string {
  if (type === 'text' && words !== null) return word(words, expression);
  // Ids are of letters and digits, so there is nothing to escape.
  if (type === 'text' && of === 'ID') return `('"' || ${expression} || '"')`;
  if (type === 'text' && asItIs.includes(of)) return text(expression);
  if (type === 'integer' && of === 'Int') return `${expression}::text`;
  if (type === 'boolean' && of === 'Boolean') return `${expression}::text`;
  if (type === 'numeric' && of === 'Decimal') return decimal(expression);
  throw new NotInSql();
}

/** Stands in a text for what could not be written: JSON has no such character. */
export const unwritable = '\u0001';
const orUnwritable = (expression: string): string => `coalesce(${expression}, E'\\x01')`;

/** The records of a place with `rows`, which is what comes after their select list. */
export const listOf = (item: string, rows: string): string =>
  `('[' || coalesce((select string_agg(${orUnwritable('one.t')}, ',') from (select ${item} as t ${rows}) as one), '') || ']')`;
/** The only record, or null as the API writes it where there is none. */
export const oneOrNull = (item: string, row: string): string =>
  `coalesce((select ${orUnwritable(item)} ${row}), 'null')`;
