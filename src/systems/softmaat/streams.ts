/** What can be read from Softmaat: where it is, what its records look like, and by which key they are known. */
import type { Document } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import type { DocumentPart, Stream } from '../system.js';
import { systemName } from './settings.js';
import type { Api } from './api.js';
import { withContacts } from './debtor-contacts.js';
import { debtorShape, orderShape } from './debtor-shapes.js';
import type { PageRecord } from './page.js';
import { categoryShape, productShape, stockRowShape } from './shapes.js';

export interface StreamDetails extends Stream {
  readonly path: string;
  readonly shape: typeof productShape;
  /** Fields that are enough to compare a whole system. */
  readonly scanFields: string;
  readonly keyOf: (document: Document) => string | undefined;
  /** Most records of a page, when each of them costs further requests. */
  readonly mostRecords?: number;
  /** Adds what belongs to the records of a page but is read apart; all of it, or it throws. */
  complete?(api: Api, records: readonly PageRecord[], signal: AbortSignal): Promise<readonly PageRecord[]>;
}

const text = (document: Document, field: string): string | undefined => {
  const value = document[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Key of a stock row: the SKU may hold `@`, the code of a warehouse cannot. */
export const stockRowKey = (sku: string, warehouseCode: string): string => `${sku}@${warehouseCode}`;

function rowKey(document: Document): string | undefined {
  const sku = text(document, 'sku');
  const warehouseCode = text(document, 'warehouseCode');
  return sku === undefined || warehouseCode === undefined ? undefined : stockRowKey(sku, warehouseCode);
}

/** A row as one level of the document of its SKU. */
function levelOf(row: Document): DocumentPart | null {
  const { sku, warehouseCode, onHand } = row;
  if (typeof sku !== 'string' || typeof warehouseCode !== 'string' || typeof onHand !== 'string') return null;
  return { externalId: sku, list: 'levels', key: 'warehouseCode', item: { warehouseCode, onHand } };
}

const idOf = (document: Document): string | undefined => text(document, 'id');

export const streamDetails: readonly StreamDetails[] = [
  { name: 'categories', record: 'category', entity: 'category', path: '/categories', shape: categoryShape, scanFields: 'id,version,updatedAt', keyOf: idOf },
  { name: 'products', record: 'product', entity: 'product', path: '/products', shape: productShape, scanFields: 'id,version,updatedAt', keyOf: idOf, others: { variant: 'variant' }, recordOf: (document) => (document['type'] === 'variant' ? 'variant' : undefined) },
  { name: 'stock', record: 'stock_row', entity: 'stock_level', path: '/stock', shape: stockRowShape, scanFields: 'sku,warehouseCode,version,updatedAt', keyOf: rowKey, partIn: levelOf },
  { name: 'debtors', record: 'debtor', entity: 'customer', path: '/debtors', shape: debtorShape, scanFields: 'id,version,updatedAt', keyOf: idOf, mostRecords: 50, complete: withContacts },
  { name: 'orders', record: 'order', entity: 'order', path: '/orders', shape: orderShape, scanFields: 'id,version,updatedAt', keyOf: idOf },
]; // prettier-ignore

/** Master data: small, unpaged, without a time of change; read as a whole. */
export const warehouseStream: Stream = {
  name: 'warehouses',
  record: 'warehouse',
  entity: 'stock_location',
  versionsPerMs: 1,
};

export const streams: readonly Stream[] = [
  warehouseStream,
  ...streamDetails.map(({ name, record, entity, others, recordOf, partIn }) => ({
    name,
    record,
    entity,
    versionsPerMs: 1_000,
    ...(others === undefined ? {} : { others }),
    ...(recordOf === undefined ? {} : { recordOf }),
    ...(partIn === undefined ? {} : { partIn }),
  })),
];

export function detailsOf(name: string): StreamDetails {
  const details = streamDetails.find((stream) => stream.name === name);
  if (details !== undefined) return details;
  throw new KoppelError('UNEXPECTED', { what: `${systemName} has no stream ${name}` });
}
