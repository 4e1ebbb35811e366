/**
 * Which canonical record an external record is. By reference; else by the mark of the hub that it carries; else by natural
 * key, to a record that its system has no reference to yet; else it is new. Records that are only mentioned get their id at
 * once, so nothing waits for them; when such a record turns out to be another one, the two are merged. Pure.
 */
import type { Document } from '../base/document.js';
import type { CanonicalEntity } from './entities.js';
import { eachReference, keyOfMention, mentionByKey, replaceReferences } from './mentions.js';

/** A record as its system names it: references are still external ids, or natural keys (mentions.ts). */
export interface Draft {
  readonly entity: CanonicalEntity;
  readonly externalId: string;
  readonly fields: Document;
  readonly cleared: readonly string[];
  /** The id of the hub that the record carries, as it stands there. */
  readonly hubId?: string;
}

/** What is known of an external id. */
export interface KnownReference {
  readonly canonicalId: string;
  readonly origin: string;
}

/** A record with a natural key, that the system has no reference to yet. */
export interface Candidate {
  readonly key: string;
  readonly id: string;
  readonly productId: string | null;
}

/** An id that was given out for a natural key, because somebody mentioned a record by it. */
export interface Reservation {
  readonly key: string;
  readonly id: string;
  /** Made by the system that the drafts come from. */
  readonly isOwn: boolean;
  /** False once the record itself has been read. */
  readonly isEmpty: boolean;
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

/** An id without a record of its own that turned out to stand for another one. */
export interface Merge {
  readonly entity: CanonicalEntity;
  readonly from: string;
  readonly to: string;
  /** The record by which it was found out. */
  readonly draft: Draft;
}

export interface Identities {
  of(entity: CanonicalEntity, externalId: string): Identity;
  /** Set when more than one record has the natural key of this one. */
  ambiguous(entity: CanonicalEntity, externalId: string): string | undefined;
  /** Set when this one carries the mark of a record that is another one in its system: that one's external id. */
  duplicateOf(entity: CanonicalEntity, externalId: string): string | undefined;
  /** The natural key of a record that the draft mentions, when more than one record of the system has it. */
  unclearMention(draft: Draft): string | undefined;
  readonly merges: readonly Merge[];
  /** The reservation of the system by key that this record makes needless, or what the system called it before. */
  overtaken(entity: CanonicalEntity, externalId: string): string | undefined;
}

const naturalKeys: Partial<Record<CanonicalEntity, string>> = {
  product: 'code',
  variant: 'sku',
  stock_location: 'code',
};

/** The value by which other systems know the same record, for entities that have one. */
export function naturalKeyOf(entity: CanonicalEntity, fields: Document): string | null {
  const field = naturalKeys[entity];
  const key = field === undefined ? undefined : fields[field];
  return typeof key === 'string' ? key : null;
}

/** Calls back with every record that a draft refers to. */
export function eachMention(draft: Draft, call: (entity: CanonicalEntity, externalId: string) => void): void {
  eachReference(draft.entity, draft.fields, call);
}

/** The fields of a draft with canonical ids in place of external ones. */
export function resolveMentions(draft: Draft, identities: Identities): Document {
  return replaceReferences(draft.entity, draft.fields, (entity, id) => identities.of(entity, id).canonicalId);
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

export interface IdentityInput {
  readonly drafts: readonly Draft[];
  /** Stored references; those of mentions by key that could be told, too. */
  readonly known: Pick<ByRecord<KnownReference>, 'get' | 'has'>;
  /** Records that drafts without a reference may be. */
  readonly candidates: { readonly [E in CanonicalEntity]?: readonly Candidate[] };
  readonly reservations?: { readonly [E in CanonicalEntity]?: readonly Reservation[] };
  /** Records of the hub that marks name, with their external id in the system (null = none). */
  readonly marked?: ReadonlyMap<string, string | null>;
  /** Mentions by key that more than one record of the system answers to. */
  readonly unclear?: Pick<ByRecord<true>, 'has'>;
  /** Products of variants that the system is known to have, when it has no reference to the product itself; by variant. */
  readonly holders?: ReadonlyMap<string, string>;
  readonly newId: (entity: CanonicalEntity, externalId: string) => string;
}

/** Identities of a batch. */
export function identify(input: IdentityInput): Identities {
  const found = makeByRecord<Identity>();
  const ambiguous = makeByRecord<string>();
  const duplicates = makeByRecord<string>();
  const productOf = new Map<string, Set<string>>();
  const taken = new Map<string, string>();
  const byKey = makeByRecord<string>();
  const merges: Merge[] = [];
  const overtaken = makeByRecord<string>();
  const moved = new Map<string, string>();
  const candidates = grouped(input.candidates);
  const reservations = grouped(input.reservations ?? {});

  const settle = (entity: CanonicalEntity, externalId: string, origin: Origin, id?: string): Identity => {
    const stored = input.known.get(entity, externalId);
    const given = stored === undefined ? undefined : (moved.get(stored.canonicalId) ?? stored.canonicalId);
    const canonicalId = id ?? given ?? input.newId(entity, externalId);
    const identity: Identity = { entity, externalId, canonicalId, origin, isNew: stored === undefined };
    found.set(entity, externalId, identity);
    taken.set(canonicalId, externalId);
    return identity;
  };

  const merge = (draft: Draft, from: string, to: string): void => {
    if (from === to || moved.has(from) || taken.has(from)) return;
    moved.set(from, to);
    merges.push({ entity: draft.entity, from, to, draft });
  };

  /** A record of an entity whose records carry our mark. */
  const byMark = (draft: Draft): string | undefined => {
    const { entity, externalId, hubId } = draft;
    const there = hubId === undefined ? undefined : input.marked?.get(hubId);
    if (hubId === undefined || there === undefined) return undefined;
    const stored = input.known.get(entity, externalId);
    if (stored?.canonicalId === hubId) return undefined;
    const other = there ?? taken.get(hubId);
    if (other !== undefined && other !== externalId) {
      duplicates.set(entity, externalId, other);
      return undefined;
    }
    return stored === undefined || stored.origin === 'MENTIONED' ? hubId : undefined;
  };

  const noteProduct = (draft: Draft, id: string | null | undefined): void => {
    const product = draft.fields['product'];
    if (id === null || id === undefined || typeof product !== 'string') return;
    productOf.set(product, (productOf.get(product) ?? new Set()).add(id));
  };

  /** The product that the variants of a mention belong to, when they agree and nobody else has claimed it. */
  const productBy = (...mentions: readonly string[]): string | undefined => {
    const [only, ...others] = new Set(mentions.flatMap((mention) => [...(productOf.get(mention) ?? [])]));
    return only !== undefined && others.length === 0 && !taken.has(only) ? only : undefined;
  };

  const identifyOne = (draft: Draft, found?: string): void => {
    const { entity, externalId } = draft;
    const stored = input.known.get(entity, externalId);
    const isSure = stored !== undefined && stored.origin !== 'MENTIONED';
    const key = naturalKeyOf(entity, draft.fields);
    const matches = isSure || key === null ? [] : (candidates.get(entity, key) ?? []);
    if (matches.length > 1) ambiguous.set(entity, externalId, key ?? '');
    const [only] = matches.length === 1 ? matches : [];
    const usable = only !== undefined && !taken.has(only.id) ? only : undefined;
    const reserved = key === null ? [] : (reservations.get(entity, key) ?? []);
    const empty = reserved.filter(({ id, isEmpty }) => isEmpty && !taken.has(id)).map(({ id }) => id);
    const matched = found ?? usable?.id ?? byMark(draft);
    // An id that was reserved by id stays; one that was reserved by key is taken over.
    const id = matched ?? stored?.canonicalId ?? empty[0];
    const losers = isSure || matched === undefined || stored === undefined ? empty : [stored.canonicalId, ...empty];
    const settled = settle(entity, externalId, matched === undefined ? 'INGESTED' : 'MATCHED', id);
    for (const loser of losers) merge(draft, loser, settled.canonicalId);
    if (key !== null) {
      if (!byKey.has(entity, key)) byKey.set(entity, key, settled.canonicalId);
      if (reserved.some(({ isOwn }) => isOwn)) overtaken.set(entity, externalId, mentionByKey(key));
    }
    noteProduct(draft, usable?.productId ?? (isSure ? input.holders?.get(stored.canonicalId) : undefined));
  };

  for (const draft of input.drafts) {
    if (draft.entity !== 'product' && !found.has(draft.entity, draft.externalId)) identifyOne(draft);
  }
  for (const draft of input.drafts) {
    if (draft.entity !== 'product' || found.has('product', draft.externalId)) continue;
    const key = naturalKeyOf('product', draft.fields);
    const isNew = !input.known.has('product', draft.externalId);
    identifyOne(draft, isNew ? productBy(draft.externalId, ...(key === null ? [] : [mentionByKey(key)])) : undefined);
  }
  // Variants that are here already name a product that is not: it is the one that they belong to.
  for (const mention of productOf.keys()) {
    if (keyOfMention(mention) === undefined || found.has('product', mention) || input.known.has('product', mention))
      continue;
    const id = byKey.get('product', keyOfMention(mention) ?? '') ?? productBy(mention);
    if (id !== undefined) settle('product', mention, 'MENTIONED', id);
  }

  const mentioned = (entity: CanonicalEntity, externalId: string): Identity => {
    const key = keyOfMention(externalId);
    return settle(entity, externalId, 'MENTIONED', key === undefined ? undefined : byKey.get(entity, key));
  };
  return {
    of: (entity, externalId) => found.get(entity, externalId) ?? mentioned(entity, externalId),
    ambiguous: (entity, externalId) => ambiguous.get(entity, externalId),
    duplicateOf: (entity, externalId) => duplicates.get(entity, externalId),
    unclearMention(draft) {
      let key: string | undefined;
      const { unclear } = input;
      if (unclear !== undefined)
        eachMention(draft, (of, id) => (key ??= unclear.has(of, id) ? keyOfMention(id) : undefined));
      return key;
    },
    merges,
    overtaken: (entity, externalId) => overtaken.get(entity, externalId),
  };
}

function grouped<T extends { readonly key: string }>(lists: {
  readonly [E in CanonicalEntity]?: readonly T[];
}): ByRecord<T[]> {
  const byKey = makeByRecord<T[]>();
  for (const [entity, list] of Object.entries(lists) as [CanonicalEntity, readonly T[]][]) {
    for (const item of list) {
      const group = byKey.get(entity, item.key);
      if (group === undefined) byKey.set(entity, item.key, [item]);
      else group.push(item);
    }
  }
  return byKey;
}
