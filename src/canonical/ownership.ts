/**
 * Who may say what a canonical field holds. The table is total: a new field does not compile until somebody has decided.
 */
import type { CanonicalEntity, EntityField } from './entities.js';
import type { CanonicalRecord } from './record.js';

/**
 * `source`: the source of the entity's flow; with several sources the one that said it first, as long as it is one.
 * `lastWriter`: whichever source changed it last. `manual`: the same, but when several have changed it since they last agreed,
 * people decide (contests.ts).
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

/** The entities whose fields people may give other owners: those of orders follow from where the order came from. */
export const refinableEntities = ['product', 'variant', 'category', 'customer'] as const;
export type RefinableEntity = (typeof refinableEntities)[number];

/** Fields whose policy people may change. What goes through stages, or is a list of several systems, stays as it is. */
export function isRefinable(entity: CanonicalEntity, field: string): boolean {
  if (!(refinableEntities as readonly string[]).includes(entity) || unrefinable.has(`${entity}.${field}`)) return false;
  const policies: Readonly<Record<string, FieldPolicy>> = fieldPolicies[entity];
  return policies[field] === 'source' || policies[field] === 'lastWriter';
}

/** Whether people have made fields of one of these entities the matter of several systems. */
export const isRefinedAmong = (
  ownership: Pick<Ownership, 'sharedFields'>,
  entities: readonly RefinableEntity[],
): boolean => entities.some((entity) => ownership.sharedFields(entity).length > 0);

/** What a record is known by and belongs to. */
const unrefinable: ReadonlySet<string> = new Set(['product.code', 'variant.product', 'variant.sku', 'category.code']);

/** What people have said of a field. `owner`: the system that it belongs to alone, with policy `source`. */
export interface FieldOwner {
  readonly entity: RefinableEntity;
  readonly field: string;
  readonly policy: 'source' | 'lastWriter' | 'manual';
  readonly owner: string | null;
}

export interface Ownership {
  policy(entity: CanonicalEntity, field: string): FieldPolicy;
  /** Systems that are the source of a flow of the entity. */
  isSource(entity: CanonicalEntity, system: string): boolean;
  /** Systems that a flow says the field belongs to alone; undefined when none does. */
  owners(entity: CanonicalEntity, field: string): ReadonlySet<string> | undefined;
  /** Fields that several systems may change and of which each system's last statement is kept; none = nothing is kept. */
  sharedFields(entity: CanonicalEntity): readonly string[];
}

const shared: ReadonlySet<FieldPolicy> = new Set(['lastWriter', 'manual', 'furthest', 'furthestItems', 'union']);
/** Levels have several writers too, but each level has one system that counts it. */
const withStatements: readonly CanonicalEntity[] = [...refinableEntities, 'order'];

/**
 * The policies above with the sources that the flows name, and the fields that they give to one source. What people have said
 * of a field goes before both.
 */
export function makeOwnership(
  isSource: Ownership['isSource'],
  owners: Ownership['owners'] = () => undefined,
  refined: readonly FieldOwner[] = [],
): Ownership {
  const byField = new Map(refined.map((each) => [`${each.entity}.${each.field}`, each]));
  // Asked for each field of each record: by one look-up each, without a text made for it.
  const policies = new Map<CanonicalEntity, Record<string, FieldPolicy>>(
    Object.entries(fieldPolicies).map(([entity, shipped]) => [entity as CanonicalEntity, { ...shipped }]),
  );
  for (const each of refined) (policies.get(each.entity) ?? {})[each.field] = each.policy;
  const policy: Ownership['policy'] = (entity, field) => policies.get(entity)?.[field] ?? 'source';
  const sharedFields = new Map(
    withStatements.map((entity) => [
      entity,
      Object.keys(fieldPolicies[entity]).filter((field) => shared.has(policy(entity, field))),
    ]),
  );
  return {
    policy,
    isSource,
    sharedFields: (entity) => sharedFields.get(entity) ?? [],
    owners(entity, field) {
      const own = byField.get(`${entity}.${field}`);
      if (own === undefined) return owners(entity, field);
      return own.owner === null ? undefined : new Set([own.owner]);
    },
  };
}

/** What the hub ships with. */
export const shippedPolicy = (entity: CanonicalEntity, field: string): FieldPolicy =>
  (fieldPolicies[entity] as Readonly<Record<string, FieldPolicy>>)[field] ?? 'source';

/** Owner of what no single system has said: the hub has worked it out, or people have said it here. */
export const worker = 'hub';

/** Under this key the provenance says which system has moved a `furthest` field back. */
export const keyOfMoveBack = (field: string): string => `${field}.back`;

/** The system that a field of a record came from; a default came with the record. */
export function originOf(record: CanonicalRecord, field: string): string | undefined {
  return record.provenance[field] ?? record.provenance['*'] ?? undefined;
}

/**
 * Whose a field is that no rule gives to anybody: whoever said it first. What the hub has put there itself, as people do who take a
 * change back, stays with the system that the record came from.
 */
export function ownerByOrigin(record: CanonicalRecord, field: string): string | undefined {
  const origin = originOf(record, field);
  return origin === worker ? (record.provenance['*'] ?? undefined) : origin;
}

/** Whether what `system` says about a field of an existing record counts. */
export function mayWrite(ownership: Ownership, record: CanonicalRecord, field: string, system: string): boolean {
  if (!ownership.isSource(record.entity, system)) return false;
  const owners = ownership.owners(record.entity, field);
  if (owners !== undefined) return owners.has(system);
  switch (ownership.policy(record.entity, field)) {
    case 'manual':
    case 'lastWriter':
    case 'furthest':
    case 'furthestItems':
    case 'union':
      return true;
    case 'source': {
      const owner = ownerByOrigin(record, field);
      return owner === undefined || owner === system || !ownership.isSource(record.entity, owner);
    }
  }
}
