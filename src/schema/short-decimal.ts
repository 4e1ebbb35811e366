/**
 * Exact arithmetic for the numbers that shops have: short enough that whole numbers hold them. In: decimal text. Out: decimal
 * text, or undefined where a number is too long or not plainly written, for the general arithmetic to take over.
 */
interface Scaled {
  readonly units: number;
  readonly scale: number;
}

const short = /^-?\d{1,9}(?:\.\d{1,6})?$/;

function scaled(text: string): Scaled | undefined {
  if (!short.test(text)) return undefined;
  const point = text.indexOf('.');
  const scale = point < 0 ? 0 : text.length - point - 1;
  // The nearest number to what is written, times a power of ten, is within far less than a half of the whole number meant.
  return { units: scale === 0 ? Number(text) : Math.round(Number(text) * 10 ** scale), scale };
}

/** At `scale` digits after the point. */
const raised = ({ units, scale }: Scaled, to: number): number => units * 10 ** (to - scale);

/** quantity × price - discount in cents, half a cent up; the sign of a half goes away from zero. */
export function lineCents(quantity: string, price: string, discount: string): number | undefined {
  const [of, each, less] = [scaled(quantity), scaled(price), scaled(discount)];
  if (of === undefined || each === undefined || less === undefined) return undefined;
  const scale = Math.max(2, of.scale + each.scale, less.scale);
  const units = raised({ units: of.units * each.units, scale: of.scale + each.scale }, scale) - raised(less, scale);
  if (!Number.isSafeInteger(of.units * each.units) || Math.abs(units) > 2 ** 50) return undefined;
  const cent = 10 ** (scale - 2);
  const rest = Math.abs(units) % cent;
  const cents = (Math.abs(units) - rest) / cent + (rest * 2 >= cent ? 1 : 0);
  return units < 0 ? -cents : cents;
}

/** Cents as text with two digits after the point. */
export function centsText(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
