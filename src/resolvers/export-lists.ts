/** The lists that can be taken away: which field of the graph answers each, what it can be asked for, and its columns. */
import { isObject, type Document, type Json } from '../base/document.js';
import { exportWords as words } from '../base/sentences/export-words.js';
import type { ExportSubjectName } from '../schema/data-export.js';
import { actor, at, column, flags, id, inSystems, moments, numbers, unusual, wordsOf, type Answered, type ExportColumn } from './export-columns.js'; // prettier-ignore

export interface ExportList {
  /** Field of the query. */
  readonly root: string;
  /** Field of what the root gives for an id, when the list lies below a record. */
  readonly below?: string;
  /** Arguments of the list that can be given, besides those of pages. */
  readonly takes: readonly ('filter' | 'search' | 'sort' | 'states')[];
  /** Of a list that takes an order: what it can be sorted by that never changes, and the order when something else is asked; null: that of the ids. */
  readonly steady?: { readonly fields: readonly string[]; readonly otherwise: Document | null };
  readonly columns: readonly ExportColumn[];
}

const updated = column('updatedAt', 'Changed at', 'updatedAt', moments);
const created = column('createdAt', 'Created at', 'createdAt', { ...moments, ...unusual });
const kindOfRecord = column('entityType', 'Kind of record', 'entityType', wordsOf(words.entity));

const products: readonly ExportColumn[] = [
  column('name', 'Name', 'name'),
  column('code', 'Code', 'defaultVariant.sku'),
  column('status', 'Status', 'status', wordsOf(words.productStatus)),
  column('type', 'Type', 'type', wordsOf(words.productType)),
  column('brand', 'Brand', 'brand'),
  column('category', 'Category', 'primaryCategory.name'),
  column('gtin', 'EAN / GTIN', 'defaultVariant.gtin'),
  column('price', 'Price', 'defaultVariant.price.price.gross.amount', numbers),
  column('currency', 'Currency', 'defaultVariant.price.price.gross.currency'),
  column('stock', 'Stock', 'defaultVariant.stock.available', numbers),
  inSystems,
  updated,
  created,
  id,
];

/** The address that the list shows the place of: the first that has one. */
function addressOf({ addresses }: Answered): Json {
  const all = (Array.isArray(addresses) ? (addresses as readonly Json[]) : []).map((each) => at(each, ['address']));
  return all.find((each) => isObject(each) && each['city'] != null) ?? all[0] ?? null;
}

const ofAddress = (key: string, heading: string, field: string): ExportColumn =>
  column(key, heading, field, {
    select: `addresses { address { city ${field} } }`,
    read: (customer) => at(addressOf(customer), [field]),
  });

const customers: readonly ExportColumn[] = [
  column('name', 'Name', 'displayName'),
  column('number', 'Number', 'number'),
  column('kind', 'Kind', 'kind', wordsOf(words.customerKind)),
  column('email', 'E-mail', 'email'),
  column('phone', 'Telephone', 'phone'),
  column('mobile', 'Mobile', 'mobile'),
  ofAddress('street', 'Street and number', 'line1'),
  ofAddress('postalCode', 'Postal code', 'postalCode'),
  ofAddress('city', 'City', 'city'),
  ofAddress('country', 'Country', 'country'),
  column('vatNumber', 'VAT number', 'company.vatNumber'),
  column('isActive', 'Active', 'isActive', flags),
  column('isBlocked', 'Blocked', 'isBlocked', flags),
  inSystems,
  updated,
  created,
  id,
];

const orders: readonly ExportColumn[] = [
  column('number', 'Number', 'number'),
  column('type', 'Type', 'type', wordsOf(words.orderType)),
  column('status', 'Status', 'status', wordsOf(words.orderStatus)),
  column('payment', 'Payment', 'paymentStatus', wordsOf(words.orderPayment)),
  column('delivery', 'Delivery', 'fulfillmentStatus', wordsOf(words.orderFulfillment)),
  column('customer', 'Customer', 'customer', {
    select: 'customer { displayName } customerSnapshot { displayName }',
    read: (order) => at(order, ['customer', 'displayName']) ?? at(order, ['customerSnapshot', 'displayName']),
  }),
  column('reference', 'Reference', 'reference'),
  column('placedAt', 'Placed at', 'placedAt', moments),
  column('documentDate', 'Document date', 'documentDate'),
  column('total', 'Total', 'total.gross.amount', numbers),
  column('totalWithoutVat', 'Total without VAT', 'total.net.amount', numbers),
  column('vat', 'VAT', 'total.tax.amount', numbers),
  column('outstanding', 'Outstanding', 'outstanding.amount', { ...numbers, ...unusual }),
  column('currency', 'Currency', 'currency'),
  inSystems,
  { ...updated, isUsual: false },
  id,
];

const stock: readonly ExportColumn[] = [
  column('code', 'Code', 'variant.sku'),
  column('name', 'Name', 'variant.name'),
  column('location', 'Location', 'location.name'),
  column('available', 'Available', 'available', numbers),
  column('onHand', 'On hand', 'onHand', numbers),
  column('reserved', 'Reserved', 'reserved', numbers),
  column('incoming', 'Incoming', 'incoming', numbers),
  column('safetyStock', 'Kept back', 'safetyStock', numbers),
  column('asOf', 'Stated on', 'asOf', moments),
  inSystems,
  id,
];

const events: readonly ExportColumn[] = [
  column('occurredAt', 'When', 'occurredAt', moments),
  column('outcome', 'Outcome', 'outcome', wordsOf(words.outcome)),
  column('action', 'Action', 'action', wordsOf(words.action)),
  kindOfRecord,
  column('record', 'Record', 'entityLabel'),
  column('summary', 'What happened', 'summary'),
  column('source', 'From', 'source.name'),
  column('target', 'To', 'target.name'),
  column('flow', 'Flow', 'flow.name', unusual),
  column('externalId', 'Id in the system', 'externalId', unusual),
  column('duration', 'Duration in ms', 'durationMs', numbers),
  column('error', 'Error', 'error.message', unusual),
  id,
];

const entity = `entity { ... on Product { name } ... on ProductVariant { sku } ... on Category { name }
  ... on Customer { displayName } ... on Order { number } ... on StockLevel { variant { sku } } }`;

/** What people call the record of a problem; before it was taken in only its system has a name for it. */
function recordOf(problem: Answered): Json {
  const paths = [['sku'], ['name'], ['displayName'], ['number'], ['variant', 'sku']];
  const names = paths.map((path) => at(problem, ['entity', ...path]));
  return names.find((name) => name !== null) ?? at(problem, ['externalId']);
}

const problems: readonly ExportColumn[] = [
  column('record', 'Record', 'entity', { select: `${entity} externalId`, read: recordOf }),
  kindOfRecord,
  column('status', 'Status', 'status', wordsOf(words.problem)),
  column('message', 'Error', 'error.message'),
  column('hint', 'What to do', 'hint'),
  column('class', 'Kind of failure', 'error.classification', wordsOf(words.class)),
  column('system', 'System', 'system.name'),
  column('flow', 'Flow', 'flow.name'),
  column('externalId', 'Id in the system', 'externalId'),
  column('assignee', 'Assigned to', 'assignee.name'),
  column('attempts', 'Attempts', 'attemptCount', numbers),
  column('firstFailedAt', 'First failed at', 'firstFailedAt', moments),
  column('lastFailedAt', 'Last failed at', 'lastFailedAt', moments),
  column('resolvedAt', 'Ended at', 'resolvedAt', moments),
  column('note', 'Note', 'note'),
  column('code', 'Code of the error', 'error.code', unusual),
  id,
];

const audit: readonly ExportColumn[] = [
  column('at', 'When', 'at', moments),
  actor('actor', 'By whom', 'actor'),
  column('action', 'Action', 'action', wordsOf(words.audit)),
  column('subject', 'What it is about', 'subjectLabel', {
    select: 'subjectLabel subjectId',
    read: (entry) => at(entry, ['subjectLabel']) ?? at(entry, ['subjectId']),
  }),
  column('reason', 'Reason', 'reason'),
  column('detail', 'Details', 'detail'),
  column('address', 'Address of the network', 'ipAddress', unusual),
  column('requestId', 'Request id', 'requestId', unusual),
  id,
];

const differences = {
  select: 'changes { path label before after }',
  read: ({ changes }: Answered): Json => changes ?? [],
  text: (value: Json): string =>
    (value as readonly Answered[])
      .map(({ label, path, before, after }) => `${String(label ?? path)}: ${shown(before)} → ${shown(after)}`)
      .join('; '),
};

const shown = (value: Json | undefined): string =>
  value == null ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value);

const findings: readonly ExportColumn[] = [
  column('record', 'Record', 'label'),
  kindOfRecord,
  column('state', 'Status', 'state', wordsOf(words.finding)),
  column('system', 'System', 'system.name'),
  column('externalId', 'Id in the system', 'externalId'),
  column('difference', 'Difference', 'changes', differences),
  column('reason', 'Reason', 'reason'),
  column('isRepairable', 'Can be repaired', 'isRepairable', flags),
  column('repairAskedAt', 'Asked to be repaired at', 'repairAskedAt', { ...moments, ...unusual }),
  id,
];

/** Lists that take these read their pages in an order of what never changes, whatever happens to records meanwhile. */
const searched = ['filter', 'search', 'sort'] as const;
const byCreation = { fields: ['CREATED_AT'], otherwise: null };

export const exportLists: Readonly<Record<ExportSubjectName, ExportList>> = {
  PRODUCT: { root: 'products', takes: searched, steady: byCreation, columns: products },
  CUSTOMER: { root: 'customers', takes: searched, steady: byCreation, columns: customers },
  ORDER: {
    root: 'orders',
    takes: searched,
    steady: { fields: ['PLACED_AT'], otherwise: { field: 'PLACED_AT', direction: 'DESC' } },
    columns: orders,
  },
  STOCK_LEVEL: { root: 'stockLevels', takes: searched, steady: { fields: [], otherwise: null }, columns: stock },
  SYNC_EVENT: { root: 'syncEvents', takes: ['filter', 'search'], columns: events },
  DEAD_LETTER: {
    root: 'deadLetters',
    takes: searched,
    steady: { fields: ['FIRST_FAILED_AT'], otherwise: { field: 'FIRST_FAILED_AT', direction: 'DESC' } },
    columns: problems,
  },
  AUDIT_ENTRY: { root: 'auditEntries', takes: ['filter'], columns: audit },
  RECONCILIATION_ITEM: { root: 'reconciliation', below: 'items', takes: ['states'], columns: findings },
};
