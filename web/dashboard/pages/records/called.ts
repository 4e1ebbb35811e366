/** What records that another one names are called, and where their pages are. */
import type { CalledRecordFragment } from '../../graph/graphql.ts';
import { recordPath } from '../../parts/record-paths.ts';

const entityTypes = {
  Product: 'PRODUCT',
  ProductVariant: 'PRODUCT_VARIANT',
  Category: 'CATEGORY',
  Customer: 'CUSTOMER',
  Order: 'ORDER',
  StockLevel: 'STOCK_LEVEL',
} as const;

/** Null when people call it nothing. */
export function nameOf(record: CalledRecordFragment): string | null {
  switch (record.__typename) {
    case 'ProductVariant':
      return `${record.sku} ${record.name}`;
    case 'Customer':
      return record.displayName;
    case 'Order':
      return record.number ?? null;
    case 'Product':
    case 'Category':
    case 'StockLocation':
      return record.name;
    default:
      return null;
  }
}

/** Null when it has no page. */
export function pathOf({ __typename, id }: CalledRecordFragment): string | null {
  const known = entityTypes as Readonly<Partial<Record<string, (typeof entityTypes)[keyof typeof entityTypes]>>>;
  const entityType = known[__typename];
  return entityType === undefined ? null : recordPath(entityType, id);
}
