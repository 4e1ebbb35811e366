/**
 * Making invoices: from orders and their packing slips (final at once), or as sent by a caller (editable until paid). An
 * invoice without an order moves stock itself.
 */
import type { Document } from '../../src/base/document.js';
import type { Call } from './behaviour.js';
import { numberOf, putOrder } from './order-saving.js';
import { isSettled } from './cash.js';
import { markInvoiced } from './packing-slips.js';
import { numberIn, textIn, type InvoiceRow, type LineRow, type OrderRow, type PackingSlipRow } from './records.js';
import { orderedOf } from './reservations.js';
import { derivedHead, pick, sumOf, totalsOf } from './sale.js';
import type { Shop } from './shop.js';
import { changeStock } from './stock.js';

/** Fields of a new invoice that do not depend on where it comes from. */
export function newInvoice(
  shop: Shop,
  sale: Document,
  lineList: readonly LineRow[],
  payments: readonly Document[],
): InvoiceRow {
  const relation = shop.relations.get(textIn(sale, 'relationNumber') ?? '0') ?? {};
  const financialDate = textIn(sale, 'financialDate') ?? shop.today();
  const year = Number(financialDate.slice(0, 4));
  const number = shop.next('invoiceNumber');
  const totals = totalsOf(lineList);
  const paid = sumOf(payments);
  return {
    ...derivedHead(shop, sale),
    invoiceId: shop.newId('invoice'),
    transactionString: `F${year}-${number}`,
    syncMarker: shop.next('invoice'),
    invoiceNumber: { year, number },
    invoiceType: 'INVOICE-TYPE-INVOICE',
    employeeNumber: textIn(sale, 'employeeNumber') ?? '0',
    entryTimestamp: shop.now(),
    relationNumber: textIn(sale, 'relationNumber') ?? '0',
    financialDate,
    financialBranchNumber: numberIn(sale, 'financialBranchNumber') || 1,
    reference: textIn(sale, 'reference') ?? '',
    dueDate: addDays(financialDate, numberIn(relation, 'paymentWithinDays') ?? 14),
    ...totals,
    vatMethod: textIn(sale, 'vatMethod') ?? 'VAT-METHOD-INCLUSIVE',
    changeCounter: 1,
    versionNumber: 1,
    paidAmount: String(paid),
    state: invoiceState(totals.totalInclAmount, payments),
    finalized: false,
    lineList,
    paymentList: payments,
  };
}

export function invoiceState(totalIncl: string, payments: readonly Document[]): string {
  const [total, paid] = [BigInt(totalIncl), sumOf(payments)];
  if (total < 0n) return paid === total ? 'INVOICE-STATE-HANDLED' : 'INVOICE-STATE-OUTSTANDING-CREDIT';
  if (isSettled(totalIncl, payments)) return 'INVOICE-STATE-PAID';
  return paid > 0n ? 'INVOICE-STATE-PARTLY-PAID' : 'INVOICE-STATE-OUTSTANDING';
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Invoices packing slips of one order. What was prepaid counts for the first invoice. */
export function invoiceOrder(shop: Shop, order: OrderRow, slipIds: readonly string[], call: Call): InvoiceRow {
  const slips = slipIds
    .map((id) => shop.packingSlips.get(id))
    .filter((slip): slip is PackingSlipRow => slip?.state === 'PACKING-SLIP-STATE-OPEN');
  const payments = order.invoiceIds.length === 0 ? order.paymentList : [];
  const sale = { ...order, financialDate: shop.today() };
  const invoice = putFromSlips(shop, sale, slips, payments, call);
  const invoiced = putOrder(shop, { ...order, invoiceIds: [...order.invoiceIds, invoice.invoiceId] }, true);
  refreshCompletion(shop, invoiced);
  return invoice;
}

export function putFromSlips(
  shop: Shop,
  sale: Document,
  slips: readonly PackingSlipRow[],
  payments: readonly Document[],
  call: Call,
): InvoiceRow {
  const orders = [...new Set(slips.map((slip) => slip.orderId))].map((id) => shop.orders.get(id));
  const known = orders.filter((order): order is OrderRow => order !== undefined);
  const lines = slips.flatMap((slip) => slip.lineList);
  const addresses = ['deliveryAddress', 'invoiceAddress', 'vatCountryIso3'].filter(
    (field) => sale[field] !== undefined,
  );
  const invoice: InvoiceRow = {
    ...newInvoice(shop, sale, lines, payments),
    ...pick(sale, addresses),
    finalized: true,
    finalizedTimestamp: shop.now(),
    orderIds: known.map((order) => order.orderId),
    extOrderIds: known.map((order) => textIn(order, 'extOrderId') ?? '').filter(Boolean),
    orderNumbers: known.map(numberOf),
    packingSlipIds: slips.map((slip) => slip.packingSlipId),
  };
  shop.invoices.put(invoice.invoiceId, invoice);
  for (const slip of slips) markInvoiced(shop, slip, invoice.invoiceId);
  call.record('invoices', invoice.invoiceId, { orderIds: invoice['orderIds'] });
  return invoice;
}

/** An order is complete when everything is delivered and every packing slip is invoiced. */
export function refreshCompletion(shop: Shop, order: OrderRow): void {
  const allInvoiced = order.packingSlipIds.every(
    (id) => shop.packingSlips.get(id)?.state === 'PACKING-SLIP-STATE-INVOICED',
  );
  const isComplete = allInvoiced && order.deliveryState === 'ORDER-DELIVERY-STATE-COMPLETE';
  const completeState = `ORDER-COMPLETE-STATE-${isComplete ? 'COMPLETE' : 'PARTIAL'}`;
  if (completeState !== order.completeState) shop.orders.put(order.orderId, { ...order, completeState });
}

/** Moves stock for an invoice that stands for itself; `sign` −1 takes it back. */
export function moveInvoiceStock(shop: Shop, invoice: InvoiceRow, sign: 1 | -1): void {
  for (const line of invoice.lineList) {
    changeStock(shop, {
      branchNumber: invoice.financialBranchNumber,
      articleNumber: line.articleNumber,
      onHand: -sign * orderedOf(line),
      type: 'SALES',
      cause: { invoiceId: invoice.invoiceId },
    });
  }
}
