/** Journal rows as the graph shows them: events of the activity log and stages of a journey. Pure. */
import { errorCodes } from '../base/error-codes.js';
import type { ErrorDefinition } from '../base/errors.js';
import type { Happened } from '../base/sentences/event-sentence.js';
import { classificationOf, retryableClassifications } from '../schema/classifications.js';
import type { JourneyStep, SyncError, SyncEvent } from '../schema/sync-event.js';
import type { EventRow } from './journal-reads.js';
import type { JournalStep } from './journal.js';
import { entityTypes } from '../schema/entity-words.js';

const stageOf: Readonly<Record<JournalStep, string>> = {
  captured: 'RECEIVED',
  applied: 'MERGED',
  excluded: 'VALIDATED',
  echo: 'MATCHED',
  drift: 'MATCHED',
  conflict: 'MERGED',
  parked: 'VALIDATED',
  resolved: 'VALIDATED',
  planned: 'MAPPED_TO_TARGET',
  intent: 'SENT',
  written: 'CONFIRMED',
  failed: 'SENT',
  in_doubt: 'SENT',
  released: 'MATCHED',
  repaired: 'CONFIRMED',
  replayed: 'RECEIVED',
  linked: 'MATCHED',
  unlinked: 'MATCHED',
  merged: 'MATCHED',
  unmerged: 'MATCHED',
};

function errorOf(row: EventRow): SyncError | null {
  if (row.code === null || !['FAILED', 'RETRYING', 'BLOCKED'].includes(row.shownOutcome)) return null;
  const known = errorCodes[row.code as keyof typeof errorCodes] as ErrorDefinition | undefined;
  const classification = classificationOf(row.code, known?.class);
  const text = (name: string): string | null => {
    const value = row.detail?.[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    classification,
    code: row.code,
    message: row.message ?? row.code,
    originalMessage: text('original'),
    path: text('path'),
    about: { entity: row.entity, system: row.system },
    isRetryable: retryableClassifications.includes(classification),
  };
}

const happenedOf = ({ step, outcome, entity, externalId, system, message }: EventRow): Happened => ({
  step,
  outcome,
  entity,
  externalId,
  system,
  message,
});

export function shownEvent(row: EventRow): SyncEvent {
  return {
    id: row.id,
    occurredAt: row.at,
    entityType: row.entity === null ? null : (entityTypes[row.entity] ?? null),
    externalId: row.externalId,
    action: row.action,
    outcome: row.shownOutcome,
    happened: happenedOf(row),
    durationMs: row.durationMs,
    error: errorOf(row),
    correlationId: row.traceId,
    traceId: row.traceId,
    position: row.position,
    step: row.step,
    flowKey: row.flow,
    systemKey: row.system,
    entity: row.entity,
    canonicalId: row.canonicalId,
    changedFields: fieldsIn(row),
    actorId: typeof row.detail?.['by'] === 'string' ? row.detail['by'] : null,
    detail: row.detail,
  };
}

/** Of an event that a change was taken over: its fields. */
function fieldsIn({ step, detail }: EventRow): readonly string[] {
  const fields = detail?.['fields'];
  return step === 'applied' && Array.isArray(fields) ? (fields as readonly string[]) : [];
}

function statusOf(row: EventRow): string {
  if (row.step === 'intent') return 'RUNNING';
  if (row.shownOutcome === 'FAILED') return 'FAILED';
  if (row.shownOutcome === 'RETRYING' || row.shownOutcome === 'BLOCKED') return 'WAITING';
  return row.shownOutcome === 'EXCLUDED' || row.shownOutcome === 'UNCHANGED' ? 'SKIPPED' : 'SUCCEEDED';
}

/**
 * The way of one change. A change that was taken over has been received and mapped, so those stages come from the same entry;
 * a write that has an outcome is not shown as running any more.
 */
export function shownJourney(rows: readonly EventRow[]): JourneyStep[] {
  const steps = rows.map((row, i) => {
    const settled = row.step === 'intent' && rows.slice(i + 1).some((later) => settles(row, later));
    return { ...shownStep(row), ...(settled ? { status: 'SUCCEEDED' } : {}) };
  });
  const first = rows[0];
  if (first === undefined || !['applied', 'echo', 'excluded', 'parked', 'conflict'].includes(first.step)) return steps;
  const received = { ...shownStep(first), stage: 'RECEIVED', status: 'SUCCEEDED', happened: null, error: null };
  return [received, ...steps];
}

const settles = (intent: EventRow, later: EventRow): boolean =>
  ['written', 'failed', 'in_doubt'].includes(later.step) &&
  later.system === intent.system &&
  later.canonicalId === intent.canonicalId;

function shownStep(row: EventRow): JourneyStep {
  return {
    stage: stageOf[row.step] ?? 'RECEIVED',
    status: statusOf(row),
    startedAt: row.at,
    durationMs: row.durationMs,
    happened: happenedOf(row),
    error: errorOf(row),
    systemKey: row.system,
  };
}
