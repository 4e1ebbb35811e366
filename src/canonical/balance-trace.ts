/** The sentences of a balance: every step of the calculation as a person would write it down. Pure. */
import { inWords, type Explanation, type SplitDifference } from './balance-explain.js';
import type { SentLine } from './balance-lines.js';
import { exactDecimals, fixedOf, magnitude, textOf } from './money.js';
import { exactNet, type CentTotals } from './order-totals.js';
import type { BalanceRule, StatedOrder } from './stated-order.js';

/** Most lines that are told one by one. */
const mostLines = 200;

const cents = (order: StatedOrder, amount: bigint): string => fixedOf(amount, order.basis.exponent);
const exact = (value: bigint): string => textOf(value, exactDecimals);

const basisWords = {
  INCLUSIVE: 'prices incl. VAT',
  EXCLUSIVE: 'prices excl. VAT',
  REVERSE_CHARGED: 'reverse-charged VAT',
  NONE: 'no VAT',
} as const;

export function statement(order: StatedOrder): string {
  const lines = order.lines.length === 1 ? '1 line' : `${order.lines.length} lines`;
  if (order.incl === null) return `The source states no total for its ${lines} with ${basisWords[order.method]}.`;
  const parts = [
    ...(order.excl === null ? [] : [`${cents(order, order.excl)} excl.`]),
    ...(order.tax === null ? [] : [`${cents(order, order.tax)} VAT`]),
    ...[...(order.rates ?? [])].map(
      ([rate, { base, tax }]) => `${cents(order, tax)} over ${cents(order, base)} at ${exact(rate)} %`,
    ),
  ];
  const more = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  return `The source states ${cents(order, order.incl)} ${order.currency} incl. VAT${more} for ${lines} with ${basisWords[order.method]}.`;
}

/** Each line as it was stated. */
export function calculation(order: StatedOrder): string[] {
  return capped(
    order.lines.map((line) => {
      const discount = line.discount === 0n ? '' : ` − ${exact(line.discount)}`;
      const stated = line.total === null ? '' : `, stated as ${cents(order, line.total)}`;
      return `Line ${line.key}: ${exact(line.quantity)} × ${exact(line.price)}${discount} = ${textOf(exactNet(line), 16)} at ${exact(line.rate)} %${stated}.`;
    }),
  );
}

export function computation(rule: BalanceRule, totals: CentTotals, order: StatedOrder): string {
  const gap = order.incl === null ? 0n : totals.incl - order.incl;
  const verdict =
    order.incl === null
      ? 'there is nothing to compare it with'
      : gap === 0n
        ? 'as stated'
        : `${cents(order, magnitude(gap))} ${gap < 0n ? 'less' : 'more'} than stated`;
  const rates = totals.rates.map(
    ({ rate, base, tax }) => `${cents(order, tax)} over ${cents(order, base)} at ${exact(rate)} %`,
  );
  const split = rates.length === 0 ? '' : ` (VAT ${rates.join(', ')})`;
  return `The target ${inWords(rule)} and adds up ${cents(order, totals.incl)} incl. VAT${split}: ${verdict}.`;
}

export function explanation(found: Explanation | null, gap: bigint, bound: bigint, order: StatedOrder): string {
  if (found !== null) return `The difference is one of rounding: the source ${found.how}.`;
  const sizes = `${cents(order, magnitude(gap))} is ${magnitude(gap) > bound ? 'more' : 'not more'} than the ${cents(order, bound)} that rounding may come to`;
  return `No known way of rounding comes from the lines to the stated total; ${sizes}.`;
}

/** What was changed in which line. */
export function moves(before: readonly SentLine[], after: readonly SentLine[], order: StatedOrder): string[] {
  return capped(
    after.flatMap((line, index) => {
      const old = before[index];
      if (old === undefined || (old.price === line.price && old.discount === line.discount)) return [];
      const changes = [
        ...(old.price === line.price ? [] : [`price ${exact(old.price)} becomes ${exact(line.price)}`]),
        ...(old.discount === line.discount ? [] : [`discount ${exact(old.discount)} becomes ${exact(line.discount)}`]),
      ];
      return `Line ${order.lines[index]?.key ?? ''}: ${changes.join(', ')}.`;
    }),
  );
}

/** Each line of an order that goes out with prices incl. VAT. */
export function grossLines(lines: readonly SentLine[], order: StatedOrder): string[] {
  return capped(
    lines.map(
      (line, index) =>
        `Line ${order.lines[index]?.key ?? ''}: ${exact(line.quantity)} × ${exact(line.price)} − ${exact(line.discount)} incl. VAT.`,
    ),
  );
}

export const methodChange = (): string =>
  'The order goes out with prices incl. VAT, because no prices excl. VAT add up to the stated total.';

export const notReached = (order: StatedOrder): string =>
  `No ${order.basis.isGross ? 'prices incl.' : 'prices excl.'} VAT and discounts were found that add up to ${cents(order, order.incl ?? 0n)} in the target.`;

export const roundingLine = (amount: bigint, order: StatedOrder): string =>
  `A rounding line of ${cents(order, amount)} at 0 % VAT makes the totals equal.`;

export function split({ rate, base, tax, bound }: SplitDifference, order: StatedOrder): string {
  const where = rate === null ? 'In all' : `At ${exact(rate)} %`;
  const difference = `the target's base is ${signed(base, order)} and its VAT ${signed(tax, order)} from what was stated`;
  const isWithin = magnitude(base) <= bound && magnitude(tax) <= bound;
  return `${where}, ${difference}, ${isWithin ? 'within' : 'beyond'} the ${cents(order, bound)} that rounding may come to.`;
}

export const contradiction = (apart: bigint, order: StatedOrder): string =>
  `What the source states does not go together: ${cents(order, order.excl ?? 0n)} excl. VAT and ${cents(order, order.tax ?? 0n)} VAT are ${cents(order, magnitude(apart))} ${apart < 0n ? 'more' : 'less'} than ${cents(order, order.incl ?? 0n)} incl. VAT, which no rounding comes to.`;

export const perUnitSplit = (): string =>
  'The source rounds VAT for each unit, so its VAT grows apart with the quantity.';

/** In one sentence, why the order cannot be sent. */
export const verdict = (order: StatedOrder, totals: CentTotals): string =>
  order.incl === null || order.incl === totals.incl
    ? `The target would split ${cents(order, totals.incl)} over the VAT rates in another way than the source states.`
    : `The target would add up ${cents(order, totals.incl)} incl. VAT where the source states ${cents(order, order.incl)}.`;

const signed = (amount: bigint, order: StatedOrder): string => `${amount < 0n ? '' : '+'}${cents(order, amount)}`;

function capped(sentences: readonly string[]): string[] {
  const told = sentences.slice(0, mostLines);
  const left = BigInt(sentences.length) - BigInt(told.length);
  return left === 0n ? told : [...told, `And ${left} lines more.`];
}
