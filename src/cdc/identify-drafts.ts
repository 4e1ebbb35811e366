/**
 * Says for every record of a batch's drafts, and for every record they mention, which canonical record it is. In: drafts and
 * stored references. Out: identities, decided by canonical/identity.ts. Look-ups are one statement per entity; locks are taken
 * only where another transaction could make, reserve or merge the same record meanwhile, always in the same order.
 */
import type { CanonicalEntity } from '../canonical/entities.js';
import {
  eachMention,
  identify,
  makeByRecord,
  naturalKeyOf,
  type ByRecord,
  type Candidate,
  type Draft,
  type Identities,
  type Reservation,
} from '../canonical/identity.js';
import { keyOfMention, markOfMention, mentionByKey } from '../canonical/mentions.js';
import type { Tx } from '../store/database.js';
import type { Reference } from '../store/references.js';
import { addReferences, idOfNew, type KnownReferences, type LookUps } from './look-up.js';

export interface IdentifyInput {
  readonly system: string;
  readonly drafts: readonly Draft[];
  readonly known: KnownReferences;
  readonly marked: ReadonlyMap<string, string | null>;
  /** True when another system makes records of the entity too. */
  readonly hasSeveralSources: (entity: CanonicalEntity) => boolean;
  /** Systems that may have reserved ids by key. */
  readonly mentioningSystems: readonly string[];
}

type Keyed = 'product' | 'variant' | 'stock_location';
const keyedEntities: readonly Keyed[] = ['product', 'variant', 'stock_location'];

interface Keys {
  /** Of drafts that may be somebody already. */
  readonly drafted: readonly string[];
  /** Of mentions that no reference of the system answers to. */
  readonly mentioned: readonly string[];
}

export async function identifyDrafts(deps: LookUps, tx: Tx, input: IdentifyInput): Promise<Identities> {
  const { system, drafts, known } = input;
  answerByMark(drafts, known);
  await addReferences(deps, tx, system, mentionsOf(drafts), known);
  const unclear = makeByRecord<true>();
  const keys: Record<Keyed, Keys> = { product: noKeys, variant: noKeys, stock_location: noKeys };
  for (const entity of keyedEntities) {
    const drafted = draftedKeys(input, entity);
    const mentioned = await answerByReference(deps, tx, input, entity, unclear);
    keys[entity] = { drafted, mentioned };
  }
  const candidates: Partial<Record<Keyed, readonly Candidate[]>> = {};
  const reservations: Partial<Record<Keyed, readonly Reservation[]>> = {};
  // Asked for at once, locks first: each statement sees what was there when the one before it was done.
  await Promise.all([
    lock(deps, tx, input, keys),
    ...keyedEntities.map(async (entity) => {
      const { drafted } = keys[entity];
      [candidates[entity], reservations[entity]] = await Promise.all([
        candidatesOf(deps, tx, system, entity, drafted),
        reservationsOf(deps, tx, input, entity, drafted),
      ]);
    }),
  ]);
  for (const entity of keyedEntities) {
    const { mentioned } = keys[entity];
    if (mentioned.length > 0) await answerByRecord(deps, tx, input, entity, mentioned, unclear);
  }
  await lockMerging(deps, tx, input, candidates, reservations);
  return identify({
    drafts,
    known,
    holders: await deps.references.productsOfVariants(tx, system, variantsWithoutProduct(input)),
    candidates,
    reservations,
    marked: input.marked,
    unclear,
    newId: idOfNew(system),
  });
}

const noKeys: Keys = { drafted: [], mentioned: [] };

function mentionsOf(drafts: readonly Draft[]): ReadonlyMap<CanonicalEntity, ReadonlySet<string>> {
  const wanted = new Map<CanonicalEntity, Set<string>>();
  const want = (entity: CanonicalEntity, externalId: string): void => {
    const ids = wanted.get(entity);
    if (ids === undefined) wanted.set(entity, new Set([externalId]));
    else ids.add(externalId);
  };
  for (const draft of drafts) {
    want(draft.entity, draft.externalId);
    eachMention(draft, want);
  }
  return wanted;
}

/** A mark says the id itself, whether or not the hub knows by now what the system calls the record. */
function answerByMark(drafts: readonly Draft[], known: KnownReferences): void {
  for (const draft of drafts) {
    eachMention(draft, (entity, id) => {
      const hubId = markOfMention(id);
      if (hubId !== undefined) known.set(entity, id, meant(id, hubId, null));
    });
  }
}

/** Keys of drafts that are new, were only mentioned so far, or have got another key. */
function draftedKeys({ drafts, known }: IdentifyInput, entity: Keyed): readonly string[] {
  const keys = new Set<string>();
  for (const draft of drafts) {
    if (draft.entity !== entity) continue;
    const key = naturalKeyOf(entity, draft.fields);
    const stored = known.get(entity, draft.externalId);
    if (key !== null && (stored === undefined || stored.origin === 'MENTIONED' || stored.naturalKey !== key))
      keys.add(key);
  }
  return [...keys];
}

/** Answers mentions by key from the references of the system; returns the keys that it has none for. */
async function answerByReference(
  deps: LookUps,
  tx: Tx,
  { system, drafts, known }: IdentifyInput,
  entity: Keyed,
  unclear: ByRecord<true>,
): Promise<readonly string[]> {
  const wanted = new Map<string, string>();
  for (const draft of drafts) {
    eachMention(draft, (of, id) => {
      const key = of === entity ? keyOfMention(id) : undefined;
      if (key !== undefined && !known.has(of, id)) wanted.set(key, id);
    });
  }
  if (wanted.size === 0) return [];
  const holders = await deps.reservations.referencesByKey(tx, system, entity, [...wanted.keys()]);
  answer(
    entity,
    wanted,
    holders.map(({ key, canonicalId }) => ({ key, id: canonicalId })),
    known,
    unclear,
  );
  return [...wanted].flatMap(([key, id]) => (known.has(entity, id) || unclear.has(entity, id) ? [] : [key]));
}

/** Answers the rest from the records of the hub, then from what other systems have reserved. */
async function answerByRecord(
  deps: LookUps,
  tx: Tx,
  input: IdentifyInput,
  entity: Keyed,
  keys: readonly string[],
  unclear: ByRecord<true>,
): Promise<void> {
  const { system, known } = input;
  const rest = (): Map<string, string> =>
    new Map(keys.flatMap((key) => (known.has(entity, mentionByKey(key)) ? [] : [[key, mentionByKey(key)] as const])));
  // The lock was waited for: the system's own reference may have appeared meanwhile.
  const own = await deps.reservations.referencesByKey(tx, system, entity, keys);
  answer(
    entity,
    rest(),
    own.map(({ key, canonicalId }) => ({ key, id: canonicalId })),
    known,
    unclear,
  );
  answer(entity, rest(), await deps.reservations.recordsByKey(tx, system, entity, [...rest().keys()]), known, unclear);
  const others = input.mentioningSystems.filter((other) => other !== system);
  const reserved = await deps.reservations.reservationsFor(tx, others, entity, [...rest().keys()]);
  answer(entity, rest(), reserved, known, unclear);
}

/** Notes for each wanted mention the one record that it can mean. */
function answer(
  entity: Keyed,
  wanted: ReadonlyMap<string, string>,
  holders: readonly { readonly key: string; readonly id: string }[],
  known: KnownReferences,
  unclear: ByRecord<true>,
): void {
  const ids = new Map<string, Set<string>>();
  for (const { key, id } of holders) ids.set(key, (ids.get(key) ?? new Set()).add(id));
  for (const [key, mention] of wanted) {
    const [canonicalId, ...others] = ids.get(key) ?? [];
    if (others.length > 0) unclear.set(entity, mention, true);
    else if (canonicalId !== undefined) known.set(entity, mention, meant(mention, canonicalId, key));
  }
}

/** What a mention by key or mark means: nothing is stored for it, because the record can be found by that. */
const meant = (externalId: string, canonicalId: string, key: string | null): Reference => ({
  externalId,
  canonicalId,
  origin: 'MATCHED',
  sourceVersion: null,
  contentHash: null,
  naturalKey: key,
  shown: null,
});

async function lock(deps: LookUps, tx: Tx, input: IdentifyInput, keys: Readonly<Record<Keyed, Keys>>): Promise<void> {
  const matching = keyedEntities
    .filter((entity) => keys[entity].drafted.length > 0 && input.hasSeveralSources(entity))
    .map((entity) => deps.references.lockMatching(tx, entity));
  const reserves = keyedEntities.some((entity) => keys[entity].mentioned.length > 0);
  const reads = keyedEntities.some((entity) => keys[entity].drafted.length > 0) && input.mentioningSystems.length > 0;
  const reserving = reserves || reads ? [deps.reservations.lockReservations(tx, 'reserve', reserves)] : [];
  await Promise.all([...matching, ...reserving]);
}

/** Products have no key that holds in other systems: they are recognised by their variants. */
async function candidatesOf(
  deps: LookUps,
  tx: Tx,
  system: string,
  entity: Keyed,
  keys: readonly string[],
): Promise<readonly Candidate[]> {
  switch (entity) {
    case 'product':
      return [];
    case 'variant':
      return deps.references.variantsBySku(tx, system, keys);
    case 'stock_location':
      return deps.references.locationsByCode(tx, system, keys);
  }
}

/** Known variants whose product the system is not known to have. */
const variantsWithoutProduct = ({ drafts, known }: IdentifyInput): readonly string[] =>
  drafts.flatMap(({ entity, externalId, fields }) => {
    const stored = entity === 'variant' ? known.get('variant', externalId) : undefined;
    return stored === undefined || known.has('product', String(fields['product'])) ? [] : [stored.canonicalId];
  });

async function reservationsOf(
  deps: LookUps,
  tx: Tx,
  input: IdentifyInput,
  entity: Keyed,
  keys: readonly string[],
): Promise<readonly Reservation[]> {
  const found = await deps.reservations.reservationsFor(tx, input.mentioningSystems, entity, keys);
  return found.map(({ key, id, system, isEmpty }) => ({ key, id, isEmpty, isOwn: system === input.system }));
}

/** Ids without a record are mentioned only while nobody merges them, and merged only while nobody mentions them. */
async function lockMerging(
  deps: LookUps,
  tx: Tx,
  input: IdentifyInput,
  candidates: Partial<Record<Keyed, readonly Candidate[]>>,
  reservations: Partial<Record<Keyed, readonly Reservation[]>>,
): Promise<void> {
  const { drafts, known } = input;
  const isReserved = (entity: CanonicalEntity, id: string): boolean => known.get(entity, id)?.origin === 'MENTIONED';
  const hasMatch = keyedEntities.some((entity) => (candidates[entity] ?? []).length > 0);
  const merges =
    keyedEntities.some((entity) => reservations[entity]?.some(({ isEmpty }) => isEmpty) === true) ||
    drafts.some(
      ({ entity, externalId, fields, hubId }) =>
        isReserved(entity, externalId) && (hubId !== undefined || (hasMatch && naturalKeyOf(entity, fields) !== null)),
    );
  const again = new Map<CanonicalEntity, Set<string>>();
  for (const draft of drafts) {
    eachMention(draft, (entity, id) => {
      if (isReserved(entity, id)) again.set(entity, (again.get(entity) ?? new Set()).add(id));
    });
  }
  const canBeMerged = [...again].some(
    ([entity, ids]) =>
      input.hasSeveralSources(entity) ||
      (entity === 'variant' && input.mentioningSystems.length > 1) ||
      [...ids].some((id) => keyOfMention(id) !== undefined),
  );
  if (!merges && !canBeMerged) return;
  await deps.reservations.lockReservations(tx, 'merge', merges);
  for (const [entity, ids] of again) await readAgain(deps, tx, input, entity, [...ids]);
}

/** Reservations as they are now that nobody merges them; what was reserved by key may have become a record meanwhile. */
async function readAgain(
  deps: LookUps,
  tx: Tx,
  { system, known }: IdentifyInput,
  entity: CanonicalEntity,
  ids: readonly string[],
): Promise<void> {
  const stored = await deps.references.findReferences(tx, system, entity, ids);
  for (const [id, reference] of stored) known.set(entity, id, reference);
  const gone = ids.flatMap((id) => (stored.has(id) ? [] : [keyOfMention(id)])).filter((key) => key !== undefined);
  for (const { key, canonicalId } of await deps.reservations.referencesByKey(tx, system, entity, gone)) {
    known.set(entity, mentionByKey(key), meant(mentionByKey(key), canonicalId, key));
  }
}
