/**
 * Products, their articles and the stock of these in every branch. Seven of ten products are simple; the others have two to
 * six articles in sizes and colours. Markers are handed out in another order than numbers and with gaps, as in a shop
 * that has been edited for years. Texts and custom fields are shared between records: a large shop has to fit in memory.
 */
import type { Document } from '../../../src/base/document.js';
import type { Random } from '../../engine/random.js';
import {
  adjectives,
  brands,
  clothingSizes,
  colours,
  eanFor,
  goods,
  hostileNames,
  leadTimes,
  materials,
  origins,
  shoeSizes,
} from '../../engine/shop-data.js';
import type { Store } from '../../engine/store.js';
import { exclFromIncl } from '../amounts.js';
import { articleCustomFields } from '../custom-fields.js';
import { branches } from '../masters.js';
import type { ArticleRow, GroupPlace, ProductRow, StockRow } from '../records.js';
import { groupsByKind } from './seed-groups.js';
import { seedTime } from './seed-time.js';

type Good = (typeof goods)[number];

const firstArticle = 10_001;
const turnoverGroupOf = { clothing: 100, shoes: 110, home: 200, paper: 300, food: 400, toys: 500 } as const;

interface Counters {
  article: number;
  stock: number;
  articleNumber: number;
}

/** Last numbers of the sequences that the records have used. */
export interface SeededProducts {
  readonly article: number;
  readonly stock: number;
  readonly articleNumber: number;
  readonly productNumber: number;
}

export function seedProducts(store: Store, random: Random, count: number): SeededProducts {
  const counters: Counters = { article: 0, stock: 0, articleNumber: firstArticle - 1 };
  const places = groupsByKind();
  const last = new Map<number, number>();
  const markerOrder = shuffledStarts(random, count);
  const field = makeFieldCache();
  const tables = {
    products: store.table<ProductRow>('products'),
    articles: store.table<ArticleRow>('articles'),
    stock: store.table<StockRow>('stock'),
  };
  for (let number = 1; number <= count; number++) {
    const good = goods[random.integer(0, goods.length - 1)] as Good;
    const articles = makeArticles(random, good, number, counters, markerOrder(number), field);
    for (const article of articles) {
      tables.articles.put(article.articleNumber, article);
      if (article.stockArticle) putStock(tables.stock, random, article, good, counters);
    }
    const groups = placesFor(random, places.get(good.kind) ?? [], last);
    tables.products.put(number, {
      productNumber: String(number),
      syncMarker: articles.at(-1)?.syncMarker ?? '0',
      description: productName(random, good, number),
      extraText: random.chance(0.4)
        ? `${good.noun} (${good.fr}) uit ons vaste assortiment.\nWasvoorschrift & garantie: zie etiket.`
        : '',
      articleNumbers: articles.map((article) => article.articleNumber),
      groups,
    });
    counters.article = Math.max(counters.article, Number(articles.at(-1)?.syncMarker ?? 0));
  }
  // What the simple ones are called on the product card and on the article card is the same.
  for (const product of tables.products.values()) nameArticles(tables.articles, product);
  return {
    article: counters.article,
    stock: counters.stock,
    articleNumber: counters.articleNumber,
    productNumber: count,
  };
}

/** Where each product's markers begin: another order than the numbers, room for six articles and gaps. */
function shuffledStarts(random: Random, count: number): (number: number) => number {
  const step = [7_919, 4_691, 1_009, 101, 7].find((prime) => count % prime !== 0) ?? 1;
  const offset = random.integer(0, Math.max(0, count - 1));
  return (number) => ((number * step + offset) % Math.max(1, count)) * 8 + 1;
}

function productName(random: Random, good: Good, number: number): string {
  if (number % 40 === 7) return hostileNames[Math.floor(number / 40) % hostileNames.length] ?? good.noun;
  if (random.chance(0.25)) return `${good.fr} ${random.pick(colours)}`;
  return `${random.pick(adjectives)} ${good.noun.toLowerCase()}`;
}

function nameArticles(
  articles: { get(key: string): ArticleRow | undefined; put(key: string, row: ArticleRow): void },
  product: ProductRow,
): void {
  for (const key of product.articleNumbers) {
    const article = articles.get(key);
    if (article === undefined) continue;
    const parts = [product.description, article['colour'], article['size']].filter((part) => part !== undefined);
    const description = product.articleNumbers.length === 1 ? product.description : parts.join(' ').slice(0, 255);
    articles.put(key, {
      ...article,
      description,
      invoiceText: description,
      receiptText: [...description].slice(0, 24).join(''),
    });
  }
}

function makeArticles(
  random: Random,
  good: Good,
  number: number,
  counters: Counters,
  start: number,
  field: (name: string, value: string) => Document,
): ArticleRow[] {
  const count = random.chance(0.7) ? 1 : random.integer(2, 6);
  const vatCode =
    good.kind === 'food' || good.kind === 'paper' ? (random.chance(0.85) ? 2 : 4) : random.chance(0.02) ? 3 : 1;
  const cents = BigInt(random.integer(150, 15_000));
  const description = [random.pick(origins), random.pick(materials), random.pick(leadTimes)];
  const shared = {
    productNumber: String(number),
    active: !random.chance(0.03),
    brandName: random.pick(brands),
    turnoverGroup: turnoverGroupOf[good.kind],
    vatCode,
    webshop: !random.chance(0.1),
    stockArticle: !random.chance(0.04),
    discontinued: false,
    specialPrice: 'PRICE-NORMAL',
    unit: good.kind === 'food' ? 'kg' : 'stuk',
    customFieldList: articleCustomFields.map((name, at) => field(name, description[at] ?? '')),
    createTimestamp: seedTime,
    changeTimestamp: seedTime,
  };
  const sizes = good.kind === 'shoes' ? shoeSizes : clothingSizes;
  const picked = random.sample(colours, 3);
  return Array.from({ length: count }, (_, at) => {
    const articleNumber = String(++counters.articleNumber);
    const priceIncl = cents + BigInt(count > 1 && random.chance(0.3) ? 100 : 0);
    const variant = count === 1 ? {} : variantOf(good, sizes, picked, at);
    return {
      articleNumber,
      ...(random.chance(0.1) ? { pluNumber: `P${articleNumber}` } : {}),
      syncMarker: String(start + at),
      ...shared,
      description: '',
      ...variant,
      barcode: eanFor(Number(articleNumber)),
      priceIncl: String(priceIncl),
      priceExcl: String(exclFromIncl(priceIncl, vatCode)),
      purchasePrice: String(cents / 2n),
    };
  });
}

/** Clothes and shoes come in sizes and colours, everything else in colours only. */
function variantOf(good: Good, sizes: readonly string[], picked: readonly string[], at: number): Document {
  if (good.kind !== 'clothing' && good.kind !== 'shoes') {
    return { colour: colours[at % colours.length] ?? '', colourSequenceNumber: at + 1 };
  }
  const size = Math.floor(at / 2);
  return {
    colour: picked[at % 2] ?? '',
    colourSequenceNumber: (at % 2) + 1,
    size: sizes[size] ?? '',
    sizeSequenceNumber: size + 1,
  };
}

function putStock(
  table: { put(key: string, row: StockRow): void },
  random: Random,
  article: ArticleRow,
  good: Good,
  counters: Counters,
): void {
  for (const { branchNumber } of branches) {
    counters.stock += random.chance(0.2) ? 2 : 1;
    const amount = random.chance(0.1) ? 0 : random.integer(1, 60) * 1_000;
    table.put(`${branchNumber}:${article.articleNumber}`, {
      branchNumber,
      articleNumber: article.articleNumber,
      stockId: String(counters.stock),
      changeTimestamp: seedTime,
      onHand: good.kind === 'food' && amount > 0 ? amount + random.integer(0, 999) : amount,
      reserved: 0,
      incoming: random.chance(0.05) ? random.integer(1, 20) * 1_000 : 0,
    });
  }
}

/** Most products are in one group, some in two, a few in none. */
function placesFor(random: Random, groups: readonly number[], last: Map<number, number>): readonly GroupPlace[] {
  const count = random.chance(0.02) ? 0 : random.chance(0.25) ? 2 : 1;
  return random.sample(groups, count).map((groupNumber) => {
    const sortOrder = (last.get(groupNumber) ?? 0) + 1;
    last.set(groupNumber, sortOrder);
    return { groupNumber, sortOrder };
  });
}

/** One object for each name and value, shared by all articles. */
function makeFieldCache(): (name: string, value: string) => Document {
  const known = new Map<string, Document>();
  return (fieldName, strValue) => {
    const key = `${fieldName}=${strValue}`;
    let field = known.get(key);
    if (field === undefined) {
      field = { fieldName, dataType: 'DATA-TYPE-STRING', strValue };
      known.set(key, field);
    }
    return field;
  };
}
