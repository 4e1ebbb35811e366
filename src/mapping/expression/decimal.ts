/**
 * Decimal numbers in expressions: exact, of at most 40 digits, never a binary float. Sums and products are exact; a quotient
 * is rounded half up to 10 places. A number literal with a point (`1.21`) takes part as the decimal that is written there.
 */
import Big from 'big.js';
import { cutText } from '../../base/cut-text.js';
import { normaliseDecimal } from '../../base/decimal.js';
import { ExpressionFailure } from './failure.js';

export const mostDigits = 40;
const divisionPlaces = 10;

// A constructor of its own, so that nobody else's settings change what an expression gives.
const Exact = Big();
Exact.DP = divisionPlaces;
Exact.RM = Big.roundHalfUp;
Exact.PE = 100;
Exact.NE = -100;

export class Decimal {
  constructor(readonly value: Big) {}

  /** Normal form, as documents hold it. */
  toString(): string {
    return normaliseDecimal(this.value.toFixed()) ?? this.value.toFixed();
  }
}

/** The decimal that a text or number says; fails when it says none. */
export function toDecimal(from: string | number | bigint): Decimal {
  const text = normaliseDecimal(String(from));
  if (text === undefined) throw new ExpressionFailure(`"${cutText(String(from), 40)}" is no decimal number`);
  return limited(new Exact(text));
}

function limited(value: Big): Decimal {
  if (value.c.length > mostDigits || Math.abs(value.e) > mostDigits)
    throw new ExpressionFailure(`a number has more than ${mostDigits} digits; round it before going on`);
  return new Decimal(value);
}

type Number = Decimal | bigint | number;
const big = (of: Number): Big => (of instanceof Decimal ? of.value : toDecimal(of).value);

export const plus = (a: Number, b: Number): Decimal => limited(big(a).plus(big(b)));
export const minus = (a: Number, b: Number): Decimal => limited(big(a).minus(big(b)));
export const times = (a: Number, b: Number): Decimal => limited(big(a).times(big(b)));
export const compare = (a: Number, b: Number): number => big(a).cmp(big(b));

export function divided(a: Number, b: Number): Decimal {
  const by = big(b);
  if (by.eq(0)) throw new ExpressionFailure('division by zero');
  return limited(big(a).div(by));
}

/** Rounded half up, away from zero as bookkeepers do. */
export function rounded(of: Decimal, places: bigint): Decimal {
  if (places < 0n || places > 10n) throw new ExpressionFailure('round takes 0 to 10 places');
  return new Decimal(of.value.round(Number(places), Big.roundHalfUp));
}

export const total = (of: readonly Decimal[]): Decimal => of.reduce(plus, new Decimal(new Exact(0)));

/** The smallest (`-1`) or largest (`1`) of a list that has items. */
export function extreme(of: readonly Decimal[], sign: -1 | 1): Decimal {
  const [first, ...rest] = of;
  if (first === undefined) throw new ExpressionFailure('the list has no numbers');
  return rest.reduce((best, each) => (compare(each, best) === sign ? each : best), first);
}
