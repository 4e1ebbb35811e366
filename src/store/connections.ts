/**
 * Pages as the graph shows them. In: a list, the arguments of a connection. Out: edges with signed cursors, whether there is
 * more, and a count that is made only when it is asked for.
 */
import { KoppelError } from '../base/errors.js';
import { pageDefault, pageLimit, type Connection, type PageArgs } from '../schema/page.js';
import type { Query } from './database.js';
import type { Loaders } from './loaders.js';
import { countRows, readPage, type List, type Page, type PageRequest } from './pages.js';
import type { Sql } from './sql.js';

/** Signs and reads cursors; `list` names the list and its order. */
export interface CursorCodec {
  encode(list: string, key: readonly string[]): string;
  decode(list: string, cursor: string): string[];
}

/** Counting stops here on tables that grow with time. */
export const logCountCap = 10_000;

const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

function refuse(found: string, accepted: string): never {
  throw new KoppelError('BAD_PAGE', { found, accepted, limit: pageLimit });
}

/** What a client asked for, checked. */
export function pageRequest(args: PageArgs, cursors: CursorCodec, list: string): PageRequest {
  const { first, after, last, before } = args;
  if (isGiven(first) && isGiven(last)) refuse('first and last', 'only one of them is possible');
  if (isGiven(after) && isGiven(before)) refuse('after and before', 'only one of them is possible');
  if (isGiven(after) && isGiven(last)) refuse('after and last', 'after goes with first');
  if (isGiven(before) && isGiven(first)) refuse('before and first', 'before goes with last');
  const backward = isGiven(last) || isGiven(before);
  const limit = first ?? last ?? pageDefault;
  if (!Number.isInteger(limit) || limit < 1 || limit > pageLimit) {
    refuse(`${backward ? 'last' : 'first'}: ${limit}`, `1 to ${pageLimit} are accepted`);
  }
  const cursor = backward ? before : after;
  return {
    limit,
    direction: backward ? 'backward' : 'forward',
    from: isGiven(cursor) ? cursors.decode(list, cursor) : null,
  };
}

interface Shaping<R, T> {
  readonly name: string;
  readonly page: PageRequest;
  readonly cursors: CursorCodec;
  readonly shown: (row: R) => T;
  readonly count: () => Promise<number>;
  readonly cap: number | null;
}

function toConnection<R, T>(found: Page<R>, shaping: Shaping<R, T>): Connection<T> {
  const { page, cap } = shaping;
  const edges = found.rows.map(({ key, row }) => ({
    cursor: shaping.cursors.encode(shaping.name, key),
    node: shaping.shown(row),
  }));
  const forward = page.direction === 'forward';
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: forward ? found.hasMore : page.from !== null,
      hasPreviousPage: forward ? page.from !== null : found.hasMore,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: async () => {
      const value = await shaping.count();
      return { value, precision: cap !== null && value >= cap ? 'AT_LEAST' : 'EXACT' };
    },
  };
}

export interface ConnectionOptions<R, T> {
  /** Name of the list in cursors. */
  readonly name: string;
  readonly shown: (row: R) => T;
  /** Null = exact. */
  readonly cap?: number;
}

/** A connection of a list of its own. */
export async function listConnection<R, T>(
  query: Query,
  cursors: CursorCodec,
  list: List,
  args: PageArgs,
  options: ConnectionOptions<R, T>,
): Promise<Connection<T>> {
  const name = `${options.name}.${list.order.name}${list.order.descending ? '.desc' : ''}`;
  const page = pageRequest(args, cursors, name);
  const cap = options.cap ?? null;
  return toConnection(await readPage<R>(query, list, page), {
    name,
    page,
    cursors,
    shown: options.shown,
    cap,
    count: () => countRows(query, list, cap),
  });
}

/** A connection below another record; all parents of a level share one statement. */
export async function connectionBelow<R, T>(
  below: Loaders['below'],
  cursors: CursorCodec,
  list: List & { readonly parent: Sql },
  args: PageArgs,
  options: ConnectionOptions<R, T> & { readonly parent: string; readonly made: unknown },
): Promise<Connection<T>> {
  const name = `${options.name}.${list.order.name}${list.order.descending ? '.desc' : ''}`;
  const page = pageRequest(args, cursors, name);
  const made = `${name} ${JSON.stringify(options.made)}`;
  return toConnection(await below.page<R>(list, made, page, options.parent), {
    name,
    page,
    cursors,
    shown: options.shown,
    cap: null,
    count: () => below.count(list, made, options.parent),
  });
}

/** A connection of records that are at hand: parts of another record. `keyOf` names a record within it. */
export function connectionOfParts<T>(
  cursors: CursorCodec,
  parts: readonly T[],
  args: PageArgs,
  options: { readonly name: string; readonly keyOf: (part: T) => string },
): Connection<T> {
  const page = pageRequest(args, cursors, options.name);
  const forward = page.direction === 'forward';
  const at = page.from === null ? -1 : parts.findIndex((part) => options.keyOf(part) === page.from![0]);
  if (page.from !== null && at < 0) throw new KoppelError('BAD_CURSOR', { what: 'what it names is gone' });
  const rest = forward ? parts.slice(at + 1) : parts.slice(0, at < 0 ? parts.length : at);
  const kept = forward ? rest.slice(0, page.limit) : rest.slice(-page.limit);
  const found = { rows: kept.map((row) => ({ key: [options.keyOf(row)], row })), hasMore: rest.length > kept.length };
  return toConnection<T, T>(found, {
    name: options.name,
    page,
    cursors,
    shown: (part) => part,
    cap: null,
    count: () => Promise.resolve(parts.length),
  });
}
