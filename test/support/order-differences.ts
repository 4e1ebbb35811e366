/** Where two orders, or two customers, that should say the same do not. Pure. In: facts of two systems. Out: sentences, each with the axis on which it lies. */
import type { Axis } from './order-refusals.js';
import type { SeenCustomer, SeenOrder } from './order-sides.js';

export interface Difference {
  readonly axis: Axis;
  readonly text: string;
}

export function orderDifferences(original: SeenOrder, copy: SeenOrder): Difference[] {
  const differences: Difference[] = [];
  const same = (axis: Axis, what: string, a: unknown, b: unknown): void => {
    if (JSON.stringify(a) === JSON.stringify(b)) return;
    const text = `${what} is ${JSON.stringify(b)} in ${copy.side}, ${JSON.stringify(a)} in ${original.side}`;
    differences.push({ axis, text });
  };
  same('lines', 'total incl. VAT', original.incl, copy.incl);
  same('lines', 'goods', listed(original.goods), listed(copy.goods));
  // An order of the shop is booked at the branch that the settings name.
  if (original.side === 'mpluskassa') same('lines', 'warehouses', original.warehouses, copy.warehouses);
  same('lines', 'shipping', original.hasShipping, copy.hasShipping);
  if (original.placedAt !== null && copy.placedAt !== null)
    same('moment', 'placed at', second(original.placedAt), second(copy.placedAt));
  differences.push(...taxDifferences(original, copy), ...stateDifferences(original, copy));
  return differences;
}

/** The till knows no fractions of a second. */
const second = (instant: string): string => new Date(instant).toISOString().slice(0, 19);

/**
 * Systems round VAT at different places: each line that one of them rounds may move a rate by half a cent, the sum that the
 * other one rounds by half a cent more, and a cent that was moved to make the totals agree brings its own VAT, half a cent at most.
 */
function taxDifferences(original: SeenOrder, copy: SeenOrder): Difference[] {
  const bound = Math.floor((Math.max(original.lineCount, copy.lineCount) + 1 + 1) / 2);
  const rates = new Set([...original.taxes.keys(), ...copy.taxes.keys()]);
  return [...rates].flatMap((rate): Difference[] => {
    const [a, b] = [original.taxes.get(rate) ?? 0, copy.taxes.get(rate) ?? 0];
    if (Math.abs(a - b) <= bound) return [];
    return [{ axis: 'lines', text: `VAT at ${rate} % is ${b} cents in ${copy.side}, ${a} in ${original.side}` }];
  });
}

/** State of the document, of payment and of delivery. What was cancelled has no delivery to agree on. */
function stateDifferences(original: SeenOrder, copy: SeenOrder): Difference[] {
  const differences: Difference[] = [];
  const differ = (axis: Axis, what: string, a: unknown, b: unknown): void => {
    if (a === b) return;
    differences.push({ axis, text: `${what} is ${String(b)} in ${copy.side}, ${String(a)} in ${original.side}` });
  };
  const isPartlyCancelled =
    original.isCancelled !== copy.isCancelled && [original, copy].every(({ delivered }) => delivered !== 'none');
  if (!isPartlyCancelled) differ('cancelled', 'cancelled', original.isCancelled, copy.isCancelled);
  const isCancelled = original.isCancelled || copy.isCancelled;
  if (!isCancelled) differ('delivered', 'delivered', original.delivered, copy.delivered);
  const [till, shop] = original.side === 'mpluskassa' ? [original, copy] : [copy, original];
  // The shop calls an order completed by hand; the till does so when everything is delivered and invoiced.
  if (till.isCompleted && !shop.isCompleted && !isCancelled)
    differences.push({ axis: 'completed', text: 'completed in mpluskassa, but not in softmaat' });
  // The same money is all of one total and some of another one.
  const isOfTotals = original.paidSum === copy.paidSum && original.incl !== copy.incl;
  if (original.incl > 0) differ(isOfTotals ? 'lines' : 'payments', 'paid', original.paid, copy.paid);
  differ('payments', 'payments in cents', original.paidSum, copy.paidSum);
  return differences;
}

const listed = (goods: ReadonlyMap<string, number>): string[] =>
  [...goods].map(([sku, amount]) => `${amount / 1000} × ${sku}`).sort();

/** `isShared`: the record stands for several customers, so only what they were recognised by has to agree. */
export function customerDifferences(original: SeenCustomer, copy: SeenCustomer, isShared: boolean): string[] {
  const fields = [
    'email',
    ...(isShared ? [] : (['name', 'company', 'street', 'zipcode', 'city', 'country'] as const)),
  ] as const;
  return fields.flatMap((field) => {
    const form = field === 'street' ? unordered : plain;
    const [a, b] = [form(original[field]), form(copy[field])];
    return a === b ? [] : [`${field} is ${JSON.stringify(copy[field])}, should be ${JSON.stringify(original[field])}`];
  });
}

/** Without case, spaces and punctuation: systems keep names and addresses in other parts. */
const plain = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@]/gu, '');

/** The French write the number before the street, and a till keeps what it was given. */
const unordered = (text: string): string =>
  (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/\p{L}+|\p{N}+/gu) ?? []
  )
    .sort()
    .join(' ');
