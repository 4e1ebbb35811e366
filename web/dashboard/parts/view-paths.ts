/** Where the lists are whose filters have names, and what of an address is filter. Pure. */
import type { SavedViewList } from '../graph/kinds.ts';

export const listPaths: Readonly<Record<SavedViewList, string>> = {
  ACTIVITY: '/activity',
  PROBLEMS: '/problems',
  PRODUCTS: '/products',
  CUSTOMERS: '/customers',
  ORDERS: '/orders',
  STOCK: '/stock',
  AUDIT: '/settings/audit',
};

/** Places in a list are no filter. */
const places = ['after', 'before', 'language'];

/** The filter in an address, in one order, so that the same filter is the same text. */
export function filterIn(searchText: string): string {
  const parts = new URLSearchParams(searchText);
  for (const place of places) parts.delete(place);
  parts.sort();
  return parts.toString();
}

/** The address of a list with a filter. */
export const viewPath = (list: SavedViewList, query: string): string =>
  query === '' ? listPaths[list] : `${listPaths[list]}?${query}`;
