import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { openTestShop, type TestShop } from './test-shop.js';

/** Goods of the shop, and the four products that every shop has beside them. */
const shopSize = 60 + 4;

let test: TestShop;
beforeEach(() => {
  test = openTestShop();
});
afterEach(() => test.close());

const list = (answer: Document, field = 'productList'): Document[] => answer[field] as Document[];
const read = (request: Document): Document[] => list(test.call('getProducts', { request }));
const articlesIn = (products: Document[]): Document[] => products.flatMap((product) => list(product, 'articleList'));
const create = (product: Document): Document => test.call('createProduct', { product });

/** A page by marker. */
const page = (from: number, limit: number): Document[] =>
  read({ syncMarker: String(from), syncMarkerLimit: limit, includeAllArticlesOfSelectedProducts: true });

describe('getProducts', () => {
  it('returns what is at the marker, and nothing above the highest', () => {
    const highest = test.shop.current('article');
    expect(page(highest, 10)).toHaveLength(1);
    expect(page(highest + 1, 10)).toEqual([]);
  });

  it('walks over everything exactly once when the cursor follows the highest marker of each page', () => {
    const seen: string[] = [];
    for (let from = 0; ;) {
      const products = page(from, 7);
      if (products.length === 0) break;
      seen.push(...products.map((product) => String(product['productNumber'])));
      from = Math.max(...products.map((product) => Number(product['syncMarker']))) + 1;
    }
    expect(seen).toHaveLength(shopSize);
    expect(new Set(seen).size).toBe(shopSize);
  });

  it('holds the lowest markers in a page, in no order and with gaps', () => {
    const markers = page(0, 20).map((product) => Number(product['syncMarker']));
    const rest = page(Math.max(...markers) + 1, 1_000).map((product) => Number(product['syncMarker']));
    expect(Math.min(...rest)).toBeGreaterThan(Math.max(...markers));
    expect(markers).not.toEqual([...markers].sort((a, b) => a - b));
    expect(Math.max(...markers)).toBeGreaterThan(markers.length);
  });

  it('counts articles, not products', () => {
    const products = page(0, 12);
    expect(products.length).toBeLessThan(12);
    expect(articlesIn(products).length).toBeLessThanOrEqual(12);
  });

  it('returns a first product whole although it has more articles than the limit', () => {
    const articleList = ['S', 'M', 'L', 'XL'].map((size) => ({ description: 'Jas', size, priceIncl: '5000' }));
    const from = test.shop.current('article') + 1;
    create({ description: 'Jas', articleList });
    expect(articlesIn(page(from, 2))).toHaveLength(4);
  });

  it('gives only the articles that matched, unless all of the selected products are asked for', () => {
    const made = create({
      articleList: [
        { description: 'A', size: 'S' },
        { description: 'A', size: 'M' },
      ],
    });
    const [first = ''] = made['articleNumbers'] as string[];
    test.call('updateProduct', {
      product: {
        productNumber: made['productNumber'] ?? '',
        articleList: [{ articleNumber: first, priceIncl: '999' }],
      },
    });
    const highest = String(test.shop.current('article'));
    expect(articlesIn(read({ syncMarker: highest })).map((article) => article['articleNumber'])).toEqual([first]);
    expect(articlesIn(read({ syncMarker: highest, includeAllArticlesOfSelectedProducts: true }))).toHaveLength(2);
  });

  it('loses nothing of a product that is switched off: it comes once more with active false', () => {
    const article = [...test.shop.articles.values()].find((row) => row.active);
    const from = test.shop.current('article') + 1;
    test.call('updateProduct', {
      product: {
        productNumber: article?.productNumber ?? '',
        articleList: [{ articleNumber: article?.articleNumber ?? '', active: false }],
      },
    });
    const [seen] = articlesIn(read({ syncMarker: String(from) }));
    expect(seen).toMatchObject({ articleNumber: article?.articleNumber, active: false });
    expect(read({ syncMarker: String(from), onlyActive: true })).toEqual([]);
  });

  it('filters by group, by article and by PLU, and all kinds must match', () => {
    const grouped = [...test.shop.products.values()].find((product) => product.groups.length > 0);
    const groupNumber = grouped?.groups[0]?.groupNumber ?? 0;
    const inGroup = read({ groupNumbers: [groupNumber] });
    expect(inGroup.every((product) => (product['groupNumbers'] as number[]).includes(groupNumber))).toBe(true);
    expect(inGroup.length).toBeGreaterThan(0);
    const withPlu = [...test.shop.articles.values()].find((article) => article['pluNumber'] !== undefined);
    const found = articlesIn(read({ pluNumbers: [{ text: String(withPlu?.['pluNumber']) }] }));
    expect(found.map((article) => article['articleNumber'])).toEqual([withPlu?.articleNumber]);
    expect(read({ articleNumbers: [withPlu?.articleNumber ?? ''], pluNumbers: [{ text: 'nobody' }] })).toEqual([]);
  });
});

describe('createProduct and updateProduct', () => {
  it('calculate the price that is missing and derive the VAT percentage', () => {
    const made = create({
      articleList: [
        { description: 'Boek', vatCode: 2, priceIncl: '1090' },
        { description: 'B', vatCode: 1, priceExcl: '1000' },
      ],
    });
    const articles = articlesIn(read({ productNumbers: [made['productNumber'] ?? ''] }));
    expect(articles).toMatchObject([
      { priceIncl: '1090', priceExcl: '1000', vatPercentage: 9 },
      { priceIncl: '1210', priceExcl: '1000', vatPercentage: 21 },
    ]);
  });

  it('refuse numbers that are taken, with their own values', () => {
    expect(create({ productNumber: '1', articleList: [{ description: 'x' }] })).toMatchObject({
      result: 'CREATE-PRODUCT-RESULT-FAILED-PRODUCT-NUMBER-ALREADY-TAKEN',
    });
    expect(create({ articleList: [{ articleNumber: '10001', description: 'x' }] })).toMatchObject({
      result: 'CREATE-PRODUCT-RESULT-FAILED-ARTICLE-NUMBER-ALREADY-TAKEN',
    });
    expect(create({ articleList: [{ description: 'x', vatCode: 77 }] })['result']).toBe('CREATE-PRODUCT-RESULT-FAILED');
    expect(test.shop.store.ledger.lastSeq).toBe(0);
  });

  it('keep what was left out and say which articles are new', () => {
    const before = test.shop.products.get('5');
    const answer = test.call('updateProduct', {
      product: { productNumber: '5', articleList: [{ description: 'Nieuwe maat', size: 'XXL' }] },
    });
    expect(answer['newArticleNumbers']).toHaveLength(1);
    expect(answer['existingArticleNumbers']).toEqual([]);
    expect(test.shop.products.get('5')).toMatchObject({ description: before?.description, groups: before?.groups });
  });

  it('take no marker for a save that changes nothing, but note it in the ledger', () => {
    const before = test.shop.current('article');
    const description = test.shop.products.get('5')?.description ?? '';
    test.call('updateProduct', { product: { productNumber: '5', description } });
    expect(test.shop.current('article')).toBe(before);
    expect(test.shop.store.ledger.after(0)).toMatchObject([
      { op: 'updateProduct', key: '5', requestId: 'test', extra: { changed: false } },
    ]);
  });

  it('are still there after a restart', () => {
    const made = create({ description: 'Blijft', articleList: [{ description: 'Blijft' }] });
    test = test.reopen();
    expect(read({ productNumbers: [made['productNumber'] ?? ''] })).toMatchObject([{ description: 'Blijft' }]);
    expect(test.shop.store.ledger.lastSeq).toBe(1);
  });
});
