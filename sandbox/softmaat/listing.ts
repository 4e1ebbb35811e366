/**
 * Lists: filters, order, opaque cursors, chosen fields. A cursor names the last record of the page before and the query
 * that it belongs to, so pages neither skip nor repeat while records change, and a page may end inside a tie.
 */
import { createHash } from 'node:crypto';
import type { SandboxResponse } from '../engine/sandbox-system.js';
import type { Table } from '../engine/table.js';
import { json, Refusal, type Row, textOf } from './answers.js';
import { instantText, microsOf } from './stamps.js';

export interface ListOptions {
  readonly table: Table<Row>;
  readonly keySort: 'id' | 'sku,warehouseCode';
  /** Exact filters by name; a name may be repeated. */
  readonly filters: Readonly<Record<string, (row: Row, values: readonly string[]) => boolean>>;
  /** Narrows the candidates by an index before anything is filtered; undefined = all. */
  readonly candidates?: (query: URLSearchParams) => readonly Row[] | undefined;
  readonly show?: (row: Row) => Row;
}

type Order = 'key' | 'oldest' | 'newest';
type Sorted = ReadonlyArray<readonly [key: string, row: Row]>;
const sorted = new WeakMap<Table<Row>, Map<Order, { revision: number; rows: Sorted }>>();

export function listAnswer(query: URLSearchParams, options: ListOptions): SandboxResponse {
  for (const name of query.keys()) {
    if (!['limit', 'cursor', 'updatedFrom', 'sort', 'fields'].includes(name) && !Object.hasOwn(options.filters, name)) {
      throw new Refusal(400, `unknown parameter ${name}`);
    }
  }
  const limit = readLimit(query.get('limit'));
  const order = readOrder(query.get('sort'), options.keySort);
  const from = readInstant(query.get('updatedFrom'));
  const print = fingerprint(query);
  const after = readCursor(query.get('cursor'), print);
  const rows = candidatesOf(query, options, order);
  const compare = comparer(order);
  const matches = (row: Row): boolean =>
    (from === undefined || textOf(row['updatedAt']) >= from) &&
    Object.entries(options.filters).every(([name, test]) => !query.has(name) || test(row, query.getAll(name)));

  const page: Array<readonly [string, Row]> = [];
  let more = false;
  for (let at = firstAfter(rows, after, compare); at < rows.length && !more; at++) {
    const entry = rows[at];
    if (entry === undefined || !matches(entry[1])) continue;
    if (page.length === limit) more = true;
    else page.push(entry);
  }
  const last = page.at(-1);
  const nextCursor = more && last !== undefined ? writeCursor(last, print) : null;
  const pick = picker(query.get('fields'));
  return json({ data: page.map(([, row]) => pick(options.show?.(row) ?? row)), page: { nextCursor } });
}

function candidatesOf(query: URLSearchParams, options: ListOptions, order: Order): Sorted {
  const few = options.candidates?.(query);
  if (few !== undefined) return few.map((row) => [keyOf(row), row] as const).sort(comparer(order));
  let orders = sorted.get(options.table);
  if (orders === undefined) sorted.set(options.table, (orders = new Map<Order, { revision: number; rows: Sorted }>()));
  const known = orders.get(order);
  if (known?.revision === options.table.revision) return known.rows;
  const rows = [...options.table.values()].map((row) => [keyOf(row), row] as const).sort(comparer(order));
  orders.set(order, { revision: options.table.revision, rows });
  return rows;
}

const keyOf = (row: Row): string =>
  typeof row['id'] === 'string' ? row['id'] : `${textOf(row['sku'])}\u0000${textOf(row['warehouseCode'])}`;

type Place = readonly [key: string, row: { readonly updatedAt?: Row[string] }];

function comparer(order: Order): (a: Place, b: Place) => number {
  const byKey = (a: Place, b: Place): number => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);
  if (order === 'key') return byKey;
  const oldest = (a: Place, b: Place): number => {
    const [x, y] = [textOf(a[1].updatedAt), textOf(b[1].updatedAt)];
    return x < y ? -1 : x > y ? 1 : byKey(a, b);
  };
  return order === 'oldest' ? oldest : (a, b) => oldest(b, a);
}

function firstAfter(rows: Sorted, after: Place | undefined, compare: (a: Place, b: Place) => number): number {
  if (after === undefined) return 0;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = rows[middle];
    if (entry !== undefined && compare(entry, after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readLimit(text: string | null): number {
  if (text === null) return 100;
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= 250) return limit;
  throw new Refusal(400, 'limit must be a whole number from 1 to 250');
}

function readOrder(text: string | null, keySort: string): Order {
  if (text === null || text === keySort) return 'key';
  if (text === 'updatedAt,id') return 'oldest';
  if (text === '-updatedAt,-id') return 'newest';
  throw new Refusal(400, `sort must be ${keySort}, updatedAt,id or -updatedAt,-id`);
}

function readInstant(text: string | null): string | undefined {
  if (text === null) return undefined;
  const micros = microsOf(text);
  if (micros === undefined) throw new Refusal(400, 'updatedFrom must be an RFC 3339 instant with offset');
  return instantText(micros);
}

function picker(fields: string | null): (row: Row) => Row {
  if (fields === null) return (row) => row;
  const names = fields.split(',');
  return (row) =>
    Object.fromEntries(names.filter((name) => Object.hasOwn(row, name)).map((name) => [name, row[name] ?? null]));
}

function fingerprint(query: URLSearchParams): string {
  const parts = [...query.entries()]
    .filter(([name]) => name !== 'cursor' && name !== 'limit' && name !== 'fields')
    .sort();
  return createHash('sha1').update(JSON.stringify(parts)).digest('base64url').slice(0, 8);
}

function writeCursor([key, row]: readonly [string, Row], print: string): string {
  return Buffer.from(JSON.stringify([print, key, row['updatedAt']])).toString('base64url');
}

function readCursor(text: string | null, print: string): Place | undefined {
  if (text === null) return undefined;
  try {
    const [query, key, updatedAt] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [string, string, string];
    if (query === print && typeof key === 'string') return [key, { updatedAt }];
  } catch {
    // said below
  }
  throw new Refusal(400, 'the cursor does not belong to this query');
}
