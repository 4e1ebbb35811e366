/**
 * Which canonical record an external record is. By reference; else by natural key, to a record that its system has no reference
 * to yet; else it is new. Records that are only mentioned get their id at once, so nothing waits for them. Pure.
 */
import type { Document } from '../base/document.js';
import type { CanonicalEntity } from './entities.js';
import { fieldsOf } from './normalise.js';

/** A record as its system names it: references are still external ids. */
export interface Draft {
  readonly entity: CanonicalEntity;
  readonly externalId: string;
  readonly fields: Document;
  readonly cleared: readonly string[];
}

/** What is known of an external id. */
export interface KnownReference {
  readonly canonicalId: string;
  readonly origin: string;
}

export interface Candidate {
  readonly key: string;
  readonly id: string;
  readonly productId: string | null;
}

export type Origin = 'INGESTED' | 'MATCHED' | 'MENTIONED';

export interface Identity {
  readonly entity: CanonicalEntity;
  readonly externalId: string;
  readonly canonicalId: string;
  readonly origin: Origin;
  /** False when the reference is stored already. */
  readonly isNew: boolean;
}

export interface Identities {
  of(entity: CanonicalEntity, externalId: string): Identity;
  /** Set when more than one record has the natural key of this one. */
  ambiguous(entity: CanonicalEntity, externalId: string): string | undefined;
}

const naturalKeys: Partial<Record<CanonicalEntity, string>> = { variant: 'sku', stock_location: 'code' };

/** The value by which other systems know the same record, for entities that have one. */
export function naturalKeyOf(entity: CanonicalEntity, fields: Document): string | null {
  const field = naturalKeys[entity];
  const key = field === undefined ? undefined : fields[field];
  return typeof key === 'string' ? key : null;
}

interface ReferenceField {
  readonly name: string;
  readonly entity: CanonicalEntity;
  readonly isList: boolean;
}

const referenceFields = Object.fromEntries(
  Object.entries(fieldsOf).map(([entity, fields]) => [
    entity,
    fields
      .filter((field) => field.type === 'reference')
      .map((field) => ({ name: field.name, entity: field.entity as CanonicalEntity, isList: field.list === true })),
  ]),
) as unknown as Readonly<Record<CanonicalEntity, readonly ReferenceField[]>>;

/** Calls back with every record that a draft refers to. */
export function eachMention(draft: Draft, call: (entity: CanonicalEntity, externalId: string) => void): void {
  for (const field of referenceFields[draft.entity]) {
    const value = draft.fields[field.name];
    if (typeof value === 'string') call(field.entity, value);
    else if (Array.isArray(value)) for (const item of value as readonly string[]) call(field.entity, item);
  }
}

/** The fields of a draft with canonical ids in place of external ones. */
export function resolveMentions(draft: Draft, identities: Identities): Document {
  if (referenceFields[draft.entity].length === 0) return draft.fields;
  const fields = { ...draft.fields };
  for (const { name, entity, isList } of referenceFields[draft.entity]) {
    const value = fields[name];
    if (typeof value === 'string') fields[name] = identities.of(entity, value).canonicalId;
    else if (isList && Array.isArray(value)) {
      const ids = (value as readonly string[]).map((item) => identities.of(entity, item).canonicalId);
      fields[name] = [...new Set(ids)];
    }
  }
  return fields;
}

/** Something per external record of one system. */
export interface ByRecord<V> {
  get(entity: CanonicalEntity, externalId: string): V | undefined;
  has(entity: CanonicalEntity, externalId: string): boolean;
  set(entity: CanonicalEntity, externalId: string, value: V): void;
}

export function makeByRecord<V>(): ByRecord<V> & { values(): V[] } {
  const byEntity: Record<CanonicalEntity, Map<string, V>> = {
    product: new Map(),
    variant: new Map(),
    category: new Map(),
    stock_location: new Map(),
    stock_level: new Map(),
    customer: new Map(),
    order: new Map(),
  };
  return {
    get: (entity, externalId) => byEntity[entity].get(externalId),
    has: (entity, externalId) => byEntity[entity].has(externalId),
    set: (entity, externalId, value) => void byEntity[entity].set(externalId, value),
    values: () => Object.values(byEntity).flatMap((map) => [...map.values()]),
  };
}

/**
 * Identities of a batch. `known`: stored references. `candidates`: records that drafts without a reference may
 * be. `products`: for each drafted product, the external ids of its variants.
 */
export function identify(input: {
  readonly drafts: readonly Draft[];
  readonly known: Pick<ByRecord<KnownReference>, 'get' | 'has'>;
  readonly candidates: { readonly [E in CanonicalEntity]?: readonly Candidate[] };
  readonly newId: (entity: CanonicalEntity) => string;
}): Identities {
  const found = makeByRecord<Identity>();
  const ambiguous = makeByRecord<string>();
  const productOf = new Map<string, Set<string>>();
  const taken = new Set<string>();

  const settle = (entity: CanonicalEntity, externalId: string, origin: Origin, id?: string): Identity => {
    const stored = input.known.get(entity, externalId);
    const identity: Identity = {
      entity,
      externalId,
      canonicalId: stored?.canonicalId ?? id ?? input.newId(entity),
      origin: stored === undefined && id !== undefined ? 'MATCHED' : origin,
      isNew: stored === undefined,
    };
    found.set(entity, externalId, identity);
    taken.add(identity.canonicalId);
    return identity;
  };

  const byKey = groupCandidates(input.candidates);
  for (const draft of input.drafts) {
    const { entity, externalId } = draft;
    if (entity === 'product' || found.has(entity, externalId)) continue;
    const matches = input.known.has(entity, externalId) ? [] : match(draft, byKey);
    if (matches.length > 1) ambiguous.set(entity, externalId, naturalKeyOf(entity, draft.fields) ?? '');
    const [only] = matches.length === 1 ? matches : [];
    const usable = only !== undefined && !taken.has(only.id) ? only : undefined;
    settle(entity, externalId, 'INGESTED', usable?.id);
    const product = draft.fields['product'];
    if (usable?.productId != null && typeof product === 'string') {
      productOf.set(product, (productOf.get(product) ?? new Set()).add(usable.productId));
    }
  }
  for (const draft of input.drafts) {
    if (draft.entity !== 'product' || found.has('product', draft.externalId)) continue;
    // A product is the one that its variants belong to, when they agree and nobody else has claimed it.
    const products = [...(productOf.get(draft.externalId) ?? [])];
    const [only] = products.length === 1 ? products : [];
    settle('product', draft.externalId, 'INGESTED', only !== undefined && !taken.has(only) ? only : undefined);
  }
  return {
    of: (entity, externalId) => found.get(entity, externalId) ?? settle(entity, externalId, 'MENTIONED'),
    ambiguous: (entity, externalId) => ambiguous.get(entity, externalId),
  };
}

type Candidates = ByRecord<Candidate[]>;

function groupCandidates(candidates: { readonly [E in CanonicalEntity]?: readonly Candidate[] }): Candidates {
  const byKey = makeByRecord<Candidate[]>();
  for (const [entity, list] of Object.entries(candidates) as [CanonicalEntity, readonly Candidate[]][]) {
    for (const candidate of list) {
      const group = byKey.get(entity, candidate.key);
      if (group === undefined) byKey.set(entity, candidate.key, [candidate]);
      else group.push(candidate);
    }
  }
  return byKey;
}

function match(draft: Draft, byKey: Candidates): readonly Candidate[] {
  const key = naturalKeyOf(draft.entity, draft.fields);
  return key === null ? [] : (byKey.get(draft.entity, key) ?? []);
}
