/**
 * Many random baskets through the balance, every result added up again by the oracle. In: how many, from which seed. Out:
 * how each kind of result came about, and every sentence about a result that is not right.
 */
import Big from 'big.js';
import type { Document } from '../../src/base/document.js';
import { balanceOrder, shippingOf, type Balance, type BalanceRule } from '../../src/canonical/order-balance.js';
import { mpluskassa } from '../../src/systems/mpluskassa/index.js';
import { softmaat } from '../../src/systems/softmaat/index.js';
import { makeBasket, type Basket } from './baskets.js';
import { officeTotals, tillTotals, type PlainTotals, type SentLine } from './basket-oracle.js';

interface TargetKind {
  readonly rule: BalanceRule;
  readonly addUp: (lines: readonly SentLine[], taxMethod: string, exponent: number) => PlainTotals;
}

/** The rules are those of the connectors; how a system adds up that has such a rule is written down in the oracle. */
const targets: Readonly<Record<'till' | 'office', TargetKind>> = {
  till: { rule: ruleOf(mpluskassa), addUp: tillTotals },
  office: { rule: ruleOf(softmaat), addUp: officeTotals },
};

function ruleOf({ orderTotals }: typeof mpluskassa): BalanceRule {
  if (orderTotals === undefined) throw new Error('the connector has no rule for totals');
  return orderTotals;
}

/** Of honest orders that may not help themselves, the share that may end as a problem: totals that no prices come to. */
export const mostHonestDifferences = 0.005;

export interface BasketRun {
  readonly counts: Readonly<Record<string, number>>;
  /** Why honest orders differ, by the last thing that was tried. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Honest orders without help: how many there were, and how many of them differ. */
  readonly honest: { readonly all: number; readonly differing: number };
  readonly problems: readonly string[];
}

export function runBaskets(count: number, firstSeed: number): BasketRun {
  const counts: Record<string, number> = {};
  const reasons: Record<string, number> = {};
  const honest = { all: 0, differing: 0 };
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
    const found = check(basket, balance, target, mayHelp);
    for (const problem of found) if (problems.length < 20) problems.push(`seed ${seed} (${kind}): ${problem}`);
    if (isHonest && !mayHelp) {
      honest.all += 1;
      if (balance.type === 'differs') honest.differing += 1;
    }
    if (balance.type !== 'differs' || !isHonest) continue;
    const reason = `${basket.order.taxMethod} ${kind}: ${(balance.trace.at(-2) ?? '').replace(/[\d.,]+/g, '#')}`;
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  return { counts, reasons, honest, problems };
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
  if (new Big(off).gt(roundingOf(basket).plus(1).div(new Big(10).pow(exponent)))) {
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
  return [...problems, ...splitProblems(basket, added)];
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

/**
 * How many cents rounding comes to, of all lines or those of a rate: one for each line; one for each piece only where the
 * source rounds (or shows) prices before it multiplies them.
 */
function roundingOf({ order, level }: Basket, rate?: string): Big {
  const isPerPiece = level === 'unit' || level === 'hidden prices';
  const lines = order.lines.filter((line) => rate === undefined || line.taxRate === rate);
  const pieces = ({ quantity }: { readonly quantity: string }): Big => new Big(quantity).abs().round(0, Big.roundUp);
  return lines.reduce((sum, line) => sum.plus(isPerPiece ? pieces(line) : 1), new Big(0));
}

/** VAT of a rate may be off by what rounding comes to, and by a cent for the sum itself. */
function splitProblems(basket: Basket, added: PlainTotals): string[] {
  const { order } = basket;
  const cent = new Big(1).div(new Big(10).pow(exponentOf(order.currency)));
  return added.rates.flatMap(({ rate, base, tax }) => {
    const stated = order.taxes?.find((each) => each.rate === rate);
    if (stated === undefined) return [];
    const isUntaxed = order.taxMethod === 'REVERSE_CHARGED' || order.taxMethod === 'NONE';
    const bound = roundingOf(basket, isUntaxed ? undefined : rate)
      .plus(1)
      .times(cent);
    const isOff = base.minus(stated.base).abs().gt(bound) || tax.minus(stated.amount).abs().gt(bound);
    return isOff ? [`VAT at ${rate} % is ${tax.toFixed()}, stated ${stated.amount}, by ${basket.level}`] : [];
  });
}
