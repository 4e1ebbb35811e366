/**
 * What orders and invoices have in common: who, where and when is checked, lines are priced, totals are always calculated
 * here and never taken from the caller. Prices are per unit; a line is rounded once.
 */
import type { Document } from '../../src/base/document.js';
import { divide, exclFromIncl, inclFromExcl, ratesIn, shownRate, thousandths } from './amounts.js';
import { branchOf, deliveryMethods, paymentMethods, turnoverGroupTypeOf } from './masters.js';
import { listIn, numberIn, objectIn, omit, textIn, type LineRow } from './records.js';
import { isGiftCard } from './seed/seed-services.js';
import type { Shop } from './shop.js';

/** 0 or absent means the first branch. */
export const branchIn = (sent: Document, field: string): number => numberIn(sent, field) || 1;

/** The first thing for which a sale would be refused. */
export function saleProblem(shop: Shop, sent: Document): string | undefined {
  const relation = shop.relations.get(textIn(sent, 'relationNumber') ?? '0');
  if (relation === undefined) return `Relation ${textIn(sent, 'relationNumber') ?? '0'} does not exist.`;
  const employee = textIn(sent, 'employeeNumber') ?? '0';
  if (!shop.employees.has(employee)) return `Employee ${employee} does not exist.`;
  for (const field of ['financialBranchNumber', 'entryBranchNumber']) {
    if (branchOf(branchIn(sent, field)) === undefined) return `Branch ${branchIn(sent, field)} does not exist.`;
  }
  const entryBranch = branchIn(sent, 'entryBranchNumber');
  const workplace = numberIn(sent, 'workplaceNumber');
  if (entryBranch !== 1 && workplace === undefined) return `workplaceNumber is missing for branch ${entryBranch}.`;
  if (workplace !== undefined && workplace !== 0 && branchOf(entryBranch)?.workplaces.includes(workplace) !== true) {
    return `Workplace ${workplace} of branch ${entryBranch} does not exist.`;
  }
  const delivery = textIn(sent, 'deliveryMethod') ?? '';
  const delivered = deliveryMethods.find((method) => method['deliveryMethod'] === delivery);
  if (delivery !== '' && delivered === undefined) return `Delivery method ${delivery} does not exist.`;
  if (delivered?.['enabled'] === false) return `Delivery method ${delivery} is not in use.`;
  for (const line of listIn<Document>(sent, 'lineList')) {
    if (!shop.articles.has(textIn(line, 'articleNumber') ?? '0'))
      return `Article ${textIn(line, 'articleNumber') ?? '0'} does not exist.`;
    const data = objectIn(line, 'data');
    const amount = thousandths(textIn(data, 'quantity') ?? '1', numberIn(data, 'decimalPlaces') ?? 0);
    if (amount === undefined) return 'A quantity has more than three decimal places.';
  }
  return undefined;
}

/** The first thing for which payments would be refused. */
export function paymentProblem(payments: readonly Document[]): string | undefined {
  for (const payment of payments) {
    const name = textIn(payment, 'method') ?? '';
    const method = paymentMethods.find((candidate) => candidate['method'] === name);
    if (method === undefined) return `Payment method ${name} does not exist.`;
    if (method['active'] === false) return `Payment method ${name} is not in use.`;
    const isNegative = BigInt(textIn(payment, 'amount') ?? '0') < 0n;
    if (isNegative && method['allowNegativeAmount'] === false)
      return `Payment method ${name} takes no negative amount.`;
  }
  return undefined;
}

/** A payment as it is booked. */
export function bookPayment(shop: Shop, sale: Document, payment: Document): Document {
  const method = paymentMethods.find((candidate) => candidate['method'] === payment['method']);
  return {
    financialDate: shop.today(),
    entryTimestamp: shop.now(),
    branchNumber: branchIn(sale, 'financialBranchNumber'),
    employeeNumber: sale['employeeNumber'] ?? '999999',
    ...payment,
    paymentId: shop.newId('payment'),
    description: method?.['description'] ?? '',
    paymentMethodType: method?.['type'] ?? 'PAYMENT-METHOD-TYPE-PAYMENT',
  };
}

export const sumOf = (payments: readonly Document[]): bigint =>
  payments.reduce((sum, payment) => sum + BigInt(textIn(payment, 'amount') ?? '0'), 0n);

/** Fields that the service fills in from its own records. */
export function derivedHead(shop: Shop, sale: Document): Document {
  const relation = shop.relations.get(textIn(sale, 'relationNumber') ?? '0') ?? {};
  const employee = shop.employees.get(textIn(sale, 'employeeNumber') ?? '0') ?? {};
  const financialBranchNumber = branchIn(sale, 'financialBranchNumber');
  return {
    relationName: textIn(relation, 'name') ?? '',
    employeeName: textIn(employee, 'name') ?? '',
    financialBranchNumber,
    financialExtBranchId: `F${financialBranchNumber}`,
    entryBranchNumber: branchIn(sale, 'entryBranchNumber'),
  };
}

/** Whose VAT a sale has: the country that it names, else the one of its branch. */
export const countryOf = (sale: Document): string =>
  textIn(sale, 'vatCountryIso3') ?? branchOf(branchIn(sale, 'financialBranchNumber'))?.countryIso3 ?? '';

/** How the lines of a sale are priced. */
export interface Pricing {
  readonly vatMethod: string;
  readonly countryIso3: string;
}
export const pricingOf = (sale: Document): Pricing => ({
  vatMethod: textIn(sale, 'vatMethod') ?? 'VAT-METHOD-INCLUSIVE',
  countryIso3: countryOf(sale),
});

/** A line as it is stored. `known`: the line of the same id before, whose deliveries stay. */
export function priceLine(shop: Shop, sent: Document, pricing: Pricing, known: LineRow | undefined): LineRow {
  const { vatMethod, countryIso3 } = pricing;
  const toExcl = (incl: bigint): bigint => exclFromIncl(incl, vatCode, countryIso3);
  const toIncl = (excl: bigint): bigint => inclFromExcl(excl, vatCode, countryIso3);
  const articleNumber = textIn(sent, 'articleNumber') ?? '0';
  const article = shop.articles.get(articleNumber);
  const data = objectIn(sent, 'data');
  const vatCode = numberIn(data, 'vatCode') ?? article?.vatCode ?? 1;
  const isInclusive = vatMethod === 'VAT-METHOD-INCLUSIVE';
  const isTaxed = isInclusive || vatMethod === 'VAT-METHOD-EXCLUSIVE';
  const givenIncl = textIn(data, 'price');
  const givenExcl = textIn(data, 'priceExcl');
  const incl = givenIncl === undefined ? undefined : BigInt(givenIncl);
  const excl = givenExcl === undefined ? undefined : BigInt(givenExcl);
  const unitIncl = incl ?? (excl === undefined ? BigInt(article?.priceIncl ?? '0') : toIncl(excl));
  const unitExcl = isInclusive
    ? toExcl(unitIncl)
    : (excl ?? (incl === undefined ? BigInt(article?.priceExcl ?? '0') : toExcl(incl)));
  const quantity = textIn(data, 'quantity') ?? '1';
  const decimalPlaces = numberIn(data, 'decimalPlaces') ?? 0;
  const times = (unit: bigint): bigint => divide(unit * BigInt(quantity), 10n ** BigInt(decimalPlaces));
  const discount = discountOf(data, isInclusive, { toExcl, toIncl });
  const stated = times(isInclusive ? unitIncl : unitExcl) - (isInclusive ? discount.incl : discount.excl);
  const totalExcl = isInclusive ? toExcl(stated) : stated;
  const totalIncl = isInclusive ? stated : isTaxed ? toIncl(totalExcl) : totalExcl;
  const kept =
    known === undefined
      ? {}
      : pick(known.data, [
          'deliveredQuantity',
          'deliveredDecimalPlaces',
          'cancelledQuantity',
          'cancelledDecimalPlaces',
        ]);
  const turnoverGroup = numberIn(data, 'turnoverGroup') ?? numberIn(article ?? {}, 'turnoverGroup');
  return {
    ...omit(sent, ['salesOrderLineId']),
    lineId: known?.lineId ?? shop.newId('line'),
    articleNumber,
    text: textIn(sent, 'text') ?? article?.description ?? '',
    data: {
      ...data,
      ...kept,
      quantity,
      decimalPlaces,
      vatCode,
      vatPercentage: isTaxed ? shownRate(ratesIn(countryIso3)[vatCode] ?? 0) : 0,
      price: String(isInclusive ? unitIncl : isTaxed ? toIncl(unitExcl) : unitExcl),
      priceExcl: String(unitExcl),
      discountAmount: String(isTaxed ? discount.incl : discount.excl),
      discountAmountExcl: String(discount.excl),
      totalInclAmount: String(totalIncl),
      totalExclAmount: String(totalExcl),
      ...(turnoverGroup === undefined ? {} : { turnoverGroup, turnoverGroupType: turnoverGroupTypeOf(turnoverGroup) }),
      ...(isGiftCard(articleNumber) ? { priceType: 'PRICE-TYPE-GIFT-CARD' } : {}),
    },
  };
}

/**
 * The discount on a whole line, taken off after the quantity is priced. The side of the prices counts; the other one is
 * calculated, or counts when it is the only one that was sent.
 */
function discountOf(
  data: Document,
  isInclusive: boolean,
  { toExcl, toIncl }: { readonly toExcl: (incl: bigint) => bigint; readonly toIncl: (excl: bigint) => bigint },
): { incl: bigint; excl: bigint } {
  const [incl, excl] = [textIn(data, 'discountAmount'), textIn(data, 'discountAmountExcl')];
  const isFromIncl = incl !== undefined && (isInclusive || excl === undefined);
  if (isFromIncl) return { incl: BigInt(incl), excl: toExcl(BigInt(incl)) };
  const given = BigInt(excl ?? '0');
  return { incl: toIncl(given), excl: given };
}

/** A copy with some fields only. */
export function pick(document: Document, fields: readonly string[]): Document {
  return Object.fromEntries(
    fields.flatMap((field) => (document[field] === undefined ? [] : [[field, document[field]]])),
  );
}

export interface Totals {
  readonly totalInclAmount: string;
  readonly totalExclAmount: string;
  readonly vatGroupList: readonly Document[];
}

export function totalsOf(lines: readonly LineRow[]): Totals {
  const groups = new Map<number, { incl: bigint; excl: bigint; rate: number }>();
  for (const { data } of lines) {
    const group = groups.get(data.vatCode) ?? { incl: 0n, excl: 0n, rate: numberIn(data, 'vatPercentage') ?? 0 };
    group.incl += BigInt(data.totalInclAmount);
    group.excl += BigInt(data.totalExclAmount);
    groups.set(data.vatCode, group);
  }
  const all = [...groups].sort(([a], [b]) => a - b);
  return {
    totalInclAmount: String(all.reduce((sum, [, group]) => sum + group.incl, 0n)),
    totalExclAmount: String(all.reduce((sum, [, group]) => sum + group.excl, 0n)),
    vatGroupList: all.map(([vatCode, group]) => ({
      vatCode,
      vatPercentage: String(group.rate),
      exclAmount: String(group.excl),
      vatAmount: String(group.incl - group.excl),
    })),
  };
}
