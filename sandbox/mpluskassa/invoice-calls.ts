/** The invoice calls: reading, saving with the same locking as orders, paying, crediting, invoicing packing slips. */
import { sameJson } from '../../src/base/content-hash.js';
import type { Document } from '../../src/base/document.js';
import { ClientFault, type Behaviour } from './behaviour.js';
import { answeredOnce } from './idempotency.js';
import { invoiceState, moveInvoiceStock, newInvoice, putFromSlips, refreshCompletion } from './invoice-saving.js';
import { putOrder } from './order-saving.js';
import { markerQuery, oneOf, pageOf } from './paging.js';
import { listIn, numberIn, objectIn, omit, textIn, type InvoiceRow, type LineRow } from './records.js';
import { numberFilter, saleFilter } from './sale-filter.js';
import {
  bookPayment,
  derivedHead,
  paymentProblem,
  priceLine,
  pricingOf,
  saleProblem,
  sumOf,
  totalsOf,
  type Pricing,
} from './sale.js';
import type { Shop } from './shop.js';

export const getInvoices: Behaviour = (shop, body) => {
  const request = objectIn(body, 'request');
  const ids = listIn(request, 'invoiceIds');
  const hasNumber = numberFilter(listIn<Document>(request, 'invoiceNumbers'), 'invoiceNumber');
  const matches = saleFilter(shop, request);
  const wanted = (row: InvoiceRow): boolean => oneOf(ids, row.invoiceId) && hasNumber(row) && matches(row);
  const page = pageOf(shop, shop.invoices, shop.byMarker.invoices, markerQuery(request), wanted);
  return { invoiceList: request['includeLineList'] === false ? page.map((row) => omit(row, ['lineList'])) : page };
};

const found = (invoice: InvoiceRow | undefined): Document =>
  invoice === undefined ? { result: 'GET-INVOICE-RESULT-NOT-FOUND' } : { result: 'GET-INVOICE-RESULT-OK', invoice };

export const getInvoice: Behaviour = (shop, body) => found(shop.invoices.get(textIn(body, 'invoiceId') ?? ''));

export const findInvoice: Behaviour = (shop, body) =>
  found(shop.invoices.get(shop.invoiceByExtId.get(textIn(body, 'extInvoiceId') ?? '') ?? ''));

/** What the service keeps itself; ignored when sent. */
const readOnly = ['invoiceId', 'syncMarker', 'transactionString', 'invoiceNumber', 'changeCounter', 'versionNumber', 'paidAmount', 'state', 'finalized', 'finalizedTimestamp', 'totalInclAmount', 'totalExclAmount', 'vatGroupList', 'paymentList', 'lineList', 'relationName', 'employeeName', 'creditedInvoiceId']; // prettier-ignore

export const saveInvoice: Behaviour = (shop, body, call) => {
  const sent = objectIn(body, 'invoice');
  const refuse = (result: string, errorMessage: string): Document => ({
    result: `SAVE-INVOICE-RESULT-${result}`,
    info: { invoiceId: '', invoiceString: '' },
    errorMessage,
  });
  const invoiceId = textIn(sent, 'invoiceId') ?? '';
  const before = invoiceId === '' ? undefined : shop.invoices.get(invoiceId);
  if (invoiceId !== '' && before === undefined) return refuse('NOT-FOUND', 'The invoice does not exist.');
  if (
    before !== undefined &&
    (sent['changeCounter'] !== before.changeCounter || sent['versionNumber'] !== before.versionNumber)
  ) {
    return refuse('INVOICE-HAS-CHANGED', 'The invoice has been changed by somebody else.');
  }
  const extId = textIn(sent, 'extInvoiceId') ?? '';
  if (extId !== '' && (shop.invoiceByExtId.get(extId) ?? invoiceId) !== invoiceId) {
    return refuse('EXT-INVOICE-ID-ALREADY-EXISTS', 'An invoice with this extInvoiceId exists already.');
  }
  if (before?.['finalized'] === true) return refuse('FAILED', 'The invoice is final.');
  const head = { ...before, ...omit(sent, readOnly) };
  const problem = saleProblem(shop, { ...head, lineList: sent['lineList'] ?? [] });
  if (problem !== undefined) return refuse('FAILED', problem);
  const saved = before === undefined ? addInvoice(shop, sent) : changeInvoice(shop, before, sent);
  if (saved === undefined) return refuse('FAILED', 'Nothing changed.');
  call.record('invoices', saved.invoiceId, { extInvoiceId: saved['extInvoiceId'] });
  return {
    result: 'SAVE-INVOICE-RESULT-OK',
    info: {
      invoiceId: saved.invoiceId,
      invoiceString: textIn(saved, 'transactionString') ?? '',
      invoiceNumber: saved['invoiceNumber'] ?? { year: 0, number: '0' },
    },
    errorMessage: '',
  };
};

function linesOf(shop: Shop, sent: Document, before: InvoiceRow | undefined, pricing: Pricing): readonly LineRow[] {
  const sources = sent['lineList'] === undefined ? (before?.lineList ?? []) : listIn<Document>(sent, 'lineList');
  return sources.map((line) =>
    priceLine(
      shop,
      line,
      pricing,
      before?.lineList.find((known) => known.lineId === line['lineId']),
    ),
  );
}

function addInvoice(shop: Shop, sent: Document): InvoiceRow {
  const made = newInvoice(shop, sent, linesOf(shop, sent, undefined, pricingOf(sent)), []);
  const invoice = { ...made, ...omit(sent, readOnly), ...derivedHead(shop, sent) } as InvoiceRow;
  shop.invoices.put(invoice.invoiceId, invoice);
  moveInvoiceStock(shop, invoice, 1);
  return invoice;
}

/** Undefined when nothing differs. */
function changeInvoice(shop: Shop, before: InvoiceRow, sent: Document): InvoiceRow | undefined {
  const head = { ...before, ...omit(sent, readOnly) };
  const lineList = linesOf(shop, sent, before, pricingOf(head));
  const totals = totalsOf(lineList);
  const state = invoiceState(totals.totalInclAmount, before.paymentList);
  const after = { ...head, ...derivedHead(shop, head), ...totals, state, lineList } as InvoiceRow;
  if (sameJson(before, after)) return undefined;
  const isVersion = !sameJson([...before.lineList, before.state], [...after.lineList, after.state]);
  const saved = stamped(shop, after, isVersion);
  moveInvoiceStock(shop, before, -1);
  moveInvoiceStock(shop, saved, 1);
  return saved;
}

function stamped(shop: Shop, invoice: InvoiceRow, isVersion: boolean): InvoiceRow {
  const saved = {
    ...invoice,
    changeCounter: invoice.changeCounter + 1,
    versionNumber: invoice.versionNumber + (isVersion ? 1 : 0),
    syncMarker: shop.next('invoice'),
  };
  shop.invoices.put(saved.invoiceId, saved);
  return saved;
}

export const payInvoice: Behaviour = (shop, body, call) => {
  const request = objectIn(body, 'request');
  const invoice = shop.invoices.get(textIn(request, 'invoiceId') ?? '');
  const answer = (result: string, errorMessage = ''): Document => ({
    result: `PAY-INVOICE-RESULT-${result}`,
    errorMessage,
  });
  if (invoice === undefined) return answer('FAILED', 'The invoice does not exist.');
  const payments = listIn<Document>(request, 'paymentList');
  const problem = paymentProblem(payments);
  if (problem !== undefined) return answer('FAILED', problem);
  const total = BigInt(invoice.totalInclAmount);
  const paid = BigInt(invoice.paidAmount) + sumOf(payments);
  if (total >= 0n ? paid > total : paid < total) return answer('PAYMENT-TOO-HIGH', 'That is more than is open.');
  const booked = payments.map((payment) => bookPayment(shop, invoice, payment));
  stamped(
    shop,
    {
      ...invoice,
      paidAmount: String(paid),
      state: invoiceState(invoice.totalInclAmount, [...invoice.paymentList, ...booked]),
      paymentList: [...invoice.paymentList, ...booked],
    },
    true,
  );
  call.record('invoices', invoice.invoiceId, { paid: String(sumOf(payments)) });
  return answer('OK');
};

/** A credit invoice with everything the other way round; goods come back. Once only. */
export const creditInvoice: Behaviour = (shop, body, call) => {
  const invoice = shop.invoices.get(textIn(body, 'invoiceId') ?? '');
  const answer = (result: string, message = ''): Document => ({ result: `CREDIT-INVOICE-RESULT-${result}`, message });
  if (invoice === undefined) return answer('NOT-FOUND', 'The invoice does not exist.');
  const isCredited = [...shop.invoices.values()].some((other) => other['creditedInvoiceId'] === invoice.invoiceId);
  if (isCredited || invoice.invoiceType === 'INVOICE-TYPE-CREDIT-INVOICE')
    return answer('FAILED', 'The invoice is credited already.');
  const lines = invoice.lineList.map((line) => {
    const negated = Object.fromEntries(
      ['quantity', 'discountAmount', 'discountAmountExcl'].map((field) => [
        field,
        String(-BigInt(textIn(line.data, field) ?? '0')),
      ]),
    );
    return priceLine(
      shop,
      { ...omit(line, ['lineId']), data: { ...line.data, ...negated } },
      pricingOf(invoice),
      undefined,
    );
  });
  const sale = { ...invoice, financialDate: shop.today() };
  const credit: InvoiceRow = {
    ...newInvoice(shop, sale, lines, []),
    invoiceType: 'INVOICE-TYPE-CREDIT-INVOICE',
    creditedInvoiceId: invoice.invoiceId,
    finalized: true,
    finalizedTimestamp: shop.now(),
  };
  shop.invoices.put(credit.invoiceId, credit);
  moveInvoiceStock(shop, credit, 1);
  call.record('invoices', credit.invoiceId, { credits: invoice.invoiceId });
  return answer('OK');
};

export const createInvoiceFromPackingSlips: Behaviour = answeredOnce((shop, body, call) => {
  const request = objectIn(body, 'request');
  const answer = (result: string, invoiceId?: string): Document => ({
    result: `CREATE-INVOICE-FROM-PACKING-SLIPS-${result}`,
    ...(invoiceId === undefined ? {} : { invoiceId }),
  });
  const slips = listIn<string>(request, 'packingSlipIds').map((id) => {
    const slip = shop.packingSlips.get(id);
    if (slip === undefined) throw new ClientFault(`Packing slip ${id} does not exist.`);
    return slip;
  });
  const first = slips[0];
  if (first === undefined) throw new ClientFault('packingSlipIds is empty.');
  if (slips.some((slip) => slip.state !== 'PACKING-SLIP-STATE-OPEN')) return answer('ALREADY-INVOICED');
  const differs = (field: string): boolean => slips.some((slip) => slip[field] !== first[field]);
  if (differs('relationNumber') || differs('vatMethod')) return answer('CANT-COMBINE-PACKING-SLIPS');
  const sale = {
    ...first,
    financialDate: textIn(request, 'financialDate') ?? shop.today(),
    financialBranchNumber: numberIn(request, 'branchNumber') || 1,
  };
  const invoice = putFromSlips(shop, sale, slips, [], call);
  for (const orderId of new Set(slips.map((slip) => slip.orderId))) {
    const order = shop.orders.get(orderId);
    if (order === undefined) continue;
    refreshCompletion(shop, putOrder(shop, { ...order, invoiceIds: [...order.invoiceIds, invoice.invoiceId] }, true));
  }
  return answer('OK', invoice.invoiceId);
});
