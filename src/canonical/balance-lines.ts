/**
 * Lines in the form that a target can hold: prices and discounts with its decimals, discounts not negative, negative
 * quantities turned where it takes none. A line can be moved by whole cents: down by a discount, up by less discount or a
 * higher price whose excess is taken off again. Exact; the lines here are changed in place.
 */
import { ceiling, centOf, exactDecimals, magnitude, one, round, textOf } from './money.js';
import { exactNet, type Basis, type ExactLine } from './order-totals.js';
import type { BalanceRule, StatedLine } from './stated-order.js';

export interface SentLine extends ExactLine {
  quantity: bigint;
  price: bigint;
  discount: bigint;
  readonly rate: bigint;
  /** What the line comes to exactly, in 10^-16: what its rounding is measured against. */
  readonly wanted: bigint;
  /** Lines of a lower rank are changed first: goods before deposits and gift cards, those before what is free. */
  readonly rank: bigint;
}

export interface Target {
  readonly rule: BalanceRule;
  readonly basis: Basis;
  /** The smallest coin and the smallest step of a price and of a quantity, as exact values. */
  readonly cent: bigint;
  readonly step: bigint;
  readonly quantityStep: bigint;
}

export interface PreparedLines {
  readonly lines: SentLine[];
  /** Sentences about what could not stay as it was stated. */
  readonly changes: readonly string[];
}

export function targetOf(rule: BalanceRule, basis: Basis): Target {
  const stepOf = (decimals: number): bigint => (decimals > exactDecimals ? 1n : one / 10n ** BigInt(decimals));
  const [step, quantityStep] = [stepOf(rule.priceDecimals), stepOf(rule.quantityDecimals)];
  return { rule, basis, cent: centOf(basis.exponent), step, quantityStep };
}

/** The lines as the target can hold them, as near as they can be; a sentence when one cannot be held. */
export function prepareLines(lines: readonly StatedLine[], target: Target): PreparedLines | string {
  const prepared: SentLine[] = [];
  const changes: string[] = [];
  // What rounding a line lost goes to the next line of the same rate.
  const carried = new Map<bigint, bigint>();
  for (const line of lines) {
    const wanted = exactNet(line);
    const sent: SentLine = { ...turned(line, wanted, target), rate: line.rate, wanted, rank: rankOf(line) };
    if (sent.quantity % target.quantityStep !== 0n) {
      return `Line ${line.key}: the quantity ${show(line.quantity)} has more decimals than the ${target.rule.quantityDecimals} that the target takes.`;
    }
    if (!isHoldable(sent, target)) {
      const problem = fit(sent, carried, target);
      if (problem !== undefined) return `Line ${line.key}: ${problem}.`;
      changes.push(
        `Line ${line.key}: ${show(line.price)} less ${show(line.discount)} becomes ${show(sent.price)} less ${show(sent.discount)}, which the target can hold.`,
      );
    }
    prepared.push(sent);
  }
  return { lines: prepared, changes };
}

/** Moves what the line comes to by whole cents; false when the line cannot be moved. */
export function moveLine(line: SentLine, cents: bigint, target: Target): boolean {
  if (target.cent % target.step !== 0n) return false;
  const less = -cents * target.cent;
  if (cents <= 0n || less + line.discount >= 0n) {
    line.discount += less;
    return true;
  }
  if (line.quantity === 0n) return false;
  const goal = amountOf(line, target) + cents * target.cent * one;
  line.discount = 0n;
  raisePrice(line, goal, target);
  line.discount = floorTo(amountOf(line, target) - goal, target);
  return true;
}

/** What the target makes of the line before it adds up, in 10^-16. */
function amountOf(line: SentLine, { rule, cent }: Target): bigint {
  if (rule.level === 'rate') return exactNet(line);
  const product = round(line.quantity * line.price, cent * one, rule.mode);
  return (product - round(line.discount, cent, rule.mode)) * cent * one;
}

function isHoldable(line: SentLine, { step }: Target): boolean {
  return line.discount >= 0n && line.discount % step === 0n && line.price % step === 0n;
}

/** A return is a positive quantity at a negative price where quantities are not negative; odd shipping is one piece. */
function turned(line: StatedLine, wanted: bigint, { rule, cent, quantityStep }: Target): ExactLine {
  const coin = cent * one;
  if (line.kind === 'SHIPPING' && (line.quantity % quantityStep !== 0n || wanted % coin !== 0n)) {
    const price = round(wanted, coin, rule.mode) * cent;
    return { quantity: one, price, discount: 0n, rate: line.rate };
  }
  const { quantity, price, discount, rate } = line;
  if (quantity >= 0n || rule.takesNegativeQuantity) return { quantity, price, discount, rate };
  return { quantity: -quantity, price: -price, discount, rate };
}

/** The nearest price that is not too low, and the discount that takes the rest off. */
function fit(line: SentLine, carried: Map<bigint, bigint>, target: Target): string | undefined {
  const { rule, cent, step } = target;
  if (cent % step !== 0n) return `prices with ${rule.priceDecimals} decimals cannot say ${show(line.price)}`;
  const isRate = rule.level === 'rate';
  const wanted = line.wanted + (carried.get(line.rate) ?? 0n);
  const goal = isRate ? wanted : round(wanted, cent * one, rule.mode) * cent * one;
  if (line.quantity === 0n && goal > 0n) return 'nothing is sold, and yet there is an amount';
  line.price = round(line.price, step, 'halfUp') * step;
  line.discount = 0n;
  raisePrice(line, goal, target);
  const over = amountOf(line, target) - goal;
  line.discount = isRate ? round(over, step * one, 'halfUp') * step : over / one;
  carried.set(line.rate, wanted - amountOf(line, target));
  return undefined;
}

/** Until quantity × price is at least `product`; never lowers it. */
function raisePrice(line: SentLine, product: bigint, { step }: Target): void {
  const short = product - line.quantity * line.price;
  if (short <= 0n || line.quantity === 0n) return;
  const steps = ceiling(short, magnitude(line.quantity) * step);
  line.price += line.quantity < 0n ? -steps * step : steps * step;
}

/** 10^-16 as an exact value that a discount can have, rounded down. */
const floorTo = (value: bigint, { step }: Target): bigint => (value / (step * one)) * step;

function rankOf(line: StatedLine): bigint {
  if (line.kind === 'TEXT' || line.price === 0n) return 2n;
  return line.kind === 'DEPOSIT' || line.kind === 'GIFT_CARD' || line.kind === 'ROUNDING' ? 1n : 0n;
}

const show = (value: bigint): string => textOf(value, exactDecimals);
