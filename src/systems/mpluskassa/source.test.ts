import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../base/clock.js';
import type { Document } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import type { Page, Position } from '../system.js';
import type { Api } from './api.js';
import { parseSettings } from './settings.js';
import { decodePage, decodeResponse, encodeResponse } from './soap/codec.js';
import { makeSource } from './source.js';

interface Shop {
  /** Product number → markers of its articles. */
  products: Map<number, number[]>;
  stock: Map<string, number>;
  articleHead?: number;
  order: 'lowestArticle' | 'product' | 'article';
  branches: number[];
  calls: string[];
}

/** The list calls of the service, as a pure function of the shop; each answer goes through the codec. */
function makeShopApi(shop: Shop, alter: (xml: string) => string = (xml) => xml): Api {
  const answer = (operation: string, request: Document): string => {
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

function makeClock(): Clock & { advance(ms: number): void } {
  let ms = 1_000_000;
  return {
    now: () => new Date(ms),
    monotonic: () => ms,
    sleep: async () => undefined,
    advance: (by) => void (ms += by),
  };
}

const settings = parseSettings({ url: 'http://127.0.0.1:1/', ident: 'i', secret: 's' });
const { signal } = new AbortController();
const makeShop = (more: Partial<Shop> = {}): Shop => ({
  products: new Map(),
  stock: new Map(),
  order: 'lowestArticle',
  branches: [1, 2],
  calls: [],
  ...more,
});

async function readAll(read: (from: Position | null) => Promise<Page>, start: Position | null = null) {
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
const codeOf = async (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'nothing was thrown',
    (error: unknown) => (error instanceof KoppelError ? error.code : String(error)),
  );

describe('the stream of products', () => {
  it.each(['lowestArticle', 'product', 'article'] as const)(
    'misses nothing when pages are ordered by %s and articles of one product were changed far apart',
    async (order) => {
      for (const limit of [1, 2, 3, 7, 500]) {
        const products = new Map<number, number[]>();
        for (let i = 1; i <= 60; i++) products.set(i, i % 7 === 0 ? [i, 500 + ((i * 37) % 90)] : [i * 3 + 200]);
        const shop = makeShop({ products, order });
        const source = makeSource(makeShopApi(shop), settings, makeClock());
        const { seen, pages } = await readAll((from) => source.read('products', from, { limit, signal }));
        expect([limit, [...seen.keys()].map(Number).sort((a, b) => a - b)]).toEqual([limit, [...products.keys()]]);
        expect(pages).toBeLessThan(200);
      }
    },
  );

  it('reads only what changed afterwards, and asks for nothing while the marker stands still', async () => {
    const shop = makeShop({ products: new Map([[1, [1]], [2, [200]]]) }); // prettier-ignore
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    const first = await readAll((from) => source.read('products', from, { limit: 100, signal }));
    expect(first.position).toBe('201');
    shop.calls.length = 0;
    const quiet = await source.read('products', first.position, { limit: 100, signal });
    expect(quiet).toMatchObject({ records: [], position: '201', more: false });
    expect(shop.calls).toEqual(['getCurrentSyncMarkers']);
    shop.products.set(1, [201]);
    const changed = await readAll((from) => source.read('products', from, { limit: 100, signal }), first.position);
    expect([...changed.seen]).toEqual(expect.arrayContaining([['1', 201n]]));
    expect(changed.position).toBe('202');
  });

  it('finds a change whose marker became visible late, also when nothing else happens', async () => {
    const shop = makeShop({ products: new Map([[1, [101]]]) });
    const clock = makeClock();
    const source = makeSource(makeShopApi(shop), settings, clock);
    const first = await readAll((from) => source.read('products', from, { limit: 100, signal }));
    shop.products.set(2, [100]);
    clock.advance(10_000);
    const page = await source.read('products', first.position, { limit: 100, signal });
    expect(page.records.map(({ externalId }) => externalId)).toContain('2');
    expect(page).toMatchObject({ position: first.position, more: false });
  });

  it('skips nothing when a record of the overlap was also changed much later', async () => {
    const shop = makeShop({ products: new Map([[1, [945, 1000]]]) });
    for (let i = 991; i < 1000; i++) shop.products.set(i, [i]);
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    const { seen, position } = await readAll((from) => source.read('products', from, { limit: 2, signal }), '990');
    expect(seen.size).toBe(10);
    expect(position).toBe('1001');
  });

  it('makes progress when the overlap alone fills the page', async () => {
    const shop = makeShop({ products: new Map(Array.from({ length: 40 }, (_, i) => [i, [i + 1]])) });
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    shop.products.set(99, [41]);
    const page = await source.read('products', '41', { limit: 5, signal });
    expect(page.records.map(({ externalId }) => externalId)).toContain('99');
    expect(page.position).toBe('42');
  });

  it('does not run in circles when the newest marker belongs to nothing that is shown', async () => {
    const shop = makeShop({ products: new Map([[1, [5]]]), articleHead: 9 });
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    const { position, pages } = await readAll((from) => source.read('products', from, { limit: 5, signal }));
    expect(pages).toBeLessThanOrEqual(2);
    expect(await source.read('products', position, { limit: 5, signal })).toMatchObject({ position, more: false });
  });

  it('refuses a position above the source and records below the marker that was asked for', async () => {
    const shop = makeShop({ products: new Map([[1, [5]]]) });
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    expect(await codeOf(source.read('products', '100', { limit: 5, signal }))).toBe('POSITION_BEYOND_SOURCE');
    const always = makeShop({ products: new Map([[1, [500]]]) });
    const stubborn = makeShopApi(always, (xml) => xml.replaceAll('>500<', '>3<'));
    const deaf = makeSource(stubborn, settings, makeClock());
    expect(await codeOf(deaf.read('products', '400', { limit: 5, signal }))).toBe('UNEXPECTED_RESPONSE');
  });

  it('parks one unreadable record and takes over the others', async () => {
    const shop = makeShop({ products: new Map([[1, [1]], [2, [2]], [3, [3]]]) }); // prettier-ignore
    const api = makeShopApi(shop, (xml) =>
      xml.replace('<ns:articleNumber>200</ns:articleNumber>', '<ns:articleNumber>2oo</ns:articleNumber>'),
    );
    const page = await makeSource(api, settings, makeClock()).read('products', null, { limit: 5, signal });
    expect(page.position).toBe('4');
    const problems = page.records.map(({ externalId, problem }) => [externalId, problem?.code, problem?.path]);
    expect(problems.sort()).toEqual([
      ['1', undefined, undefined],
      ['2', 'RECORD_UNREADABLE', 'articleList.0.articleNumber'],
      ['3', undefined, undefined],
    ]);
  });

  it('scans everything once', async () => {
    const shop = makeShop({ products: new Map(Array.from({ length: 1200 }, (_, i) => [i, [i + 1]])) });
    const ids: string[] = [];
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    for await (const page of source.scan('products', signal)) ids.push(...page.map(({ externalId }) => externalId));
    expect(ids).toHaveLength(1200);
    expect(new Set(ids).size).toBe(1200);
  });
});

describe('the stream of stock', () => {
  const stockShop = (): Shop => {
    const shop = makeShop();
    for (let i = 1; i <= 30; i++) {
      shop.products.set(i, [i]);
      shop.stock.set(`${i * 100}:1`, i);
      shop.stock.set(`${i * 100}:2`, 100 + i);
    }
    return shop;
  };

  it('reads everything by articles in resumable pages and then follows the changes', async () => {
    const shop = stockShop();
    const api = makeShopApi(shop);
    const all = await readAll((from) =>
      // A new source each time: all that is needed is in the position.
      makeSource(api, settings, makeClock()).read('stock', from, { limit: 10, signal }),
    );
    expect(all.seen.size).toBe(60);
    expect(all.position).toBe('131');
    shop.stock.set('100:2', 131);
    const source = makeSource(api, settings, makeClock());
    const changes = await readAll((from) => source.read('stock', from, { limit: 10, signal }), all.position);
    expect(changes.seen.get('100:2')).toBe(131n);
    expect(changes.position).toBe('132');
  });

  it.each(['lowestArticle', 'product', 'article'] as const)(
    'misses no article of products whose articles were changed far apart, with pages ordered by %s',
    async (order) => {
      const shop = makeShop({ order, branches: [1] });
      for (let i = 1; i <= 40; i++) {
        shop.products.set(i, i % 3 === 0 ? [i, 200 + ((i * 37) % 90)] : [i + 100]);
        for (const index of shop.products.get(i)!.keys()) shop.stock.set(`${i * 100 + index}:1`, i * 100 + index);
      }
      const source = makeSource(makeShopApi(shop), settings, makeClock());
      const { seen } = await readAll((from) => source.read('stock', from, { limit: 5, signal }));
      expect(seen.size).toBe(shop.stock.size);
    },
  );

  it('shows changes that happen while everything is read', async () => {
    const shop = stockShop();
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    const first = await source.read('stock', null, { limit: 10, signal });
    shop.stock.set('100:1', 140);
    const rest = await readAll((from) => source.read('stock', from, { limit: 10, signal }), first.position);
    expect(rest.seen.get('100:1')).toBe(140n);
  });

  it('loses no change of an earlier branch that happens while a later one is asked', async () => {
    const shop = stockShop();
    const api = makeShopApi(shop);
    const read = api.read;
    let branches = 0;
    const racing: Api = {
      ...api,
      read: async (operation, body, abort) => {
        if (operation === 'getStock' && ++branches === 2) {
          shop.stock.set('100:1', 300);
          shop.stock.set('200:2', 400);
        }
        return read(operation, body, abort);
      },
    };
    const source = makeSource(racing, settings, makeClock());
    shop.stock.set('300:1', 200);
    const read100 = (from: Position | null): Promise<Page> => source.read('stock', from, { limit: 100, signal });
    const first = await readAll(read100, '131');
    const after = await readAll(read100, first.position);
    expect(first.seen.has('300:1')).toBe(true);
    expect(after.seen.get('100:1')).toBe(300n);
    expect(after.position).toBe('401');
  });

  it('is never asked for all articles because a page of products has none', async () => {
    const shop = makeShop({ branches: [1] });
    shop.stock.set('1:1', 5);
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    await source.read('stock', null, { limit: 10, signal });
    expect(shop.calls).not.toContain('getStock');
  });
});

describe('the stream of branches', () => {
  it('shows all branches when the list differs, with rising versions, and nothing when it does not', async () => {
    const shop = makeShop();
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    const first = await source.read('branches', null, { limit: 10, signal });
    expect(first.records.map(({ externalId }) => externalId)).toEqual(['1', '2']);
    const same = await source.read('branches', first.position, { limit: 10, signal });
    expect(same).toMatchObject({ records: [], position: first.position, more: false });
    shop.branches.push(3);
    const grown = await source.read('branches', first.position, { limit: 10, signal });
    expect(grown.records).toHaveLength(3);
    expect(grown.records[0]!.version).toBeGreaterThan(first.records[0]!.version);
    shop.branches.length = 0;
    expect((await source.read('branches', grown.position, { limit: 10, signal })).records).toEqual([]);
  });
});
