/**
 * What open orders hold back: per branch and article the quantities that are neither delivered nor cancelled. Saving an
 * order moves stock by the difference between before and after, so nothing is ever reserved twice or forgotten.
 */
import type { Document } from '../../src/base/document.js';
import { thousandths } from './amounts.js';
import { numberIn, textIn, type LineRow, type OrderRow } from './records.js';
import type { Shop } from './shop.js';
import { changeStock, stockKey } from './stock.js';

const amountIn = (line: LineRow, quantity: string, places: string): number =>
  thousandths(textIn(line.data, quantity) ?? '0', numberIn(line.data, places) ?? 0) ?? 0;

export const orderedOf = (line: LineRow): number => amountIn(line, 'quantity', 'decimalPlaces');
export const deliveredOf = (line: LineRow): number => amountIn(line, 'deliveredQuantity', 'deliveredDecimalPlaces');
export const cancelledOf = (line: LineRow): number => amountIn(line, 'cancelledQuantity', 'cancelledDecimalPlaces');
/** What is still to be delivered; negative for goods that come back. */
export const openOf = (line: LineRow): number => orderedOf(line) - deliveredOf(line) - cancelledOf(line);

function held(order: OrderRow | undefined): Map<string, number> {
  const amounts = new Map<string, number>();
  if (order === undefined || order.cancelState === 'ORDER-CANCEL-STATE-COMPLETE') return amounts;
  for (const line of order.lineList) {
    const key = stockKey(order.financialBranchNumber, line.articleNumber);
    amounts.set(key, (amounts.get(key) ?? 0) + Math.max(0, openOf(line)));
  }
  return amounts;
}

/** `shipped`: what leaves the shelf by this change, by stock key, in thousandths. */
export function moveReservations(
  shop: Shop,
  before: OrderRow | undefined,
  after: OrderRow,
  cause: Document,
  shipped: ReadonlyMap<string, number> = new Map(),
): void {
  const old = held(before);
  const present = held(after);
  for (const key of new Set([...old.keys(), ...present.keys(), ...shipped.keys()])) {
    const [branch = '', articleNumber = ''] = key.split(':');
    changeStock(shop, {
      branchNumber: Number(branch),
      articleNumber,
      reserved: (present.get(key) ?? 0) - (old.get(key) ?? 0),
      onHand: -(shipped.get(key) ?? 0),
      type: 'SALES',
      cause,
    });
  }
}
