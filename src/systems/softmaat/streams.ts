/** What can be read from Softmaat: where it is, what its records look like, and by which key they are known. */
import type { Document } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import type { Stream } from '../system.js';
import { systemName } from './settings.js';
import { categoryShape, productShape, stockRowShape } from './shapes.js';

export interface StreamDetails extends Stream {
  readonly path: string;
  readonly shape: typeof productShape;
  /** Fields that are enough to compare a whole system. */
  readonly scanFields: string;
  readonly keyOf: (document: Document) => string | undefined;
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

const idOf = (document: Document): string | undefined => text(document, 'id');

export const streamDetails: readonly StreamDetails[] = [
  { name: 'categories', record: 'category', entity: 'category', path: '/categories', shape: categoryShape, scanFields: 'id,version,updatedAt', keyOf: idOf },
  { name: 'products', record: 'product', entity: 'product', path: '/products', shape: productShape, scanFields: 'id,version,updatedAt', keyOf: idOf },
  { name: 'stock', record: 'stock_row', entity: 'stock_level', path: '/stock', shape: stockRowShape, scanFields: 'sku,warehouseCode,version,updatedAt', keyOf: rowKey },
]; // prettier-ignore

export const streams: readonly Stream[] = streamDetails.map(({ name, record, entity }) => ({ name, record, entity }));

export function detailsOf(name: string): StreamDetails {
  const details = streamDetails.find((stream) => stream.name === name);
  if (details !== undefined) return details;
  throw new KoppelError('UNEXPECTED', { what: `${systemName} has no stream ${name}` });
}
