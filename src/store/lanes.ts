/**
 * One list made of several, one after the other. In: lanes, each a list with keys of its own, and the arguments of a connection.
 * Out: a page whose cursors name the lane and the place in it, so that it costs no more further on: lanes before it are not read.
 */
import { KoppelError } from '../base/errors.js';
import type { Connection, PageArgs } from '../schema/page.js';
import { pageRequest, shownPage, type CursorCodec } from './connections.js';
import type { Query } from './database.js';
import { countRows, readPage, type List, type Page, type PageRequest, type PageRow } from './pages.js';

export interface Lane<T> {
  /** Written into cursors. */
  readonly name: string;
  /** `limit` 0 says only whether there is more. */
  read(page: PageRequest): Promise<Page<T>>;
  /** Counting stops at `cap`. */
  count(cap: number): Promise<number>;
}

/** Records of a table. */
export const listLane = <R, T>(query: Query, name: string, list: List, shown: (row: R) => T): Lane<T> => ({
  name,
  async read(page) {
    const { rows, hasMore } = await readPage<R>(query, list, page);
    return { rows: rows.map(({ key, row }) => ({ key, row: shown(row) })), hasMore };
  },
  count: (cap) => countRows(query, list, cap),
});

/** Few things that are read whole, in the order of their ids. */
export const fewLane = <T extends { readonly id: string }>(
  name: string,
  all: () => Promise<readonly T[]>,
): Lane<T> => ({
  name,
  async read({ limit, direction, from }) {
    const isForward = direction === 'forward';
    const [start] = from ?? [];
    const found = (await all())
      .filter(({ id }) => start === undefined || (isForward ? id > start : id < start))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const kept = isForward ? found.slice(0, limit) : found.slice(Math.max(found.length - limit, 0));
    return { rows: kept.map((row) => ({ key: [row.id], row })), hasMore: found.length > limit };
  },
  count: async () => (await all()).length,
});

async function readAcross<T>(lanes: readonly Lane<T>[], page: PageRequest): Promise<Page<T>> {
  const isForward = page.direction === 'forward';
  const inOrder = isForward ? lanes : [...lanes].reverse();
  const [at, ...below] = page.from ?? [];
  const begin = at === undefined ? 0 : inOrder.findIndex(({ name }) => name === at);
  if (begin < 0) throw new KoppelError('BAD_CURSOR', { what: 'it has another order' });
  const rows: PageRow<T>[] = [];
  for (const [i, lane] of inOrder.slice(begin).entries()) {
    const from = i === 0 && at !== undefined ? below : null;
    const found = await lane.read({ limit: page.limit - rows.length, direction: page.direction, from });
    const named = found.rows.map(({ key, row }) => ({ key: [lane.name, ...key], row }));
    if (isForward) rows.push(...named);
    else rows.unshift(...named);
    if (found.hasMore) return { rows, hasMore: true };
  }
  return { rows, hasMore: false };
}

/** A connection over all lanes; lanes behind a full page are only asked whether they hold anything. */
export async function connectionOfLanes<T>(
  cursors: CursorCodec,
  lanes: readonly Lane<T>[],
  args: PageArgs,
  { name, cap }: { readonly name: string; readonly cap: number },
): Promise<Connection<T>> {
  const page = pageRequest(args, cursors, name);
  return shownPage(await readAcross(lanes, page), {
    name,
    page,
    cursors,
    cap,
    shown: (row) => row,
    async count() {
      let counted = 0;
      for (const lane of lanes) if (counted < cap) counted += await lane.count(cap - counted);
      return counted;
    },
  });
}
