/**
 * Keyset pages. In: a list (what to select, from where, in which order), conditions, and where the page starts. Out: rows
 * with the key of each, and whether there is more. A page costs the same wherever it starts, and rows that come or go
 * elsewhere never repeat or hide others. For lists below other records one statement reads the page of every parent.
 */
import { KoppelError } from '../base/errors.js';
import { columnsIn, type Columns } from './columns.js';
import type { Query } from './database.js';
import { grouped } from './grouped.js';
import { allOf, joined, raw, sql, textOf, type Sql } from './sql.js';

/** One column to sort by; `type` is how its text in a cursor is read back. All columns of an order run the same way. */
export interface SortKey {
  readonly expression: string;
  readonly type: 'text' | 'timestamptz' | 'numeric' | 'bigint' | 'integer';
}

export interface Order {
  /** Written into cursors: a cursor of another order is refused. */
  readonly name: string;
  readonly keys: readonly SortKey[];
  readonly descending: boolean;
}

export interface PageRequest {
  readonly limit: number;
  /** `backward` = the last rows before the key. */
  readonly direction: 'forward' | 'backward';
  /** Key of the row to start after (forward) or before (backward). */
  readonly from: readonly string[] | null;
}

export interface List {
  /** Select list without keys; of records of which only what is asked for is read, made from that. */
  readonly select: Sql | ((columns: Columns) => Sql);
  /** `product p`, joins included. */
  readonly from: Sql;
  readonly where: readonly Sql[];
  readonly order: Order;
  /** Column that names the parent, for lists below other records. */
  readonly parent?: Sql;
}

export interface PageRow<T> {
  readonly key: readonly string[];
  readonly row: T;
}

export interface Page<T> {
  readonly rows: readonly PageRow<T>[];
  readonly hasMore: boolean;
}

/** Name of the key that a row has for the nth column to sort by. */
export const keyColumn = (i: number): string => `page_key_${i}`;

function keyset(order: Order, page: PageRequest): readonly Sql[] {
  if (page.from === null) return [];
  if (page.from.length !== order.keys.length) throw new KoppelError('BAD_CURSOR', { what: 'it has another order' });
  const columns = joined(
    order.keys.map(({ expression }) => raw(expression)),
    ', ',
  );
  const bounds = joined(
    page.from.map((text, i) => sql`${text}${raw(`::${order.keys[i]!.type}`)}`),
    ', ',
  );
  const after = order.descending === (page.direction === 'backward');
  return [sql`(${columns}) ${raw(after ? '>' : '<')} (${bounds})`];
}

/** The statement of one page, with a column for each key. */
function pageBody(columns: Columns, list: List, page: PageRequest, where: readonly Sql[]): Sql {
  const select = typeof list.select === 'function' ? list.select(columns) : list.select;
  const keys = list.order.keys.map(({ expression }, i) => raw(`(${expression})::text as ${keyColumn(i)}`));
  return sql`select ${select}, ${joined(keys, ', ')}
    ${pageRows(list, page, where)}`;
}

/** Which rows a page has, and in which order: what comes after the select list. `more`: rows after it, which say whether there are any. */
export function pageRows(list: Omit<List, 'select'>, page: PageRequest, where: readonly Sql[], more = 1): Sql {
  const descending = list.order.descending !== (page.direction === 'backward');
  const sort = joined(
    list.order.keys.map(({ expression }) => raw(`${expression}${descending ? ' desc' : ''}`)),
    ', ',
  );
  return sql`from ${list.from}
    where ${allOf([...where, ...list.where, ...keyset(list.order, page)])}
    order by ${sort}
    limit ${raw(String(page.limit + more))}`;
}

/** A row whose key is put together when a cursor is asked for. */
class KeyedRow<T> implements PageRow<T> {
  readonly row: T;
  readonly #keys: number;

  constructor(row: T, keys: number) {
    this.row = row;
    this.#keys = keys;
  }

  get key(): readonly string[] {
    return Array.from({ length: this.#keys }, (_, i) => (this.row as Record<string, string>)[keyColumn(i)]!);
  }
}

/** The rows of such a statement as a page. */
export function toPage<T>(rows: readonly Record<string, unknown>[], keys: number, page: PageRequest): Page<T> {
  const kept = rows.length > page.limit ? rows.slice(0, page.limit) : [...rows];
  if (page.direction === 'backward') kept.reverse();
  return {
    rows: kept.map((row) => new KeyedRow(row as T, keys)),
    hasMore: rows.length > page.limit,
  };
}

/** One page of a list, in one statement. */
export async function readPage<T>(query: Query, list: List, page: PageRequest): Promise<Page<T>> {
  const statement = pageBody(columnsIn(query), list, page, []);
  return toPage<T>(await query.query(textOf(statement), statement.values), list.order.keys.length, page);
}

/** The page below each parent, in one statement; in the order of `parents`. */
export async function readPagesBelow<T>(
  query: Query,
  list: List & { readonly parent: Sql },
  page: PageRequest,
  parents: readonly string[],
): Promise<readonly Page<T>[]> {
  const statement = sql`select parent.id as page_parent, child.*
    from unnest(${parents}::text[]) as parent(id)
    cross join lateral (${pageBody(columnsIn(query), list, page, [sql`${list.parent} = parent.id`])}) as child`;
  const rows = await query.query(textOf(statement), statement.values);
  const byParent = grouped(rows, (row) => row['page_parent'] as string);
  return parents.map((parent) => toPage<T>(byParent.get(parent) ?? [], list.order.keys.length, page));
}

/** How many rows a list has; counting stops at `cap`. */
export async function countRows(query: Query, list: List, cap: number | null): Promise<number> {
  const counted =
    cap === null
      ? sql`select count(*) as n from ${list.from} where ${allOf(list.where)}`
      : sql`select count(*) as n from (select 1 from ${list.from} where ${allOf(list.where)} limit ${cap}::integer) as counted`;
  const rows = await query.query<{ n: string }>(textOf(counted), counted.values);
  return Number(rows[0]!.n);
}

/** How many rows each parent has, in one statement. */
export async function countRowsBelow(
  query: Query,
  list: List & { readonly parent: Sql },
  parents: readonly string[],
): Promise<readonly number[]> {
  const statement = sql`select parent.id, (select count(*) from ${list.from}
      where ${allOf([sql`${list.parent} = parent.id`, ...list.where])}) as n
    from unnest(${parents}::text[]) as parent(id)`;
  const rows = await query.query<{ id: string; n: string }>(textOf(statement), statement.values);
  const byParent = new Map(rows.map(({ id, n }) => [id, Number(n)]));
  return parents.map((parent) => byParent.get(parent) ?? 0);
}
