/**
 * Stock rows of all branches. There is no limit on the vendor's stock call, so the first reading goes through the articles
 * in pages and asks for the stock of exactly those; then it follows the stock marker. In: a position. Out: a page.
 *
 * Positions: `{"articles":"<next marker>","since":"<stock marker when it began>"}` while reading everything, then a
 * marker as in marker-stream.ts.
 *
 * Guarantee: rows that change while everything is read have a stock marker above `since`, and are read again from there.
 * Branches are asked one after the other, so a marker seen at a later branch proves nothing about an earlier one: the
 * position never moves above the marker that was current before the first of them was asked.
 */
import type { Clock } from '../../base/clock.js';
import type { Document, Json } from '../../base/document.js';
import type { Page, Position, SeenRecord } from '../system.js';
import { unexpected, type Api } from './api.js';
import {
  below,
  largestPage,
  newestOfEach,
  nextAfter,
  parseCursor,
  refuseBeyond,
  writeCursor,
} from './marker-stream.js';
import { articlesOf, productShape, recordsOf, stockShape, textIn, type MarkedRecord } from './records.js';

export interface Heads {
  readonly articles: bigint | null;
  readonly groups: bigint | null;
  readonly stock: bigint | null;
}

export interface StockDeps {
  readonly api: Api;
  readonly clock: Clock;
  readonly heads: (signal: AbortSignal) => Promise<Heads>;
  readonly branchNumbers: (signal: AbortSignal) => Promise<readonly number[]>;
}

export interface StockReader {
  read(from: Position | null, limit: number, signal: AbortSignal): Promise<Page>;
  head(signal: AbortSignal): Promise<Position>;
  scan(signal: AbortSignal): AsyncIterable<readonly SeenRecord[]>;
}

interface Snapshot {
  readonly articles: bigint;
  readonly since: bigint;
}

const rereadAfterMs = 10_000;

export function makeStockReader(deps: StockDeps): StockReader {
  let lastList = -Infinity;

  const stockHead = async (signal: AbortSignal): Promise<bigint> => {
    const { stock } = await deps.heads(signal);
    if (stock === null)
      throw unexpected('getCurrentSyncMarkers', 'it has no stockId; this release is too old for reading stock');
    return stock;
  };

  const readSnapshot = async (at: Snapshot, limit: number, signal: AbortSignal): Promise<Page> => {
    const { records, next, done } = await readArticles(deps, at.articles, limit, signal);
    const position = done
      ? writeCursor({ next: at.since + 1n, more: false })
      : JSON.stringify({ articles: String(next), since: String(at.since) });
    return { records, position, more: true, overlapFrom: done ? below(at.since + 1n) : 0n };
  };

  const readChanges = async (from: Position, limit: number, signal: AbortSignal): Promise<Page> => {
    const { next } = parseCursor('stock', from);
    const head = await stockHead(signal);
    refuseBeyond('stock', next, head);
    const now = deps.clock.monotonic();
    const quiet: Page = { records: [], position: from, more: false, overlapFrom: below(next) };
    if (next > head && now - lastList < rereadAfterMs) return quiet;
    const rows: MarkedRecord[] = [];
    const start = below(next) > 0n ? below(next) : 1n;
    for (const branch of await deps.branchNumbers(signal)) {
      rows.push(...(await readStock(deps.api, branch, { articleNumbers: [], stockId: String(start) }, signal)));
    }
    lastList = now;
    const { taken, isCut } = firstNew(rows, next, limit);
    const seen = taken.reduce((most, { record }) => (record.version > most ? record.version : most), next - 1n);
    const after = (seen < head ? seen : head) + 1n;
    const records = newestOfEach(taken);
    if (after <= next) return { ...quiet, records };
    const more = isCut || after <= head;
    return { records, position: writeCursor({ next: after, more }), more, overlapFrom: below(after) };
  };

  return {
    async read(from, limit, signal) {
      const size = Math.min(Math.max(limit, 1), largestPage);
      if (from === null) return readSnapshot({ articles: 0n, since: await stockHead(signal) }, size, signal);
      const at = parseSnapshot(from);
      return at === null ? readChanges(from, size, signal) : readSnapshot(at, size, signal);
    },
    head: async (signal) => writeCursor({ next: (await stockHead(signal)) + 1n, more: false }),
    async *scan(signal) {
      for (let next = 0n; ;) {
        const page = await readArticles(deps, next, largestPage, signal);
        if (page.records.length > 0) yield page.records;
        if (page.done) return;
        next = page.next;
      }
    },
  };
}

function parseSnapshot(position: Position): Snapshot | null {
  const match = /^\{"articles":"(\d{1,19})","since":"(\d{1,19})"\}$/.exec(position);
  return match === null ? null : { articles: BigInt(match[1]!), since: BigInt(match[2]!) };
}

/** All rows below the position, and the lowest `limit` at or above it. */
function firstNew(
  rows: readonly MarkedRecord[],
  next: bigint,
  limit: number,
): { readonly taken: readonly MarkedRecord[]; readonly isCut: boolean } {
  const known = rows.filter(({ record }) => record.version < next);
  const fresh = rows
    .filter(({ record }) => record.version >= next)
    .sort((a, b) => (a.record.version < b.record.version ? -1 : 1));
  return { taken: [...known, ...fresh.slice(0, limit)], isCut: fresh.length > limit };
}

/** The stock of the articles of one page of products, in every branch. */
async function readArticles(
  deps: StockDeps,
  from: bigint,
  limit: number,
  signal: AbortSignal,
): Promise<{ readonly records: readonly SeenRecord[]; readonly next: bigint; readonly done: boolean }> {
  const branches = await deps.branchNumbers(signal);
  // Each article has a row per branch.
  const size = Math.max(1, Math.floor(limit / Math.max(1, branches.length)));
  const decoded = await deps.api.read(
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
      rows.push(...(await readStock(deps.api, branch, { articleNumbers: [...new Set(articleNumbers)] }, signal)));
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
