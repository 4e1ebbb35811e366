/**
 * Before an order is written: will the target add up the total that the source stated? In: a canonical order and the
 * target's rule. Out: prices and discounts with which it does, to the cent, or the reason why not, with every step of the
 * calculation. In this order: as stated, allocated over prices and discounts, a rounding line, prices incl. VAT (the last
 * two only when allowed). Only what rounding explains is made to agree; anything else differs. Never throws.
 */
import type { Document } from '../base/document.js';
import {
  explain,
  isRounding,
  isSplitPerUnit,
  roundingBound,
  splitDifferences,
  type Explanation,
  contradictionOf,
} from './balance-explain.js';
import { moveLine, prepareLines, targetOf, type PreparedLines, type SentLine, type Target } from './balance-lines.js';
import { reach, type RateGoal } from './balance-reach.js';
import * as tell from './balance-trace.js';
import { centOf, exactDecimals, exactOf, hundred, magnitude, one, round, textOf } from './money.js';
import { addUp, isTaxed, totalsText, type CentTotals, type OrderTotals, type TaxMethod } from './order-totals.js';
import { readOrder, saidLines, type BalanceRule, type StatedOrder } from './stated-order.js';

export type { BalanceRule } from './stated-order.js';

export interface BalanceOptions {
  /** A line of kind ROUNDING at 0 % VAT may carry what cannot be allocated. */
  readonly allowRoundingLine?: boolean;
  /** An order excl. VAT may go out with prices incl. VAT: some totals no prices excl. VAT add up to. */
  readonly allowTaxMethodChange?: boolean;
}

/** Decimal text in normal form. */
export interface BalancedLine {
  readonly key: string;
  /** Turned to positive, with the price negative, where the target takes no negative quantity. */
  readonly quantity: string;
  readonly price: string;
  /** On the whole line, never negative. */
  readonly discount: string;
}

export interface Balance {
  /** `agrees`: as stated. `allocated`: over prices and discounts. `rounded`: by a rounding line. */
  readonly type: 'agrees' | 'allocated' | 'rounded' | 'differs';
  /** The basis of the prices here; another one than the order's only when a change was allowed. */
  readonly taxMethod: TaxMethod;
  /** As many as the order has, in its order; as stated when `differs`. */
  readonly lines: readonly BalancedLine[];
  /** Amount of the rounding line, one piece at 0 % VAT. */
  readonly rounding: string | null;
  /** What the target will add up, the rounding line included; null when the order could not be calculated. */
  readonly totals: OrderTotals | null;
  /** Sentences: what the source states, what the target adds up, what was tried; the last one of `differs` sums it up. */
  readonly trace: readonly string[];
}

/** What one way of sending the order comes to. */
interface Attempt {
  readonly type: 'agrees' | 'allocated' | 'rounded';
  readonly order: StatedOrder;
  readonly lines: readonly SentLine[];
  readonly rounding: bigint | null;
  readonly trace: readonly string[];
}

export function balanceOrder(order: Document, rule: BalanceRule, options: BalanceOptions = {}): Balance {
  try {
    const stated = readOrder(order);
    return typeof stated === 'string' ? unreadable(order, stated) : balance(stated, rule, options);
  } catch (thrown) {
    return unreadable(
      order,
      `The order could not be calculated: ${thrown instanceof Error ? thrown.message : 'a bug'}.`,
    );
  }
}

/** The shipping costs of a balanced order as one amount; the rate is null when its lines have several. */
export function shippingOf(
  order: Document,
  balanced: Balance,
): { readonly amount: string; readonly taxRate: string | null } | null {
  const stated = readOrder(order);
  if (typeof stated === 'string') return null;
  const shipping = stated.lines.flatMap((line, index) => (line.kind === 'SHIPPING' ? [{ line, index }] : []));
  if (shipping.length === 0) return null;
  const amount = shipping.reduce((sum, { index }) => sum + comesTo(balanced.lines[index]), 0n);
  const rates = new Set(shipping.map(({ line }) => line.rate));
  const [rate = 0n] = rates;
  return {
    amount: textOf(amount, productDecimals),
    taxRate: rates.size === 1 ? textOf(rate, exactDecimals) : null,
  };
}

/** Decimals of a product of two exact values. */
const productDecimals = 16;

function comesTo(line: BalancedLine | undefined): bigint {
  const [quantity = 0n, price = 0n, discount = 0n] = [line?.quantity, line?.price, line?.discount].map(exactOf);
  return quantity * price - discount * one;
}

function balance(order: StatedOrder, rule: BalanceRule, options: BalanceOptions): Balance {
  const target = targetOf(rule, order.basis);
  const prepared = prepareLines(order.lines, target);
  const opening = [tell.statement(order)];
  if (typeof prepared === 'string') return differs(order, null, [...opening, prepared]);

  const totals = addUp(prepared.lines, order.basis, rule);
  const isAsStated = prepared.changes.length === 0;
  const gap = order.incl === null ? 0n : order.incl - totals.incl;
  const computed = [...prepared.changes, tell.computation(rule, totals, order)];
  const split = splitTrace(order, totals, false);
  const contradiction = contradictionOf(order);
  if (contradiction !== null)
    return differs(order, totals, [...opening, ...computed, tell.contradiction(contradiction, order)]);
  if (gap === 0n && split.isRounding) {
    const trace = [...opening, ...computed, ...split.trace];
    const type = isAsStated ? 'agrees' : 'allocated';
    return settled({ type, order, lines: prepared.lines, rounding: null, trace }, rule);
  }

  const trace = [...opening, ...tell.calculation(order), ...computed];
  if (gap === 0n) trace.push(...split.trace);
  const explanation = explain(order);
  const bound = roundingBound(order.lines, false);
  if (gap !== 0n) trace.push(tell.explanation(explanation, gap, bound, order));
  if (explanation === null && magnitude(gap) > bound) return differs(order, totals, trace);

  for (const attempt of attempts(order, prepared, gap, explanation, target, options)) {
    if (typeof attempt === 'string') {
      trace.push(attempt);
      continue;
    }
    const made = addUp(attempt.lines, attempt.order.basis, rule);
    const remaining = splitTrace(attempt.order, made, explanation?.isPerUnit ?? false);
    trace.push(...attempt.trace, ...remaining.trace);
    if (made.incl + (attempt.rounding ?? 0n) === order.incl && remaining.isRounding) {
      return settled({ ...attempt, trace }, rule);
    }
  }
  return differs(order, totals, trace);
}

/** Ways to send the order, the preferred ones first, or sentences about why one is none. */
function* attempts(
  order: StatedOrder,
  prepared: PreparedLines,
  gap: bigint,
  explanation: Explanation | null,
  target: Target,
  options: BalanceOptions,
): Generator<Attempt | string> {
  const lines = prepared.lines.map((line): SentLine => ({ ...line }));
  if (allocate(order, lines, explanation, target)) {
    const changes = tell.moves(prepared.lines, lines, order);
    yield { type: 'allocated', order, lines, rounding: null, trace: changes };
  } else yield tell.notReached(order);
  if (gap === 0n) return;
  if (options.allowRoundingLine === true) {
    const trace = [tell.roundingLine(gap, order)];
    yield { type: 'rounded', order, lines: prepared.lines, rounding: gap, trace };
  } else yield 'A rounding line is not allowed.';
  if (order.method !== 'EXCLUSIVE') return;
  if (options.allowTaxMethodChange !== true) {
    yield 'Sending prices incl. VAT instead is not allowed.';
    return;
  }
  const gross = withGrossPrices(order);
  const grossTarget = targetOf(target.rule, gross.basis);
  const grossLines = prepareLines(gross.lines, grossTarget);
  if (typeof grossLines === 'string') yield grossLines;
  else if (!allocate(gross, grossLines.lines, null, grossTarget)) yield tell.notReached(gross);
  else {
    const trace = [tell.methodChange(), ...tell.grossLines(grossLines.lines, gross)];
    yield { type: 'allocated', order: gross, lines: grossLines.lines, rounding: null, trace };
  }
}

/** Moves the lines to the stated total; false when no prices come to it. */
function allocate(
  order: StatedOrder,
  lines: readonly SentLine[],
  explanation: Explanation | null,
  target: Target,
): boolean {
  // First to what each line is in the source, where that is known; then whatever the target's own rounding still makes of it.
  for (const [index, line] of lines.entries()) {
    const amount = explanation?.amounts?.[index];
    if (amount === undefined || line.quantity === 0n) continue;
    const coin = target.cent * one;
    moveLine(line, amount - round(line.wanted, coin, target.rule.mode), target);
  }
  return reach(lines, order.incl ?? 0n, rateGoals(order, explanation?.isPerUnit ?? false), target);
}

/** When the source stated them, and they add up to its total. */
function rateGoals({ rates, incl, lines }: StatedOrder, isPerUnit: boolean): Map<bigint, RateGoal> | null {
  if (rates === null) return null;
  const goals = [...rates].map(([rate, { base, tax }]) => {
    return [rate, { incl: base + tax, bound: roundingBound(lines, isPerUnit, rate) + 1n }] as const;
  });
  return goals.reduce((sum, [, goal]) => sum + goal.incl, 0n) === incl ? new Map(goals) : null;
}

/** The same order with prices incl. VAT, as exact as eight decimals are. */
function withGrossPrices(order: StatedOrder): StatedOrder {
  const gross = (value: bigint, rate: bigint): bigint => round(value * (hundred + rate), hundred, 'halfUp');
  return {
    ...order,
    method: 'INCLUSIVE',
    basis: { ...order.basis, isGross: true },
    lines: order.lines.map((line) => ({
      ...line,
      price: gross(line.price, line.rate),
      discount: gross(line.discount, line.rate),
      total: null,
    })),
  };
}

/** Compares VAT per rate with what was stated. */
function splitTrace(
  order: StatedOrder,
  totals: CentTotals,
  isPerUnit: boolean,
): { readonly isRounding: boolean; readonly trace: readonly string[] } {
  const differences = splitDifferences(order, totals, isPerUnit);
  if (differences.every(isRounding)) {
    return { isRounding: true, trace: differences.map((each) => tell.split(each, order)) };
  }
  // Where there is no VAT, no rounding of it can be what sets base and total apart.
  if (!isPerUnit && isTaxed(order.method) && isSplitPerUnit(order)) {
    const wider = splitDifferences(order, totals, true);
    const trace = [tell.perUnitSplit(), ...wider.map((each) => tell.split(each, order))];
    return { isRounding: wider.every(isRounding), trace };
  }
  return { isRounding: false, trace: differences.map((each) => tell.split(each, order)) };
}

function settled({ type, order, lines, rounding, trace }: Attempt, rule: BalanceRule): Balance {
  const { exponent } = order.basis;
  const withRounding =
    rounding === null
      ? lines
      : [...lines, { quantity: one, price: rounding * centOf(exponent), discount: 0n, rate: 0n }];
  return {
    type,
    taxMethod: order.method,
    lines: lines.map((line, index) => ({
      key: order.lines[index]?.key ?? '',
      quantity: textOf(line.quantity, exactDecimals),
      price: textOf(line.price, exactDecimals),
      discount: textOf(line.discount, exactDecimals),
    })),
    rounding: rounding === null ? null : textOf(rounding, exponent),
    totals: totalsText(addUp(withRounding, order.basis, rule), exponent),
    trace,
  };
}

function differs(order: StatedOrder, totals: CentTotals | null, trace: readonly string[]): Balance {
  return {
    type: 'differs',
    taxMethod: order.method,
    lines: order.lines.map((line) => ({
      key: line.key,
      quantity: textOf(line.quantity, exactDecimals),
      price: textOf(line.price, exactDecimals),
      discount: textOf(line.discount, exactDecimals),
    })),
    rounding: null,
    totals: totals === null ? null : totalsText(totals, order.basis.exponent),
    trace: totals === null ? trace : [...trace, tell.verdict(order, totals)],
  };
}

/** Lines are given back as they are said, as far as they say anything. */
function unreadable(order: Document, problem: string): Balance {
  return {
    type: 'differs',
    taxMethod: 'INCLUSIVE',
    lines: saidLines(order).map((line, index) => ({
      key: line['key'] ?? `${BigInt(index) + 1n}`,
      quantity: line['quantity'] ?? '0',
      price: line['unitPrice'] ?? '0',
      discount: line['discountAmount'] ?? '0',
    })),
    rounding: null,
    totals: null,
    trace: [problem],
  };
}
