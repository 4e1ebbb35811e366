/**
 * Amounts in whole cents and quantities in thousandths. All arithmetic is on whole numbers; rounding is half up, away from
 * zero, once per line.
 */

type Rates = Readonly<Record<number, number>>;

/** Per VAT code, in percent, where the administration is; what articles show. */
export const vatRates: Rates = { 1: 21, 2: 9, 3: 0, 4: 6 };

/** A code has the rate of the country of the sale. */
const ratesByCountry: Readonly<Record<string, Rates>> = {
  NLD: vatRates,
  BEL: { 1: 21, 2: 12, 3: 0, 4: 6 },
  FRA: { 1: 20, 2: 10, 3: 0, 4: 5.5 },
};

export const ratesIn = (countryIso3: string): Rates => ratesByCountry[countryIso3] ?? vatRates;

/** In hundredths of a percent. */
const rateOf = (vatCode: number, countryIso3: string): bigint =>
  BigInt(Math.round((ratesIn(countryIso3)[vatCode] ?? 0) * 100));

/** Whole percents as they are, others in hundredths: both are found in the wild. */
export const shownRate = (rate: number): number => (Number.isInteger(rate) ? rate : Math.round(rate * 100));

/** numerator / denominator, rounded half up, away from zero. The denominator is positive. */
export function divide(numerator: bigint, denominator: bigint): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (magnitude * 2n + denominator) / (denominator * 2n);
  return numerator < 0n ? -rounded : rounded;
}

const whole = 10_000n;
export const exclFromIncl = (incl: bigint, vatCode: number, countryIso3 = 'NLD'): bigint =>
  divide(incl * whole, whole + rateOf(vatCode, countryIso3));
export const inclFromExcl = (excl: bigint, vatCode: number, countryIso3 = 'NLD'): bigint =>
  divide(excl * (whole + rateOf(vatCode, countryIso3)), whole);

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
