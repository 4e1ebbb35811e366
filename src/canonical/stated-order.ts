/**
 * A canonical order as the calculation reads it: exact lines, and the totals that its system stated. In: any document.
 * Out: the order in whole numbers, or the sentence that says what cannot be read. Never throws.
 */
import { isObject, type Document, type Json } from '../base/document.js';
import { centOf, currencyExponent, exactOf, type RoundingMode } from './money.js';
import { lineKinds, taxMethods } from './order-fields.js';
import { isTaxed, type Basis, type ExactLine, type TaxMethod } from './order-totals.js';

/** How a target adds up and what its lines can hold; the rule of a connector is one. */
export interface BalanceRule {
  readonly level: 'line' | 'rate';
  readonly mode: RoundingMode;
  /** Decimals that a price per unit and a discount may have. */
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  readonly takesNegativeQuantity: boolean;
}

export interface StatedLine extends ExactLine {
  readonly key: string;
  readonly kind: (typeof lineKinds)[number];
  /** In cents; null when not stated in whole ones. */
  readonly total: bigint | null;
}

export interface StatedRate {
  readonly base: bigint;
  readonly tax: bigint;
}

export interface StatedOrder {
  readonly method: TaxMethod;
  readonly currency: string;
  readonly basis: Basis;
  readonly lines: readonly StatedLine[];
  /** In cents; null when the system stated none. */
  readonly incl: bigint | null;
  readonly excl: bigint | null;
  readonly tax: bigint | null;
  readonly rates: ReadonlyMap<bigint, StatedRate> | null;
}

/** A sentence in place of the order says what is wrong with it. */
export function readOrder(order: Document): StatedOrder | string {
  if (!isObject(order)) return 'The order is no document.';
  const method = order['taxMethod'] ?? 'INCLUSIVE';
  if (!isTaxMethod(method)) return `The tax method ${shown(method)} is unknown.`;
  const currency = typeof order['currency'] === 'string' ? order['currency'] : 'EUR';
  const basis: Basis = { isGross: method === 'INCLUSIVE', exponent: currencyExponent(currency) };
  const cent = centOf(basis.exponent);

  const given = order['lines'] ?? [];
  if (!Array.isArray(given)) return 'The lines of the order are no list.';
  const lines: StatedLine[] = [];
  for (const [index, line] of (given as readonly Json[]).entries()) {
    const read = readLine(line, BigInt(index) + 1n, isTaxed(method), cent);
    if (typeof read === 'string') return read;
    lines.push(read);
  }

  const totals: Record<string, bigint | null> = {};
  for (const name of ['totalIncl', 'totalExcl', 'totalTax']) {
    const cents = amountIn(order, name, cent);
    if (typeof cents === 'string') return `${name} is ${cents}, which is no amount of ${currency}.`;
    totals[name] = cents;
  }
  const { totalIncl: incl = null, totalExcl: excl = null, totalTax: tax = null } = totals;
  const rates = readRates(order['taxes'], isTaxed(method), cent);
  if (typeof rates === 'string') return rates;
  const sum = excl !== null && tax !== null ? excl + tax : null;
  return { method, currency, basis, lines, incl: incl ?? sum, excl, tax, rates };
}

function readLine(line: Json, number: bigint, isTaxedOrder: boolean, cent: bigint): StatedLine | string {
  if (!isObject(line)) return `Line ${number} is no document.`;
  const kind = lineKinds.find((each) => each === (line['kind'] ?? 'PRODUCT'));
  if (kind === undefined) return `Line ${number} is of the unknown kind ${shown(line['kind'])}.`;
  const exact: Record<string, bigint> = {};
  for (const name of ['quantity', 'unitPrice', 'discountAmount', 'taxRate']) {
    const value = line[name] ?? null;
    const isOptional = name === 'discountAmount' || name === 'taxRate' || kind === 'TEXT';
    const read = value === null && isOptional ? 0n : exactOf(value);
    if (read === undefined)
      return `Line ${number}: ${name} is ${shown(value)}, which is no decimal number of at most eight decimals.`;
    exact[name] = read;
  }
  const { quantity = 0n, unitPrice: price = 0n, discountAmount: discount = 0n, taxRate = 0n } = exact;
  if (taxRate < 0n) return `Line ${number}: a VAT rate is not negative.`;
  const total = amountIn(line, 'total', cent);
  return {
    key: typeof line['key'] === 'string' ? line['key'] : `${number}`,
    kind,
    quantity,
    price,
    discount,
    rate: isTaxedOrder ? taxRate : 0n,
    total: typeof total === 'string' ? null : total,
  };
}

/** Null when no VAT per rate was stated. */
function readRates(
  taxes: Json | undefined,
  isTaxedOrder: boolean,
  cent: bigint,
): Map<bigint, StatedRate> | null | string {
  if (taxes === undefined || taxes === null) return null;
  if (!Array.isArray(taxes)) return 'The stated VAT is no list.';
  const rates = new Map<bigint, StatedRate>();
  for (const each of taxes as readonly Json[]) {
    const rate = isObject(each) ? exactOf(each['rate']) : undefined;
    const base = isObject(each) ? amountIn(each, 'base', cent) : null;
    const tax = isObject(each) ? amountIn(each, 'amount', cent) : null;
    if (rate === undefined || typeof base !== 'bigint' || typeof tax !== 'bigint') {
      return `The stated VAT ${shown(each)} cannot be read.`;
    }
    const key = isTaxedOrder ? rate : 0n;
    const sum = rates.get(key) ?? { base: 0n, tax: 0n };
    rates.set(key, { base: sum.base + base, tax: sum.tax + tax });
  }
  return rates.size === 0 ? null : rates;
}

/** The texts of each line of a document that need not be an order. */
export function saidLines(order: Document): readonly Readonly<Record<string, string | undefined>>[] {
  const lines = isObject(order) && Array.isArray(order['lines']) ? (order['lines'] as readonly Json[]) : [];
  return lines.map((line) =>
    isObject(line) ? Object.fromEntries(Object.entries(line).filter(([, value]) => typeof value === 'string')) : {},
  ) as readonly Record<string, string>[];
}

/** In cents; null when absent, the value itself when it is no whole amount. */
function amountIn(document: Document, name: string, cent: bigint): bigint | null | string {
  const value = document[name] ?? null;
  if (value === null) return null;
  const exact = exactOf(value);
  return exact === undefined || exact % cent !== 0n ? shown(value) : exact / cent;
}

const isTaxMethod = (value: Json): value is TaxMethod => taxMethods.some((method) => method === value);

const shown = (value: Json | undefined): string =>
  value === undefined || value === null ? 'missing' : JSON.stringify(value).slice(0, 80);
