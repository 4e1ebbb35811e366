/**
 * Amounts of an order as the graph shows them. What a system stated stays as it is; what follows from it is computed here,
 * exactly, VAT per rate, rounded half up to cents. In: a stored order. Out: both sides of every amount, or null where the
 * VAT rate is not known, because then one side would be invented.
 */
import { Big } from 'big.js';
import { moneyText, sidesOf, statedMoney, taxedMoney, type Money, type TaxedMoney } from './money.js';
import type { SalesOrder } from './order.js';
import { centsText, lineCents } from './short-decimal.js';
import type { StoredLine, StoredTax, TaxLine } from './order-parts.js';

const roundHalfUp = 1;
const zero = new Big(0);

export type OrderAmounts = Pick<
  SalesOrder,
  | 'currency'
  | 'taxMethod'
  | 'taxCountry'
  | 'lines'
  | 'taxes'
  | 'totalExcl'
  | 'totalTax'
  | 'totalIncl'
  | 'paidAmount'
  | 'payments'
  | 'paymentStatus'
>;

/** An amount in the basis of the order, with the rate that applies to it. */
interface Part {
  readonly amount: Big;
  readonly rate: string | undefined;
}

const hasTax = (order: OrderAmounts): boolean => order.taxMethod === 'INCLUSIVE' || order.taxMethod === 'EXCLUSIVE';
const isGross = (order: OrderAmounts): boolean => order.taxMethod === 'INCLUSIVE';
const money = (amount: Big, order: OrderAmounts): Money => ({ amount: moneyText(amount), currency: order.currency });
const sumOf = (amounts: readonly Big[]): Big => amounts.reduce((sum, amount) => sum.plus(amount), zero);

/** What a line comes to in the basis of the order: as it was stated, else quantity × price - discount. */
function lineAmount(line: StoredLine): Big {
  if (line.total !== undefined) return new Big(line.total);
  return new Big(line.quantity)
    .times(line.unitPrice)
    .minus(line.discountAmount ?? '0')
    .round(2, roundHalfUp);
}

const partOf = (line: StoredLine): Part => ({ amount: lineAmount(line), rate: line.taxRate });

const taxed = (net: Big, gross: Big, order: OrderAmounts): TaxedMoney =>
  isGross(order)
    ? statedMoney(gross, order.currency, 'GROSS', () => ({ net, gross }))
    : statedMoney(net, order.currency, 'NET', () => ({ net, gross }));

/** Both sides of a sum: VAT is computed once per rate. Null when the rate of an amount is not known. */
function taxedSum(parts: readonly Part[], order: OrderAmounts): TaxedMoney | null {
  if (hasTax(order) && parts.some(({ amount, rate }) => rate === undefined && !amount.eq(0))) return null;
  const sum = sumOf(parts.map(({ amount }) => amount));
  return statedMoney(sum, order.currency, isGross(order) ? 'GROSS' : 'NET', () => sidesOfSum(parts, order));
}

function sidesOfSum(parts: readonly Part[], order: OrderAmounts): { readonly net: Big; readonly gross: Big } {
  const rates = perRate(parts, order) ?? [];
  const net = sumOf(rates.map((one) => one.net));
  return { net, gross: net.plus(sumOf(rates.map(({ tax }) => tax))) };
}

interface RateSum {
  readonly rate: string;
  readonly net: Big;
  readonly tax: Big;
}

function perRate(parts: readonly Part[], order: OrderAmounts): RateSum[] | null {
  const sums = new Map<string, Big>();
  for (const { amount, rate } of parts) {
    if (rate === undefined && hasTax(order)) {
      if (amount.eq(0)) continue;
      return null;
    }
    const key = hasTax(order) ? new Big(rate!).toFixed() : '0';
    sums.set(key, (sums.get(key) ?? zero).plus(amount));
  }
  return [...sums].map(([rate, amount]) => {
    const { net, gross } = sidesOf(amount, rate, isGross(order));
    return { rate, net, tax: gross.minus(net) };
  });
}

/** Price of a unit; the other side has as many decimals as the stated one, because a cent is much for a screw. */
export function unitPriceOf(line: StoredLine, order: OrderAmounts): TaxedMoney | null {
  if (!hasTax(order)) return taxed(new Big(line.unitPrice), new Big(line.unitPrice), order);
  if (line.taxRate === undefined) {
    return new Big(line.unitPrice).eq(0) ? taxed(zero, zero, order) : null;
  }
  const decimals = Math.max(2, (new Big(line.unitPrice).toFixed().split('.')[1] ?? '').length);
  return taxedMoney(line.unitPrice, order.currency, line.taxRate, isGross(order), decimals);
}

export function lineTotalOf(line: StoredLine, order: OrderAmounts): TaxedMoney | null {
  const quick = line.taxRate === undefined && hasTax(order) ? undefined : plainAmountOf(line);
  if (quick === undefined) return taxedSum([partOf(line)], order);
  return statedMoney(quick, order.currency, isGross(order) ? 'GROSS' : 'NET', () => sidesOfSum([partOf(line)], order));
}

/** What a line comes to as text, where that needs no long arithmetic. */
function plainAmountOf(line: StoredLine): string | undefined {
  if (line.total !== undefined) return line.total;
  const cents = lineCents(line.quantity, line.unitPrice, line.discountAmount ?? '0');
  return cents === undefined ? undefined : centsText(cents);
}

export const discountOf = (line: StoredLine, order: OrderAmounts): TaxedMoney | null =>
  taxedSum([{ amount: new Big(line.discountAmount ?? '0'), rate: line.taxRate }], order);

export const hasDiscount = (line: StoredLine): boolean =>
  line.discountAmount !== undefined && !new Big(line.discountAmount).eq(0);

const isRounding = (line: StoredLine): boolean => line.kind === 'ROUNDING';
const isShipping = (line: StoredLine): boolean => line.kind === 'SHIPPING';

/** The goods: neither shipping costs nor rounding. */
export const subtotalOf = (order: OrderAmounts): TaxedMoney | null =>
  taxedSum(order.lines.filter((line) => !isShipping(line) && !isRounding(line)).map(partOf), order);

export function shippingPriceOf(order: OrderAmounts): TaxedMoney | null {
  const lines = order.lines.filter(isShipping);
  return lines.length === 0 ? null : taxedSum(lines.map(partOf), order);
}

const statedTax = (taxes: readonly StoredTax[]): Big | null =>
  taxes.length === 0 ? null : sumOf(taxes.map(({ amount }) => new Big(amount)));

/** The total as it was stated; a side that was not stated follows from the others, then from the lines. */
export function totalOf(order: OrderAmounts): TaxedMoney | null {
  const { totalExcl, totalIncl } = order;
  if (totalExcl !== null && totalIncl !== null) {
    const sides = () => ({ net: new Big(totalExcl), gross: new Big(totalIncl) });
    return isGross(order)
      ? statedMoney(totalIncl, order.currency, 'GROSS', sides)
      : statedMoney(totalExcl, order.currency, 'NET', sides);
  }
  const [net, tax, gross] = [order.totalExcl, order.totalTax, order.totalIncl].map((amount) =>
    amount === null ? null : new Big(amount),
  ) as [Big | null, Big | null, Big | null];
  const fromLines = taxedSum(order.lines.map(partOf), order);
  if (net === null && gross === null) return fromLines;
  const known = tax ?? statedTax(order.taxes) ?? (fromLines === null ? null : new Big(fromLines.tax.amount));
  if (known === null) return null;
  return net === null ? taxed(gross!.minus(known), gross!, order) : taxed(net, net.plus(known), order);
}

/** The stated total minus the sum of the lines and their VAT; zero when no total was stated. Null when that sum is not known. */
export function roundingDifferenceOf(order: OrderAmounts): Money | null {
  if (order.totalExcl === null && order.totalIncl === null) return money(zero, order);
  const total = totalOf(order);
  if (total === null) return null;
  const lines = sumOf(order.lines.map(lineAmount));
  if (isGross(order)) return money(new Big(total.gross.amount).minus(lines), order);
  const tax = statedTax(order.taxes) ?? new Big(total.tax.amount);
  return money(new Big(total.gross.amount).minus(lines).minus(tax), order);
}

const paidAmount = (order: OrderAmounts): Big =>
  order.paidAmount === null ? sumOf(order.payments.map(({ amount }) => new Big(amount))) : new Big(order.paidAmount);

export const paidOf = (order: OrderAmounts): Money => money(paidAmount(order), order);

/** Nothing of what is paid: where cash was rounded to the coins that there are, a cent or two are not missing. */
export function outstandingOf(order: OrderAmounts): Money | null {
  if (order.paymentStatus === 'PAID') return money(zero, order);
  const total = totalOf(order);
  return total === null ? null : money(new Big(total.gross.amount).minus(paidAmount(order)), order);
}

/** What a line or a sum says of its VAT beside the amounts. */
type Said = Pick<StoredTax, 'taxClass' | 'taxCategory'>;

function taxLine(sum: RateSum, order: OrderAmounts, isStated: boolean, said: Said): TaxLine {
  const { taxClass, taxCategory = new Big(sum.rate).gt(0) ? 'STANDARD' : null } = said;
  return {
    taxClass: taxClass === undefined ? null : { code: taxClass, ratePercent: sum.rate },
    category: order.taxMethod === 'REVERSE_CHARGED' ? 'REVERSE_CHARGE' : taxCategory,
    country: order.taxCountry,
    ratePercent: sum.rate,
    taxable: money(sum.net, order),
    tax: money(sum.tax, order),
    isStated,
  };
}

/** VAT per rate as it was stated, else computed from the lines; empty when a rate is not known. */
export function taxesOf(order: OrderAmounts): TaxLine[] {
  if (order.taxes.length > 0) {
    return order.taxes.map(({ rate, base, amount, ...said }) =>
      taxLine({ rate: new Big(rate).toFixed(), net: new Big(base), tax: new Big(amount) }, order, true, said),
    );
  }
  return (perRate(order.lines.map(partOf), order) ?? []).map((sum) => taxLine(sum, order, false, {}));
}

export function lineTaxesOf(line: StoredLine, order: OrderAmounts): TaxLine[] {
  return (perRate([partOf(line)], order) ?? []).map((sum) => taxLine(sum, order, false, line));
}
