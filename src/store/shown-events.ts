/** Journal rows as the graph shows them: events of the activity log and stages of a journey. Pure. */
import { errorCodes } from '../base/error-codes.js';
import type { ErrorDefinition } from '../base/errors.js';
import { classificationOf, retryableClassifications } from '../schema/classifications.js';
import type { JourneyStep, SyncError, SyncEvent } from '../schema/sync-event.js';
import type { EventRow } from './journal-reads.js';
import type { JournalStep } from './journal.js';
import { entityTypes } from './sync-reads.js';

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
};

const sentences: Readonly<Record<JournalStep, string>> = {
  captured: 'seen while a write to it was under way; decided when its outcome is known',
  applied: 'taken over',
  excluded: 'left out by a rule',
  echo: "recognised as the hub's own write",
  drift: 'found changed in the target',
  conflict: 'changed on both sides',
  parked: 'put aside until somebody looks',
  resolved: 'no longer a problem',
  planned: 'planned for writing',
  intent: 'about to be written',
  written: 'written',
  failed: 'could not be written',
  in_doubt: 'sent, but the answer was lost',
  released: 'no longer waiting',
  repaired: 'repaired',
  replayed: 'tried again',
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
    isRetryable: retryableClassifications.includes(classification),
  };
}

function summaryOf(row: EventRow): string {
  const what = (row.entity ?? 'record').replaceAll('_', ' ');
  const which = row.externalId === null ? '' : ` ${row.externalId}`;
  const where = row.system === null ? '' : ` (${row.system})`;
  const why = row.message === null ? '' : `: ${row.message}`;
  const did = sentences[row.step] ?? row.step;
  const result = row.outcome === row.step || did.includes(row.outcome) ? '' : `, ${row.outcome.replaceAll('_', ' ')}`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}${which} ${did}${result}${where}${why}`;
}

export function shownEvent(row: EventRow): SyncEvent {
  return {
    id: row.id,
    occurredAt: row.at,
    entityType: row.entity === null ? null : (entityTypes[row.entity] ?? null),
    externalId: row.externalId,
    action: row.action,
    outcome: row.shownOutcome,
    summary: summaryOf(row),
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
  const received = { ...shownStep(first), stage: 'RECEIVED', status: 'SUCCEEDED', message: null, error: null };
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
    message: summaryOf(row),
    error: errorOf(row),
    systemKey: row.system,
  };
}
