/**
 * The pretended shop: its tables, indexes, sequences and switches. Behaviours get it as their first argument. Everything
 * that changes it runs inside a transaction of the store, which the SOAP endpoint and the admin routes open.
 */
import type { Clock } from '../../src/base/clock.js';
import type { Document } from '../../src/base/document.js';
import { derivedKey } from '../../src/base/ids.js';
import { localText } from '../../src/systems/mpluskassa/soap/shop-time.js';
import type { Store } from '../engine/store.js';
import type { Table } from '../engine/table.js';
import { indexByMarker, type MarkerIndex } from './marker-index.js';
import type {
  ArticleRow,
  EmployeeRow,
  GroupRow,
  InvoiceRow,
  OrderRow,
  PackingSlipRow,
  ProductRow,
  RelationRow,
  StockHistoryRow,
  StockRow,
} from './records.js';

/** Each family counts by itself. Products and articles share one; the last ones are no markers but numbers. */
export type Sequence =
  | 'article'
  | 'articleGroup'
  | 'relation'
  | 'employee'
  | 'order'
  | 'invoice'
  | 'packingSlip'
  | 'stock'
  | 'productNumber'
  | 'articleNumber'
  | 'groupNumber'
  | 'relationNumber'
  | 'orderNumber'
  | 'invoiceNumber'
  | 'packingSlipNumber'
  | 'id';

export type SwitchName =
  'oldRelease' | 'noIdempotency' | 'promotions' | 'alwaysPromotions' | 'sorted' | 'forbid' | 'emptyLists';

export interface Shop {
  readonly store: Store;
  readonly products: Table<ProductRow>;
  readonly articles: Table<ArticleRow>;
  readonly groups: Table<GroupRow>;
  readonly stock: Table<StockRow>;
  readonly stockHistory: Table<StockHistoryRow>;
  readonly relations: Table<RelationRow>;
  readonly employees: Table<EmployeeRow>;
  readonly orders: Table<OrderRow>;
  readonly invoices: Table<InvoiceRow>;
  readonly packingSlips: Table<PackingSlipRow>;
  /** Those that were added to articles, as the back office defines them. */
  readonly customFields: Table<Document>;
  /** First answers by operation and idempotency key. */
  readonly answers: Table<{ readonly answer: object }>;
  readonly switches: Table<{ readonly values: readonly string[] }>;
  readonly sequences: Table<{ readonly value: number }>;
  readonly byMarker: Readonly<
    Record<
      'products' | 'groups' | 'relations' | 'employees' | 'orders' | 'invoices' | 'packingSlips' | 'stock',
      MarkerIndex
    >
  >;
  /** Order ids by extOrderId, cancelled ones included; invoice ids by extInvoiceId. */
  readonly orderByExtId: ReadonlyMap<string, string>;
  readonly invoiceByExtId: ReadonlyMap<string, string>;
  /** Products of a group, in no order. */
  productsIn(groupNumber: number): ReadonlySet<string>;
  now(): string;
  /** The day in the shop (Europe/Amsterdam): after midnight in summer that is not yet the day of UTC. */
  today(): string;
  /** The next number of a sequence, as digits. */
  next(sequence: Sequence): string;
  current(sequence: Sequence): number;
  /** A new UUID; the same one in every run with the same history. */
  newId(kind: string): string;
  isOn(name: SwitchName): boolean;
}

export function makeShop(store: Store, clock: Clock): Shop {
  const sequences = store.table<{ value: number }>('_sequences');
  const switches = store.table<{ values: readonly string[] }>('_switches');
  const products = store.table<ProductRow>('products');
  const groups = store.table<GroupRow>('groups');
  const stock = store.table<StockRow>('stock');
  const relations = store.table<RelationRow>('relations');
  const employees = store.table<EmployeeRow>('employees');
  const orders = store.table<OrderRow>('orders');
  const invoices = store.table<InvoiceRow>('invoices');
  const packingSlips = store.table<PackingSlipRow>('packingSlips');
  const current = (sequence: Sequence): number => sequences.get(sequence)?.value ?? 0;
  const next = (sequence: Sequence): string => {
    const value = current(sequence) + 1;
    sequences.put(sequence, { value });
    return String(value);
  };
  // The vendor's times have no fractions of a second.
  const now = (): string => `${clock.now().toISOString().slice(0, 19)}.000Z`;
  const members = indexMembers(products);
  const none: ReadonlySet<string> = new Set();

  return {
    store,
    products,
    articles: store.table<ArticleRow>('articles'),
    groups,
    stock,
    stockHistory: store.table<StockHistoryRow>('stockHistory'),
    relations,
    employees,
    orders,
    invoices,
    packingSlips,
    customFields: store.table<Document>('customFields'),
    answers: store.table<{ answer: object }>('_answers'),
    switches,
    sequences,
    byMarker: {
      products: indexByMarker(products, (row) => row.syncMarker),
      groups: indexByMarker(groups, (row) => row.syncMarker),
      relations: indexByMarker(relations, (row) => row.syncMarker),
      employees: indexByMarker(employees, (row) => row.syncMarker),
      orders: indexByMarker(orders, (row) => row.syncMarker),
      invoices: indexByMarker(invoices, (row) => row.syncMarker),
      packingSlips: indexByMarker(packingSlips, (row) => row.syncMarker),
      stock: indexByMarker(stock, (row) => row.stockId),
    },
    orderByExtId: indexByText(orders, 'extOrderId'),
    invoiceByExtId: indexByText(invoices, 'extInvoiceId'),
    productsIn: (groupNumber) => members.get(groupNumber) ?? none,
    now,
    today: () => (localText(now()) ?? now()).slice(0, 10),
    next,
    current,
    newId: (kind) => derivedKey('sandbox', kind, next('id')),
    isOn: (name) => switches.has(name),
  };
}

function indexMembers(products: Table<ProductRow>): ReadonlyMap<number, ReadonlySet<string>> {
  const members = new Map<number, Set<string>>();
  products.watch({
    changed(key, next, previous) {
      for (const { groupNumber } of previous?.groups ?? []) members.get(groupNumber)?.delete(key);
      for (const { groupNumber } of next?.groups ?? []) {
        const set = members.get(groupNumber) ?? new Set<string>();
        members.set(groupNumber, set.add(key));
      }
    },
    cleared: () => members.clear(),
  });
  return members;
}

function indexByText(table: Table<OrderRow> | Table<InvoiceRow>, field: string): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  (table as Table<OrderRow>).watch({
    changed(key, next, previous) {
      const before = previous?.[field];
      const after = next?.[field];
      if (typeof before === 'string') index.delete(before);
      if (typeof after === 'string' && after !== '') index.set(after, key);
    },
    cleared: () => index.clear(),
  });
  return index;
}
