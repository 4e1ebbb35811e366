/** Filters of the API as conditions. In: what was filtered by and our own name of the column. Out: SQL with parameters. */
import { KoppelError } from '../base/errors.js';
import type { DateTimeFilter, DecimalFilter, IdFilter, StringFilter } from '../schema/filters.js';
import { durationMs } from '../schema/scalars.js';
import type { DateFilter } from '../schema/sales-filters.js';
import { allOf, anyOf, raw, sql, type Sql } from './sql.js';

/** Text in a LIKE pattern that stands for itself. */
const literally = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

type Given<T> = T | null | undefined;
const isGiven = <T>(value: Given<T>): value is T => value !== undefined && value !== null;

/** Most values in one list of a filter. */
export const listLimit = 1_000;

/** The values of a list that a client gave, as an array of SQL; throws BAD_INPUT when there are too many. */
export function limited(values: readonly string[]): string[] {
  if (values.length > listLimit) {
    throw new KoppelError('BAD_INPUT', { where: 'filter', what: `a list has more than ${listLimit} values` });
  }
  return [...values];
}

export function textConditions(column: string, filter: Given<StringFilter | IdFilter>): Sql[] {
  if (!isGiven(filter)) return [];
  const name = raw(column);
  const found: Sql[] = [];
  const { contains, startsWith } = filter as StringFilter;
  if (isGiven(filter.eq)) found.push(sql`${name} = ${filter.eq}`);
  if (isGiven(filter.in)) found.push(sql`${name} = any(${limited(filter.in)}::text[])`);
  if (isGiven(filter.notIn)) found.push(sql`${name} <> all(${limited(filter.notIn)}::text[])`);
  if (isGiven(contains)) found.push(sql`${name} ilike ${`%${literally(contains)}%`}`);
  if (isGiven(startsWith)) found.push(sql`${name} like ${`${literally(startsWith)}%`}`);
  if (isGiven(filter.isNull)) found.push(filter.isNull ? sql`${name} is null` : sql`${name} is not null`);
  return found;
}

export function decimalConditions(expression: string, filter: Given<DecimalFilter>): Sql[] {
  if (!isGiven(filter)) return [];
  const operators = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
  const found = Object.entries(operators).flatMap(([name, operator]) => {
    const value = filter[name as keyof typeof operators];
    return isGiven(value) ? [sql`${raw(`${expression} ${operator}`)} ${value}::numeric`] : [];
  });
  if (isGiven(filter.isNull)) found.push(raw(`${expression} is ${filter.isNull ? '' : 'not '}null`));
  return found;
}

export function timeConditions(column: string, filter: Given<DateTimeFilter>): Sql[] {
  if (!isGiven(filter)) return [];
  const name = raw(column);
  const found: Sql[] = [];
  if (isGiven(filter.from)) found.push(sql`${name} >= ${filter.from}::timestamptz`);
  if (isGiven(filter.to)) found.push(sql`${name} < ${filter.to}::timestamptz`);
  if (isGiven(filter.within)) {
    found.push(sql`${name} >= now() - ${durationMs(filter.within)}::double precision * interval '1 millisecond'`);
  }
  if (isGiven(filter.isNull)) found.push(filter.isNull ? sql`${name} is null` : sql`${name} is not null`);
  return found;
}

/** Days that are kept as text YYYY-MM-DD, which sorts as they follow each other. */
export function dayConditions(column: string, filter: Given<DateFilter>): Sql[] {
  if (!isGiven(filter)) return [];
  const name = raw(column);
  const found: Sql[] = [];
  if (isGiven(filter.from)) found.push(sql`${name} >= ${filter.from}`);
  if (isGiven(filter.to)) found.push(sql`${name} <= ${filter.to}`);
  if (isGiven(filter.isNull)) found.push(filter.isNull ? sql`${name} is null` : sql`${name} is not null`);
  return found;
}

/** Deepest nesting of and/or/not. */
const depthLimit = 5;
/** Most filters in one filter, on all its levels together. */
export const filterLimit = 100;

interface Nested<F> {
  readonly and?: readonly F[] | null;
  readonly or?: readonly F[] | null;
  readonly not?: F | null;
}

/** Conditions of a filter and of the filters inside it. `not` is everything else, also where a value is missing. */
export function nestedConditions<F extends Nested<F>>(
  filter: Given<F>,
  conditionsOf: (filter: F) => readonly Sql[],
): Sql[] {
  if (!isGiven(filter)) return [];
  checkSize(filter);
  return conditionsWithin(filter, conditionsOf);
}

/** Throws BAD_INPUT for a filter that is too deep or too wide, before anything is made of it. */
function checkSize<F extends Nested<F>>(filter: F): void {
  let count = 0;
  const check = (one: F, depth: number): void => {
    if (depth > depthLimit) {
      throw new KoppelError('BAD_INPUT', { where: 'filter', what: `it is nested deeper than ${depthLimit}` });
    }
    count += (one.and?.length ?? 0) + (one.or?.length ?? 0) + (one.not ? 1 : 0);
    if (count > filterLimit) {
      throw new KoppelError('BAD_INPUT', {
        where: 'filter',
        what: `it has more than ${filterLimit} filters inside it`,
      });
    }
    for (const inner of filtersIn(one)) check(inner, depth + 1);
  };
  check(filter, 0);
}

const filtersIn = <F extends Nested<F>>({ and, or, not }: F): F[] => [
  ...(and ?? []),
  ...(or ?? []),
  ...(not ? [not] : []),
];

function conditionsWithin<F extends Nested<F>>(filter: F, conditionsOf: (filter: F) => readonly Sql[]): Sql[] {
  const inner = (one: F): Sql => allOf(conditionsWithin(one, conditionsOf));
  const found = [...conditionsOf(filter)];
  if (filter.and) found.push(allOf(filter.and.map(inner)));
  if (filter.or) found.push(anyOf(filter.or.map(inner)));
  if (filter.not) found.push(sql`(${inner(filter.not)}) is not true`);
  return found;
}

export function listCondition(column: string, values: Given<readonly string[]>): Sql[] {
  return isGiven(values) ? [sql`${raw(column)} = any(${limited(values)}::text[])`] : [];
}

/** Whether one of the columns is the text, however it is written. */
export const calledCondition = (columns: readonly string[], text: string): Sql =>
  anyOf(columns.map((column) => sql`lower(${raw(column)}) = lower(${text})`));

/** Words of a search, each of which must occur in one of the columns. */
export function searchConditions(columns: readonly string[], search: Given<string>): Sql[] {
  const words = (search ?? '')
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8);
  return words
    .map((word) => {
      const pattern = `%${literally(word)}%`;
      return columns.reduce(
        (any, column, i) =>
          i === 0 ? sql`(${raw(column)} ilike ${pattern}` : sql`${any} or ${raw(column)} ilike ${pattern}`,
        raw(''),
      );
    })
    .map((condition) => sql`${condition})`);
}
