/**
 * What all list calls by marker have in common: the filter is inclusive, a limited page holds the lowest markers, and the
 * order inside of a page means nothing.
 */
import type { Document } from '../../src/base/document.js';
import type { Table } from '../engine/table.js';
import type { MarkerIndex } from './marker-index.js';
import { numberIn } from './records.js';
import type { Shop } from './shop.js';

/** What a call with a marker but without a limit gets at most. */
export const defaultLimit = 1_000;

export interface MarkerQuery {
  /** Undefined: the call is not about changes, and its limit means nothing. */
  readonly from: number | undefined;
  readonly limit: number;
}

export function markerQuery(request: Document): MarkerQuery {
  const from = numberIn(request, 'syncMarker');
  const limit = numberIn(request, 'syncMarkerLimit');
  return { from, limit: from === undefined ? Infinity : limit === undefined || limit <= 0 ? defaultLimit : limit };
}

/** The matching records of one page. */
export function pageOf<T extends object>(
  shop: Shop,
  table: Table<T>,
  index: MarkerIndex,
  query: MarkerQuery,
  matches: (record: T) => boolean,
): T[] {
  const page: T[] = [];
  for (const key of index.from(query.from ?? 0)) {
    if (page.length >= query.limit) break;
    const record = table.get(key);
    if (record !== undefined && matches(record)) page.push(record);
  }
  return unsorted(shop, page);
}

/** The real service does not sort; unless a test asks for it neither do we. Repeats itself exactly for the same page. */
export function unsorted<T>(shop: Shop, page: T[]): T[] {
  if (shop.isOn('sorted') || page.length < 2) return page;
  const step = [7, 5, 3, 2].find((candidate) => page.length % candidate !== 0) ?? 1;
  return page.map((_, at) => page[(at * step + 1) % page.length] as T);
}

/** True when nothing is asked for or one of it is given. */
export const oneOf = (asked: readonly unknown[], given: unknown): boolean =>
  asked.length === 0 || asked.some((value) => String(value) === String(given));
