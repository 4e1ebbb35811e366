/**
 * Pages as the graph shows them. In: a list, the arguments of a connection. Out: edges with signed cursors, whether there is
 * more, and a count that is made only when it is asked for.
 */
import { KoppelError } from '../base/errors.js';
import { pageDefault, pageLimit, type Connection, type Count, type PageArgs, type PageInfo } from '../schema/page.js';
import { WrittenRecord, type ToWrite } from '../schema/selection.js';
import type { Query } from './database.js';
import type { Loaders } from './loaders.js';
import { countRows, readPage, type List, type Page, type PageRequest, type PageRow } from './pages.js';
import { readWritten, type WrittenRow } from './read-written.js';
import { raw, type Sql } from './sql.js';

/** Signs and reads cursors; `list` names the list and its order. */
export interface CursorCodec {
  encode(list: string, key: readonly string[]): string;
  decode(list: string | readonly string[], cursor: string): string[];
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
    return this.nodes.map((node, i) => ({ cursor: this.cursorAt(i)!, node }));
  }

  get pageInfo(): PageInfo {
    return new ShownPageInfo(this, this.#shaping.page, this.#found.hasMore);
  }

  async totalCount(): Promise<Count> {
    const value = await this.#shaping.count();
    const { cap } = this.#shaping;
    return { value, precision: cap !== null && value >= cap ? 'AT_LEAST' : 'EXACT' };
  }

  cursorAt(i: number): string | null {
    const row = this.#found.rows[i];
    return row === undefined ? null : this.#shaping.cursors.encode(this.#shaping.name, row.key);
  }
}

/** A page that was read, as the graph shows it. */
export const shownPage = <R, T>(found: Page<R>, shaping: Shaping<R, T>): Connection<T> => new ShownPage(found, shaping);

type WithCursors = Pick<ShownPage<unknown, unknown>, 'nodes' | 'cursorAt'>;

class ShownPageInfo implements PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly #page: WithCursors;

  constructor(page: WithCursors, { direction, from }: PageRequest, hasMore: boolean) {
    const isForward = direction === 'forward';
    this.hasNextPage = isForward ? hasMore : from !== null;
    this.hasPreviousPage = isForward ? from !== null : hasMore;
    this.#page = page;
  }

  get startCursor(): string | null {
    return this.#page.cursorAt(0);
  }

  get endCursor(): string | null {
    return this.#page.cursorAt(this.#page.nodes.length - 1);
  }
}

export interface ConnectionOptions<R, T> {
  /** Name of the list in cursors. */
  readonly name: string;
  readonly shown: (row: R) => T;
  /** Null = exact. */
  readonly cap?: number;
}

/** What is asked of each record, for lists whose records can be read as text. */
export interface ListOptions<R, T> extends ConnectionOptions<R, T> {
  readonly toWrite?: ToWrite | undefined;
  readonly seesPersonal?: boolean;
}

/** A connection of a list of its own. */
export async function listConnection<R, T>(
  query: Query,
  cursors: CursorCodec,
  list: List,
  args: PageArgs,
  options: ListOptions<R, T>,
): Promise<Connection<T>> {
  const name = orderedName(options.name, list);
  const page = pageRequest(args, cursors, name);
  const cap = options.cap ?? null;
  const shaping = { name, page, cursors, cap, count: () => countRows(query, list, cap) };
  const { toWrite, seesPersonal = false } = options;
  const read = (select: string) => readPage<WrittenRow>(query, { ...list, select: raw(select) }, page);
  const written = await readWritten(toWrite, seesPersonal, read, ({ rows }) => rows.map(({ row }) => row));
  if (written !== null && toWrite !== undefined) {
    // They stand for the records that they are written from.
    const shown = (row: WrittenRow): T => new WrittenRecord(toWrite.selection, row.written) as T;
    return new ShownPage<WrittenRow, T>(written, { ...shaping, shown });
  }
  return new ShownPage(await readPage<R>(query, list, page), { ...shaping, shown: options.shown });
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

/** A part whose key is asked for only with its cursor. */
class Part<T> implements PageRow<T> {
  readonly row: T;
  readonly #keyOf: (part: T) => string;

  constructor(row: T, keyOf: (part: T) => string) {
    this.row = row;
    this.#keyOf = keyOf;
  }

  get key(): readonly string[] {
    return [this.#keyOf(this.row)];
  }
}

const same = <T>(part: T): T => part;

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
  const rest = at < 0 ? parts : forward ? parts.slice(at + 1) : parts.slice(0, at);
  const kept = rest.length <= page.limit ? rest : forward ? rest.slice(0, page.limit) : rest.slice(-page.limit);
  const rows = kept.map((row) => new Part(row, options.keyOf));
  const found = { rows, hasMore: rest.length > kept.length };
  const count = () => Promise.resolve(parts.length);
  return new ShownPage<T, T>(found, { name: options.name, page, cursors, shown: same, cap: null, count });
}
