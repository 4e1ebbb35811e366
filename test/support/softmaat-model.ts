/**
 * The lists of Softmaat as a pure function of a small shop. In: rows that tests change. Out: the calls behind the connector's source, which
 * answer as the contract says; a cursor names the row before it. The time is the test's own.
 */
import type { Clock } from '../../src/base/clock.js';
import type { Document } from '../../src/base/document.js';
import type { Api, Query } from '../../src/systems/softmaat/api.js';
import { instantOf, microsOf } from '../../src/systems/softmaat/instant.js';
import type { Page, Source } from '../../src/systems/system.js';

export const { signal } = new AbortController();

/** Categories by id: what each says, and when it was changed last. */
export type Rows = Map<string, { readonly says: number; readonly at: bigint }>;

export interface ShopModel {
  readonly rows: Rows;
  /** The `updatedFrom` of each list that was asked for in the order of change, `newest` or a path for other questions. */
  readonly asked: string[];
  readonly api: Api;
}

const placeOf = (id: string, at: bigint): string => `${instantOf(at)} ${id}`;

export function makeShopModel(): ShopModel {
  const rows: Rows = new Map();
  const asked: string[] = [];
  const documentOf = (id: string, row: { says: number; at: bigint }): Document => ({
    id,
    says: row.says,
    version: 1,
    updatedAt: instantOf(row.at),
  });
  const read = (path: string, query: Query): Document | null => {
    const [, , named] = path.split('/');
    if (named !== undefined) {
      asked.push(path);
      const row = rows.get(named);
      return row === undefined ? null : documentOf(named, row);
    }
    const isNewestFirst = query['sort'] === '-updatedAt,-id';
    const from = typeof query['updatedFrom'] === 'string' ? (microsOf(query['updatedFrom']) ?? 0n) : 0n;
    asked.push(isNewestFirst ? 'newest' : String(query['updatedFrom']));
    const sorted = [...rows]
      .filter(([, { at }]) => at >= from)
      .sort(([a, x], [b, y]) => (x.at < y.at || (x.at === y.at && a < b) ? -1 : 1));
    if (isNewestFirst) sorted.reverse();
    const cursor = typeof query['cursor'] === 'string' ? query['cursor'] : '';
    const behind = sorted.filter(([key, { at }]) => placeOf(key, at) > cursor);
    const page = behind.slice(0, Number(query['limit']));
    const [key = '', { at } = { at: 0n }] = page.at(-1) ?? [];
    return {
      data: page.map(([id, row]) => documentOf(id, row)),
      page: { nextCursor: behind.length > page.length ? placeOf(key, at) : null },
    };
  };
  const api: Api = {
    read: (path, query) => Promise.resolve(read(path, query)),
    write: () => Promise.reject(new Error('nothing is written here')),
    close: () => undefined,
  };
  return { rows, asked, api };
}

export const start = microsOf('2025-06-01T12:00:00.000000Z') ?? 0n;

/** In microseconds. */
export const seconds = (count: number): bigint => BigInt(Math.round(count * 1_000_000));

/** Rows with these seconds after the start as their stamps, called by their place. */
export function fill(rows: Rows, stamps: readonly number[]): void {
  stamps.forEach((at, index) => void rows.set(`c${index}`, { says: index, at: start + seconds(at) }));
}

export interface Time {
  /** The hub's. */
  readonly clock: Clock;
  /** Microseconds: how late it is. */
  now(): bigint;
  advance(ms: number): void;
  /** The hub's clock goes wrong by so many milliseconds from now on. */
  setAhead(ms: number): void;
}

export function makeTime(): Time {
  let ms = 0;
  let aheadMs = 0;
  return {
    clock: {
      now: () => new Date(Number(start / 1_000n) + ms + aheadMs),
      monotonic: () => ms,
      sleep: () => Promise.resolve(),
    },
    now: () => start + BigInt(ms) * 1_000n,
    advance: (by) => void (ms += by),
    setAhead: (by) => void (aheadMs = by),
  };
}

/** What was shown last of each. */
export type Held = Map<string, unknown>;

export const heldOf = (rows: Rows): Held => new Map([...rows].map(([id, row]) => [id, row.says]));

/** Reads one page and keeps what it shows. */
export async function readPageOf(source: Source, from: string | null, limit: number, held: Held): Promise<Page> {
  const page = await source.read('categories', from, { limit, signal });
  for (const { externalId, document } of page.records) held.set(externalId, document['says']);
  return page;
}

/** Reads to the end and keeps what it shows. */
export async function readOn(source: Source, from: string | null, limit: number, held: Held): Promise<string> {
  for (let position = from, pages = 0; ; pages++) {
    const page = await readPageOf(source, position, limit, held);
    position = page.position;
    if (!page.more) return position;
    if (pages > 500) throw new Error('the reading does not end');
  }
}
