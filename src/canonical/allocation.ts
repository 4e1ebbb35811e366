/**
 * Dividing an amount without losing a cent: by largest remainder over weights (a difference over lines, a document over
 * its VAT rates). The parts always add up to the whole. Pure and exact.
 */

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
