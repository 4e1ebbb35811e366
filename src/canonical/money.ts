/**
 * Exact money: decimal text in, decimal text out, whole numbers in between. A value is a count of 10^-8 (`exact`), an
 * amount a count of the smallest coin of its currency (`cents`); both are bigint, so no binary float can come in: mixing
 * one in is a type error. Rounding happens in `round` and nowhere else.
 */
import { normaliseDecimal } from '../base/decimal.js';

/** `halfUp`: away from zero, as tills and tax offices do. `down` cuts off. */
export type RoundingMode = 'halfUp' | 'halfEven' | 'halfDown' | 'down';

/** Decimals of an exact value. */
export const exactDecimals = 8;
/** 1 as an exact value. */
export const one = 10n ** 8n;
/** 100 % as an exact value. */
export const hundred = 100n * one;

/** Currencies without cents or with thousandths; all others have two decimals (ISO 4217). */
const exponents: Readonly<Record<string, number>> = {
  ...{ BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0 },
  ...{ VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0 },
  ...{ BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, CLF: 4, UYW: 4 },
};

/** How many decimals amounts of a currency have. */
export const currencyExponent = (currency: string): number =>
  Object.hasOwn(exponents, currency) ? (exponents[currency] ?? 2) : 2;

/** The smallest coin as an exact value. */
export const centOf = (exponent: number): bigint => coins[exponent] ?? one;
const coins = [0n, 1n, 2n, 3n, 4n].map((exponent) => one / 10n ** exponent);

/** numerator / denominator as a whole number; the denominator is positive. */
export function round(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const whole = numerator / denominator;
  const rest = numerator - whole * denominator;
  if (rest === 0n || mode === 'down') return whole;
  const away = numerator < 0n ? whole - 1n : whole + 1n;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice !== denominator) return twice > denominator ? away : whole;
  if (mode === 'halfEven') return whole % 2n === 0n ? whole : away;
  return mode === 'halfUp' ? away : whole;
}

/** numerator / denominator, the next whole number that is not smaller. */
export function ceiling(numerator: bigint, denominator: bigint): bigint {
  const whole = numerator / denominator;
  return numerator > 0n && whole * denominator !== numerator ? whole + 1n : whole;
}

export const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** Decimal text as an exact value; undefined when it is no decimal number or has more than eight decimals. */
export function exactOf(text: unknown): bigint | undefined {
  if (typeof text !== 'string') return undefined;
  const normal = normaliseDecimal(text);
  if (normal === undefined) return undefined;
  const [whole = '', fraction = ''] = normal.split('.');
  return fraction.length > exactDecimals ? undefined : BigInt(whole + fraction.padEnd(exactDecimals, '0'));
}

/** A count of 10^-decimals as decimal text in normal form: "19.95", "20". */
export function textOf(count: bigint, decimals: number): string {
  const shown = fixedOf(count, decimals);
  return decimals === 0 ? shown : shown.replace(/\.?0+$/, '');
}

/** With all its decimals, for people: "20.00". */
export function fixedOf(count: bigint, decimals: number): string {
  const unit = 10n ** BigInt(decimals);
  const size = magnitude(count);
  const fraction = decimals === 0 ? '' : `.${(size % unit).toString().padStart(decimals, '0')}`;
  return `${count < 0n ? '-' : ''}${size / unit}${fraction}`;
}

/** The amount that a net amount of the smallest coins is with VAT. The VAT is what is rounded. */
export const withTax = (net: bigint, rate: bigint, mode: RoundingMode): bigint =>
  rate === 0n ? net : net + round(net * rate, hundred, mode);

/** The amount without VAT. */
export const withoutTax = (gross: bigint, rate: bigint, mode: RoundingMode): bigint =>
  rate === 0n ? gross : round(gross * hundred, hundred + rate, mode);
