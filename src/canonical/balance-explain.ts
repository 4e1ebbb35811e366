/**
 * Why a stated total is what it is: the rounding that comes to it, and how far VAT may be off before it is no matter of
 * rounding any more. In: the order as it was stated. Out: an explanation, or none. Pure.
 */
import { centOf, magnitude, one, round, type RoundingMode } from './money.js';
import { addUp, exactNet, isTaxed, lineAmounts, type CentTotals, type RoundingRule } from './order-totals.js';
import type { StatedLine, StatedOrder } from './stated-order.js';

export interface Explanation {
  /** Ends the sentence "The source …". */
  readonly how: string;
  /** Prices are rounded before they are multiplied, so the difference grows with the quantity. */
  readonly isPerUnit: boolean;
  /** What each line comes to in the source, in cents, where lines differ from what the target makes of them. */
  readonly amounts: readonly bigint[] | null;
}

const levels = ['line', 'rate', 'unit', 'document'] as const;
const modes = ['halfUp', 'halfEven', 'halfDown', 'down'] as const;

const levelWords: Readonly<Record<RoundingRule['level'], string>> = {
  unit: 'each price per unit',
  line: 'each line',
  rate: 'the sum of each VAT rate',
  document: 'the whole document once',
};
const modeWords: Readonly<Record<RoundingMode, string>> = {
  halfUp: 'half up',
  halfEven: 'half to even',
  halfDown: 'half down',
  down: 'down',
};

/** "rounds each line half up". */
export const inWords = ({ level, mode }: RoundingRule): string => `rounds ${levelWords[level]} ${modeWords[mode]}`;

/** The first known way that leads from the lines to the stated total. */
export function explain(order: StatedOrder): Explanation | null {
  return explainByLineTotals(order) ?? explainByRule(order);
}

function explainByRule({ lines, basis, incl, excl }: StatedOrder): Explanation | null {
  let second: RoundingRule | null = null;
  for (const mode of modes) {
    for (const level of levels) {
      const rule = { level, mode };
      const totals = addUp(lines, basis, rule);
      if (totals.incl !== incl) continue;
      if (excl === null || totals.excl === excl) return explanationOf(rule, lines, basis);
      second ??= rule;
    }
  }
  return second === null ? null : explanationOf(second, lines, basis);
}

function explanationOf(rule: RoundingRule, lines: readonly StatedLine[], basis: StatedOrder['basis']): Explanation {
  const isPerUnit = rule.level === 'unit';
  const amounts = isPerUnit ? lines.map((line) => lineAmounts(line, basis, rule).own) : null;
  return { how: inWords(rule), isPerUnit, amounts };
}

/** Shops that keep more decimals of a price than they show state line totals that their own prices do not come to. */
function explainByLineTotals({ lines, basis, incl, excl, method }: StatedOrder): Explanation | null {
  const cent = centOf(basis.exponent) * one;
  const amounts: bigint[] = [];
  let isPlain = true;
  for (const line of lines) {
    const wanted = exactNet(line);
    const computed = round(wanted, cent, 'halfUp');
    const amount = line.total ?? computed;
    // Half a cent for each piece, and half a one for the line.
    if (magnitude(amount * cent - wanted) * 2n > (piecesOf(line) + 1n) * cent) return null;
    if (amount !== computed) isPlain = false;
    amounts.push(amount);
  }
  if (isPlain) return null;
  const sum = amounts.reduce((all, amount) => all + amount, 0n);
  const how = 'states totals of lines that add up to it';
  if (method !== 'EXCLUSIVE') return sum === incl ? { how, isPerUnit: true, amounts } : null;
  if (sum !== excl) return null;
  const stated = lines.map((line, index) => ({
    ...line,
    quantity: one,
    price: (amounts[index] ?? 0n) * centOf(basis.exponent),
    discount: 0n,
  }));
  // The lines come to the stated total excl. VAT; on each, VAT may be rounded in whatever way.
  const gap = addUp(stated, basis, { level: 'line', mode: 'halfUp' }).incl - (incl ?? 0n);
  return magnitude(gap) <= BigInt(lines.length) ? { how, isPerUnit: true, amounts } : null;
}

/** Pieces of a line, at least one. */
const piecesOf = (line: StatedLine): bigint => {
  const pieces = (magnitude(line.quantity) + one - 1n) / one;
  return pieces < 1n ? 1n : pieces;
};

/** How many cents rounding may account for, of all lines or of those of one rate: one for each place that rounds. */
export function roundingBound(lines: readonly StatedLine[], isPerUnit: boolean, rate?: bigint): bigint {
  let bound = 0n;
  for (const line of lines) {
    if (line.kind === 'TEXT' || (rate !== undefined && line.rate !== rate)) continue;
    bound += isPerUnit ? piecesOf(line) : 1n;
  }
  return bound < 1n ? 1n : bound;
}

export interface SplitDifference {
  readonly rate: bigint | null;
  readonly base: bigint;
  readonly tax: bigint;
  readonly bound: bigint;
}

/** Where the target's VAT is not the stated one, with what rounding may make of it: a cent for each line and one for the sum. */
export function splitDifferences(order: StatedOrder, totals: CentTotals, isPerUnit: boolean): SplitDifference[] {
  const bound = (rate?: bigint): bigint => roundingBound(order.lines, isPerUnit, rate);
  const differences: SplitDifference[] = [];
  if (order.rates === null) {
    const base = order.excl === null ? 0n : totals.excl - order.excl;
    const tax = order.tax === null ? 0n : totals.tax - order.tax;
    if (base !== 0n || tax !== 0n) differences.push({ rate: null, base, tax, bound: bound() + 1n });
    return differences;
  }
  const computed = new Map(totals.rates.map((each) => [each.rate, each]));
  for (const rate of new Set([...order.rates.keys(), ...computed.keys()])) {
    const [ours, theirs] = [computed.get(rate), order.rates.get(rate)];
    const base = (ours?.base ?? 0n) - (theirs?.base ?? 0n);
    const tax = (ours?.tax ?? 0n) - (theirs?.tax ?? 0n);
    if (base !== 0n || tax !== 0n) differences.push({ rate, base, tax, bound: bound(rate) + 1n });
  }
  return differences;
}

export const isRounding = ({ base, tax, bound }: SplitDifference): boolean =>
  magnitude(base) <= bound && magnitude(tax) <= bound;

/** True when the stated VAT is what rounding the price of each unit comes to: it may be off by much more than a line. */
export function isSplitPerUnit(order: StatedOrder): boolean {
  return modes.some((mode) =>
    splitDifferences(order, addUp(order.lines, order.basis, { level: 'unit', mode }), false).every(isRounding),
  );
}

/** How far the stated total is from the stated sum and its VAT, when no rounding accounts for that; null = they go together. */
export function contradictionOf({ incl, excl, tax, lines, method }: StatedOrder): bigint | null {
  if (incl === null || excl === null || tax === null) return null;
  const apart = incl - excl - tax;
  return magnitude(apart) > roundingBound(lines, isTaxed(method)) + 1n ? apart : null;
}
