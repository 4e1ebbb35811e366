/**
 * What was taken over last of the records of a batch, by which the older of two documents is known. In: changes and stored references. A
 * version that is a time which has not come yet says nothing of what came later.
 */
import { KoppelError } from '../base/errors.js';
import type { Clock } from '../base/clock.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import { makeByRecord } from '../canonical/identity.js';
import type { Change } from '../log/envelope.js';
import type { ConnectedSystem } from '../sync/configuration.js';
import type { Stream } from '../systems/system.js';
import type { Batch } from './batch.js';
import type { Placed, Taken } from './classify.js';
import { entitiesOf } from './sources.js';

export function streamOf({ connector }: Pick<ConnectedSystem, 'connector'>, { stream: name }: Change): Stream {
  const stream = connector.streams.find((candidate) => candidate.name === name);
  if (stream === undefined) throw new KoppelError('UNEXPECTED', { what: `unknown stream ${name} in the log` });
  return stream;
}

export const entityIn = ({ entity, others }: Stream, { record }: Change): CanonicalEntity => others?.[record] ?? entity;

/** As whatever their streams may have shown them. */
export function externalIdsOf(
  connected: ConnectedSystem,
  placed: readonly Placed[],
): ReadonlyMap<CanonicalEntity, ReadonlySet<string>> {
  const ids = new Map<CanonicalEntity, Set<string>>();
  for (const { incoming } of placed) {
    for (const entity of entitiesOf(streamOf(connected, incoming.change))) {
      const group = ids.get(entity);
      if (group === undefined) ids.set(entity, new Set([incoming.change.externalId]));
      else group.add(incoming.change.externalId);
    }
  }
  return ids;
}

/**
 * What was taken over last of the record. Its kind may have changed since (a simple product has become a variant), and each kind has a key of
 * its own in the log: only the version says which of them came later.
 */
export function takenOf({ connected, known }: Batch, { entity, externalId, incoming }: Placed): Taken | undefined {
  let last = known.get(entity, externalId);
  for (const other of entitiesOf(streamOf(connected, incoming.change))) {
    const reference = other === entity ? undefined : known.get(other, externalId);
    if ((reference?.sourceVersion ?? -1n) > (last?.sourceVersion ?? -1n)) last = reference;
  }
  return last && { hash: last.contentHash, version: last.sourceVersion, written: last.writtenVersion ?? null };
}

export interface ForgetsVersions {
  readonly clock: Pick<Clock, 'now'>;
  readonly versions: Pick<typeof import('../store/reference-versions.js'), 'forgetVersionsAbove'>;
}

/** How far a stamp may lie ahead of our clock before one of the two clocks counts as wrong. */
const clocksDifferMs = 60_000;
/** A reading may last this long, so what was seen no later after a write of ours may be what stood there before it. */
const readingMs = 120_000;

/**
 * A record that was stamped ahead of the time, because a clock was wrong, would be newer than all that people do until that time has come. Of
 * such a record the order of the log counts: what came after that stamp is taken in whatever version it has.
 */
export async function forgetAhead(
  { clock, versions }: ForgetsVersions,
  batch: Batch,
  placed: readonly Placed[],
): Promise<void> {
  const { tx, system, connected, known, unordered } = batch;
  const after = afterAhead(connected, placed, (item) => takenOf(batch, item)?.version ?? null, clock.now());
  if (after.length === 0) return;
  const stored = after.flatMap((item) => newerThan(batch, item));
  const forgotten = makeByRecord<true>();
  for (const { entity, externalId } of await versions.forgetVersionsAbove(tx, system, stored))
    forgotten.set(entity as CanonicalEntity, externalId, true);
  for (const item of after) {
    const newer = newerThan(batch, item);
    if (!newer.every(({ entity, externalId }) => forgotten.has(entity, externalId))) continue;
    unordered.set(streamOf(connected, item.incoming.change).entity, item.externalId, true);
    for (const { entity, externalId } of newer) {
      const reference = known.get(entity, externalId)!;
      // What stood there before a write of ours may have been put back.
      known.set(entity, externalId, { ...reference, sourceVersion: null, writtenVersion: null, contentHash: null });
    }
  }
}

/** As what the hub knows a newer document of the record. */
function newerThan({ connected, known }: Batch, { externalId, incoming: { change } }: Placed) {
  const version = BigInt(change.version);
  const writtenBefore = new Date(Date.parse(change.seenAt) - readingMs).toISOString();
  return entitiesOf(streamOf(connected, change)).flatMap((entity) =>
    (known.get(entity, externalId)?.sourceVersion ?? -1n) > version
      ? [{ entity, externalId, version: change.version, writtenBefore }]
      : [],
  );
}

/**
 * Changes that come after a document of the same record whose version is a time that has not come yet, and have a smaller one. `versionOf`: of
 * the document that was taken over last.
 */
export function afterAhead(
  connected: Pick<ConnectedSystem, 'connector'>,
  placed: readonly Placed[],
  versionOf: (placed: Placed) => bigint | null,
  now: Date,
): readonly Placed[] {
  const latest = BigInt(now.getTime() + clocksDifferMs);
  const ahead = makeByRecord<bigint>();
  return placed.filter((item) => {
    const { externalId, incoming } = item;
    const { entity, versionsPerMs } = streamOf(connected, incoming.change);
    if (versionsPerMs === undefined) return false;
    const [version, limit] = [BigInt(incoming.change.version), latest * BigInt(versionsPerMs)];
    const before = ahead.get(entity, externalId) ?? versionOf(item);
    if (before !== null && before > limit && version < before) return true;
    if (version > limit) ahead.set(entity, externalId, version);
    return false;
  });
}
