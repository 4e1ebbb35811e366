/** Totals of an order: per tax code the sum of its lines, rounded once. In: lines as kept. Out: decimal texts. Pure. */
import { Big } from 'big.js';
import type { Row } from './answers.js';
import { rateOf } from './master-data.js';
import { textOf } from './answers.js';

const cents = (amount: Big): string => amount.toFixed(2, Big.roundHalfUp);

export function totalsOf(order: Row): Row {
  const groups = new Map<string, Big>();
  const add = (taxCode: string, amount: Big): void =>
    void groups.set(taxCode, (groups.get(taxCode) ?? new Big(0)).plus(amount));
  for (const line of order['lines'] as readonly Row[]) {
    const amount = new Big(textOf(line['unitPrice']))
      .times(textOf(line['quantity']))
      .minus(textOf(line['discountAmount']));
    add(textOf(line['taxCode']), amount);
  }
  const shipping = order['shippingCost'] as Row | null;
  if (shipping !== null) add(textOf(shipping['taxCode']), new Big(textOf(shipping['amount'])));

  let [excl, tax] = [new Big(0), new Big(0)];
  const taxes = [...groups].sort().map(([taxCode, amount]) => {
    const rate = rateOf(taxCode) ?? '0';
    const gross = amount.round(2, Big.roundHalfUp);
    const share = order['pricesIncludeTax'] === true
      ? gross.minus(gross.div(new Big(rate).div(100).plus(1)).round(2, Big.roundHalfUp))
      : gross.times(rate).div(100).round(2, Big.roundHalfUp); // prettier-ignore
    const base = order['pricesIncludeTax'] === true ? gross.minus(share) : gross;
    excl = excl.plus(base);
    tax = tax.plus(share);
    return { taxCode, rate, base: cents(base), amount: cents(share) };
  });
  return { excl: cents(excl), tax: cents(tax), incl: cents(excl.plus(tax)), taxes };
}
