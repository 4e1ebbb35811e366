/**
 * Canonical records as outbound mappings read them (outboundCatalogue): each with the records around it, in bulk. Decimals
 * are text without trailing zeros. A record that is gone from every source reads as inactive, never as absent. Each document
 * knows which system its fields came from, so that nothing is written back to its owner.
 */
import type { Document, Json } from '../base/document.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import { isContested } from '../base/contested.js';
import type { CanonicalRecord, Provenance } from '../canonical/record.js';
import type { Query } from './database.js';
import { contestedIn, originIn, type OriginOf } from './origins.js';
import { loadProductDocuments } from './product-documents.js';
import { loadRows } from './rows.js';
import { isCounted } from './stock-levels.js';

export interface CanonicalDocument {
  readonly id: string;
  readonly isDeleted: boolean;
  readonly document: Document;
  readonly originOf: OriginOf;
  /** Of the first contact of a company: the other ones, as documents like this one. */
  readonly others?: readonly Document[];
  /** The field at a path was moved back by the system that may: targets that are further on are told. */
  readonly isMovedBack?: (path: string) => boolean;
  /** The systems do not agree on the field at a path, and people have not decided yet: it is written to nobody. */
  readonly isContested?: (path: string) => boolean;
}

/** Documents by canonical id; ids without a row are absent. */
export function loadDocuments(
  query: Query,
  entity: ProjectedEntity,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CanonicalDocument>> {
  switch (entity) {
    case 'product':
      return loadProductDocuments(query, ids);
    case 'category':
      return load(query, 'category', ids, { isActive: false });
    case 'variant':
      return loadVariants(query, ids);
    case 'stock':
      return loadStock(query, ids);
    case 'customer':
      return loadCustomers(query, ids);
    case 'contact':
      return loadContacts(query, ids);
    case 'order':
      return loadOrders(query, ids);
  }
}

async function load(
  query: Query,
  entity: 'product' | 'category',
  ids: readonly string[],
  whenDeleted: Document,
): Promise<ReadonlyMap<string, CanonicalDocument>> {
  const records = await loadRows(query, entity, ids);
  return new Map(records.map((record) => [record.id, toDocument(record, whenDeleted)]));
}

function toDocument(record: CanonicalRecord, whenDeleted: Document): CanonicalDocument {
  const { id, isDeleted } = record;
  const document = { id, ...record.fields, ...(isDeleted ? whenDeleted : {}) };
  const about = isContested(record) ? { isContested: contestedIn(record) } : {};
  return { id, isDeleted, document, originOf: (path) => originIn(record, path, whenDeleted), ...about };
}

async function loadVariants(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, CanonicalDocument>> {
  const variants = await loadRows(query, 'variant', ids);
  const productIds = [...new Set(variants.map((variant) => String(variant.fields['product'])))];
  const products = await load(query, 'product', productIds, { status: 'ARCHIVED' });
  return new Map(
    variants.map((variant) => {
      const made = toDocument(variant, { isActive: false });
      const product = products.get(String(variant.fields['product']));
      const originOf: OriginOf = (path) =>
        path.startsWith('product.') ? product?.originOf(path.slice('product.'.length)) : made.originOf(path);
      const isContested = (path: string): boolean =>
        path.startsWith('product.')
          ? product?.isContested?.(path.slice('product.'.length)) === true
          : made.isContested?.(path) === true;
      const document = { ...made.document, product: product?.document ?? null };
      return [variant.id, { ...made, document, originOf, isContested }];
    }),
  );
}

/** Customers with what they have most one of in a target: the first contact, an address for bills, one for parcels. */
async function loadCustomers(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, CanonicalDocument>> {
  const customers = await loadRows(query, 'customer', ids);
  return new Map(
    customers.map((customer) => {
      const made = toDocument(customer, { isActive: false });
      const addressOf = (role: string): Document | null => itemsOf(customer, 'addresses').find((each) => each['role'] === role) ?? null; // prettier-ignore
      const chosen: Document = {
        primaryContact: primaryOf(customer) ?? null,
        billingAddress: addressOf('BILLING'),
        shippingAddress: addressOf('SHIPPING'),
      };
      // One that is not there has not been stated, whoever has stated the others.
      const originOf: OriginOf = (path) => {
        const name = path.split('.', 1)[0] ?? path;
        if (!(name in chosen)) return made.originOf(path);
        return chosen[name] === null ? null : made.originOf(name === 'primaryContact' ? 'contacts' : 'addresses');
      };
      const isContested = (path: string): boolean => {
        const name = path.split('.', 1)[0] ?? path;
        const from = name in chosen ? (name === 'primaryContact' ? 'contacts' : 'addresses') : path;
        return made.isContested?.(from) === true;
      };
      return [customer.id, { ...made, document: { ...made.document, ...chosen }, originOf, isContested }];
    }),
  );
}

const itemsOf = ({ fields }: CanonicalRecord, list: string): readonly Document[] =>
  (fields[list] ?? []) as readonly Document[];

function primaryOf(customer: CanonicalRecord): Document | undefined {
  const contacts = itemsOf(customer, 'contacts');
  return contacts.find((contact) => contact['isPrimary'] === true) ?? contacts[0];
}

/** The contact that stands for a customer: the first one of a company. */
const contactOf = (customer: CanonicalRecord): Document | undefined =>
  customer.fields['kind'] === 'COMPANY' ? primaryOf(customer) : undefined;

/** The contacts of companies that have one. */
async function loadContacts(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, CanonicalDocument>> {
  const documents = new Map<string, CanonicalDocument>();
  for (const customer of await loadRows(query, 'customer', ids)) {
    const { id, isDeleted, fields } = customer;
    const contact = contactOf(customer);
    if (contact === undefined) continue;
    // The company may be the target's own, and its contact somebody else's.
    const originOf: OriginOf = (path) => originIn(customer, path === 'kind' ? path : 'contacts');
    const documentOf = (person: Document): Document => ({ id, customer: id, kind: fields['kind'] ?? null, ...person });
    const others = itemsOf(customer, 'contacts').filter((person) => person !== contact).map(documentOf); // prettier-ignore
    documents.set(id, { id, isDeleted, document: documentOf(contact), originOf, others });
  }
  return documents;
}

const computedFrom: Readonly<Record<string, string>> = {
  shippingAmount: 'lines',
  shippingTaxRate: 'lines',
  shippingTaxCategory: 'lines',
  locationCode: 'location',
  usesDefaultCustomer: 'customer',
  customerIsCompany: 'customer',
  isSilent: 'placedAt',
};

/** Orders with what their customer and their location are; what depends on the flow is added by the projector. */
async function loadOrders(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, CanonicalDocument>> {
  const orders = await loadRows(query, 'order', ids);
  const customerIds = orders.map(({ fields }) => fields['customer']).filter((id) => typeof id === 'string');
  const customers = await loadRows(query, 'customer', [...new Set(customerIds)]);
  const locationIds = orders.map(({ fields }) => fields['location']).filter((id) => typeof id === 'string');
  const locations = await loadRows(query, 'stock_location', [...new Set(locationIds)]);
  const placeOf = new Map(locations.map(({ id, fields }) => [id, fields]));
  const companies = new Set(customers.filter((each) => contactOf(each) !== undefined).map(({ id }) => id));
  return new Map(
    orders.map((order) => {
      const made = toDocument(order, {});
      const customerIsCompany = companies.has(String(order.fields['customer']));
      const originOf: OriginOf = (path) => {
        const from = computedFrom[path];
        return from === undefined ? made.originOf(path) : (made.originOf(from) ?? made.originOf('*'));
      };
      const isMovedBack = (path: string): boolean => `${path.split('.', 1)[0] ?? path}.back` in order.provenance;
      const { location } = order.fields;
      const { code = null, country = null } = placeOf.get(String(location)) ?? {};
      const isLocationUnread = typeof location === 'string' && !placeOf.has(location);
      const around = { customerIsCompany, locationCode: code, locationCountry: country, isLocationUnread };
      return [order.id, { ...made, document: { ...made.document, ...around }, originOf, isMovedBack }];
    }),
  );
}

type StockRow = {
  id: string;
  sku: string;
  tracks_stock: boolean;
  is_deleted: boolean;
  provenance: Provenance;
  /** Which system states the level, for each of `levels`. */
  origins: readonly (string | null)[];
  levels: Json;
};

async function loadStock(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, CanonicalDocument>> {
  if (ids.length === 0) return new Map();
  const rows = await query.query<StockRow>(
    `select v.id, v.sku, v.tracks_stock, v.deleted_at is not null as is_deleted, v.provenance,
       json_agg(coalesce(s.provenance ->> 'onHand', s.provenance ->> '*') order by l.code, s.id) as origins,
       json_agg(json_build_object(
         'locationCode', l.code,
         'onHand', trim_scale(s.on_hand)::text,
         'reserved', trim_scale(s.reserved)::text,
         'incoming', trim_scale(s.incoming)::text,
         'safetyStock', trim_scale(s.safety_stock)::text
       ) order by l.code, s.id) as levels
     from variant v
     join stock_level s on s.variant_id = v.id and ${isCounted('s')}
     join stock_location l on l.id = s.location_id
     where v.id = any($1::text[])
     group by v.id`,
    [ids],
    'stock-documents',
  );
  return new Map(
    rows.map((row) => {
      const document = { id: row.id, variant: row.id, sku: row.sku, tracksStock: row.tracks_stock, levels: row.levels };
      return [row.id, { id: row.id, isDeleted: row.is_deleted, document, originOf: stockOrigins(row) }];
    }),
  );
}

/** `levels.2` is the origin of that level; that of `levels` is the one that all of them have. */
function stockOrigins({ provenance, origins }: StockRow): OriginOf {
  const ofVariant: OriginOf = (path) => provenance[path] ?? provenance['*'];
  return (path) => {
    // Stock is nobody's record: who made the variant says nothing about who is told how many there are.
    if (path === '*') return undefined;
    if (!path.startsWith('levels')) return ofVariant(path === 'variant' ? '*' : path);
    const index = /^levels\.(\d+)/.exec(path)?.[1];
    if (index !== undefined) return origins[Number(index)] ?? undefined;
    const [first] = origins;
    return origins.every((origin) => origin === first) ? (first ?? undefined) : undefined;
  };
}
