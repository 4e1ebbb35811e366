/**
 * How the stock of a location becomes the one number that a target is told. Pure; decimals are exact.
 *
 * A negative result is given on as it is: sold before booked is legal in a shop, and hiding it behind a zero would make
 * the hub say something that no system said. A target that takes no negative stock refuses the record, which is then
 * parked with that reason; a condition rule in the outbound mapping is the place for "never below zero".
 */
import Big from 'big.js';

export const stockCalculations = [
  'AVAILABLE',
  'ON_HAND',
  'ON_HAND_MINUS_RESERVED_MINUS_SAFETY',
  'AVAILABLE_PLUS_INCOMING',
] as const;
export type StockCalculation = (typeof stockCalculations)[number];

/** The figures of one variant at one location, as decimal text. */
export interface StockFigures {
  readonly onHand: string;
  readonly reserved: string;
  readonly incoming: string;
  readonly safetyStock: string;
}

/**
 * AVAILABLE (the default): on hand minus reservations for sales minus the safety stock, as everywhere in the hub where a
 * level says "available". ON_HAND: what is on the shelf, nothing taken off, for a target that keeps its own reservations.
 * ON_HAND_MINUS_RESERVED_MINUS_SAFETY: the formula of AVAILABLE spelled out, for settings that must not follow a change of
 * that word. AVAILABLE_PLUS_INCOMING: available, with what suppliers still have to deliver added.
 */
export function stockQuantity(calculation: StockCalculation, figures: StockFigures): string {
  if (calculation === 'ON_HAND') return text(new Big(figures.onHand));
  const available = new Big(figures.onHand).minus(figures.reserved).minus(figures.safetyStock);
  return text(calculation === 'AVAILABLE_PLUS_INCOMING' ? available.plus(figures.incoming) : available);
}

/** Without exponent and without "-0". */
const text = (value: Big): string => (value.eq(0) ? '0' : value.toFixed());
