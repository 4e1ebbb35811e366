/**
 * Stock rows of all branches. There is no limit on the vendor's stock call, so the first reading goes through the articles
 * in pages and asks for the stock of exactly those; then it follows the stock marker. In: a position (stock-position.ts). Out: a page.
 *
 * Guarantee: rows that change while everything is read have a stock marker above `since`, and are read again from there.
 * Branches are asked one after the other, so a marker seen at a later branch proves nothing about an earlier one: the
 * position never moves above the marker that was current before the first of them was asked.
 *
 * A position names the branches that it is about. The rows of a branch that comes in addition, or comes back, have markers of
 * any age: they are read by going through the articles, and the branches that were read before go on where they stood. A list
 * of branches that is empty or cannot be read is an error, so no position moves by it.
 *
 * When more has changed than one answer may hold, the articles are gone through too, for all branches; of their rows only
 * those that are new by their markers are shown.
 */
import type { Clock } from '../../base/clock.js';
import type { Document, Json } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import type { Page, Position, SeenRecord } from '../system.js';
import { unexpected, type Api } from './api.js';
import { below, largestPage, newestOfEach, nextAfter, refuseBeyond } from './marker-stream.js';
import { articlesOf, productShape, recordsOf, stockShape, textIn, type MarkedRecord } from './records.js';
import {
  parseStockPosition,
  writeFollowing,
  writeThrough,
  type FollowingChanges,
  type GoingThroughArticles,
} from './stock-position.js';

export interface Heads {
  readonly articles: bigint | null;
  readonly groups: bigint | null;
  readonly stock: bigint | null;
}

export interface StockDeps {
  readonly api: Api;
  readonly clock: Clock;
  readonly heads: (signal: AbortSignal) => Promise<Heads>;
  /** Each branch once; throws when there is none, or when one of them cannot be read. */
  readonly branchNumbers: (signal: AbortSignal) => Promise<readonly number[]>;
}

export interface StockReader {
  read(from: Position | null, limit: number, signal: AbortSignal): Promise<Page>;
  head(signal: AbortSignal): Promise<Position>;
  isAfter(head: Position, version: bigint): boolean;
  scan(signal: AbortSignal): AsyncIterable<readonly SeenRecord[]>;
}

const rereadAfterMs = 10_000;
/** Most changed rows of one page. They were all answered at once, and what is left of them is asked for again. */
export const mostChanges = 5_000;

export function makeStockReader(deps: StockDeps): StockReader {
  let lastList = -Infinity;

  const stockHead = async (signal: AbortSignal): Promise<bigint> => {
    const { stock } = await deps.heads(signal);
    if (stock === null)
      throw unexpected('getCurrentSyncMarkers', 'it has no stockId; this release is too old for reading stock');
    return stock;
  };

  const beginning = async (signal: AbortSignal): Promise<GoingThroughArticles> => ({
    articles: 0n,
    since: await stockHead(signal),
    reading: null,
    known: [],
    from: 0n,
  });

  const goThrough = async (
    at: GoingThroughArticles,
    branches: readonly number[],
    limit: number,
    signal: AbortSignal,
  ): Promise<Page> => {
    // A branch that is gone is left out, so it comes in addition when it is there again.
    const reading = at.reading?.filter((branch) => branches.includes(branch)) ?? branches;
    const found = await readArticles(deps.api, reading, at.articles, limit, signal);
    const records = found.records.filter(({ version, problem }) => version >= at.from || problem !== undefined);
    const position = found.done
      ? writeFollowing({ next: at.since + 1n, more: false, branches: [...at.known, ...reading] })
      : writeThrough({ ...at, articles: found.next }, reading);
    return { records, position, more: true, overlapFrom: found.done ? below(at.since + 1n) : at.from };
  };

  const follow = async (at: FollowingChanges, limit: number, signal: AbortSignal): Promise<Page> => {
    const { next } = at;
    const head = await stockHead(signal);
    refuseBeyond('stock', next, head);
    const now = deps.clock.monotonic();
    const quiet = { position: writeFollowing(at), more: false, overlapFrom: below(next) };
    if (next > head && now - lastList < rereadAfterMs) return { ...quiet, records: [] };
    const branches = await deps.branchNumbers(signal);
    const known = at.branches ?? branches;
    const added = branches.filter((branch) => !known.includes(branch));
    if (added.length > 0) {
      const since = next > 0n ? next - 1n : 0n;
      return goThrough({ articles: 0n, since, reading: added, known, from: 0n }, branches, limit, signal);
    }
    let rows: readonly MarkedRecord[];
    try {
      rows = await readChanged(deps.api, branches, below(next), signal);
    } catch (thrown) {
      if (!isTooLarge(thrown) || next > head) throw thrown;
      const all = { articles: 0n, since: head, reading: branches, known: [], from: below(next) };
      return goThrough(all, branches, limit, signal);
    }
    lastList = now;
    const { taken, isCut } = firstNew(rows, next);
    const seen = taken.reduce((most, { record }) => (record.version > most ? record.version : most), next - 1n);
    const after = (seen < head ? seen : head) + 1n;
    const records = newestOfEach(taken);
    // What is not listed now is left out once the position moves beyond its rows.
    if (after <= next) return { ...quiet, records, position: writeFollowing({ ...at, branches: known }) };
    const more = isCut || after <= head;
    return { records, position: writeFollowing({ next: after, more, branches }), more, overlapFrom: below(after) };
  };

  return {
    async read(from, limit, signal) {
      const size = Math.min(Math.max(limit, 1), largestPage);
      const at = from === null ? await beginning(signal) : parseStockPosition(from);
      if ('next' in at) return follow(at, size, signal);
      return goThrough(at, await deps.branchNumbers(signal), size, signal);
    },
    async head(signal) {
      const branches = await deps.branchNumbers(signal);
      return writeFollowing({ next: (await stockHead(signal)) + 1n, more: false, branches });
    },
    isAfter(head, version) {
      const at = parseStockPosition(head);
      return 'next' in at && version >= at.next;
    },
    async *scan(signal) {
      const branches = await deps.branchNumbers(signal);
      for (let next = 0n; ;) {
        const page = await readArticles(deps.api, branches, next, largestPage, signal);
        if (page.records.length > 0) yield page.records;
        if (page.done) return;
        next = page.next;
      }
    },
  };
}

const isTooLarge = (thrown: unknown): boolean => thrown instanceof KoppelError && thrown.code === 'RESPONSE_TOO_LARGE';

/** All rows below the position, and the lowest at or above it. */
function firstNew(
  rows: readonly MarkedRecord[],
  next: bigint,
): { readonly taken: readonly MarkedRecord[]; readonly isCut: boolean } {
  const known = rows.filter(({ record }) => record.version < next);
  const fresh = rows
    .filter(({ record }) => record.version >= next)
    .sort((a, b) => (a.record.version < b.record.version ? -1 : 1));
  return { taken: [...known, ...fresh.slice(0, mostChanges)], isCut: fresh.length > mostChanges };
}

/** The rows with a marker from this one on, in every branch. */
async function readChanged(
  api: Api,
  branches: readonly number[],
  from: bigint,
  signal: AbortSignal,
): Promise<readonly MarkedRecord[]> {
  const rows: MarkedRecord[] = [];
  // Zero would mean all of them.
  const filter = { articleNumbers: [], stockId: String(from > 0n ? from : 1n) };
  for (const branch of branches) for (const row of await readStock(api, branch, filter, signal)) rows.push(row);
  return rows;
}

/** The stock of the articles of one page of products, in each of these branches. */
async function readArticles(
  api: Api,
  branches: readonly number[],
  from: bigint,
  limit: number,
  signal: AbortSignal,
): Promise<{ readonly records: readonly SeenRecord[]; readonly next: bigint; readonly done: boolean }> {
  if (branches.length === 0) return { records: [], next: from, done: true };
  // Each article has a row per branch.
  const size = Math.max(1, Math.floor(limit / branches.length));
  const decoded = await api.read(
    'getProducts',
    {
      request: {
        pluNumbers: [],
        syncMarker: String(from),
        syncMarkerLimit: size,
        // Whole products: of one that comes late, the articles with low markers would never be shown.
        includeAllArticlesOfSelectedProducts: true,
      },
    },
    signal,
  );
  const next = nextAfter(recordsOf(decoded, productShape), from);
  const articleNumbers = (decoded.body['productList'] as readonly Document[])
    .flatMap(articlesOf)
    .filter((article) => article['stockArticle'] !== false)
    .flatMap((article) => textIn(article, 'articleNumber') ?? [])
    .filter((number) => /^\d+$/.test(number));
  const rows: MarkedRecord[] = [];
  // An empty list of articles would mean all of them.
  if (articleNumbers.length > 0) {
    for (const branch of branches) {
      rows.push(...(await readStock(api, branch, { articleNumbers: [...new Set(articleNumbers)] }, signal)));
    }
  }
  return { records: newestOfEach(rows), next, done: next === from };
}

async function readStock(
  api: Api,
  branch: number,
  filter: { readonly articleNumbers: readonly string[]; readonly stockId?: string },
  signal: AbortSignal,
): Promise<readonly MarkedRecord[]> {
  const request: Record<string, Json> = { branchNumber: branch, ...filter };
  // The row's own branch is optional; it is the one that was asked for.
  const rows = recordsOf(await api.read('getStock', { request }, signal), stockShape, { branchNumber: branch });
  const asked = new Set(filter.articleNumbers);
  for (const { record } of rows) {
    if (record.problem !== undefined) continue;
    const { articleNumber, branchNumber } = record.document;
    if (branchNumber !== String(branch)) throw unexpected('getStock', `a row of branch ${String(branchNumber)}`);
    if (asked.size > 0 && !asked.has(String(articleNumber)))
      throw unexpected('getStock', `a row of article ${String(articleNumber)}`);
    if (filter.stockId !== undefined && record.version < BigInt(filter.stockId)) {
      throw unexpected('getStock', `a row below the marker ${filter.stockId} that was asked for`);
    }
  }
  return rows;
}
