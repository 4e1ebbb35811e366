/**
 * Amounts in whole cents and quantities in thousandths. All arithmetic is on whole numbers; rounding is half up, away from
 * zero, once per line.
 */

/** Per VAT code, in whole percent. */
export const vatRates: Readonly<Record<number, number>> = { 1: 21, 2: 9, 3: 0, 4: 6 };

export const rateOf = (vatCode: number): bigint => BigInt(vatRates[vatCode] ?? 0);

/** numerator / denominator, rounded half up, away from zero. The denominator is positive. */
export function divide(numerator: bigint, denominator: bigint): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (magnitude * 2n + denominator) / (denominator * 2n);
  return numerator < 0n ? -rounded : rounded;
}

export const exclFromIncl = (incl: bigint, vatCode: number): bigint => divide(incl * 100n, 100n + rateOf(vatCode));
export const inclFromExcl = (excl: bigint, vatCode: number): bigint => divide(excl * (100n + rateOf(vatCode)), 100n);

/** A scaled number in thousandths; undefined when it does not fit. */
export function thousandths(value: string, decimalPlaces: number): number | undefined {
  if (decimalPlaces < 0 || decimalPlaces > 9) return undefined;
  const scaled = BigInt(value) * 1_000n;
  const unit = 10n ** BigInt(decimalPlaces);
  const result = Number(scaled / unit);
  return scaled % unit === 0n && Number.isSafeInteger(result) ? result : undefined;
}

/** Thousandths as a scaled number with as few decimal places as it needs. */
export function scaled(value: number): { readonly value: string; readonly places: number } {
  if (value % 1_000 === 0) return { value: String(value / 1_000), places: 0 };
  return { value: String(value), places: 3 };
}
