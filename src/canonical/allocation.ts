/**
 * Dividing an amount without losing a cent: by largest remainder over weights (a discount over lines of several VAT
 * rates), and over time (partial refunds of one amount). The parts always add up to the whole.
 */
import { KoppelError } from '../base/errors.js';
import { centOf, currencyExponent, exactOrThrow, round, textOf } from './money.js';

/**
 * Whole numbers near numerators[i] / denominator that add up to `total`: each is rounded down, then those that lost most
 * get one more. The denominator is positive.
 */
export function roundToSum(numerators: readonly bigint[], denominator: bigint, total: bigint): bigint[] {
  const parts = numerators.map((numerator) => floor(numerator, denominator));
  let left = total - parts.reduce((sum, part) => sum + part, 0n);
  const order = numerators
    .map((numerator, index) => ({ index, lost: numerator - (parts[index] ?? 0n) * denominator }))
    .sort((a, b) => (a.lost === b.lost ? 0 : a.lost > b.lost ? -1 : 1));
  const count = BigInt(order.length);
  if (count === 0n) return parts;
  // More than one for each is no matter of rounding, but it must not get lost either.
  const each = floor(left, count);
  left -= each * count;
  for (const { index } of order) {
    parts[index] = (parts[index] ?? 0n) + each + (left > 0n ? 1n : 0n);
    if (left > 0n) left -= 1n;
  }
  return parts;
}

function floor(numerator: bigint, denominator: bigint): bigint {
  const whole = numerator / denominator;
  return numerator < 0n && whole * denominator !== numerator ? whole - 1n : whole;
}

/** `total` whole coins over exact weights; weights that add up to nothing count as equal ones. */
export function apportion(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (sum === 0n) {
    return roundToSum(
      weights.map(() => total),
      BigInt(weights.length) || 1n,
      total,
    );
  }
  const sign = sum < 0n ? -1n : 1n;
  return roundToSum(
    weights.map((weight) => weight * total * sign),
    sum * sign,
    total,
  );
}

/**
 * An amount over weights, by largest remainder: `allocate('10', ['1', '1', '1'])` is 3.34, 3.33, 3.33. Keep the result
 * beside the lines: it is what a refund of a line gives back. Throws BAD_DECIMAL, also when there is nothing to allocate to.
 */
export function allocate(amount: string, weights: readonly string[], currency = 'EUR'): readonly string[] {
  const exponent = currencyExponent(currency);
  const total = coins(amount, exponent);
  if (weights.length === 0 && total !== 0n) {
    throw new KoppelError('BAD_DECIMAL', { what: 'The list of weights', value: 'empty' });
  }
  return apportion(
    total,
    weights.map((weight) => exactOrThrow(weight, 'A weight')),
  ).map((part) => textOf(part, exponent));
}

/**
 * What a partial refund gives back of an amount that stood for a quantity, after `refundedBefore` of it was given back: the
 * difference of two rounded running totals, so that all refunds together are the amount to the cent, in whatever parts.
 */
export function refundOf(
  original: { readonly amount: string; readonly quantity: string },
  refundedBefore: string,
  quantity: string,
  currency = 'EUR',
): string {
  const exponent = currencyExponent(currency);
  const total = coins(original.amount, exponent);
  const all = exactOrThrow(original.quantity, 'A quantity');
  if (all === 0n) throw new KoppelError('BAD_DECIMAL', { what: 'The quantity that was sold', value: '0' });
  const before = exactOrThrow(refundedBefore, 'A quantity');
  const after = before + exactOrThrow(quantity, 'A quantity');
  const sign = all < 0n ? -1n : 1n;
  const upTo = (part: bigint): bigint => round(total * part * sign, all * sign, 'halfUp');
  return textOf(upTo(after) - upTo(before), exponent);
}

function coins(amount: string, exponent: number): bigint {
  return round(exactOrThrow(amount), centOf(exponent), 'halfUp');
}
