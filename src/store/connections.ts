/**
 * Pages as the graph shows them. In: a list, the arguments of a connection. Out: edges with signed cursors, whether there is
 * more, and a count that is made only when it is asked for.
 */
import { KoppelError } from '../base/errors.js';
import { pageDefault, pageLimit, type Connection, type Count, type PageArgs, type PageInfo } from '../schema/page.js';
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

/** A page whose cursors are signed only when somebody asks for them. */
class ShownPage<R, T> implements Connection<T> {
  readonly nodes: readonly T[];
  readonly #found: Page<R>;
  readonly #shaping: Shaping<R, T>;

  constructor(found: Page<R>, shaping: Shaping<R, T>) {
    this.#found = found;
    this.#shaping = shaping;
    this.nodes = found.rows.map(({ row }) => shaping.shown(row));
  }

  get edges(): Connection<T>['edges'] {
    return this.nodes.map((node, i) => ({ cursor: this.#cursorAt(i)!, node }));
  }

  get pageInfo(): PageInfo {
    const { page } = this.#shaping;
    const forward = page.direction === 'forward';
    const { hasMore } = this.#found;
    const cursorAt = (i: number) => this.#cursorAt(i);
    const last = this.nodes.length - 1;
    return {
      hasNextPage: forward ? hasMore : page.from !== null,
      hasPreviousPage: forward ? page.from !== null : hasMore,
      get startCursor() {
        return cursorAt(0);
      },
      get endCursor() {
        return cursorAt(last);
      },
    };
  }

  readonly totalCount = async (): Promise<Count> => {
    const value = await this.#shaping.count();
    const { cap } = this.#shaping;
    return { value, precision: cap !== null && value >= cap ? 'AT_LEAST' : 'EXACT' };
  };

  #cursorAt(i: number): string | null {
    const row = this.#found.rows[i];
    return row === undefined ? null : this.#shaping.cursors.encode(this.#shaping.name, row.key);
  }
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
  const name = orderedName(options.name, list);
  const page = pageRequest(args, cursors, name);
  const cap = options.cap ?? null;
  return new ShownPage(await readPage<R>(query, list, page), {
    name,
    page,
    cursors,
    shown: options.shown,
    cap,
    count: () => countRows(query, list, cap),
  });
}

const orderedName = (name: string, { order }: List): string =>
  `${name}.${order.name}${order.descending ? '.desc' : ''}`;

/** Under which name the pages of a list below records are kept; `made` says from which arguments the list was made. */
export const pageNameBelow = (list: List, name: string, made: unknown): string =>
  `${orderedName(name, list)} ${JSON.stringify(made)}`;

/** A connection below another record; all parents of a level share one statement. */
export function connectionBelow<R, T>(
  below: Loaders['below'],
  cursors: CursorCodec,
  list: List & { readonly parent: Sql },
  args: PageArgs,
  options: ConnectionOptions<R, T> & { readonly parent: string; readonly made: unknown },
): Connection<T> | Promise<Connection<T>> {
  const name = orderedName(options.name, list);
  const page = pageRequest(args, cursors, name);
  const made = pageNameBelow(list, options.name, options.made);
  const shaping: Shaping<R, T> = {
    name,
    page,
    cursors,
    shown: options.shown,
    cap: null,
    count: () => below.count(list, made, options.parent),
  };
  const found = below.page<R>(list, made, page, options.parent);
  return found instanceof Promise ? found.then((read) => new ShownPage(read, shaping)) : new ShownPage(found, shaping);
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
  const rows = kept.map((row) => ({
    row,
    get key() {
      return [options.keyOf(row)];
    },
  }));
  const found = { rows, hasMore: rest.length > kept.length };
  return new ShownPage<T, T>(found, {
    name: options.name,
    page,
    cursors,
    shown: (part) => part,
    cap: null,
    count: () => Promise.resolve(parts.length),
  });
}
