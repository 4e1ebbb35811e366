/** Stock rows: set by clients, moved by orders. `available` is always computed. */
import { Big } from 'big.js';
import { refuseWhenWrong, Refusal, type Row, textOf } from './answers.js';
import { checkBody, plainDecimal } from './field-check.js';
import { stockTable } from './fields.js';
import { hasMaster } from './master-data.js';
import type { Shop } from './shop.js';

export const stockKey = (sku: string, warehouseCode: string): string => `${sku}@${warehouseCode}`;

export interface StockMove {
  readonly sku: string;
  readonly warehouseCode: string;
  readonly onHand: Big;
  readonly reserved: Big;
}

/** Up to 100 rows, each with its own outcome, in the order of the request. */
export function setStock(shop: Shop, body: unknown): Row {
  const { values, problems } = checkBody(stockTable, body, true);
  refuseWhenWrong(problems);
  const rows = values['data'] as readonly Row[];
  if (rows.length < 1 || rows.length > 100) {
    refuseWhenWrong([{ pointer: '/data', code: 'count', message: 'must have 1 to 100 rows' }]);
  }
  return { data: rows.map((row) => setRow(shop, row)) };
}

function setRow(shop: Shop, wanted: Row): Row {
  const sku = textOf(wanted['sku']);
  const warehouseCode = textOf(wanted['warehouseCode']);
  const answer = (status: number, rest: Row): Row => ({ sku, warehouseCode, status, ...rest });
  if (shop.productBySku(sku) === undefined) {
    return answer(404, { code: 'unknown_sku', message: `there is no product ${sku}` });
  }
  if (!hasMaster('warehouses', warehouseCode)) {
    return answer(404, { code: 'unknown_warehouse', message: `there is no warehouse ${warehouseCode}` });
  }
  const key = stockKey(sku, warehouseCode);
  const before = shop.table.stock.get(key);
  const version = Number(before?.['version'] ?? 0);
  if (wanted['version'] !== undefined && wanted['version'] !== version) {
    const row: Row = before === undefined ? {} : { row: before };
    return answer(409, { code: 'stale_version', message: `the row has version ${version}`, ...row });
  }
  const onHand = textOf(wanted['onHand']);
  const reserved = textOf(before?.['reserved'] ?? '0');
  const incoming = textOf(before?.['incoming'] ?? '0');
  const row = shop.save('stock', key, stockRow(sku, warehouseCode, onHand, reserved, incoming), 'setStock');
  return answer(200, { row });
}

function stockRow(sku: string, warehouseCode: string, onHand: string, reserved: string, incoming: string): Row {
  const available = plainDecimal(new Big(onHand).minus(reserved));
  return { sku, warehouseCode, onHand, reserved, incoming, available };
}

/** Adds to a row; made when it is missing. Without `op` it is the system's own doing. */
export function moveStock(shop: Shop, move: StockMove): void {
  const key = stockKey(move.sku, move.warehouseCode);
  const before = shop.table.stock.get(key);
  const add = (field: string, by: Big): string => plainDecimal(new Big(textOf(before?.[field] ?? '0')).plus(by));
  const row = stockRow(
    move.sku,
    move.warehouseCode,
    add('onHand', move.onHand),
    add('reserved', move.reserved),
    add('incoming', new Big(0)),
  );
  shop.save('stock', key, row, undefined);
}

/** A person counts and types the number. */
export function countStock(shop: Shop, row: Row, onHand: string): void {
  const [sku, warehouseCode] = [textOf(row['sku']), textOf(row['warehouseCode'])];
  if (!shop.table.stock.has(stockKey(sku, warehouseCode))) throw new Refusal(404, 'no such row');
  shop.save(
    'stock',
    stockKey(sku, warehouseCode),
    stockRow(sku, warehouseCode, onHand, textOf(row['reserved']), textOf(row['incoming'])),
    undefined,
  );
}
