/**
 * Documents of the hub as the structures that the order calls take: decimals as cents or scaled numbers with their scale,
 * cleared texts as empty ones. Pure. Throws RECORD_REFUSED for a value that does not fit, before anything is sent.
 */
import Big from 'big.js';
import { normaliseDecimal } from '../../base/decimal.js';
import type { Document, Json } from '../../base/document.js';
import { textIn } from './records.js';
import { lineKey, listIn, objectIn } from './sale-shapes.js';
import { localText } from './soap/shop-time.js';
import { refused } from './target-entity.js';

/** An amount in whole cents. */
export function cents(value: Json | undefined, path: string): string {
  const number = decimal(value, path).times(100);
  if (!number.eq(number.round(0))) throw refused(`${String(value)} is no amount in whole cents`, path);
  return number.toFixed(0);
}

/** A quantity as a scaled number; its scale is always said. */
export function scaledQuantity(
  value: Json | undefined,
  path: string,
): { readonly quantity: string; readonly decimalPlaces: number } {
  const number = decimal(value, path);
  const decimalPlaces = Math.max(0, number.c.length - 1 - number.e);
  if (decimalPlaces > 3) throw refused(`${String(value)} has more than three decimals`, path);
  return { quantity: number.times(new Big(10).pow(decimalPlaces)).toFixed(0), decimalPlaces };
}

export function decimal(value: Json | undefined, path: string): Big {
  const text = typeof value === 'string' || typeof value === 'number' ? normaliseDecimal(String(value)) : undefined;
  if (text === undefined) throw refused(`${JSON.stringify(value ?? null)} is no number`, path);
  return new Big(text);
}

/** Prices are those of the order: the till is to apply no promotion, sales price or price group of its own. */
export const asStated: Document = { applySalesAndActions: false, applySalesPrices: false, applyPriceGroups: false };

/** The head of an order: the named fields of the document. */
export function headWords(document: Document, fields: Iterable<string>): Document {
  const head: Record<string, Json> = {};
  for (const field of fields) {
    const kind = headFields[field];
    const value = document[field];
    if (kind === undefined || value === undefined) continue;
    if (kind === 'address') head[field] = addressWords(objectIn(document, field));
    else if (kind === 'number') {
      if (value !== null) head[field] = wholeNumber(value, field);
    } else if (kind === 'date') head[field] = value;
    else head[field] = value ?? '';
  }
  return head;
}

/** What of the head can be said, and how. */
export const headFields: Readonly<Record<string, 'text' | 'code' | 'number' | 'date' | 'address'>> = {
  extOrderId: 'text',
  orderType: 'code',
  relationNumber: 'number',
  reference: 'text',
  employeeNumber: 'number',
  financialBranchNumber: 'number',
  entryBranchNumber: 'number',
  workplaceNumber: 'number',
  orderCategoryNumber: 'number',
  entryTimestamp: 'date',
  financialDate: 'date',
  vatMethod: 'code',
  vatCountryIso3: 'text',
  invoiceAddress: 'address',
  deliveryAddress: 'address',
  deliveryMethod: 'text',
  deliveryDate: 'date',
  paymentMethod: 'text',
};

function wholeNumber(value: Json, path: string): string {
  const text = String(value);
  if (!/^\d{1,18}$/.test(text)) throw refused(`"${text}" is not a number of digits only`, path);
  return text;
}

const addressWords = (address: Document): Document =>
  Object.fromEntries(
    ['name', 'contact', 'address', 'zipcode', 'city', 'country', 'companyName'].flatMap((field) =>
      address[field] === undefined ? [] : [[field, address[field] ?? '']],
    ),
  );

/** An address of which nothing is said. */
export const isBlank = (address: Document): boolean =>
  Object.values(address).every((part) => part === null || part === '');

/** The lines; `known` are the lines that the till holds, whose ids are kept so that their deliveries are. */
export function lineWords(document: Document, known: readonly Document[] = []): readonly Document[] {
  const lines = listIn(document, 'lineList');
  const ids = matchLines(lines, known);
  return lines.map((line, index) => {
    const path = `lineList.${index}`;
    const { data: _, ...rest } = line;
    const id = textIn(ids[index] ?? {}, 'lineId');
    return {
      ...rest,
      ...(id === undefined ? {} : { lineId: id }),
      articleNumber: wholeNumber(line['articleNumber'] ?? '', `${path}.articleNumber`),
      data: dataWords(objectIn(line, 'data'), `${path}.data`),
    };
  });
}

const amounts = ['price', 'priceExcl', 'discountAmount', 'discountAmountExcl'];

function dataWords(data: Document, path: string): Document {
  const words: Record<string, Json> = { ...scaledQuantity(data['quantity'], `${path}.quantity`) };
  for (const field of amounts) {
    const value = data[field];
    if (value !== undefined && value !== null) words[field] = cents(value, `${path}.${field}`);
  }
  const vatCode = data['vatCode'];
  if (vatCode !== undefined && vatCode !== null) words['vatCode'] = wholeNumber(vatCode, `${path}.vatCode`);
  return words;
}

/**
 * Which line of the till is which line of the hub: the one with the same key; where the till kept no key, the next line of
 * the same article, in order. A line that was taken out and put back has a new key: it is a line of its article that is left.
 */
export function matchLines(lines: readonly Document[], known: readonly Document[]): readonly (Document | undefined)[] {
  const left = new Set(known);
  const take = (matches: (candidate: Document) => boolean): Document | undefined => {
    for (const candidate of left) {
      if (!matches(candidate)) continue;
      left.delete(candidate);
      return candidate;
    }
    return undefined;
  };
  const byKey = lines.map((line) => take((candidate) => lineKey(candidate) === lineKey(line)));
  const isOfArticle = (line: Document, candidate: Document): boolean =>
    candidate['articleNumber'] === line['articleNumber'];
  const keyless = lines.map(
    (line, index) => byKey[index] ?? take((candidate) => isKeyless(candidate) && isOfArticle(line, candidate)),
  );
  return lines.map((line, index) => keyless[index] ?? take((candidate) => isOfArticle(line, candidate)));
}

const isKeyless = (line: Document): boolean => (textIn(line, 'tempId') ?? '') === '';

/** A payment as it is booked: on the day on which it was paid; the mark is written where the hub and people can read it again. */
export function paymentWords(payment: Document, path: string): Document {
  const paidAt = textIn(payment, 'paidAt');
  const day = paidAt === undefined ? undefined : localText(paidAt)?.slice(0, 10);
  return {
    ...(day === undefined ? {} : { financialDate: day }),
    method: textIn(payment, 'method') ?? '',
    amount: cents(payment['amount'], `${path}.amount`),
    externalReference: textIn(payment, 'key') ?? '',
  };
}
