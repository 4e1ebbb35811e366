/** Edits of products and articles: names, texts, prices, active, sizes, custom fields, groups, new articles and products. */
import type { Document } from '../../src/base/document.js';
import type { Random } from '../engine/random.js';
import { adjectives, colours, eanFor, goods, hostileNames, leadTimes, materials } from '../engine/shop-data.js';
import { exclFromIncl } from './amounts.js';
import { branches } from './masters.js';
import { changedArticle, freeNumber } from './product-calls.js';
import { lastPlaceIn, saveProduct } from './product-saving.js';
import { articlesOf } from './products.js';
import { listIn, type ArticleRow, type ProductRow } from './records.js';
import type { Shop } from './shop.js';
import { stockKey } from './stock.js';
import { randomKey, type Changed } from './edit.js';
import { isService } from './seed/seed-services.js';

interface Edit {
  readonly product: ProductRow;
  readonly articles: readonly ArticleRow[];
}
type ProductEdit = (shop: Shop, random: Random, before: Edit) => Edit;

export function editProduct(shop: Shop, random: Random, changed: Changed): void {
  if (random.chance(0.04)) return save(shop, newProduct(shop, random), changed);
  const product = shop.products.get(randomKey(shop.products, random));
  if (product === undefined) return;
  const before = { product, articles: articlesOf(shop, product) };
  save(shop, random.pick(edits)(shop, random, before), changed);
}

function save(shop: Shop, edit: Edit, changed: Changed): void {
  const added = edit.articles.map((article) => article.articleNumber).filter((key) => !shop.articles.has(key));
  const saved = saveProduct(shop, edit.product, edit.articles);
  if (saved.productChanged) changed('products', edit.product.productNumber);
  for (const key of saved.changedArticles) changed('articles', key);
  // A new stock article has a row in each branch.
  for (const { branchNumber } of branches) {
    for (const article of added.filter((key) => shop.stock.has(stockKey(branchNumber, key)))) {
      changed('stock', stockKey(branchNumber, article));
    }
  }
}

/** A VAT code that the back office took but that has no rate: the record can be read, but nobody can make sense of it. */
const unknownVatCode = 9;

/** Spoils one product that is not spoilt yet. */
export function poisonProduct(shop: Shop, random: Random, changed: Changed): void {
  const sound = [...shop.products.values()].filter((product) => !isPoisoned(shop, product));
  if (sound.length > 0) setVatCode(shop, random.pick(sound), unknownVatCode, changed);
}

/** Puts one spoilt product right. */
export function healProduct(shop: Shop, random: Random, changed: Changed): void {
  const spoilt = [...shop.products.values()].filter((product) => isPoisoned(shop, product));
  if (spoilt.length > 0) setVatCode(shop, random.pick(spoilt), 1, changed);
}

const isPoisoned = (shop: Shop, product: ProductRow): boolean =>
  articlesOf(shop, product).some((article) => article.vatCode === unknownVatCode);

function setVatCode(shop: Shop, product: ProductRow, vatCode: number, changed: Changed): void {
  const articles = articlesOf(shop, product).map((article) => changedArticle(article, { vatCode }));
  save(shop, { product, articles }, changed);
}

/** Changes one article and leaves the others. */
const oneArticle = (random: Random, before: Edit, change: (article: ArticleRow) => Document): Edit => {
  const chosen = random.pick(before.articles);
  const after = changedArticle(chosen, change(chosen));
  return { ...before, articles: before.articles.map((article) => (article === chosen ? after : article)) };
};

const rename: ProductEdit = (_, random, { product, articles }) => {
  const description = random.chance(0.1)
    ? random.pick(hostileNames)
    : `${random.pick(adjectives)} ${random.pick(goods).noun.toLowerCase()} ${random.integer(2, 99)}`;
  const renamed = articles.map((article) => {
    const parts = [description, article['colour'], article['size']].filter((part) => part !== undefined);
    const text = articles.length === 1 ? description : parts.join(' ').slice(0, 255);
    return { ...article, description: text, invoiceText: text };
  });
  return { product: { ...product, description }, articles: renamed };
};

const describe: ProductEdit = (_, random, { product, articles }) => ({
  product: {
    ...product,
    extraText: `Nieuw seizoen: ${random.pick(materials)}, ${random.pick(colours)}. Réf. ${random.integer(100, 9_999)}`,
  },
  articles,
});

const reprice: ProductEdit = (_, random, before) =>
  oneArticle(random, before, (article) => {
    const cents = (BigInt(article.priceIncl) * BigInt(random.integer(80, 125))) / 100n + BigInt(random.integer(1, 9));
    return { priceIncl: String(cents), priceExcl: String(exclFromIncl(cents, article.vatCode)) };
  });

const switchActive: ProductEdit = (_, random, before) =>
  oneArticle(random, before, (article) => ({ active: !article.active }));

/** A typing mistake in a size or colour is corrected; a simple article gets another supplier code instead. */
const retype: ProductEdit = (_, random, before) =>
  oneArticle(random, before, (article): Document => {
    if (article['size'] !== undefined)
      return { size: `${String(article['size']).split('/')[0]}/${random.integer(1, 99)}` };
    if (article['colour'] !== undefined) return { colour: `${random.pick(colours)} ${random.integer(1, 99)}` };
    return { supplierArticleNumber: `L-${random.integer(1_000, 9_999)}` };
  });

const changeCustomField: ProductEdit = (_, random, { product, articles }) => {
  const strValue = `${random.pick(leadTimes)} (${random.integer(1, 99)})`;
  const after = articles.map((article) => ({
    ...article,
    customFieldList: listIn<Document>(article, 'customFieldList').map((field) =>
      field['fieldName'] === 'levertijd' ? { ...field, strValue } : field,
    ),
  }));
  return { product, articles: after };
};

const moveBetweenGroups: ProductEdit = (shop, random, { product, articles }) => {
  const living = [...shop.groups.values()].filter((group) => !group.isDeleted);
  const { groupNumber } = random.pick(living);
  const isMember = product.groups.some((place) => place.groupNumber === groupNumber);
  const groups = isMember
    ? product.groups.filter((place) => place.groupNumber !== groupNumber)
    : [...product.groups.slice(0, 2), { groupNumber, sortOrder: lastPlaceIn(shop, groupNumber) }];
  return { product: { ...product, groups }, articles };
};

const addArticle: ProductEdit = (shop, random, { product, articles }) => {
  const model = articles[0];
  // Shipping costs come in no colours; orders would be charged for shipping when such an article is sold.
  if (model === undefined || isService(model.articleNumber)) return { product, articles };
  const articleNumber = freeNumber(shop, 'articleNumber');
  const colour = `${random.pick(colours)} ${articleNumber}`;
  const added: ArticleRow = {
    ...model,
    articleNumber,
    colour,
    barcode: eanFor(Number(articleNumber)),
    description: `${product.description} ${colour}`.slice(0, 255),
    active: true,
  };
  return {
    product: { ...product, articleNumbers: [...product.articleNumbers, articleNumber] },
    articles: [...articles, added],
  };
};

function newProduct(shop: Shop, random: Random): Edit {
  const chosen = shop.articles.get(randomKey(shop.articles, random));
  const isGood = ({ articleNumber }: ArticleRow): boolean => !isService(articleNumber);
  const model = chosen !== undefined && isGood(chosen) ? chosen : [...shop.articles.values()].find(isGood);
  const productNumber = freeNumber(shop, 'productNumber');
  const articleNumber = freeNumber(shop, 'articleNumber');
  const description = `Nieuw: ${random.pick(goods).noun.toLowerCase()} ${productNumber}`;
  if (model === undefined) throw new Error('the shop has no articles');
  const article: ArticleRow = {
    ...model,
    articleNumber,
    productNumber,
    description,
    invoiceText: description,
    barcode: eanFor(Number(articleNumber)),
    active: true,
  };
  const groups = shop.products.get(model.productNumber)?.groups.slice(0, 1) ?? [];
  const places = groups.map(({ groupNumber }) => ({ groupNumber, sortOrder: lastPlaceIn(shop, groupNumber) }));
  return {
    product: {
      productNumber,
      syncMarker: '0',
      description,
      extraText: '',
      articleNumbers: [articleNumber],
      groups: places,
    },
    articles: [article],
  };
}

/** Common edits stand here more than once. */
const edits: readonly ProductEdit[] = [
  rename,
  rename,
  describe,
  reprice,
  reprice,
  reprice,
  switchActive,
  retype,
  changeCustomField,
  moveBetweenGroups,
  addArticle,
];
