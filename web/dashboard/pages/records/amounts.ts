/** Small sums about quantities and ages. */

/** Whether decimal text is zero, without making it a binary number. */
export const isZero = (decimal: string): boolean => /^-?0*(\.0*)?$/.test(decimal);

const unitsMs = [86_400_000, 3_600_000, 60_000, 1_000] as const;

/** An age without the fraction of its unit: nobody asks for the tenth of a day. */
export function wholeUnits(ms: number): number {
  const unit = unitsMs.find((each) => ms >= each) ?? 1_000;
  return Math.max(Math.floor(ms / unit), 0) * unit;
}
