/** Random new orders as a web shop takes them: guests, companies, weighed goods, mixed VAT, discounts, returns, deposits. */
import { Big } from 'big.js';
import type { Random } from '../engine/random.js';
import { type Row, textOf } from './answers.js';
import { countryOf, rateOf } from './master-data.js';
import { addressOf, newDebtor } from './mutate-debtors.js';
import { changeOrder, placeOrder } from './order-calls.js';
import type { Shop } from './shop.js';

/** Half past two in the night that summer time ends, twice, and the first minute after the hour that spring leaves out. */
const nights = ['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00.000000+01:00', '2026-03-29T03:00:00+02:00'];
const methods = ['IDEAL', 'BANCONTACT', 'CARD', 'PAYPAL', 'TRANSFER'];

/** The id of the order; undefined when there is nothing to sell. */
export function newOrder(shop: Shop, random: Random): string | undefined {
  const goods = goodsOf(shop);
  if (goods.length === 0) return undefined;
  const debtor = buyerOf(shop, random);
  const isCompany = debtor['kind'] === 'company';
  const name = textOf(isCompany ? debtor['companyName'] : [debtor['firstName'], debtor['infix'], debtor['lastName']].filter(Boolean).join(' ')); // prettier-ignore
  const pricesIncludeTax = !isCompany;
  const own = ofCountry(goods, random.pick(goods)['taxCode']);
  const lines = newLines(random, own, random.integer(1, 4), pricesIncludeTax);
  const [first] = (debtor['addresses'] ?? []) as readonly Row[];
  const billingAddress = { ...withoutRole(first ?? addressOf(random)), name };
  const placed = placeOrder(
    shop,
    {
      debtorId: debtor['id'] ?? null,
      status: random.chance(0.7) ? 'new' : 'confirmed',
      ...(random.chance(0.06) ? { placedAt: random.pick(nights) } : {}),
      ...(random.chance(0.4) ? { reference: `Web ${random.integer(10_000, 99_999)}` } : {}),
      currency: 'EUR',
      pricesIncludeTax,
      paymentMethodCode: random.pick([...methods, 'INVOICE']),
      ...(isCompany ? { paymentTermCode: random.pick(['N14', 'N30']) } : {}),
      shippingMethodCode: random.pick(['POSTNL', 'BPOST', 'PICKUP', 'EXPRESS', 'MAILBOX']),
      billingAddress,
      shippingAddress: random.chance(0.3) ? { ...addressOf(random), name } : billingAddress,
      lines,
      ...(random.chance(0.4) ? { shippingCost: { amount: random.pick(['4.95', '6.50', '3.49']), taxCode: taxCodeOf(goods, lines) } } : {}),
      ...(random.chance(0.1) ? { note: 'Graag aanbellen bij de buren.' } : {}),
    },
    undefined,
  ); // prettier-ignore
  const id = textOf(placed['id']);
  const draw = random.next();
  if (draw < 0.6) pay(shop, id, random, draw < 0.45 ? 1 : 3);
  return id;
}

/** Pays a part of what is open: all of it, or one third as a deposit. */
export function pay(shop: Shop, id: string, random: Random, part: 1 | 3): boolean {
  const order = shop.table.orders.get(id);
  if (order === undefined) return false;
  const open = new Big(textOf((order['totals'] as Row)['incl'])).minus(paidOf(order));
  const amount = open.div(part).round(2, Big.roundDown);
  if (amount.lte(0)) return false;
  const payment = { methodCode: random.pick(methods), amount: amount.toFixed(2), paidAt: shop.now(), reference: `tr_${random.integer(100_000, 999_999)}` }; // prettier-ignore
  const payments = [...(order['payments'] as readonly Row[]), payment];
  return book(shop, order, payments);
}

/** Gives back everything that was paid, or a third of it. */
export function refund(shop: Shop, id: string, random: Random): boolean {
  const order = shop.table.orders.get(id);
  const paid = order === undefined ? new Big(0) : paidOf(order);
  if (order === undefined || paid.lte(0)) return false;
  const amount = random.chance(0.6) ? paid : paid.div(3).round(2, Big.roundDown);
  if (amount.lte(0)) return false;
  const payment = { methodCode: random.pick(methods), amount: amount.times(-1).toFixed(2), paidAt: shop.now(), reference: `re_${random.integer(100_000, 999_999)}` }; // prettier-ignore
  return book(shop, order, [...(order['payments'] as readonly Row[]), payment]);
}

function book(shop: Shop, order: Row, payments: readonly Row[]): boolean {
  changeOrder(shop, order, { payments, paymentStatus: paymentStatusOf(order, payments) }, undefined);
  return true;
}

export const paidOf = (order: Row): Big => sumOf(order['payments'] as readonly Row[]);
const sumOf = (payments: readonly Row[]): Big =>
  payments.reduce((total, payment) => total.plus(textOf(payment['amount'])), new Big(0));

/** What the payments say of the present total. */
export function paymentStatusOf(order: Row, payments = order['payments'] as readonly Row[]): string {
  const paid = sumOf(payments);
  const hasRefund = payments.some((payment) => textOf(payment['amount']).startsWith('-'));
  if (paid.lte(0)) return hasRefund ? 'refunded' : 'open';
  return paid.gte(textOf((order['totals'] as Row)['incl'])) || hasRefund ? 'paid' : 'partially_paid';
}

export const goodsOf = (shop: Shop): readonly Row[] =>
  [...shop.table.products.values()].filter((row) => row['type'] !== 'configurable' && row['active'] === true);

/** Goods with the VAT of the country of a tax code: an order has that of one. */
export const ofCountry = (goods: readonly Row[], taxCode: unknown): readonly Row[] =>
  goods.filter((product) => countryOf(product['taxCode']) === countryOf(taxCode));

function buyerOf(shop: Shop, random: Random): Row {
  const standIn = shop.store.table<{ id: string }>('defaults').get('debtor')?.id;
  const known = [...shop.table.debtors.values()].filter((row) => row['blocked'] !== true && row['id'] !== standIn);
  if (known.length === 0 || random.chance(0.45)) return shop.table.debtors.get(newDebtor(shop, random)) ?? {};
  return random.pick(known);
}

/** At most one of the lines is a return, and never the first. */
export function newLines(random: Random, goods: readonly Row[], count: number, pricesIncludeTax: boolean): readonly Row[] {
  return random.sample(goods, count).map((product, index) => {
    const isReturn = index === 1 && random.chance(0.12);
    const isWeighed = !isReturn && random.chance(0.15);
    const quantity = isReturn ? '1' : isWeighed ? random.pick(['0.350', '0.53', '1.25', '0.075']) : String(random.integer(1, 5));
    const listed = new Big(textOf((product['price'] as Row | null)?.['amount'] ?? '9.95'));
    const factor = pricesIncludeTax ? new Big(1) : new Big(rateOf(product['taxCode']) ?? '0').div(100).plus(1);
    const price = random.chance(0.3) ? new Big(random.integer(99, 9_999)).div(100) : listed.div(factor);
    const unitPrice = price.round(2, Big.roundHalfUp);
    const worth = unitPrice.times(quantity);
    const hasDiscount = !isReturn && worth.gt('0.20') && random.chance(0.2);
    const discount = hasDiscount ? worth.times(random.integer(1, 30)).div(100).round(2, Big.roundDown) : new Big(0);
    // The second line is the return, so that the first one is worth more than what goes back.
    const shown = isReturn ? new Big('0.50').times(-1) : unitPrice;
    return {
      sku: product['sku'] ?? null,
      description: random.chance(0.2) ? `${[...textOf(product['name'])].slice(0, 60).join('')} (op maat)` : textOf(product['name']),
      quantity,
      unitPrice: shown.toFixed(2),
      discountAmount: discount.toFixed(2),
    };
  });
} // prettier-ignore

function taxCodeOf(goods: readonly Row[], lines: readonly Row[]): string {
  const product = goods.find((one) => one['sku'] === lines[0]?.['sku']);
  return textOf(product?.['taxCode'] ?? 'NL21');
}

function withoutRole(address: Row): Row {
  const rest: Record<string, Row[string]> = { ...address };
  delete rest['role'];
  return rest;
}
