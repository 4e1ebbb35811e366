/** Records of a system that is only a target: nothing is taken over, they are compared with what it should hold. */
import type { Draft } from '../canonical/identity.js';
import type { DocumentPart } from '../systems/system.js';
import type { Batch, Observation, Observe } from './batch.js';
import type { Placed } from './classify.js';
import type { LookUps } from './look-up.js';
import { duplicate, markedBy } from './marks.js';
import { failureOf, translate } from './translate.js';
import { putAside, wholeListsIn, type TwoWayDeps } from './two-way.js';

/**
 * Locks what the shown records are compared with, where that happens in more than one step, so that it is locked in one order. What is
 * a part of another record is compared as that.
 */
export async function lockShown(
  deps: Pick<TwoWayDeps, 'lockObserved'>,
  batch: Batch,
  shown: readonly Placed[],
): Promise<void> {
  const records = shown.map((item) => ({
    entity: item.entity,
    externalId: partOf(batch, item)?.externalId ?? item.externalId,
  }));
  await deps.lockObserved(batch.tx, batch.system, records);
}

type ObserveDeps = Pick<LookUps, 'reservations'> & Pick<TwoWayDeps, 'deferred'> & { readonly observe: Observe };

export async function observeAll(deps: ObserveDeps, batch: Batch, shown: readonly Placed[]): Promise<void> {
  const placed = await withoutDuplicates(deps, batch, shown);
  if (placed.length === 0) return;
  const parts = new Map(placed.map((item) => [item, partOf(batch, item)]));
  const idOf = (item: Placed): string => parts.get(item)?.externalId ?? item.externalId;
  const observations = new Map<string, Observation>();
  for (const item of placed) {
    const { entity, incoming } = item;
    const { record, document } = incoming.change;
    const part = parts.get(item);
    const key = `${entity} ${idOf(item)}`;
    const before = part === null ? undefined : observations.get(key)?.parts;
    const shared = { system: batch.system, record, entity, externalId: idOf(item) };
    observations.set(
      key,
      part == null
        ? { ...shared, document, version: BigInt(incoming.change.version), wholeLists: wholeListsIn(batch, record) }
        : { ...shared, document: {}, parts: [...(before ?? []), part] },
    );
  }
  const results = await deps.observe(batch.tx, [...observations.values()]);
  const byKey = new Map(results.map((each) => [`${each.entity} ${each.externalId}`, each]));
  for (const item of placed) {
    const found = byKey.get(`${item.entity} ${idOf(item)}`);
    // None of these observations waits for anything.
    const result = found === undefined || found.result === 'under_way' ? 'unknown' : found.result;
    batch.outcome.observe(item, result, found?.canonicalId ?? null);
  }
}

/** What the record is a part of; null when it is a document by itself. */
function partOf({ connected }: Batch, { incoming: { change } }: Placed): DocumentPart | null {
  const stream = connected.connector.streams.find(({ name }) => name === change.stream);
  return stream?.partIn?.(change.document) ?? null;
}

/**
 * Parks records that carry the mark of a record of the hub which is another one in the system, and puts aside those of which
 * that cannot be told yet, because the record is just being written there; returns the others.
 */
async function withoutDuplicates(
  deps: ObserveDeps,
  batch: Batch,
  placed: readonly Placed[],
): Promise<readonly Placed[]> {
  const { configuration, system, known } = batch;
  const marks = new Map<Placed, Draft>();
  for (const item of placed) {
    const { entity, externalId, incoming } = item;
    if ((entity !== 'customer' && entity !== 'order') || known.has(entity, externalId)) continue;
    const mapping = configuration.inbound(system, incoming.change.record);
    const result = mapping && translate(incoming.change, entity, batch.connected, mapping, 'create');
    if (result?.type === 'drafts' && result.main.hubId !== undefined) marks.set(item, result.main);
  }
  const { externalIds, underWay } = await markedBy(deps, batch, [...marks.values()]);
  const first = new Map<string, string>();
  const waiting = new Map<{ readonly placed: Placed }, string>();
  const free = placed.filter((item) => {
    const mark = marks.get(item)?.hubId;
    if (mark === undefined || !externalIds.has(mark)) return true;
    const its = externalIds.get(mark) ?? null;
    if (its === null && underWay.has(mark)) {
      waiting.set({ placed: item }, mark);
      return false;
    }
    const other = its ?? first.get(mark) ?? item.externalId;
    first.set(mark, other);
    if (other !== item.externalId)
      batch.outcome.park(item, failureOf(duplicate(batch, item.externalId, other)), 'ingest');
    return other === item.externalId;
  });
  await putAside(deps, batch, waiting);
  return free;
}
