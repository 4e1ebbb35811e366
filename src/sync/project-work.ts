/**
 * What one round of planning gathers about rows of a target, and how it is written down: all of it in the planning
 * transaction, the journal last, because it holds its counter until COMMIT.
 */
import { newId } from '../base/ids.js';
import type { Tx } from '../store/database.js';
import type { JournalEntry } from '../store/journal.js';
import type { ParkedRecord } from '../store/parked.js';
import type { Wait } from '../store/projection-waits.js';
import type { Intent, Projection, ProjectionChange } from '../store/projections.js';
import type { UnmappedValue } from '../store/unmapped-values.js';
import type { ParkGuard } from './park-guard.js';
import type { PlannedWrite } from './planned-write.js';
import type { ProjectorDeps } from './projector-deps.js';
import { suspendFlow, type SuspendCause } from './suspend-flow.js';

export interface Work {
  readonly tx: Tx;
  readonly target: string;
  readonly deps: ProjectorDeps;
  readonly guard: ParkGuard;
  readonly changes: ProjectionChange[];
  readonly waits: Wait[];
  readonly parked: ParkedRecord[];
  readonly resolved: Projection[];
  readonly unmapped: UnmappedValue[];
  readonly journal: JournalEntry[];
  readonly intents: Intent[];
  readonly writes: PlannedWrite[];
  /** Rows that turned out not to be usable in the target: who waits for them looks again. */
  readonly released: Projection[];
  readonly suspended: Map<string, SuspendCause>;
  /** What people call records that rows wait for, by `<entity>:<canonical id>`. */
  readonly names: Map<string, string>;
  readonly startedAt: number;
  readonly requestLifeMs: number;
}

export const traceOf = (row: Projection): string => row.traceId ?? newId('trace');

/** A change under the claimed epoch that leaves alone what it does not name. */
export function changeOf(
  row: Projection,
  fields: Partial<ProjectionChange> & Pick<ProjectionChange, 'state'>,
): ProjectionChange {
  return {
    entity: row.entity, canonicalId: row.canonicalId, epoch: row.epoch, reason: null, reasonCode: null, nextInMs: null,
    externalId: row.externalId, wanted: row.wanted, wantedHash: null, held: row.held, drifted: row.drifted,
    attempt: 0, mappingVersion: null, ...fields,
  }; // prettier-ignore
}

export function entryOf(
  work: Work,
  row: Projection,
  step: JournalEntry['step'],
  outcome: string,
  more: Partial<JournalEntry>,
): JournalEntry {
  const { flow, entity, canonicalId, externalId } = row;
  return { traceId: traceOf(row), step, outcome, flow, system: work.target, entity, canonicalId, externalId, ...more };
}

/** Writes everything down, in the order in which rows are locked; the journal last, with COMMIT, until which it holds its counter. */
export async function storeWork(work: Work): Promise<void> {
  const { tx, target, deps } = work;
  const { projections, waits, parked, unmapped, journal } = deps.stores;
  const released = awaitedCustomers(work);
  const planned = Promise.all([
    projections.applyChanges(tx, target, work.changes),
    projections.commitIntents(tx, target, work.intents),
    waits.renewWaits(tx, target, [...work.changes, ...work.intents], work.waits),
  ]);
  if (work.waits.length + released.length > 0) {
    await planned;
    await waits.releaseWaits(tx, target, released);
  }
  const resolved = work.resolved.map(projections.keyOf);
  await Promise.all([
    planned,
    parked.parkRecords(tx, work.parked),
    parked.resolveParked(tx, ['project'], target, resolved, 'the record is as it should be'),
    unmapped.countUnmapped(tx, work.unmapped),
  ]);
  for (const [flow, cause] of work.suspended) {
    const stopped = await suspendFlow(deps, tx, target, flow, cause);
    if (stopped !== undefined) work.journal.push(stopped);
    work.guard.forget(flow);
  }
  await journal.endWithJournal(tx, work.journal);
}

/** Orders may have a default customer to fall back on, and name a company without its contact. */
function awaitedCustomers({ deps, target, released }: Work): readonly string[] {
  return released
    .filter((row) => row.entity === 'customer' || row.entity === 'contact')
    .map((row) => deps.stores.waits.awaitedReference(target, row.entity, row.canonicalId));
}
