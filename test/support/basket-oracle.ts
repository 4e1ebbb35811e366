/**
 * The arithmetic of totals once more, written apart from the hub's own with another kind of number, so that the two can
 * check each other: what a source states, and what each of the two targets adds up.
 */
import Big, { type RoundingMode } from 'big.js';

export interface PlainLine {
  readonly quantity: string;
  readonly unitPrice: string;
  readonly discountAmount?: string;
  readonly taxRate: string;
}

export type Level = 'unit' | 'line' | 'rate' | 'document';

export interface PlainTotals {
  readonly incl: Big;
  readonly excl: Big;
  readonly tax: Big;
  readonly rates: readonly { readonly rate: string; readonly base: Big; readonly tax: Big }[];
}

const zero = new Big(0);
const factor = (rate: string): Big => new Big(rate).div(100).plus(1);
const total = (amounts: readonly Big[]): Big => amounts.reduce((sum, amount) => sum.plus(amount), zero);

/** Totals as a system with that rule states them. A line that knows its own amount is taken at its word. */
export function sourceTotals(
  lines: readonly (PlainLine & { readonly amount?: Big })[],
  taxMethod: string,
  level: Level,
  mode: RoundingMode,
  exponent: number,
): PlainTotals {
  const cents = (amount: Big): Big => amount.round(exponent, mode);
  const isGross = taxMethod === 'INCLUSIVE';
  const rateOf = (line: PlainLine): string => (isGross || taxMethod === 'EXCLUSIVE' ? line.taxRate : '0');
  const exactOf = (line: PlainLine & { readonly amount?: Big }): Big =>
    line.amount ?? new Big(line.quantity).times(line.unitPrice).minus(line.discountAmount ?? '0');
  const across = (amount: Big, rate: string): Big => (isGross ? amount.div(factor(rate)) : amount.times(factor(rate)));
  const groups = byRate(lines, rateOf);
  const rates = [...groups].map(([rate, members]) => {
    let [own, other] = [zero, zero];
    if (level === 'rate' || level === 'document') {
      own = total(members.map(exactOf));
      if (level === 'rate') own = cents(own);
      other = across(own, rate);
      if (level === 'rate') other = cents(other);
    } else {
      for (const line of members) {
        const amounts =
          level === 'unit' && line.amount === undefined
            ? perUnit(line, cents, (amount) => across(amount, rate))
            : perLine(line, cents, (amount) => across(amount, rate));
        own = own.plus(amounts.own);
        other = other.plus(amounts.other);
      }
    }
    const [base, gross] = isGross ? [other, own] : [own, other];
    return { rate, base, gross };
  });
  const [excl, incl] = [cents(total(rates.map(({ base }) => base))), cents(total(rates.map(({ gross }) => gross)))];
  return {
    incl,
    excl,
    tax: incl.minus(excl),
    rates: rates.map(({ rate, base, gross }) => ({ rate, base: cents(base), tax: cents(gross).minus(cents(base)) })),
  };
}

interface Sides {
  readonly own: Big;
  readonly other: Big;
}

function perLine(line: PlainLine & { readonly amount?: Big }, cents: (a: Big) => Big, across: (a: Big) => Big): Sides {
  const product = new Big(line.quantity).times(line.unitPrice);
  const own = line.amount ?? cents(product).minus(cents(new Big(line.discountAmount ?? '0')));
  return { own, other: cents(across(own)) };
}

function perUnit(line: PlainLine, cents: (a: Big) => Big, across: (a: Big) => Big): Sides {
  const side = (convert: (amount: Big) => Big): Big => {
    const unit = cents(convert(new Big(line.unitPrice)));
    return cents(unit.times(line.quantity)).minus(cents(convert(new Big(line.discountAmount ?? '0'))));
  };
  return { own: side((amount) => amount), other: side(across) };
}

/** One line as it is sent. */
export interface SentLine {
  readonly quantity: string;
  readonly price: string;
  readonly discount: string;
  readonly rate: string;
}

/** A till: each line is rounded half up, the discount comes off after. */
export function tillTotals(lines: readonly SentLine[], taxMethod: string, exponent: number): PlainTotals {
  const cents = (amount: Big): Big => amount.round(exponent, Big.roundHalfUp);
  return grouped(lines, (members, rate) => {
    const own = members.map((line) => cents(new Big(line.quantity).times(line.price)).minus(line.discount));
    const share = taxed(taxMethod, rate);
    if (taxMethod === 'INCLUSIVE') return [total(own.map((amount) => cents(amount.div(share)))), total(own)];
    return [total(own), total(own.map((amount) => cents(amount.times(share))))];
  });
}

/** A back office: the lines of a rate are added up exactly and rounded once. */
export function officeTotals(lines: readonly SentLine[], taxMethod: string, exponent: number): PlainTotals {
  const cents = (amount: Big): Big => amount.round(exponent, Big.roundHalfUp);
  return grouped(lines, (members, rate) => {
    const own = cents(total(members.map((line) => new Big(line.quantity).times(line.price).minus(line.discount))));
    const share = taxed(taxMethod, rate);
    if (taxMethod === 'INCLUSIVE') return [cents(own.div(share)), own];
    return [own, own.plus(cents(own.times(share.minus(1))))];
  });
}

const taxed = (taxMethod: string, rate: string): Big =>
  taxMethod === 'INCLUSIVE' || taxMethod === 'EXCLUSIVE' ? factor(rate) : new Big(1);

function grouped(
  lines: readonly SentLine[],
  sides: (members: readonly SentLine[], rate: string) => readonly [Big, Big],
): PlainTotals {
  const rates = [...byRate(lines, ({ rate }) => rate)].map(([rate, members]) => {
    const [base, gross] = sides(members, rate);
    return { rate, base, tax: gross.minus(base) };
  });
  const [excl, tax] = [total(rates.map(({ base }) => base)), total(rates.map((each) => each.tax))];
  return { excl, tax, incl: excl.plus(tax), rates };
}

function byRate<T>(lines: readonly T[], rateOf: (line: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const line of lines) groups.set(rateOf(line), [...(groups.get(rateOf(line)) ?? []), line]);
  return groups;
}
