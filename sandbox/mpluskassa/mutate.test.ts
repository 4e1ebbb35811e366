import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/base/content-hash.js';
import { mutate } from './mutate.js';
import { openTestShop, type TestShop } from './test-shop.js';

let test: TestShop;
beforeEach(() => {
  test = openTestShop();
});
afterEach(() => test.close());

type Snapshot = Record<string, Map<string, string>>;

/** What is compared: everything but stamps and markers. */
function snapshot(): Snapshot {
  const stamps = new Set(['syncMarker', 'stockId', 'changeTimestamp', 'createTimestamp']);
  const { products, articles, groups, stock } = test.shop;
  const texts = (table: { entries(): IterableIterator<[string, object]> }): Map<string, string> =>
    new Map(
      [...table.entries()].map(([key, row]) => [
        key,
        canonicalJson(Object.fromEntries(Object.entries(row).filter(([name]) => !stamps.has(name)))),
      ]),
    );
  return { products: texts(products), articles: texts(articles), groups: texts(groups), stock: texts(stock) };
}

const run = (kind: string, count: number, seed: number): Record<string, readonly string[]> =>
  test.change(() => mutate(test.shop, { kind, count, seed })).changed;

describe('edits as people make them', () => {
  it.each(['products', 'groups', 'stock', 'mixed'])('report every record that differs after %s edits', (kind) => {
    const before = snapshot();
    const changed = run(kind, 80, 3);
    const after = snapshot();
    for (const [type, rows] of Object.entries(after)) {
      const differing = [...rows].filter(([key, text]) => before[type]?.get(key) !== text).map(([key]) => key);
      const reported = new Set(changed[type] ?? []);
      expect(differing.filter((key) => !reported.has(key))).toEqual([]);
    }
  });

  it('leave shipping costs, deposits and the like one article each', () => {
    const services = (): number =>
      [...test.shop.articles.values()].filter(({ turnoverGroup }) => Number(turnoverGroup) >= 900).length;
    const before = services();
    run('products', 2_000, 4);
    expect(services()).toBe(before);
  });

  it('give every changed record a newer marker', () => {
    const article = test.shop.current('article');
    const changed = run('products', 20, 8);
    expect(changed['products']?.length).toBeGreaterThan(0);
    for (const key of [...(changed['articles'] ?? [])]) {
      expect(Number(test.shop.articles.get(key)?.syncMarker)).toBeGreaterThan(article);
    }
    for (const key of [...(changed['products'] ?? [])]) {
      expect(Number(test.shop.products.get(key)?.syncMarker)).toBeGreaterThan(article);
    }
  });

  it('are the same for the same seed', () => {
    const first = run('mixed', 40, 21);
    const state = snapshot();
    test.close();
    test = openTestShop();
    expect(run('mixed', 40, 21)).toEqual(first);
    expect(snapshot()).toEqual(state);
  });

  it('keep a product’s marker at the highest of its articles', () => {
    run('products', 60, 5);
    for (const product of test.shop.products.values()) {
      const markers = product.articleNumbers.map((key) => Number(test.shop.articles.get(key)?.syncMarker));
      expect(Number(product.syncMarker)).toBe(Math.max(...markers));
    }
  });

  it('can spoil as many products as asked for, and put them right', () => {
    const spoilt = (): string[] =>
      [...test.shop.articles.values()]
        .filter((article) => article.vatCode === 9)
        .map((article) => article.productNumber);
    const changed = run('poison', 5, 1);
    expect([...new Set(spoilt())].sort()).toEqual(
      [...new Set((changed['articles'] ?? []).map((key) => test.shop.articles.get(key)?.productNumber ?? ''))].sort(),
    );
    expect(new Set(spoilt()).size).toBe(5);
    run('heal', 5, 1);
    expect(spoilt()).toEqual([]);
  });

  it('write nothing into the ledger', () => {
    run('mixed', 20, 2);
    expect(test.shop.store.ledger.lastSeq).toBe(0);
  });
});
