/**
 * Which columns of a record are read. In: what an operation asks for anywhere. Out: select lists without the columns that only
 * other fields show: long texts, lists and dates cost more to read than all the rest. A column that is not named here is
 * always read; a test compares what is shown with and without the others.
 */
import { Customer } from '../schema/customer.js';
import { SalesOrder } from '../schema/order.js';
import { Product } from '../schema/product.js';
import { ProductVariant } from '../schema/product-variant.js';
import type { Query } from './database.js';
import { columnsOf, selectList, textRow, type EntityColumn, type TextRow } from './entity-columns.js';

/** `Type.field` for every field of an operation, and `Type` for every type of which one is asked. */
export type AskedFields = ReadonlySet<string>;

/** Select lists, each with the alias that statements give the table: p, v, c, o. */
export interface Columns {
  readonly product: string;
  readonly variant: string;
  readonly customer: string;
  readonly order: string;
  /** The same of records that come with another one. */
  readonly variantTexts: TextRow;
  readonly customerTexts: TextRow;
  /** Names of the sums of stock. */
  readonly stock: readonly StockSum[];
}

type Needs<T> = { readonly [column in keyof T]?: readonly string[] };

/** Columns of every record that are read when their field is asked for, on the type or on what it has in common with others. */
const ofAny = ['version', 'contentHash', 'provenance', 'createdAt', 'updatedAt', 'deletedAt'] as const;

/** Shown beside events and in the audit, whatever the record is. */
const label = 'SyncEvent.entityLabel';
const subject = 'AuditEntry.subjectLabel';

const productNeeds: Needs<Product> = {
  code: ['code'],
  type: ['type'],
  status: ['status'],
  brand: ['brand'],
  shortDescription: ['shortDescription'],
  description: ['description'],
  isVisibleInWebshop: ['isVisibleInWebshop'],
  categories: ['categories', 'primaryCategory'],
  attributes: ['attributes'],
};

const variantNeeds: Needs<ProductVariant> = {
  position: ['position'],
  sku: ['sku', 'name', label, subject],
  name: ['name', label, subject],
  gtin: ['gtin', 'barcodes'],
  priceCurrency: ['price', 'purchasePrice'],
  weightGrams: ['weightGrams'],
  barcodes: ['barcodes'],
  isActive: ['isActive'],
  options: ['selectedOptions'],
  priceAmount: ['price'],
  priceIncludesTax: ['price'],
  taxClass: ['price'],
  taxRate: ['price'],
  purchasePrice: ['purchasePrice'],
  unitCode: ['unitCode'],
  tracksStock: ['tracksStock'],
};

const named = ['displayName', 'company', label, subject];

const customerNeeds: Needs<Customer> = {
  kind: ['kind', 'company', 'person'],
  companyName: named,
  fullName: ['person', ...named],
  firstName: ['person'],
  infix: ['person'],
  lastName: ['person', ...named],
  email: ['email', 'issues'],
  phone: ['phone'],
  mobile: ['mobile'],
  website: ['website'],
  language: ['language'],
  vatNumber: ['company'],
  registrationNumber: ['company'],
  priceList: ['priceList'],
  paymentTerm: ['paymentTerm'],
  paymentDays: ['paymentTerm'],
  erasedAt: ['erasedAt', 'provenance', 'Query.entityAt', 'Query.entityDiff'],
  mergedIntoId: ['mergedInto'],
  isActive: ['isActive'],
  isBlocked: ['isBlocked'],
  note: ['note', 'notes'],
  addresses: ['addresses', 'issues'],
  contacts: ['contacts', 'issues'],
};

const sums = ['total', 'subtotal', 'shippingPrice', 'roundingDifference', 'outstanding', 'taxes'];

const orderNeeds: Needs<SalesOrder> = {
  reference: ['reference'],
  status: ['status'],
  paymentStatus: ['paymentStatus', 'outstanding'],
  fulfillmentStatus: ['fulfillmentStatus'],
  placedAt: ['placedAt'],
  locationId: ['location'],
  settles: ['settles'],
  creditsId: ['creditsId'],
  customerSnapshot: ['customerSnapshot'],
  billingAddress: ['billingAddress'],
  shippingAddress: ['shippingAddress'],
  placedAtLocal: ['placedAtLocal'],
  documentDate: ['documentDate'],
  deliveryDate: ['deliveryDate'],
  dueDate: ['dueDate'],
  lines: ['lines', 'adjustments', 'OrderLine', ...sums],
  deliveries: ['OrderLine.quantityFulfilled'],
  shippingMethod: ['shippingMethod'],
  taxes: sums,
  taxCountry: ['taxCountry', 'taxes', 'OrderLine.taxes'],
  paidAmount: ['paid', 'outstanding'],
  payments: ['payments', 'paid', 'outstanding', 'Payment'],
  paymentMethod: ['paymentMethod'],
  paymentTerm: ['paymentTerm'],
  note: ['notes'],
};

const entities = {
  product: { entity: Product, type: 'Product', alias: 'p', needs: productNeeds },
  variant: { entity: ProductVariant, type: 'ProductVariant', alias: 'v', needs: variantNeeds },
  customer: { entity: Customer, type: 'Customer', alias: 'c', needs: customerNeeds },
  order: { entity: SalesOrder, type: 'Order', alias: 'o', needs: orderNeeds },
} as const;

function isAsked(asked: AskedFields, type: string, field: string): boolean {
  return [field, `${type}.${field}`, `Syncable.${field}`, `Node.${field}`].some((name) => asked.has(name));
}

function neededOf(name: keyof typeof entities, asked: AskedFields | null): readonly EntityColumn[] {
  const { entity, type, needs } = entities[name];
  const all: Readonly<Record<string, readonly string[] | undefined>> = {
    ...Object.fromEntries(ofAny.map((column) => [column, [column]])),
    ...needs,
  };
  return columnsOf(entity).filter(({ property }) => {
    const fields = all[property];
    return asked === null || fields === undefined || fields.some((field) => isAsked(asked, type, field));
  });
}

const listOf = (name: keyof typeof entities, asked: AskedFields | null): string =>
  selectList(neededOf(name, asked), entities[name].alias);

const textsOf = (name: keyof typeof entities, asked: AskedFields | null): TextRow =>
  textRow(neededOf(name, asked), entities[name].alias);

const stockSums = ['onHand', 'reserved', 'available', 'incoming', 'locationCount', 'oldestAsOf'] as const;
export type StockSum = (typeof stockSums)[number];

const made = (asked: AskedFields | null): Columns => ({
  stock: stockSums.filter((name) => asked === null || isAsked(asked, 'StockSummary', name)),
  product: listOf('product', asked),
  variant: listOf('variant', asked),
  customer: listOf('customer', asked),
  variantTexts: textsOf('variant', asked),
  customerTexts: textsOf('customer', asked),
  order: listOf('order', asked),
});

const whole = made(null);
const known = new WeakMap<AskedFields, Columns>();

/** What an operation needs; everything when it is not known what is asked. */
export function columnsFor(asked: AskedFields | undefined): Columns {
  if (asked === undefined) return whole;
  const found = known.get(asked) ?? made(asked);
  known.set(asked, found);
  return found;
}

/** A way to the database that knows which columns are wanted. */
export interface SelectiveQuery extends Query {
  readonly columns: Columns;
}

export const selective = (query: Query, columns: Columns): SelectiveQuery => ({
  query: (text, values, name) => query.query(text, values, name),
  columns,
});

/** The columns that somebody who reads through `query` wants. */
export const columnsIn = (query: Query): Columns => (query as Partial<SelectiveQuery>).columns ?? whole;
