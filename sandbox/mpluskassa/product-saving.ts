/**
 * Saving products and articles, whoever changes them: a call or a person. Every article that differs takes the next marker
 * of the family; a change of the product itself (text, groups) counts as a change of all its articles; the product carries
 * the highest. Nothing that is the same takes a marker.
 */
import { sameJson } from '../../src/base/content-hash.js';
import { branches } from './masters.js';
import { articlesOf } from './products.js';
import { omit, type ArticleRow, type ProductRow, type StockRow } from './records.js';
import type { Shop } from './shop.js';

export interface SavedProduct {
  /** False when nothing differed. */
  readonly productChanged: boolean;
  readonly changedArticles: readonly string[];
  readonly changedGroups: readonly number[];
  readonly syncMarker: string;
}

const stamps = ['syncMarker', 'changeTimestamp', 'createTimestamp'];
const same = (a: ProductRow | ArticleRow, b: ProductRow | ArticleRow | undefined): boolean =>
  b !== undefined && sameJson(omit(a, stamps), omit(b, stamps));

/** `articles`: those that may differ; they must be in `product.articleNumbers`. Markers in the given rows are ignored. */
export function saveProduct(shop: Shop, product: ProductRow, articles: readonly ArticleRow[]): SavedProduct {
  const before = shop.products.get(product.productNumber);
  const differing = articles.filter((article) => !same(article, shop.articles.get(article.articleNumber)));
  const productChanged = !same(product, before);
  if (!productChanged && differing.length === 0) {
    return { productChanged, changedArticles: [], changedGroups: [], syncMarker: product.syncMarker };
  }
  const now = shop.now();
  let syncMarker = product.syncMarker;
  const put = (article: ArticleRow): void => {
    syncMarker = shop.next('article');
    const created = shop.articles.get(article.articleNumber)?.['createTimestamp'] ?? now;
    shop.articles.put(article.articleNumber, {
      ...article,
      syncMarker,
      changeTimestamp: now,
      createTimestamp: created,
    });
    if (article.stockArticle) addStockRows(shop, article.articleNumber, now);
  };
  for (const article of differing) put(article);
  if (productChanged) {
    const touched = new Set(differing.map((article) => article.articleNumber));
    for (const article of articlesOf(shop, product)) if (!touched.has(article.articleNumber)) put(article);
  }
  shop.products.put(product.productNumber, { ...product, syncMarker });
  const changedGroups = movedGroups(before, product);
  for (const groupNumber of changedGroups) touchGroup(shop, groupNumber);
  return {
    productChanged,
    changedArticles: differing.map((article) => article.articleNumber),
    changedGroups,
    syncMarker,
  };
}

/** Groups that a product joined, left or moved in. */
function movedGroups(before: ProductRow | undefined, after: ProductRow): number[] {
  const places = (row: ProductRow | undefined): string[] =>
    (row?.groups ?? []).map((place) => `${place.groupNumber} ${place.sortOrder}`);
  const old = new Set(places(before));
  const present = new Set(places(after));
  const moved = [...old, ...present].filter((place) => !(old.has(place) && present.has(place)));
  return [...new Set(moved.map((place) => Number(place.split(' ')[0])))];
}

export function touchGroup(shop: Shop, groupNumber: number): void {
  const group = shop.groups.get(groupNumber);
  if (group !== undefined) shop.groups.put(groupNumber, { ...group, syncMarker: shop.next('articleGroup') });
}

/** A stock article has a row in each branch from the start. */
function addStockRows(shop: Shop, articleNumber: string, now: string): void {
  for (const { branchNumber } of branches) {
    const key = `${branchNumber}:${articleNumber}`;
    if (shop.stock.has(key)) continue;
    const row: StockRow = {
      branchNumber,
      articleNumber,
      stockId: shop.next('stock'),
      changeTimestamp: now,
      onHand: 0,
      reserved: 0,
      incoming: 0,
    };
    shop.stock.put(key, row);
  }
}

/** The next position at the end of a group. */
export function lastPlaceIn(shop: Shop, groupNumber: number): number {
  let last = 0;
  for (const key of shop.productsIn(groupNumber)) {
    for (const place of shop.products.get(key)?.groups ?? []) {
      if (place.groupNumber === groupNumber) last = Math.max(last, place.sortOrder);
    }
  }
  return last + 1;
}
