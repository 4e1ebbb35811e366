/**
 * Random baskets as shops really sell: mixed VAT rates, prices incl. and excl. VAT, weighed goods, prices of four and five
 * decimals, discounts, deposits, gift cards, shipping costs, returns and whole credit notes. Each states the totals that a
 * system with some rule of rounding would; a few state totals that no rounding explains.
 */
import Big from 'big.js';
import { makeRandom, type Random } from '../../sandbox/engine/random.js';
import { sourceTotals, type Level, type PlainLine } from './basket-oracle.js';

export interface Basket {
  readonly order: {
    readonly taxMethod: string;
    readonly currency: string;
    readonly lines: readonly (PlainLine & { readonly key: string; readonly kind: string; readonly total?: string })[];
    readonly totalIncl: string;
    readonly totalExcl: string;
    readonly totalTax: string;
    readonly taxes?: readonly { readonly rate: string; readonly base: string; readonly amount: string }[];
  };
  readonly level: Level | 'hidden prices';
  /** What the stated total is off by, beyond any rounding; "0" for an honest one. */
  readonly off: string;
}

const levels = ['line', 'line', 'rate', 'rate', 'unit', 'document'] as const;
const modes = [Big.roundHalfUp, Big.roundHalfUp, Big.roundHalfUp, Big.roundHalfEven, Big.roundDown] as const;
const methods = ['INCLUSIVE', 'INCLUSIVE', 'INCLUSIVE', 'EXCLUSIVE', 'EXCLUSIVE', 'REVERSE_CHARGED', 'NONE'] as const;

/** The same basket for the same seed. */
export function makeBasket(seed: number): Basket {
  const random = makeRandom(seed);
  const taxMethod = random.pick(methods);
  const currency = random.pick(['EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'JPY', 'KWD']);
  const exponent = currency === 'JPY' ? 0 : currency === 'KWD' ? 3 : 2;
  const rates = random.sample(['21', '9', '0', '6', '5.5', '20'], random.integer(1, 3));
  const isCreditNote = random.chance(0.05);
  const hasHiddenPrices = random.chance(0.03);
  const lines = Array.from({ length: random.integer(1, 9) }, (_, index) => {
    const line = makeLine(random, random.pick(rates), isCreditNote, exponent);
    return { key: String(index + 1), ...(hasHiddenPrices ? hidden(random, line, exponent) : line) };
  });
  if (random.chance(0.3)) lines.push(shipping(random, rates[0] ?? '21', exponent));

  const level = random.pick(levels);
  const mode = random.pick(modes);
  const totals = sourceTotals(lines, taxMethod, level, mode, exponent);
  const off = random.chance(0.02) ? new Big(random.integer(1_000, 9_000)).div(100).round(exponent).toFixed() : '0';
  return {
    order: {
      taxMethod,
      currency,
      lines: lines.map(({ amount: _, ...line }) => line),
      totalIncl: totals.incl.plus(off).toFixed(),
      totalExcl: totals.excl.toFixed(),
      totalTax: totals.tax.toFixed(),
      ...(random.chance(0.7)
        ? {
            taxes: totals.rates.map(({ rate, base, tax }) => ({ rate, base: base.toFixed(), amount: tax.toFixed() })),
          }
        : {}),
    },
    level: hasHiddenPrices ? 'hidden prices' : level,
    off,
  };
}

type MadeLine = PlainLine & { readonly kind: string; readonly amount?: Big; readonly total?: string };

function makeLine(random: Random, rate: string, isCreditNote: boolean, exponent: number): MadeLine {
  if (random.chance(0.06)) return deposit(random, rate, exponent);
  if (random.chance(0.02)) {
    return { kind: 'GIFT_CARD', quantity: '1', unitPrice: String(random.integer(5, 100)), taxRate: '0' };
  }
  const isReturn = isCreditNote || random.chance(0.06);
  const pieces = random.chance(0.05) ? random.integer(20, 400) : random.integer(1, 5);
  const size = random.chance(0.15) ? new Big(random.integer(20, 4_000)).div(1_000) : new Big(pieces);
  const quantity = isReturn ? size.times(-1) : size;
  const decimals = random.chance(0.1) ? exponent + random.integer(1, 3) : exponent;
  const unitPrice = new Big(random.integer(5, 20_000)).div(new Big(10).pow(decimals));
  const worth = size.times(unitPrice);
  const share = new Big(random.integer(1, 30)).div(100);
  // Some systems state a percentage of the line with all its decimals.
  const discount = random.chance(0.25) ? worth.times(share).round(random.chance(0.9) ? exponent : exponent + 2) : null;
  return {
    kind: random.chance(0.03) ? 'FEE' : 'PRODUCT',
    quantity: quantity.toFixed(),
    unitPrice: unitPrice.toFixed(),
    ...(discount === null ? {} : { discountAmount: (isReturn ? discount.times(-1) : discount).toFixed() }),
    taxRate: rate,
  };
}

function deposit(random: Random, rate: string, exponent: number): MadeLine {
  const unitPrice = new Big(random.pick([10, 15, 25, 390])).div(new Big(10).pow(exponent)).toFixed();
  const quantity = String(random.integer(1, 24) * (random.chance(0.2) ? -1 : 1));
  return { kind: 'DEPOSIT', quantity, unitPrice, taxRate: random.chance(0.5) ? '0' : rate };
}

function shipping(random: Random, rate: string, exponent: number): MadeLine & { readonly key: string } {
  const unitPrice = new Big(random.pick([0, 295, 495, 695])).div(new Big(10).pow(exponent)).toFixed();
  return { key: 'shipping', kind: 'SHIPPING', quantity: '1', unitPrice, taxRate: rate };
}

/** A price that is kept with more decimals than it is shown with; only the total of the line tells. */
function hidden(random: Random, line: MadeLine, exponent: number): MadeLine {
  const exact = new Big(line.unitPrice).plus(new Big(random.integer(-49, 49)).div(new Big(10).pow(exponent + 2)));
  const amount = exact
    .times(line.quantity)
    .minus(line.discountAmount ?? '0')
    .round(exponent);
  return { ...line, amount, total: amount.toFixed() };
}
