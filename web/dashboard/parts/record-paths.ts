/** Where the page of a record is. */
import type { EntityType } from '../graph/kinds.ts';

const folders: Readonly<Record<EntityType, string>> = {
  PRODUCT: 'products',
  PRODUCT_VARIANT: 'products',
  CATEGORY: 'categories',
  CUSTOMER: 'customers',
  CONTACT: 'customers',
  ORDER: 'orders',
  STOCK_LEVEL: 'stock',
};

/** The list of records of a kind. */
export const listPath = (entityType: EntityType): string => `/${folders[entityType]}`;

/** A page that takes the id of any of its records: that of a variant shows its product. */
export const recordPath = (entityType: EntityType, id: string): string => `/${folders[entityType]}/${id}`;
