/**
 * The list calls of MplusKASSA as a pure function of a small shop, in each order of pages that the service might have. In: a
 * shop that tests change. Out: the calls behind the connector's source; every answer goes through the codec.
 */
import type { Clock } from '../../src/base/clock.js';
import type { Document } from '../../src/base/document.js';
import type { Api } from '../../src/systems/mpluskassa/api.js';
import { parseSettings } from '../../src/systems/mpluskassa/settings.js';
import { decodePage, decodeResponse, encodeResponse } from '../../src/systems/mpluskassa/soap/codec.js';
import type { Page, Position } from '../../src/systems/system.js';

export interface Shop {
  /** Product number → markers of its articles. */
  products: Map<number, number[]>;
  stock: Map<string, number>;
  articleHead?: number;
  order: 'lowestArticle' | 'product' | 'article';
  branches: number[];
  calls: string[];
}

/** The list calls of the service, as a pure function of the shop; each answer goes through the codec. */
export function makeShopApi(
  shop: Shop,
  alter: (xml: string) => string = (xml) => xml,
  onCall: () => void = () => undefined,
): Api {
  const answer = (operation: string, request: Document): string => {
    onCall();
    shop.calls.push(operation);
    switch (operation) {
      case 'getCurrentSyncMarkers': {
        const articles = shop.articleHead ?? Math.max(0, ...[...shop.products.values()].flat());
        const zero = {
          relationSyncMarker: 0,
          employeeSyncMarker: 0,
          invoiceSyncMarker: 0,
          receiptSyncMarker: 0,
          orderSyncMarker: 0,
        };
        return encodeResponse(operation, {
          articleSyncMarker: articles,
          stockId: Math.max(0, ...shop.stock.values()),
          ...zero,
        });
      }
      case 'getBranches':
        return encodeResponse(operation, {
          branches: shop.branches.map((branchNumber) => ({ branchNumber, branchName: `B${branchNumber}`, abbreviation: '', countryCode: 528, countryIso3: 'NLD', countryName: '' })), // prettier-ignore
        });
      case 'getProducts':
        return encodeResponse(operation, { productList: productPage(shop, request) });
      default:
        return encodeResponse('getStock', { articleStocks: stockRows(shop, request) });
    }
  };
  const requestOf = (body: Document): Document => (body['request'] as Document | undefined) ?? {};
  return {
    read: async (operation, body) => decodePage(operation, alter(answer(operation, requestOf(body)))),
    ask: async (operation, body) => decodeResponse(operation, answer(operation, requestOf(body))),
    answers: async () => true,
    close: () => undefined,
  };
}

function productPage(shop: Shop, request: Document): Document[] {
  const from = Number(request['syncMarker']);
  const limit = Number(request['syncMarkerLimit']);
  const all = request['includeAllArticlesOfSelectedProducts'] === true;
  const matching = [...shop.products].filter(([, markers]) => markers.some((marker) => marker >= from));
  const rank = ([, markers]: [number, number[]]): number =>
    shop.order === 'product' ? Math.max(...markers) : Math.min(...markers.filter((marker) => marker >= from));
  const page: [number, number[]][] = [];
  let count = 0;
  for (const entry of matching.sort((a, b) => rank(a) - rank(b))) {
    const given = all || shop.order !== 'article' ? entry[1].length : 1;
    if (page.length > 0 && count + given > limit) break;
    count += given;
    page.push(entry);
  }
  return page.reverse().map(([productNumber, markers]) => ({
    productNumber,
    syncMarker: Math.max(...markers),
    description: 'x',
    articleList: markers
      .map((syncMarker, index) => ({
        articleNumber: productNumber * 100 + index,
        description: String(syncMarker),
        syncMarker,
        active: true,
        stockArticle: true,
      }))
      .filter(({ syncMarker }) => all || syncMarker >= from),
  }));
}

function stockRows(shop: Shop, request: Document): Document[] {
  const asked = (request['articleNumbers'] as string[]).map(String);
  return [...shop.stock]
    .map(([key, stockId]) => ({ articleNumber: key.split(':')[0]!, branchNumber: Number(key.split(':')[1]), stockId }))
    .filter(({ branchNumber }) => branchNumber === request['branchNumber'])
    .filter(({ articleNumber }) => asked.length === 0 || asked.includes(articleNumber))
    .filter(({ stockId }) => stockId >= Number(request['stockId'] ?? 0))
    .map((row) => ({ ...row, amountFree: 1, amountReserved: 0, amountIncoming: 0, isDayStockArticle: false }));
}

export function makeClock(): Clock & { advance(ms: number): void } {
  let ms = 1_000_000;
  return {
    now: () => new Date(ms),
    monotonic: () => ms,
    sleep: async () => undefined,
    advance: (by) => void (ms += by),
  };
}

export const settings = parseSettings({ url: 'http://127.0.0.1:1/', ident: 'i', secret: 's' });
export const { signal } = new AbortController();
export const makeShop = (more: Partial<Shop> = {}): Shop => ({
  products: new Map(),
  stock: new Map(),
  order: 'lowestArticle',
  branches: [1, 2],
  calls: [],
  ...more,
});

export async function readAll(read: (from: Position | null) => Promise<Page>, start: Position | null = null) {
  const seen = new Map<string, bigint>();
  let position = start;
  for (let pages = 1; ; pages++) {
    const page = await read(position);
    for (const { externalId, version } of page.records) seen.set(externalId, version);
    position = page.position;
    if (!page.more) return { seen, position, pages };
    if (pages > 1000) throw new Error('it does not end');
  }
}
