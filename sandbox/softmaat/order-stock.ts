/**
 * What orders do to stock. Placing reserves; what is shipped leaves the shelf, line by line or with the whole order;
 * cancelling releases what was not shipped. An order that was placed silently reserves nothing, and moves nothing when it
 * is placed: it comes from a time before.
 */
import { Big } from 'big.js';
import { type Row, textOf } from './answers.js';
import type { Shop } from './shop.js';
import { moveStock } from './stock-calls.js';

const isShipped = (order: Row): boolean => order['status'] === 'shipped' || order['status'] === 'completed';

/** Of a whole shipment everything is shipped; nobody has to count it. */
export function withShipped(order: Row): Row {
  if (!isShipped(order)) return order;
  const lines = (order['lines'] as readonly Row[]).map((line) => ({
    ...line,
    shippedQuantity: line['quantity'] ?? '0',
  }));
  return { ...order, lines };
}

interface Move {
  readonly sku: string;
  readonly warehouseCode: string;
  readonly onHand: Big;
  readonly reserved: Big;
}

export function moveFor(shop: Shop, after: Row, before: Row | undefined, isSilent: boolean): void {
  if (isSilent && before === undefined) return;
  const moves = new Map<string, Move>();
  const count = (order: Row | undefined, sign: 1 | -1): void => {
    for (const line of (order?.['lines'] ?? []) as readonly Row[]) {
      const sku = textOf(line['sku']);
      if (shop.productBySku(sku)?.['manageStock'] !== true) continue;
      const warehouseCode = textOf(line['warehouseCode'] ?? 'MAIN');
      const key = `${sku}@${warehouseCode}`;
      const known = moves.get(key) ?? { sku, warehouseCode, onHand: new Big(0), reserved: new Big(0) };
      const shipped = new Big(textOf(line['shippedQuantity'] ?? '0'));
      const isOpen = !isSilent && order?.['status'] !== 'cancelled';
      const open = isOpen ? new Big(textOf(line['quantity'])).minus(shipped) : new Big(0);
      const onHand = known.onHand.minus(shipped.times(sign));
      moves.set(key, { sku, warehouseCode, onHand, reserved: known.reserved.plus(open.times(sign)) });
    }
  };
  count(after, 1);
  count(before, -1);
  for (const move of moves.values()) if (!move.onHand.eq(0) || !move.reserved.eq(0)) moveStock(shop, move);
}
