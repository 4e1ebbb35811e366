/**
 * Who may say what a canonical field holds. The table is total: a new field does not compile until somebody has decided.
 */
import type { CanonicalEntity, EntityField } from './entities.js';
import type { CanonicalRecord } from './record.js';

/**
 * `source`: the source of the entity's flow; with several sources the one that said it first, as long as it is one.
 * `lastWriter`: whichever source changed it last. `manual`: nobody but people; systems may only fill it when a record is made.
 * `furthest`: any source may move it on along its values; only the system that the record came from may move it back, and
 * only by a change of its own. `furthestItems`: the same for each quantity of a list, known by its key. `union`: items by their key; each source adds its own and takes none of another away.
 */
export type FieldPolicy = 'source' | 'lastWriter' | 'manual' | 'furthest' | 'furthestItems' | 'union';

export const fieldPolicies = {
  product: {
    code: 'source',
    type: 'source',
    status: 'source',
    name: 'source',
    shortDescription: 'source',
    description: 'source',
    brand: 'source',
    isVisibleInWebshop: 'source',
    categories: 'source',
    attributes: 'source',
  },
  variant: {
    product: 'source',
    sku: 'source',
    position: 'source',
    name: 'source',
    gtin: 'source',
    barcodes: 'source',
    isActive: 'source',
    options: 'source',
    priceAmount: 'source',
    priceCurrency: 'source',
    priceIncludesTax: 'source',
    taxClass: 'source',
    taxRate: 'source',
    purchasePrice: 'source',
    unitCode: 'source',
    weightGrams: 'source',
    tracksStock: 'source',
  },
  category: {
    code: 'source',
    name: 'source',
    description: 'source',
    parent: 'source',
    position: 'source',
    isActive: 'source',
  },
  stock_location: { code: 'source', name: 'source', country: 'source', isActive: 'source' },
  stock_level: {
    variant: 'source',
    location: 'source',
    onHand: 'lastWriter',
    reserved: 'lastWriter',
    incoming: 'lastWriter',
    safetyStock: 'source',
    asOf: 'lastWriter',
  },
  customer: {
    kind: 'lastWriter',
    number: 'source',
    companyName: 'lastWriter',
    fullName: 'lastWriter',
    firstName: 'lastWriter',
    infix: 'lastWriter',
    lastName: 'lastWriter',
    email: 'lastWriter',
    phone: 'lastWriter',
    mobile: 'lastWriter',
    website: 'lastWriter',
    language: 'lastWriter',
    vatNumber: 'lastWriter',
    registrationNumber: 'lastWriter',
    priceList: 'lastWriter',
    paymentTerm: 'lastWriter',
    paymentDays: 'lastWriter',
    isActive: 'lastWriter',
    isBlocked: 'lastWriter',
    note: 'lastWriter',
    addresses: 'lastWriter',
    contacts: 'lastWriter',
  },
  order: {
    type: 'source',
    number: 'source',
    reference: 'source',
    settles: 'source',
    credits: 'source',
    status: 'furthest',
    paymentStatus: 'furthest',
    fulfillmentStatus: 'furthest',
    customer: 'source',
    customerSnapshot: 'source',
    billingAddress: 'source',
    shippingAddress: 'source',
    placedAt: 'source',
    placedAtLocal: 'source',
    documentDate: 'source',
    deliveryDate: 'source',
    dueDate: 'source',
    location: 'source',
    currency: 'source',
    taxMethod: 'source',
    taxCountry: 'source',
    lines: 'source',
    deliveries: 'furthestItems',
    shippingMethod: 'source',
    taxes: 'source',
    totalExcl: 'source',
    totalTax: 'source',
    totalIncl: 'source',
    paidAmount: 'lastWriter',
    payments: 'union',
    paymentMethod: 'source',
    paymentTerm: 'source',
    note: 'source',
  },
} as const satisfies { readonly [E in CanonicalEntity]: Readonly<Record<EntityField[E], FieldPolicy>> };

export interface Ownership {
  policy(entity: CanonicalEntity, field: string): FieldPolicy;
  /** Systems that are the source of a flow of the entity. */
  isSource(entity: CanonicalEntity, system: string): boolean;
  /** Systems that a flow says the field belongs to alone; undefined when none does. */
  owners(entity: CanonicalEntity, field: string): ReadonlySet<string> | undefined;
}

/** The policies above with the sources that the flows name, and the fields that they give to one source. */
export function makeOwnership(
  isSource: Ownership['isSource'],
  owners: Ownership['owners'] = () => undefined,
): Ownership {
  return {
    policy: (entity, field) => (fieldPolicies[entity] as Readonly<Record<string, FieldPolicy>>)[field] ?? 'manual',
    isSource,
    owners,
  };
}

/** Under this key the provenance says which system has moved a `furthest` field back. */
export const keyOfMoveBack = (field: string): string => `${field}.back`;

/** The system that a field of a record came from; a default came with the record. */
export function originOf(record: CanonicalRecord, field: string): string | undefined {
  return record.provenance[field] ?? record.provenance['*'] ?? undefined;
}

/** Whether what `system` says about a field of an existing record counts. */
export function mayWrite(ownership: Ownership, record: CanonicalRecord, field: string, system: string): boolean {
  if (!ownership.isSource(record.entity, system)) return false;
  const owners = ownership.owners(record.entity, field);
  if (owners !== undefined) return owners.has(system);
  switch (ownership.policy(record.entity, field)) {
    case 'manual':
      return false;
    case 'lastWriter':
    case 'furthest':
    case 'furthestItems':
    case 'union':
      return true;
    case 'source': {
      const origin = originOf(record, field);
      return origin === undefined || origin === system || !ownership.isSource(record.entity, origin);
    }
  }
}
