/**
 * Reading products. The limit counts articles; a product is given whole or not at all, so the first one may exceed the
 * limit. Pages hold the products with the lowest markers, and a product's marker is the highest of its articles.
 */
import type { Document } from '../../src/base/document.js';
import { vatRates } from './amounts.js';
import type { Behaviour } from './behaviour.js';
import { markerQuery, oneOf, unsorted } from './paging.js';
import { listIn, numberIn, objectIn, omit, textIn, type ArticleRow, type ProductRow } from './records.js';
import type { Shop } from './shop.js';

export const getProducts: Behaviour = (shop, body) => {
  const request = objectIn(body, 'request');
  const { from, limit } = markerQuery(request);
  const includeAll = request['includeAllArticlesOfSelectedProducts'] === true;
  const matches = articleFilter(request, from);
  const page: Document[] = [];
  let count = 0;
  for (const product of candidates(shop, request, from)) {
    const articles = articlesOf(shop, product);
    const matching = articles.filter(matches);
    if (matching.length === 0) continue;
    const given = includeAll ? articles : matching;
    if (page.length > 0 && count + given.length > limit) break;
    count += given.length;
    page.push(showProduct(shop, product, given));
  }
  return { productList: unsorted(shop, page) };
};

/** Products that the number filters leave, lowest marker first when markers are asked for. */
function* candidates(shop: Shop, request: Document, from: number | undefined): IterableIterator<ProductRow> {
  const numbers = listIn<string>(request, 'productNumbers');
  const groupNumbers = listIn<number>(request, 'groupNumbers');
  const articleNumbers = listIn<string>(request, 'articleNumbers');
  const owners = new Set(articleNumbers.map((number) => shop.articles.get(number)?.productNumber));
  const keys =
    numbers.length > 0 ? new Set(numbers) : articleNumbers.length > 0 ? owners : shop.byMarker.products.from(from ?? 0);
  for (const key of keys) {
    const product = key === undefined ? undefined : shop.products.get(key);
    if (product === undefined || Number(product.syncMarker) < (from ?? 0)) continue;
    if (groupNumbers.length > 0 && !product.groups.some((place) => groupNumbers.includes(place.groupNumber))) continue;
    yield product;
  }
}

function articleFilter(request: Document, from: number | undefined): (article: ArticleRow) => boolean {
  const articleNumbers = listIn(request, 'articleNumbers');
  const pluNumbers = listIn<Document>(request, 'pluNumbers')
    .map((entry) => textIn(entry, 'text') ?? '')
    .filter(Boolean);
  // The older way of asking for changes works only together with a branch.
  const since =
    numberIn(request, 'changedSinceBranchNumber') === undefined ? undefined : textIn(request, 'changedSinceTimestamp');
  return (article) =>
    (from === undefined || Number(article.syncMarker) >= from) &&
    oneOf(articleNumbers, article.articleNumber) &&
    oneOf(pluNumbers, article['pluNumber']) &&
    (request['onlyWebshop'] !== true || article['webshop'] === true) &&
    (request['onlyActive'] !== true || article.active) &&
    (since === undefined || (textIn(article, 'changeTimestamp') ?? '') >= since);
}

export function articlesOf(shop: Shop, product: ProductRow): ArticleRow[] {
  return product.articleNumbers
    .map((number) => shop.articles.get(number))
    .filter((article): article is ArticleRow => article !== undefined);
}

function showProduct(shop: Shop, product: ProductRow, articles: readonly ArticleRow[]): Document {
  return {
    productNumber: product.productNumber,
    syncMarker: product.syncMarker,
    description: product.description,
    extraText: product.extraText,
    articleList: articles.map((article) => showArticle(shop, article)),
    groupNumbers: product.groups.map((place) => place.groupNumber),
    sortOrderGroupList: product.groups,
  };
}

/** The article in the vendor's shape, with its derived fields. */
export function showArticle(shop: Shop, article: ArticleRow): Document {
  const supplier = textIn(article, 'supplierRelationNumber');
  const name = supplier === undefined ? undefined : shop.relations.get(supplier)?.['name'];
  return {
    ...omit(article, ['productNumber']),
    // A code without a rate has no percentage; a wrong one would be worse than none.
    ...(vatRates[article.vatCode] === undefined ? {} : { vatPercentage: vatRates[article.vatCode] as number }),
    ...(name === undefined ? {} : { supplierRelationName: name }),
  };
}
