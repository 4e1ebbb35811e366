/** Which record of the hub an id of the graph is. */
import { typeOfId } from '../schema/syncable.js';
import type { StoredEntity, StoredRecord } from '../store/record-fields.js';

/** How the hub keeps it: what is told of stock per variant is held per location. */
const storedAs: Readonly<Record<string, StoredEntity>> = {
  Product: 'product',
  ProductVariant: 'variant',
  Category: 'category',
  Customer: 'customer',
  Order: 'order',
  StockLevel: 'stock_level',
};

/** Null when it is none that is kept in step with systems. */
export function storedRecord(id: string): StoredRecord | null {
  const entity = storedAs[typeOfId(id) ?? ''];
  return entity === undefined ? null : { entity, id };
}
