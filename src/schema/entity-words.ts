/** The hub's words for kinds of records and those of the graph. */

/** Entities of the database → EntityType of the graph. `stock` is all levels of a variant. */
export const entityTypes: Readonly<Record<string, string>> = {
  product: 'PRODUCT',
  variant: 'PRODUCT_VARIANT',
  category: 'CATEGORY',
  stock_level: 'STOCK_LEVEL',
  stock: 'STOCK_LEVEL',
  stock_location: 'STOCK_LEVEL',
  customer: 'CUSTOMER',
  contact: 'CONTACT',
  order: 'ORDER',
};
