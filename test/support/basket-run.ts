/**
 * Many random baskets through the balance, every result added up again by the oracle. In: how many, from which seed. Out:
 * how each kind of result came about, and every sentence about a result that is not right.
 */
import Big from 'big.js';
import type { Document } from '../../src/base/document.js';
import { allocate, refundOf } from '../../src/canonical/allocation.js';
import { balanceOrder, shippingOf, type Balance, type BalanceRule } from '../../src/canonical/order-balance.js';
import { makeBasket, type Basket } from './baskets.js';
import { officeTotals, tillTotals, type PlainTotals, type SentLine } from './basket-oracle.js';

interface TargetKind {
  readonly rule: BalanceRule;
  readonly addUp: (lines: readonly SentLine[], taxMethod: string, exponent: number) => PlainTotals;
}

const targets: Readonly<Record<'till' | 'office', TargetKind>> = {
  till: {
    rule: { level: 'line', mode: 'halfUp', priceDecimals: 2, quantityDecimals: 3, takesNegativeQuantity: true },
    addUp: tillTotals,
  },
  office: {
    rule: { level: 'rate', mode: 'halfUp', priceDecimals: 2, quantityDecimals: 6, takesNegativeQuantity: false },
    addUp: officeTotals,
  },
};

export interface BasketRun {
  readonly counts: Readonly<Record<string, number>>;
  /** Why honest orders differ, by the last thing that was tried. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
}

export function runBaskets(count: number, firstSeed: number): BasketRun {
  const counts: Record<string, number> = {};
  const reasons: Record<string, number> = {};
  const problems: string[] = [];
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const basket = makeBasket(seed);
    const kind = seed % 2 === 0 ? 'till' : 'office';
    // Half of the flows may help themselves with a rounding line or another basis, half may not.
    const mayHelp = seed % 4 < 2;
    const options = mayHelp ? { allowRoundingLine: seed % 8 < 4, allowTaxMethodChange: seed % 8 >= 4 } : {};
    const target = fitting(targets[kind], basket);
    const balance = balanceOrder(documentOf(basket), target.rule, options);
    const isHonest = basket.off === '0';
    const name = `${isHonest ? 'honest' : 'wrong'}, ${kind}, ${mayHelp ? 'helped' : 'plain'}: ${balance.type}`;
    counts[name] = (counts[name] ?? 0) + 1;
    const found = [...check(basket, balance, target, mayHelp), ...checkDivision(basket)];
    for (const problem of found) if (problems.length < 20) problems.push(`seed ${seed} (${kind}): ${problem}`);
    if (balance.type !== 'differs' || !isHonest) continue;
    const reason = `${basket.order.taxMethod} ${kind}: ${(balance.trace.at(-2) ?? '').replace(/[\d.,]+/g, '#')}`;
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  return { counts, reasons, problems };
}

const documentOf = ({ order }: Basket): Document => order as unknown as Document;

/** Prices in the coins of the currency. */
function fitting(target: TargetKind, { order }: Basket): TargetKind {
  return { ...target, rule: { ...target.rule, priceDecimals: exponentOf(order.currency) } };
}

const exponentOf = (currency: string): number => (currency === 'JPY' ? 0 : currency === 'KWD' ? 3 : 2);

/** Sentences about what is wrong with a result. */
function check(basket: Basket, balance: Balance, { rule, addUp }: TargetKind, mayHelp: boolean): string[] {
  const { order, off } = basket;
  const problems: string[] = [];
  const exponent = exponentOf(order.currency);
  if (balance.trace.length === 0) problems.push('nothing is told');
  if (balance.type === 'differs') {
    if (off === '0' && mayHelp) problems.push('an honest order differs although help is allowed');
    return problems;
  }
  const pieces = order.lines.reduce((sum, { quantity }) => sum + Math.ceil(Math.abs(Number(quantity))), 0);
  if (new Big(off).gt(new Big(pieces + order.lines.length).div(new Big(10).pow(exponent)))) {
    problems.push(`a total that is off by ${off} was made to agree`);
  }
  const isTaxed = order.taxMethod === 'INCLUSIVE' || order.taxMethod === 'EXCLUSIVE';
  const sent = balance.lines.map((line, index): SentLine => {
    const stated = order.lines[index];
    return { ...line, rate: isTaxed ? (stated?.taxRate ?? '') : '0' };
  });
  if (sent.length !== order.lines.length) problems.push('lines are missing');
  for (const line of sent) {
    const decimals = (text: string): number => text.split('.')[1]?.length ?? 0;
    if (new Big(line.discount).lt(0)) problems.push(`the discount ${line.discount} is negative`);
    if (decimals(line.price) > rule.priceDecimals || decimals(line.discount) > rule.priceDecimals)
      problems.push(`${line.price} or ${line.discount} has too many decimals`);
    if (!rule.takesNegativeQuantity && new Big(line.quantity).lt(0)) problems.push('a quantity is negative');
  }
  const shipping = shippingOf(documentOf(basket), balance);
  if (shipping !== null && (shipping.amount.split('.')[1]?.length ?? 0) > exponent)
    problems.push(`shipping costs ${shipping.amount} are no amount`);
  if (balance.type === 'agrees') problems.push(...differencesFromStated(basket, balance));

  const added = addUp(sent, balance.taxMethod, exponent);
  const incl = added.incl.plus(balance.rounding ?? 0);
  if (!incl.eq(order.totalIncl)) problems.push(`stated ${order.totalIncl}, added up ${incl.toFixed()}`);
  if (balance.totals === null || !incl.eq(balance.totals.incl)) problems.push('the totals that are told are others');
  return [...problems, ...splitProblems(basket, added, pieces)];
}

function differencesFromStated({ order }: Basket, balance: Balance): string[] {
  return balance.lines.flatMap((line, index) => {
    const stated = order.lines[index];
    if (stated === undefined) return ['a line is new'];
    const isSame =
      new Big(line.quantity).abs().eq(new Big(stated.quantity).abs()) &&
      new Big(line.price).times(line.quantity).eq(new Big(stated.unitPrice).times(stated.quantity)) &&
      new Big(line.discount).eq(stated.discountAmount ?? '0');
    return isSame ? [] : [`line ${line.key} was changed although it is said to agree`];
  });
}

/** VAT may be off by what rounding comes to: a cent for each line, or for each piece where prices are rounded. */
function splitProblems({ order }: Basket, added: PlainTotals, pieces: number): string[] {
  const bound = new Big(pieces + order.lines.length).div(new Big(10).pow(exponentOf(order.currency)));
  return added.rates.flatMap(({ rate, base, tax }) => {
    const stated = order.taxes?.find((each) => each.rate === rate);
    if (stated === undefined) return [];
    const isOff = base.minus(stated.base).abs().gt(bound) || tax.minus(stated.amount).abs().gt(bound);
    return isOff ? [`VAT at ${rate} % is ${tax.toFixed()}, stated ${stated.amount}`] : [];
  });
}

/** A discount over the lines and refunds in parts lose nothing. */
function checkDivision({ order }: Basket): string[] {
  const problems: string[] = [];
  const sum = (texts: readonly string[]): Big => texts.reduce((all, text) => all.plus(text), new Big(0));
  const weights = order.lines.map((line) => new Big(line.unitPrice).times(line.quantity).round(6).toFixed());
  if (!sum(allocate(order.totalIncl, weights, order.currency)).eq(order.totalIncl)) problems.push('parts lost a cent');
  const [first] = order.lines;
  if (first === undefined) return problems;
  const parts = ['0.3', '0.45', '0.25'].map((share) => new Big(first.quantity).times(share).round(8).toFixed());
  parts.push(new Big(first.quantity).minus(sum(parts)).toFixed());
  let before = new Big(0);
  const refunds = parts.map((part) => {
    const original = { amount: order.totalExcl, quantity: first.quantity };
    const refund = refundOf(original, before.toFixed(), part, order.currency);
    before = before.plus(part);
    return refund;
  });
  if (!sum(refunds).eq(order.totalExcl)) problems.push(`refunds come to ${sum(refunds).toFixed()}`);
  return problems;
}
