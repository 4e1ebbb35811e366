/** Packing slips: one for each delivery; invoiced later or at once. */
import type { Document } from '../../src/base/document.js';
import { divide, scaled } from './amounts.js';
import type { Behaviour } from './behaviour.js';
import { numberOf } from './order-saving.js';
import { markerQuery, pageOf } from './paging.js';
import {
  listIn,
  numberIn,
  objectIn,
  omit,
  textIn,
  type LineRow,
  type OrderRow,
  type PackingSlipRow,
} from './records.js';
import { saleFilter } from './sale-filter.js';
import { deliveredOf, orderedOf } from './reservations.js';
import { priceLine, pricingOf, totalsOf } from './sale.js';
import type { Shop } from './shop.js';

export function addPackingSlip(
  shop: Shop,
  order: OrderRow,
  parts: readonly { readonly line: LineRow; readonly amount: number }[],
): PackingSlipRow {
  const lineList = parts.map(({ line, amount }) => deliveredLine(shop, order, line, amount));
  const { totalInclAmount, totalExclAmount } = totalsOf(lineList);
  const year = Number(shop.today().slice(0, 4));
  const number = shop.next('packingSlipNumber');
  const shared = ['relationNumber', 'relationName', 'employeeNumber', 'employeeName', 'financialBranchNumber', 'entryBranchNumber', 'reference', 'vatMethod', 'deliveryAddress', 'invoiceAddress', 'extOrderId']; // prettier-ignore
  const slip: PackingSlipRow = {
    ...Object.fromEntries(shared.flatMap((field) => (order[field] === undefined ? [] : [[field, order[field]]]))),
    packingSlipId: shop.newId('packingSlip'),
    packingSlipNumber: { year, number },
    orderId: order.orderId,
    orderNumber: numberOf(order),
    transactionString: `P${year}-${number}`,
    syncMarker: shop.next('packingSlip'),
    relationNumber: order.relationNumber,
    entryTimestamp: shop.now(),
    financialDate: shop.today(),
    totalInclAmount,
    totalExclAmount,
    changeCounter: 1,
    state: 'PACKING-SLIP-STATE-OPEN',
    packingSlipType: 'PACKING-SLIP-TYPE-PACKING-SLIP',
    lineList,
  };
  shop.packingSlips.put(slip.packingSlipId, slip);
  return slip;
}

/** The part of a line that is delivered, as a line of its own. */
function deliveredLine(shop: Shop, order: OrderRow, line: LineRow, amount: number): LineRow {
  const { value, places } = scaled(amount);
  const data = omit(line.data, [
    'deliveredQuantity',
    'deliveredDecimalPlaces',
    'cancelledQuantity',
    'cancelledDecimalPlaces',
  ]);
  const discounts = Object.fromEntries(
    ['discountAmount', 'discountAmountExcl'].map((field) => [field, discountShare(line, field, amount)]),
  );
  const part = { ...omit(line, ['lineId']), data: { ...data, ...discounts, quantity: value, decimalPlaces: places } };
  return { ...priceLine(shop, part, pricingOf(order), undefined), salesOrderLineId: line.lineId } as LineRow;
}

/** The discount's part of a delivery; the parts of all deliveries add up to the whole. `line` is as before the delivery. */
function discountShare(line: LineRow, field: string, amount: number): string {
  const whole = BigInt(textIn(line.data, field) ?? '0');
  const [ordered, before] = [orderedOf(line), deliveredOf(line)];
  if (whole === 0n || ordered === 0) return '0';
  const upTo = (quantity: number): bigint =>
    divide(whole * BigInt(quantity) * BigInt(Math.sign(ordered)), BigInt(Math.abs(ordered)));
  return String(upTo(before + amount) - upTo(before));
}

export function markInvoiced(shop: Shop, slip: PackingSlipRow, invoiceId: string): void {
  const changeCounter = (numberIn(slip, 'changeCounter') ?? 0) + 1;
  shop.packingSlips.put(slip.packingSlipId, {
    ...slip,
    invoiceId,
    changeCounter,
    state: 'PACKING-SLIP-STATE-INVOICED',
    syncMarker: shop.next('packingSlip'),
  });
}

export const getPackingSlips: Behaviour = (shop, body) => {
  const request = objectIn(body, 'request');
  const ids = listIn<string>(request, 'packingSlipIds');
  const matches = saleFilter(shop, request);
  const wanted = (slip: PackingSlipRow): boolean =>
    (ids.length === 0 || ids.includes(slip.packingSlipId)) && matches(slip);
  const page = pageOf(shop, shop.packingSlips, shop.byMarker.packingSlips, markerQuery(request), wanted);
  return {
    packingSlipList: request['includeLineList'] === false ? page.map((slip) => omit(slip, ['lineList'])) : page,
  };
};

export const getPackingSlipsByOrder: Behaviour = (shop, body) => {
  const orderId = textIn(objectIn(body, 'request'), 'orderId') ?? '';
  const slips: Document[] = [...shop.packingSlips.values()].filter((slip) => slip.orderId === orderId);
  return { packingSlipList: slips };
};
