/**
 * The computed fields of records: what mappings need and the vendor says only indirectly. Pure and total: they are added to
 * whatever document comes, also one that was read by an older release of the hub.
 */
import Big from 'big.js';
import type { Document, Field, Json } from '../../base/document.js';
import { carriesSku } from './product-words.js';
import { currencyComputed, deriveRelation, deriveSale } from './sale-derive.js';
import { currencyIn } from './settings.js';

/** Computed fields of an article, as shown in the catalogue. */
export const articleComputed: readonly Field[] = [
  {
    name: 'validGtin',
    type: 'text',
    computed: true,
    label: 'Barcode, when it is an EAN/GTIN with a valid check digit',
  },
  { name: 'otherBarcodes', type: 'text', list: true, computed: true, label: 'All barcodes that are not the main EAN' },
  {
    name: 'options',
    type: 'object',
    list: true,
    computed: true,
    fields: codeAndValue(),
    label: 'Colour and size as options',
  },
  { name: 'position', type: 'integer', computed: true, label: 'Position by colour, size and number' },
  { name: 'isSold', type: 'boolean', computed: true, label: 'Active and not discontinued' },
  {
    name: 'sku',
    type: 'text',
    computed: true,
    label: 'Article number; the PLU of an article for whose SKU the hub gave a number',
  },
];

export const productComputed: readonly Field[] = [
  currencyComputed,
  { name: 'articleCount', type: 'integer', computed: true, label: 'Number of articles' },
  { name: 'productCode', type: 'text', computed: true, label: 'P and the product number' },
  { name: 'displayName', type: 'text', computed: true, label: 'Description of the product, else of its first article' },
  { name: 'longText', type: 'text', computed: true, label: 'Long text of the product, else of its first article' },
  { name: 'brandName', type: 'text', computed: true, label: 'Brand of the first article that has one' },
  { name: 'anyActive', type: 'boolean', computed: true, label: 'Whether any article is sold' },
  {
    name: 'anyWebshop',
    type: 'boolean',
    computed: true,
    label: 'Whether any article that is sold is meant for the web shop',
  },
  {
    name: 'characteristics',
    type: 'object',
    list: true,
    computed: true,
    byCode: [],
    fields: codeAndValue(),
    label: 'Custom fields of all articles; the first value of each',
  },
];

export const stockComputed: readonly Field[] = [
  { name: 'amountPhysical', type: 'decimal', computed: true, label: 'Free and reserved together' },
];

function codeAndValue(): readonly Field[] {
  return [
    { name: 'code', type: 'text', required: true },
    { name: 'value', type: 'text', required: true },
  ];
}

export function derive(record: string, document: Document, system: string, settings: Document): Document {
  const currency = currencyIn(settings);
  if (record === 'product') return { ...deriveProduct(document), currency };
  if (record === 'stock') return deriveStock(document);
  if (record === 'relation') return deriveRelation(document);
  if (record === 'order') return { ...deriveSale(document, system, 'orderNumber', 'prepaidAmount'), currency };
  if (record === 'invoice') return { ...deriveSale(document, system, 'invoiceNumber', 'paidAmount'), currency };
  return document;
}

function deriveProduct(product: Document): Document {
  const articles = listIn(product, 'articleList');
  const order = new Map([...articles].sort(byPlace).map((article, index) => [article, index + 1]));
  const derived = articles.map((article) => deriveArticle(article, order.get(article) ?? 0));
  const sold = derived.filter((article) => article['isSold'] === true);
  const first = (field: string): Json => derived.map((article) => article[field]).find(isFilled) ?? null;
  return {
    ...product,
    articleList: derived,
    articleCount: articles.length,
    productCode: `P${String(product['productNumber'] ?? '')}`,
    displayName: isFilled(product['description']) ? product['description']! : first('description'),
    longText: isFilled(product['extraText']) ? product['extraText']! : first('extraText'),
    brandName: first('brandName'),
    anyActive: sold.length > 0,
    anyWebshop: sold.some((article) => article['webshop'] === true),
    characteristics: characteristicsOf(articles),
  };
}

function deriveArticle(article: Document, position: number): Document {
  const barcode = typeof article['barcode'] === 'string' ? article['barcode'].trim() : '';
  const validGtin = isGtin(barcode) ? barcode : null;
  const others = [barcode, ...listIn(article, 'barcodeList').map((entry) => String(entry['barcode'] ?? '').trim())];
  const option = (code: string): Document[] =>
    isFilled(article[code]) ? [{ code, value: String(article[code]).trim() }] : [];
  return {
    ...article,
    validGtin,
    otherBarcodes: [...new Set(others)].filter((code) => code !== '' && code !== validGtin),
    options: [...option('colour'), ...option('size')],
    position,
    isSold: article['active'] !== false && article['discontinued'] !== true,
    sku: carriesSku(article) ? article['pluNumber']! : (article['articleNumber'] ?? null),
  };
}

function characteristicsOf(articles: readonly Document[]): readonly Document[] {
  const byCode = new Map<string, Document>();
  for (const article of articles) {
    for (const field of listIn(article, 'customFieldList')) {
      const { code } = field;
      if (typeof code === 'string' && !byCode.has(code)) byCode.set(code, field);
    }
  }
  return [...byCode.values()];
}

export function deriveStock(stock: Document): Document {
  const [free, reserved] = [decimalIn(stock, 'amountFree'), decimalIn(stock, 'amountReserved')];
  return { ...stock, amountPhysical: free === null || reserved === null ? null : free.plus(reserved).toFixed() };
}

function decimalIn(document: Document, field: string): Big | null {
  const value = document[field];
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? new Big(value) : null;
}

const isFilled = (value: Json | undefined): boolean => typeof value === 'string' && value.trim() !== '';

const listIn = (document: Document, field: string): readonly Document[] => {
  const value = document[field];
  return Array.isArray(value)
    ? (value as readonly Document[]).filter((item) => typeof item === 'object' && item !== null)
    : [];
};

function byPlace(a: Document, b: Document): number {
  for (const field of ['colourSequenceNumber', 'sizeSequenceNumber', 'articleNumber']) {
    const difference = Number(a[field] ?? 0) - Number(b[field] ?? 0);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return 0;
}

/** GS1: 8, 12, 13 or 14 digits, the last of which checks the others. */
function isGtin(code: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(code) || /^0+$/.test(code)) return false;
  const sum = [...code].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0;
}
