/**
 * Products between documents and the vendor's words: what of a product can be written, how it is sent, when two values
 * are the same. Pure.
 */
import Big from 'big.js';
import type { Document, Json } from '../../base/document.js';
import { refused } from './target-entity.js';

/** How a field of an article is sent; all others belong to the till. */
const articleFields = {
  articleNumber: 'text',
  extArticleId: 'text',
  pluNumber: 'text',
  active: 'flag',
  description: 'text',
  colour: 'text',
  size: 'text',
  invoiceText: 'text',
  receiptText: 'text',
  displayText: 'text',
  barcode: 'text',
  brandName: 'text',
  extraText: 'text',
  turnoverGroup: 'number',
  vatCode: 'number',
  purchasePrice: 'money',
  priceIncl: 'money',
  priceExcl: 'money',
  unit: 'text',
  webshop: 'flag',
  stockArticle: 'flag',
  customFieldList: 'customFields',
} as const;
type Word = (typeof articleFields)[keyof typeof articleFields];

const wordOf = (field: string): Word | undefined =>
  Object.hasOwn(articleFields, field) ? articleFields[field as keyof typeof articleFields] : undefined;

export const writableArticleFields: ReadonlySet<string> = new Set(Object.keys(articleFields));
export const writableProductFields: ReadonlySet<string> = new Set([
  'description',
  'extraText',
  'groupNumbers',
  'articleList',
]);

export const listIn = (document: Document | undefined, field: string): readonly Document[] => {
  const value = document?.[field];
  return Array.isArray(value) ? (value as readonly Document[]) : [];
};

export const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Whether a field of an article holds the same in two documents. */
export function sameValue(field: string, a: Json | undefined, b: Json | undefined): boolean {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  switch (wordOf(field)) {
    case 'money':
      return new Big(String(a)).eq(String(b));
    case 'customFields':
      return customFieldsKey(a) === customFieldsKey(b);
    default:
      return String(a) === String(b);
  }
}

const customFieldsKey = (value: Json | undefined): string =>
  JSON.stringify(
    (value as readonly Document[]).map(({ code, value }) => [String(code), String(value)]).sort(([a], [b]) => (a! < b! ? -1 : 1)), // prettier-ignore
  );

/** Named fields of an article in the vendor's encoding. An empty text is sent empty; what else is empty is left out. */
export function encodeArticle(article: Document, fields: Iterable<string>): Document {
  const sent: Record<string, Json> = {};
  for (const field of fields) {
    const word = wordOf(field);
    const value = encodeValue(word, field, article[field]);
    if (value !== undefined) sent[field] = value;
  }
  return sent;
}

function encodeValue(word: Word | undefined, field: string, value: Json | undefined): Json | undefined {
  if (word === undefined || value === undefined) return undefined;
  if (word === 'text') return String(value ?? '');
  if (word === 'customFields') return ((value ?? []) as readonly Document[]).map(encodeCustomField);
  if (value === null) return undefined;
  if (word === 'money') return cents(field, String(value));
  return word === 'number' ? Number(value) : value;
}

const encodeCustomField = ({ code, value }: Document): Document => ({
  fieldName: String(code),
  dataType: 'DATA-TYPE-STRING',
  strValue: String(value ?? ''),
});

function cents(field: string, amount: string): string {
  const whole = new Big(amount).times(100);
  if (whole.eq(whole.round(0))) return whole.toFixed(0);
  throw refused(`${field} ${amount} has more than two decimals`, `articleList.${field}`);
}

export const articleNumbersOf = (document: Document): readonly string[] =>
  listIn(document, 'articleList').map((article) => String(article['articleNumber'] ?? ''));

export const codesOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly Document[]).map(({ code }) => String(code)) : [];

/**
 * The hub gave the article its number because its SKU cannot be one, and the SKU stands as the PLU. A PLU that is a number itself is
 * the till's own: a SKU like that would be the number.
 */
export const carriesSku = ({ extArticleId, pluNumber }: Document): boolean =>
  /^var_\w{26}$/.test(String(extArticleId ?? '')) &&
  typeof pluNumber === 'string' &&
  pluNumber.trim() !== '' &&
  !/^[1-9]\d{0,17}$/.test(pluNumber.trim());

/** Articles whose number the hub gave because their SKU is none, by the hub's id that they carry. */
export const standInsOf = (product: Document): readonly { readonly canonicalId: string; readonly number: string }[] =>
  listIn(product, 'articleList').flatMap((article) => {
    const { extArticleId, articleNumber } = article;
    return carriesSku(article) && /^\d{1,18}$/.test(String(articleNumber))
      ? [{ canonicalId: String(extArticleId), number: String(articleNumber) }]
      : [];
  });
