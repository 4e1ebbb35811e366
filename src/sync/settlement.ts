/** The pieces that settlements are made of: a change of the row, a step for the journal, a reference. Pure. */
import type { JournalEntry, JournalStep } from '../store/journal.js';
import type { Projection, ProjectionChange } from '../store/projections.js';
import type { WrittenReference } from '../store/target-references.js';
import type { HeldRecord } from '../systems/system.js';
import type { PlannedWrite } from './planned-write.js';

type Fields = Partial<ProjectionChange> & Pick<ProjectionChange, 'state'>;

/** So often what should not happen is tried before it is parked. */
export const mostBugs = 3;

/** Reason of a row whose last writes had no answer, and were found not to have taken effect. */
export const unconfirmed = 'WRITE_UNCONFIRMED';

/** Tries with the same result in a row. */
export const attemptOf = (row: Projection, code: string): number => (row.reasonCode === code ? row.attempt + 1 : 1);

/** A change under the intent's epoch that leaves alone what it does not name. */
export function changeOf({ row, epoch, request }: PlannedWrite, fields: Fields): ProjectionChange {
  return {
    entity: row.entity,
    canonicalId: row.canonicalId,
    epoch,
    reason: null,
    reasonCode: null,
    nextInMs: null,
    externalId: request.externalId,
    // A create keeps what it sent: after a lost answer the record is looked for by the key that was in it.
    wanted: request.externalId === null ? request.document : row.wanted,
    wantedHash: null,
    held: row.held,
    drifted: row.drifted,
    attempt: 0,
    mappingVersion: null,
    ...fields,
  };
}

export function entryOf(
  write: PlannedWrite,
  step: JournalStep,
  outcome: string,
  more: Partial<JournalEntry> = {},
): JournalEntry {
  const { row, request, target, traceId } = write;
  return {
    traceId,
    step,
    outcome,
    flow: row.flow,
    system: target,
    entity: row.entity,
    canonicalId: row.canonicalId,
    externalId: request.externalId,
    ...more,
  };
}

/** The reference of the written or found record. */
export function referenceOf(
  { row: { entity, canonicalId } }: PlannedWrite,
  { externalId, key, version }: HeldRecord,
  origin: WrittenReference['origin'],
  isWritten: boolean,
): WrittenReference {
  return { entity, canonicalId, externalId, key, origin, isWritten, version: version?.toString() ?? null };
}
