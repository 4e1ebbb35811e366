/** createProduct and updateProduct: validation as the service says it, fields left out stay as they are. */
import type { Document, Json } from '../../src/base/document.js';
import { exclFromIncl, inclFromExcl, vatRates } from './amounts.js';
import type { Behaviour } from './behaviour.js';
import { lastPlaceIn, saveProduct } from './product-saving.js';
import { listIn, numberIn, objectIn, omit, textIn, type ArticleRow, type ProductRow } from './records.js';
import type { Sequence, Shop } from './shop.js';

/** What the service derives or keeps itself; ignored when sent. */
const readOnly = ['syncMarker', 'createTimestamp', 'changeTimestamp', 'vatPercentage', 'vatPercentageAlternative', 'averagePurchasePrice', 'supplierRelationName', 'productNumber']; // prettier-ignore

export const createProduct: Behaviour = (shop, body, call) => {
  const sent = objectIn(body, 'product');
  const refuse = (result: string, errorMessage: string): Document => ({
    result: `CREATE-PRODUCT-RESULT-${result}`,
    productNumber: '0',
    articleNumbers: [],
    errorMessage,
  });
  const articles = listIn<Document>(sent, 'articleList');
  const wanted = textIn(sent, 'productNumber') ?? '0';
  if (wanted !== '0' && shop.products.has(wanted)) {
    return refuse('FAILED-PRODUCT-NUMBER-ALREADY-TAKEN', `Product ${wanted} exists already.`);
  }
  const numbers = articles.map((article) => textIn(article, 'articleNumber') ?? '0').filter((number) => number !== '0');
  const taken = numbers.find((number, at) => shop.articles.has(number) || numbers.indexOf(number) !== at);
  if (taken !== undefined) {
    return refuse('FAILED-ARTICLE-NUMBER-ALREADY-TAKEN', `Article ${taken} exists already.`);
  }
  const problem = articles.length === 0 ? 'A product needs at least one article.' : problemOf(shop, sent);
  if (problem !== undefined) return refuse('FAILED', problem);

  const productNumber = wanted === '0' ? freeNumber(shop, 'productNumber') : wanted;
  const rows = articles.map((article) => newArticle(shop, productNumber, article));
  const product: ProductRow = {
    productNumber,
    syncMarker: '0',
    description: textIn(sent, 'description') ?? rows[0]?.description ?? '',
    extraText: textIn(sent, 'extraText') ?? '',
    articleNumbers: rows.map((row) => row.articleNumber),
    groups: groupPlaces(shop, sent, []),
  };
  const saved = saveProduct(shop, product, rows);
  call.record('products', productNumber, { articleNumbers: product.articleNumbers });
  return {
    result: 'CREATE-PRODUCT-RESULT-OK',
    productNumber,
    articleNumbers: product.articleNumbers,
    changeTimestamp: shop.now(),
    syncMarker: saved.syncMarker,
    errorMessage: '',
  };
};

export const updateProduct: Behaviour = (shop, body, call) => {
  const sent = objectIn(body, 'product');
  const refuse = (result: string, errorMessage: string): Document => ({
    result: `UPDATE-PRODUCT-RESULT-${result}`,
    existingArticleNumbers: [],
    newArticleNumbers: [],
    errorMessage,
  });
  const productNumber = textIn(sent, 'productNumber') ?? '0';
  const before = shop.products.get(productNumber);
  if (before === undefined) return refuse('NOT-FOUND', `Product ${productNumber} does not exist.`);
  const articles = listIn<Document>(sent, 'articleList');
  const stranger = articles
    .map((article) => shop.articles.get(textIn(article, 'articleNumber') ?? '0'))
    .find((article) => article !== undefined && article.productNumber !== productNumber);
  if (stranger !== undefined) {
    return refuse(
      'FAILED-ARTICLE-NUMBER-ALREADY-TAKEN',
      `Article ${stranger.articleNumber} belongs to another product.`,
    );
  }
  const problem = problemOf(shop, sent);
  if (problem !== undefined) return refuse('FAILED', problem);

  const rows = articles.map((article) => {
    const known = shop.articles.get(textIn(article, 'articleNumber') ?? '0');
    return known === undefined ? newArticle(shop, productNumber, article) : changedArticle(known, article);
  });
  const added = rows.map((row) => row.articleNumber).filter((number) => !before.articleNumbers.includes(number));
  const saved = saveProduct(
    shop,
    {
      ...before,
      description: textIn(sent, 'description') ?? before.description,
      extraText: textIn(sent, 'extraText') ?? before.extraText,
      articleNumbers: [...before.articleNumbers, ...added],
      groups: groupPlaces(shop, sent, before.groups),
    },
    rows,
  );
  const changed = saved.productChanged || saved.changedArticles.length > 0;
  call.record('products', productNumber, { changed, articleNumbers: rows.map((row) => row.articleNumber) });
  return {
    result: 'UPDATE-PRODUCT-RESULT-OK',
    existingArticleNumbers: rows.map((row) => row.articleNumber).filter((number) => !added.includes(number)),
    newArticleNumbers: added,
    changeTimestamp: shop.now(),
    syncMarker: saved.syncMarker,
    errorMessage: '',
  };
};

/** The first thing that is wrong with what was sent. */
function problemOf(shop: Shop, sent: Document): string | undefined {
  for (const groupNumber of listIn<number>(sent, 'groupNumbers')) {
    if (shop.groups.get(groupNumber)?.isDeleted !== false) return `Article group ${groupNumber} does not exist.`;
  }
  for (const article of listIn<Document>(sent, 'articleList')) {
    const vatCode = numberIn(article, 'vatCode');
    if (vatCode !== undefined && vatRates[vatCode] === undefined) return `VAT code ${vatCode} does not exist.`;
    const turnoverGroup = numberIn(article, 'turnoverGroup') ?? 0;
    if (turnoverGroup < 0 || turnoverGroup > 999) return `Turnover group ${turnoverGroup} is not between 0 and 999.`;
  }
  return undefined;
}

function newArticle(shop: Shop, productNumber: string, sent: Document): ArticleRow {
  const wanted = textIn(sent, 'articleNumber') ?? '0';
  const base: ArticleRow = {
    articleNumber: wanted === '0' ? freeNumber(shop, 'articleNumber') : wanted,
    productNumber,
    syncMarker: '0',
    active: true,
    description: '',
    vatCode: 1,
    priceIncl: '0',
    priceExcl: '0',
    stockArticle: true,
    webshop: false,
    turnoverGroup: 0,
    discontinued: false,
    specialPrice: 'PRICE-NORMAL',
  };
  return changedArticle(base, sent);
}

/** Fields left out are kept; of the two prices the missing one is calculated. */
export function changedArticle(before: ArticleRow, sent: Document): ArticleRow {
  const fields: Record<string, Json> = { ...omit(sent, [...readOnly, 'articleNumber']) };
  const vatCode = numberIn(fields, 'vatCode') ?? before.vatCode;
  const incl = textIn(fields, 'priceIncl');
  const excl = textIn(fields, 'priceExcl');
  if (incl === undefined && excl !== undefined) fields['priceIncl'] = String(inclFromExcl(BigInt(excl), vatCode));
  else if (excl === undefined && (incl !== undefined || vatCode !== before.vatCode)) {
    fields['priceExcl'] = String(exclFromIncl(BigInt(incl ?? before.priceIncl), vatCode));
  }
  return { ...before, ...fields };
}

/** Membership as sent: groupNumbers say which, sortOrderGroupList where; neither: as before. */
function groupPlaces(shop: Shop, sent: Document, before: ProductRow['groups']): ProductRow['groups'] {
  const numbers = listIn<number>(sent, 'groupNumbers');
  const sorted = listIn<Document>(sent, 'sortOrderGroupList');
  if (numbers.length === 0 && sorted.length === 0) return before;
  const all = new Set([...numbers, ...sorted.map((place) => numberIn(place, 'groupNumber') ?? 0)]);
  return [...all]
    .filter((groupNumber) => shop.groups.has(groupNumber))
    .map((groupNumber) => {
      const asked = sorted.find((place) => place['groupNumber'] === groupNumber);
      const known = before.find((place) => place.groupNumber === groupNumber);
      const sortOrder = numberIn(asked ?? {}, 'sortOrder') ?? known?.sortOrder ?? lastPlaceIn(shop, groupNumber);
      return { groupNumber, sortOrder };
    });
}

/** The next number that nobody has taken by hand. */
export function freeNumber(shop: Shop, sequence: Extract<Sequence, 'productNumber' | 'articleNumber'>): string {
  const table = sequence === 'productNumber' ? shop.products : shop.articles;
  let number = shop.next(sequence);
  while (table.has(number)) number = shop.next(sequence);
  return number;
}
