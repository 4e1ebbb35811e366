/**
 * Changes of a system that is source and target of an entity at once. In: translated changes. Out: those that can be decided
 * now. While a write of ours to the same record is under way it cannot be told which part of a change is our own, so it is
 * put aside until the outcome is known; what is older than a write that has been acknowledged meanwhile is left out; what the
 * others show is compared with what the system should hold.
 */
import type { Json } from '../base/document.js';
import { wholeListsOf } from '../base/says.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import { referencesIn, withKnownIds } from '../canonical/mentions.js';
import { isRemembered, newsOf } from '../canonical/statements.js';
import type { DeferredChange } from '../store/deferred-changes.js';
import type { ConnectedSystem } from '../sync/configuration.js';
import type { Placed } from './classify.js';
import type { Batch, Observe } from './batch.js';
import { addReferences, type LookUps } from './look-up.js';
import type { Marked } from './marks.js';
import { isTwoWay, ownershipOf } from './sources.js';
import type { Translation } from './translate.js';

export interface TwoWayDeps extends Pick<LookUps, 'references'> {
  readonly deferred: Pick<
    typeof import('../store/deferred-changes.js'),
    'deferChanges' | 'recordsInFlight' | 'createsInFlight'
  >;
  readonly shown: Pick<typeof import('../store/shown-statements.js'), 'lockShown'>;
  readonly observe: Observe;
  readonly lockObserved: typeof import('../store/projection-observe.js').lockObserved;
}

interface Translated {
  readonly placed: Placed;
  readonly result: Translation;
}

/** Puts aside what has to wait, compares the rest with what the system should hold, and returns it. */
export async function separate<T extends Translated>(
  deps: TwoWayDeps,
  batch: Batch,
  translated: readonly T[],
  marked: Marked,
): Promise<readonly T[]> {
  const twoWay = new Set<CanonicalEntity>();
  for (const { placed } of translated) {
    if (isTwoWay(batch.configuration, batch.system, placed.entity)) twoWay.add(placed.entity);
  }
  if (twoWay.size === 0) return translated;
  const concerned = translated.filter(({ placed }) => twoWay.has(placed.entity));
  await readStatements(deps, batch, concerned);
  const waiting = await waitingOf(deps, batch, concerned, marked);
  await putAside(deps, batch, waiting);
  const undecided = translated.filter((each) => !waiting.has(each));
  await readMade(deps, batch, undecided, marked);
  const free = withoutOvertaken(batch, undecided);
  const begun = await compareHeld(
    deps,
    batch,
    free.filter(({ placed }) => twoWay.has(placed.entity)),
  );
  await putAside(deps, batch, begun);
  return free.filter((each) => !begun.has(each));
}

/** Reads last statements under the lock that acknowledgements of writes take, before it is asked what is under way. */
async function readStatements(deps: TwoWayDeps, batch: Batch, translated: readonly Translated[]): Promise<void> {
  const { tx, system, known } = batch;
  const ownership = ownershipOf(batch.configuration);
  const keys = translated.flatMap(({ placed: { entity, externalId } }) =>
    isRemembered(entity, ownership) && known.has(entity, externalId) ? [{ entity, externalId }] : [],
  );
  const shown = await deps.shown.lockShown(tx, system, keys);
  for (const { entity, externalId } of keys) {
    const reference = known.get(entity, externalId);
    const last = shown.get(`${entity}:${externalId}`);
    if (reference !== undefined && last !== undefined) {
      known.set(entity, externalId, { ...reference, shown: last.shown, sourceVersion: last.version });
    }
  }
}

/** A write of ours may have been acknowledged since the changes were sifted. */
function withoutOvertaken<T extends Translated>({ known, outcome }: Batch, translated: readonly T[]): readonly T[] {
  return translated.filter(({ placed }) => {
    const version = known.get(placed.entity, placed.externalId)?.sourceVersion ?? null;
    if (version === null || BigInt(placed.incoming.change.version) >= version) return true;
    outcome.settle(placed, 'stale');
    return false;
  });
}

/**
 * A record that carries our mark and had no reference yet may have been acknowledged since: then what the write left as the
 * last statement counts for it, else our own write would be news.
 */
async function readMade(deps: TwoWayDeps, batch: Batch, free: readonly Translated[], marked: Marked): Promise<void> {
  const made = free.filter(
    (each) =>
      isRemembered(each.placed.entity, ownershipOf(batch.configuration)) &&
      !batch.known.has(each.placed.entity, each.placed.externalId) &&
      canonicalIdOf(batch, each, marked) !== null,
  );
  if (made.length === 0) return;
  const wanted = new Map<CanonicalEntity, Set<string>>();
  for (const { placed } of made)
    wanted.set(placed.entity, (wanted.get(placed.entity) ?? new Set()).add(placed.externalId));
  await addReferences(deps, batch.tx, batch.system, wanted, batch.known);
  await readStatements(deps, batch, made);
}

/** Changes that have to wait, with the record of the hub that each is of, when that is known. */
async function waitingOf<T extends Translated>(
  deps: TwoWayDeps,
  batch: Batch,
  translated: readonly T[],
  marked: Marked,
): Promise<ReadonlyMap<T, string | null>> {
  const { tx, system, connected } = batch;
  const known = new Map<T, string>();
  const unknown = new Map<T, CanonicalEntity>();
  for (const each of translated) {
    const { entity } = each.placed;
    if (each.result.type !== 'drafts') continue;
    const canonicalId = canonicalIdOf(batch, each, marked);
    if (canonicalId !== null) {
      if (isRemembered(entity, ownershipOf(batch.configuration))) known.set(each, canonicalId);
    } else if (cannotBeRecognised(connected, entity)) unknown.set(each, entity);
  }
  const records = [...known].map(([{ placed }, canonicalId]) => ({ entity: placed.entity, canonicalId }));
  const inFlight = await deps.deferred.recordsInFlight(tx, system, records);
  const creates = await deps.deferred.createsInFlight(tx, system, [...new Set(unknown.values())]);
  const waiting = new Map<T, string | null>();
  for (const [each, id] of known) {
    if (inFlight.has(`${each.placed.entity}:${id}`) || marked.underWay.has(id)) waiting.set(each, id);
  }
  for (const [each, entity] of unknown) if (creates.has(entity)) waiting.set(each, null);
  return waiting;
}

function canonicalIdOf(
  { known }: Batch,
  { placed: { entity, externalId }, result }: Translated,
  marked: Marked,
): string | null {
  const reference = known.get(entity, externalId);
  if (reference !== undefined && reference.origin !== 'MENTIONED') return reference.canonicalId;
  const hubId = result.type === 'drafts' ? result.main.hubId : undefined;
  return hubId !== undefined && marked.externalIds.has(hubId) ? hubId : null;
}

/** A record that we are making shows up without anything by which it could be told from one that somebody else made. */
function cannotBeRecognised(connected: ConnectedSystem, entity: CanonicalEntity): boolean {
  if (entity === 'product' || entity === 'variant') return false;
  const target = connected.connector.targets.find((each) => each.entity === entity);
  return target !== undefined && target.mark === undefined;
}

/** With the record of the hub that each is of, when that is known. */
export async function putAside(
  deps: { readonly deferred: Pick<TwoWayDeps['deferred'], 'deferChanges'> },
  { tx, system, outcome, force }: Batch,
  waiting: ReadonlyMap<{ readonly placed: Placed }, string | null>,
): Promise<void> {
  const newest = new Map<string, DeferredChange>();
  for (const [{ placed }, canonicalId] of waiting) {
    const { entity, externalId, incoming } = placed;
    const { change, traceId, place: log } = incoming;
    outcome.defer(placed);
    const key = `${entity}:${externalId}`;
    const before = newest.get(key);
    if (before !== undefined && BigInt(before.version) > BigInt(change.version)) continue;
    const json = change as unknown as Json;
    newest.set(key, { entity, externalId, canonicalId, version: change.version, change: json, force, traceId, log });
  }
  await deps.deferred.deferChanges(tx, system, [...newest.values()]);
}

/** Lists of a kind of record that are the hub's as a whole. */
export const wholeListsIn = ({ connected }: Batch, record: string): ReadonlySet<string> =>
  wholeListsOf(connected.connector.catalogue.find((each) => each.record === record)?.fields ?? []);

/**
 * Tells what the system should hold apart from what it shows; of an old document only that it has to be asked. Returns those to
 * which a write has begun since it was asked what is under way (their rows are locked now), with the record of the hub.
 */
async function compareHeld<T extends Translated>(
  deps: TwoWayDeps,
  batch: Batch,
  translated: readonly T[],
): Promise<ReadonlyMap<T, string>> {
  const { tx, system, known, outcome } = batch;
  const ownership = ownershipOf(batch.configuration);
  const drafts = translated.flatMap(({ result }) => (result.type === 'drafts' ? [result.main] : []));
  await addReferences(deps, tx, system, referencesIn(drafts), known);
  const observations = translated.flatMap(({ placed: { entity, externalId, incoming }, result }) => {
    const reference = known.get(entity, externalId);
    if (reference === undefined || reference.origin === 'MENTIONED' || result.type !== 'drafts') return [];
    const { record, document } = incoming.change;
    // Last statements are kept by the ids of the hub.
    const fields = withKnownIds(entity, result.main.fields, (of, id) => known.get(of, id)?.canonicalId);
    const isOld = newsOf(entity, { ...result.main, fields }, reference.shown, ownership).isBehind;
    const mayWait = isRemembered(entity, ownership);
    return [{ system, record, entity, externalId, document, isOld, mayWait, wholeLists: wholeListsIn(batch, record) }];
  });
  const begun = new Map<T, string>();
  if (observations.length === 0) return begun;
  const results = await deps.observe(tx, observations);
  const byKey = new Map(results.map((each) => [`${each.entity} ${each.externalId}`, each]));
  for (const each of translated) {
    const { placed } = each;
    const found = byKey.get(`${placed.entity} ${placed.externalId}`);
    const { result = 'unknown', canonicalId = null } = found ?? {};
    if (result !== 'under_way') outcome.compared(placed, result);
    else if (canonicalId !== null) begun.set(each, canonicalId);
  }
  return begun;
}
