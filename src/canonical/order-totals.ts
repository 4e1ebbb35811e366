/**
 * How lines become totals. Systems differ in where they round to cents: the price of each unit, each line, the sum of each
 * VAT rate, or the whole document. In: lines in the basis that the tax method names. Out: totals in cents whose parts add
 * up: excl + tax = incl, and the rates to both. Pure and exact.
 */
import { roundToSum } from './allocation.js';
import { centOf, exactDecimals, hundred, one, round, textOf, withoutTax, withTax, type RoundingMode } from './money.js';
import type { taxMethods } from './order-fields.js';

export type TaxMethod = (typeof taxMethods)[number];

/**
 * `unit`: price per unit, with and without VAT, before it is multiplied. `line`: price × quantity of each line, discount
 * taken off after. `rate`: the sum of all lines of one VAT rate. `document`: sums of exact values, once at the end.
 */
export interface RoundingRule {
  readonly level: 'unit' | 'line' | 'rate' | 'document';
  readonly mode: RoundingMode;
}

/** Decimal text in normal form. */
export interface OrderTotals {
  readonly excl: string;
  readonly tax: string;
  readonly incl: string;
  /** By rate, lowest first. */
  readonly taxes: readonly { readonly rate: string; readonly base: string; readonly amount: string }[];
}

/** A line in exact values (money.ts). */
export interface ExactLine {
  readonly quantity: bigint;
  readonly price: bigint;
  readonly discount: bigint;
  readonly rate: bigint;
}

/** What amounts mean: with VAT or without, and how small a coin is. */
export interface Basis {
  readonly isGross: boolean;
  readonly exponent: number;
}

/** Totals in cents. */
export interface CentTotals {
  readonly excl: bigint;
  readonly tax: bigint;
  readonly incl: bigint;
  readonly rates: readonly RateTotal[];
}

export interface RateTotal {
  readonly rate: bigint;
  readonly base: bigint;
  readonly tax: bigint;
}

export const isTaxed = (method: TaxMethod): boolean => method === 'INCLUSIVE' || method === 'EXCLUSIVE';

export function totalsText(totals: CentTotals, exponent: number): OrderTotals {
  const text = (cents: bigint): string => textOf(cents, exponent);
  return {
    excl: text(totals.excl),
    tax: text(totals.tax),
    incl: text(totals.incl),
    taxes: totals.rates.map(({ rate, base, tax }) => ({
      rate: textOf(rate, exactDecimals),
      base: text(base),
      amount: text(tax),
    })),
  };
}

/** Adds lines up as a system with that rule does. */
export function addUp(lines: readonly ExactLine[], basis: Basis, rule: RoundingRule): CentTotals {
  if (rule.level === 'document') return documentTotals(sumsOf(lines), basis, rule.mode);
  const groups = new Map<bigint, { own: bigint; other: bigint }>();
  const add = (rate: bigint, own: bigint, other: bigint): void => {
    const group = groups.get(rate);
    if (group === undefined) groups.set(rate, { own, other });
    else {
      group.own += own;
      group.other += other;
    }
  };
  if (rule.level === 'rate') {
    for (const [rate, sum] of sumsOf(lines)) {
      const own = round(sum, centOf(basis.exponent) * one, rule.mode);
      add(rate, own, otherSide(own, rate, basis, rule.mode));
    }
  } else {
    for (const line of lines) {
      const { own, other } = lineAmounts(line, basis, rule);
      add(line.rate, own, other);
    }
  }
  const rates = [...groups].map(([rate, { own, other }]): RateTotal => {
    const [base, gross] = basis.isGross ? [other, own] : [own, other];
    return { rate, base, tax: gross - base };
  });
  return totalled(rates);
}

/** What a line comes to in cents, in the basis of its price and in the other one, where each line is rounded. */
export function lineAmounts(
  line: ExactLine,
  basis: Basis,
  rule: RoundingRule,
): { readonly own: bigint; readonly other: bigint } {
  const cent = centOf(basis.exponent);
  if (rule.level !== 'unit') {
    const own = round(line.quantity * line.price, cent * one, rule.mode) - round(line.discount, cent, rule.mode);
    return { own, other: otherSide(own, line.rate, basis, rule.mode) };
  }
  const times = (unit: bigint): bigint => round(line.quantity * unit, one, rule.mode);
  return {
    own: times(round(line.price, cent, rule.mode)) - round(line.discount, cent, rule.mode),
    other:
      times(otherOf(line.price, line.rate, basis, rule.mode)) - otherOf(line.discount, line.rate, basis, rule.mode),
  };
}

/** An amount in cents on the other side of VAT. */
export const otherSide = (own: bigint, rate: bigint, basis: Basis, mode: RoundingMode): bigint =>
  basis.isGross ? withoutTax(own, rate, mode) : withTax(own, rate, mode);

/** An exact value on the other side of VAT, rounded once. */
function otherOf(value: bigint, rate: bigint, { isGross, exponent }: Basis, mode: RoundingMode): bigint {
  const cent = centOf(exponent);
  return isGross
    ? round(value * hundred, (hundred + rate) * cent, mode)
    : round(value * (hundred + rate), hundred * cent, mode);
}

/** Price × quantity − discount of all lines per rate, exactly, in 10^-16. */
export function sumsOf(lines: readonly ExactLine[]): Map<bigint, bigint> {
  const sums = new Map<bigint, bigint>();
  for (const line of lines) sums.set(line.rate, (sums.get(line.rate) ?? 0n) + exactNet(line));
  return sums;
}

/** In 10^-16. */
export const exactNet = (line: ExactLine): bigint => line.quantity * line.price - line.discount * one;

function documentTotals(sums: Map<bigint, bigint>, { isGross, exponent }: Basis, mode: RoundingMode): CentTotals {
  const cent = centOf(exponent) * one;
  // One denominator for all rates, so that nothing is rounded before the end.
  const common = isGross ? [...sums.keys()].reduce((all, rate) => all * (hundred + rate), 1n) : hundred;
  const denominator = common * cent;
  const exact = [...sums].map(([rate, sum]) => {
    const [net, gross] = isGross
      ? [(sum * hundred * common) / (hundred + rate), sum * common]
      : [sum * hundred, sum * (hundred + rate)];
    return { rate, net, tax: gross - net };
  });
  const all = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
  const nets = exact.map(({ net }) => net);
  const taxes = exact.map(({ tax }) => tax);
  const excl = round(all(nets), denominator, mode);
  const incl = round(all(nets) + all(taxes), denominator, mode);
  const bases = roundToSum(nets, denominator, excl);
  const amounts = roundToSum(taxes, denominator, incl - excl);
  return totalled(exact.map(({ rate }, index) => ({ rate, base: bases[index] ?? 0n, tax: amounts[index] ?? 0n })));
}

function totalled(rates: RateTotal[]): CentTotals {
  rates.sort((a, b) => (a.rate < b.rate ? -1 : 1));
  let [excl, tax] = [0n, 0n];
  for (const each of rates) {
    excl += each.base;
    tax += each.tax;
  }
  return { excl, tax, incl: excl + tax, rates };
}
