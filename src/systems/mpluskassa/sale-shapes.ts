/**
 * Relations, orders and invoices as records. Beside the vendor's own fields their documents hold what the vendor says in a
 * form that cannot be written back as it is: payments by the mark that the hub left and deliveries by the key that it chose
 * or, where it did not, by the vendor's id.
 */
import type { Document, Json } from '../../base/document.js';
import { keyInMark } from '../../base/payment-keys.js';
import { neutralDocument } from './neutral.js';
import { idIn, itemType, markerOf, omit, textIn, type Shape } from './records.js';

/** Ledgers that move with every sale, and pictures; nothing of it is exchanged. */
const relationWithout = ['points', 'balance', 'invoiceCredit', 'accountBalance', 'imageList', 'relationArticleDiscountList', 'salePromotionIds', 'cantRedeemPointsReason', 'contactList']; // prettier-ignore
/** Counters rise with every change and are read again before a write; restaurants and contracts are not exchanged. */
const saleWithout = ['changeCounter', 'versionNumber', 'tableNumber', 'tableSubNumber', 'tableDescription', 'numberOfGuests', 'onDeliveryUrl', 'onInvoiceUrl', 'cateringOrderNumber', 'activityId', 'ownerId', 'sessionId', 'branchGroupNumber', 'orderBarcode', 'invoiceBarcode', 'entryExtBranchId', 'financialExtBranchId', 'vatChange', 'mailedTimestamp', 'invoiceReminder', 'targetInvoiceReminder']; // prettier-ignore

const relationType = itemType('getRelations', 'relationList');
const contactWithout = new Set([...relationWithout, 'customFieldList']);

export const relationShape: Shape = {
  operation: 'getRelations',
  list: 'relationList',
  type: relationType,
  without: new Set(relationWithout),
  idOf: (item) => idIn(item, 'relationNumber'),
  hasMarker: true,
  markersOf: (item) => markerOf(item, 'syncMarker'),
  finish: (document, item) => ({
    ...document,
    contactList: listIn(item, 'contactList').map((contact) => neutralDocument(contact, relationType, contactWithout)),
  }),
};
export const contactFieldsWithout: ReadonlySet<string> = contactWithout;

export const orderShape: Shape = {
  operation: 'getOrders',
  list: 'orderList',
  type: itemType('getOrders', 'orderList'),
  without: new Set(saleWithout),
  idOf: (item) => textId(item, 'orderId'),
  hasMarker: true,
  markersOf: (item) => markerOf(item, 'syncMarker'),
  finish: (document) => ({ ...saleOf(document), deliveries: deliveriesOf(document) }),
};

export const invoiceShape: Shape = {
  operation: 'getInvoices',
  list: 'invoiceList',
  type: itemType('getInvoices', 'invoiceList'),
  without: new Set(saleWithout),
  idOf: (item) => textId(item, 'invoiceId'),
  hasMarker: true,
  markersOf: (item) => markerOf(item, 'syncMarker'),
  finish: (document) => saleOf(document),
};

function textId(item: Document, field: string): string | undefined {
  const text = textIn(item, field)?.trim() ?? '';
  return text === '' ? undefined : text;
}

/** Relation 0 is nobody. */
function saleOf(document: Document): Document {
  const sale = { ...document, payments: listIn(document, 'paymentList').map(paymentOf).sort(byKey) };
  return document['relationNumber'] === '0' ? omit(sale, 'relationNumber') : sale;
}

function paymentOf(payment: Document): Document {
  const reference = textIn(payment, 'externalReference') ?? '';
  const id = textIn(payment, 'paymentId') ?? '';
  const isMarked = keyInMark(reference) !== undefined;
  const stated: Readonly<Record<string, Json | undefined>> = {
    key: isMarked ? reference : id,
    id,
    method: payment['method'],
    amount: payment['amount'],
    paidAt: payment['entryTimestamp'],
    reference: isMarked ? undefined : reference || undefined,
  };
  return defined(stated);
}

const byKey = (a: Document, b: Document): number => (String(a['key']) < String(b['key']) ? -1 : 1);

function defined(fields: Readonly<Record<string, Json | undefined>>): Document {
  const document: Record<string, Json> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) document[name] = value;
  return document;
}

/** The key of a line: what the hub gave it, else the vendor's id. */
export const lineKey = (line: Document): string => textIn(line, 'tempId') || (textIn(line, 'lineId') ?? '');

function deliveriesOf(order: Document): readonly Document[] {
  return listIn(order, 'lineList').flatMap((line) => {
    const quantity = textIn(objectIn(line, 'data'), 'deliveredQuantity') ?? '0';
    return Number(quantity) === 0 ? [] : [{ key: lineKey(line), quantity }];
  });
}

export const listIn = (document: Document, field: string): readonly Document[] => {
  const value = document[field];
  return Array.isArray(value)
    ? (value as readonly Document[]).filter((item) => typeof item === 'object' && item !== null)
    : [];
};

export const objectIn = (document: Document, field: string): Document => {
  const value = document[field];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : {};
};
