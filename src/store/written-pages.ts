/** First pages below a record as the database writes them: their records, without what only cursors say. */
import { pageDefault, pageLimit } from '../schema/page.js';
import { pageRows, type List } from './pages.js';
import { raw, textOf } from './sql.js';
import { listOf, NotInSql, type FieldToWrite, type WriteFields } from './written-values.js';

/** How many records are asked for, when they are the first ones. */
export function firstOf({ field, values }: FieldToWrite): number {
  const { first, ...others } = field.arguments(values) ?? { first: NaN };
  const size = first ?? pageDefault;
  const isFirst = Object.values(others).every((value) => value === null || value === undefined);
  if (!isFirst || !Number.isInteger(size) || (size as number) < 1 || (size as number) > pageLimit) throw new NotInSql();
  return size as number;
}

/** Where the records of a page below another one come from, in their order. */
export function firstRows(list: Omit<List, 'select'>, below: string, asked: FieldToWrite): string {
  const rows = pageRows(list, { limit: firstOf(asked), direction: 'forward', from: null }, [raw(below)], 0);
  if (rows.values.length > 0) throw new NotInSql();
  return textOf(rows);
}

/** Of a place with `rows`, what comes after a select list. */
export const connection: WriteFields = {
  nodes: (place, { below }) => listOf(below(place), place['rows']!),
  edges: (place, { below }) => listOf(below(place), place['rows']!),
};

export const edge: WriteFields = { node: (place, { below }) => below(place) };
