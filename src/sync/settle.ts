/**
 * What follows from the outcome of a write: pure. In: the planned write and what came back. Out: one settlement: the new
 * state of the row with what the target now holds, the reference, the step for the journal, the problem. acknowledge.ts
 * carries settlements out. Which class of error does what is decided here and nowhere else (G6).
 */
import { contentHash } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import { KoppelError, unreachable } from '../base/errors.js';
import { mayBeMadeOf } from '../base/made-of.js';
import { askedToWaitMs } from '../base/retry-after.js';
import { cleanJson } from '../canonical/clean-text.js';
import type { HeldRecord, WriteOutcome } from '../systems/system.js';
import { backoffMs } from './backoff.js';
import { differingFields, imageOf, pick, strayedFields } from './difference.js';
import type { Outcome, PlannedWrite, Settlement } from './planned-write.js';
import { toParked } from './problem.js';
import { settleMatched } from './settle-matched.js';
import { attemptOf, changeOf, entryOf, mostBugs, referenceOf, unconfirmed } from './settlement.js';
import { restingAbsent } from './verify-mode.js';

const mostStale = 5;

export function settleWrite(write: PlannedWrite, outcome: Outcome, durationMs: number): Settlement {
  const settlement = settlementOf(write, outcome, durationMs);
  return { ...settlement, change: { ...settlement.change, endsDoubt: endsDoubt(write, outcome) } };
}

/** An answer says what became of this write; of earlier ones only that everything is as it should be says it. */
function endsDoubt({ row }: PlannedWrite, { type }: Outcome): boolean {
  if (type === 'written') return true;
  return row.doubtedForMs === null && (type === 'refused' || type === 'failed' || type === 'not_sent');
}

function settlementOf(write: PlannedWrite, outcome: Outcome, durationMs: number): Settlement {
  switch (outcome.type) {
    case 'written':
      return settleWritten(write, outcome, durationMs);
    case 'matched':
      return settleMatched(write, outcome);
    case 'reread':
    case 'stale':
      return settleStale(write, outcome.type === 'reread' ? outcome.held : null);
    case 'gone':
      return settleGone(write);
    case 'absent':
      if (write.look === 'verify') return { change: changeOf(write, restingAbsent), journal: null };
      return {
        change: changeOf(write, {
          state: 'excluded',
          reason: 'The target lacks it, and the flow does not create records.',
        }),
        journal: null,
      };
    case 'not_sent':
      return {
        change: changeOf(write, {
          state: 'pending',
          nextInMs: 0,
          reasonCode: write.row.reasonCode,
          attempt: write.row.attempt,
        }),
        journal: null,
      };
    case 'refused':
      return settleRefused(write, outcome, durationMs);
    case 'unknown':
      return settleUnknown(write, outcome.error, durationMs);
    case 'failed':
      return settleFailed(write, outcome.error, durationMs);
    default:
      return unreachable(outcome);
  }
}

function settleWritten(
  write: PlannedWrite,
  outcome: Extract<WriteOutcome, { type: 'written' }>,
  durationMs: number,
): Settlement {
  const { row, request, owned, leftAlone = [] } = write;
  const document = cleanJson(outcome.held.document);
  const wanted = pick(request.document, owned);
  const { externalId } = outcome.held;
  const changes: Record<string, Json> = {};
  for (const field of request.changed) {
    changes[field] = [row.held?.[field] ?? null, document[field] ?? request.document[field] ?? null];
  }
  const { image, held, drifted: changed } = seenAfter(write, document);
  const drifted = [...new Set([...changed, ...leftAlone])];
  return {
    change: changeOf(write, {
      ...(drifted.length === 0 ? { state: 'in_sync' } : { state: 'pending', nextInMs: 0 }),
      externalId,
      wanted,
      wantedHash: contentHash(wanted),
      held: { ...held, ...saidSince(write, outcome.held, image) },
      drifted,
      mappingVersion: write.mappingVersion,
    }),
    journal: entryOf(
      write,
      write.repairs.length > 0 ? 'repaired' : 'written',
      outcome.created ? 'created' : 'updated',
      {
        externalId,
        detail: { changes },
        durationMs: Math.round(durationMs),
      },
    ),
    reference: referenceOf(write, outcome.held, 'CREATED', true),
    parts: outcome.held.parts ?? [],
    shows: outcome.held,
    resolves: leftAlone.length === 0,
  };
}

/** What a target holds after it has taken a write, or a part of it. What we did not send and what says something else than before, somebody changed there meanwhile. */
function seenAfter(
  write: PlannedWrite,
  document: Document,
): { readonly image: Document; readonly held: Document; readonly drifted: readonly string[] } {
  const { row, request, owned, wholeLists = new Set() } = write;
  const image = imageOf(document, request.document, owned, row.held);
  const untouched = owned.filter((field) => !request.changed.includes(field));
  const before = request.externalId === null ? {} : pick(row.held ?? {}, untouched);
  return { image, ...asShown(write, image, strayedFields(before, image, wholeLists)) };
}

/**
 * Fields in which somebody has said something else between our write and the look after it, as we wrote them: the edit is judged when the
 * stream shows it, as any other.
 */
function saidSince({ request, addedTo }: PlannedWrite, { mayHoldEdits }: HeldRecord, image: Document): Document {
  if (mayHoldEdits !== true) return {};
  const isSince = (field: string): boolean =>
    field in image && addedTo?.has(field) !== true && !mayBeMadeOf(image[field], request.document[field]);
  return pick(request.document, request.changed.filter(isSince));
}

/**
 * What counts as held and as changed by somebody else. Where the target is a source too, an edit that came back with our
 * write is not the projector's to undo: it counts when the stream shows it, by the policy of the field.
 */
export function asShown(
  { isAlsoSource = false, row, request }: Pick<PlannedWrite, 'isAlsoSource' | 'row' | 'request'>,
  image: Document,
  strayed: readonly string[],
): { readonly held: Document; readonly drifted: readonly string[] } {
  if (!isAlsoSource) return { held: image, drifted: strayed };
  const theirs = strayed.filter((field) => !request.changed.includes(field));
  return {
    held: { ...image, ...pick(row.held ?? {}, theirs) },
    drifted: strayed.filter((field) => !theirs.includes(field)),
  };
}

function settleStale(write: PlannedWrite, found: HeldRecord | null): Settlement {
  const { row, request } = write;
  const attempt = attemptOf(row, 'STALE');
  if (attempt > mostStale)
    return park(write, new KoppelError('WRITE_CONTESTED', { system: write.target, times: attempt }), 0);
  const again = {
    state: 'pending',
    reasonCode: 'STALE',
    attempt,
    nextInMs: attempt === 1 ? 0 : backoffMs(attempt),
  } as const;
  if (found === null) return { change: changeOf(write, again), journal: entryOf(write, 'failed', 'stale') };
  const image = imageOf(
    cleanJson(found.document),
    { ...request.document, ...row.held },
    new Set([...Object.keys(request.document), ...Object.keys(row.held ?? {})]),
    row.held,
  );
  const { held, drifted: strayed } = asShown(write, image, row.held === null ? [] : differingFields(row.held, image));
  const drifted = [...new Set([...row.drifted, ...strayed])];
  return { change: changeOf(write, { ...again, held, drifted }), journal: entryOf(write, 'failed', 'stale') };
}

/** What other records may make possible is tried again for a while; for the rest somebody has to change something. */
function settleRefused(
  write: PlannedWrite,
  { error, held, mayPass = false }: Extract<WriteOutcome, { type: 'refused' }>,
  durationMs: number,
): Settlement {
  const attempt = attemptOf(write.row, error.code);
  if (mayPass && attempt <= mostStale) return retry(write, error, attempt, durationMs);
  return park(write, error, durationMs, held);
}

/** Somebody removed it from the target: it is made anew. */
export function settleGone(write: PlannedWrite): Settlement {
  return {
    change: changeOf(write, { state: 'pending', nextInMs: 0, externalId: null, wanted: null, held: null, drifted: [] }),
    journal: entryOf(write, 'failed', 'gone', { message: 'The record is gone from the target and is made anew.' }),
    forgetReference: true,
  };
}

function settleUnknown(write: PlannedWrite, error: KoppelError, durationMs: number): Settlement {
  const { row } = write;
  // How often it was found not to have taken effect is counted on by the look that follows.
  const counted =
    row.reasonCode === unconfirmed
      ? { reasonCode: unconfirmed, attempt: row.attempt }
      : { reasonCode: error.code, attempt: attemptOf(row, error.code) };
  return {
    change: changeOf(write, { state: 'in_doubt', reason: error.message, ...counted }),
    journal: entryOf(write, 'in_doubt', 'unknown', {
      code: error.code,
      message: error.message,
      durationMs: Math.round(durationMs),
    }),
  };
}

function settleFailed(write: PlannedWrite, error: KoppelError, durationMs: number): Settlement {
  const attempt = attemptOf(write.row, error.code);
  switch (error.class) {
    case 'data':
      return park(write, error, durationMs);
    case 'bug':
    case 'usage':
      return attempt >= mostBugs ? park(write, error, durationMs) : retry(write, error, attempt, durationMs);
    case 'environment':
      return retry(write, error, attempt, durationMs);
    case 'auth':
      return { ...retry(write, error, attempt, durationMs), refusedCredentials: error };
  }
}

function retry(write: PlannedWrite, error: KoppelError, attempt: number, durationMs: number): Settlement {
  const nextInMs = Math.max(askedToWaitMs(error), backoffMs(attempt));
  return {
    change: changeOf(write, { state: 'retrying', reason: error.message, reasonCode: error.code, attempt, nextInMs }),
    journal: entryOf(write, 'failed', 'retrying', {
      code: error.code,
      message: error.message,
      durationMs: Math.round(durationMs),
    }),
  };
}

/** `taken`: what the target holds after it has taken a part of the write. */
function park(write: PlannedWrite, error: KoppelError, durationMs: number, taken?: HeldRecord): Settlement {
  const { request, target, traceId } = write;
  const attempt = write.row.attempt + 1;
  const seen = taken === undefined ? undefined : seenAfter(write, cleanJson(taken.document));
  const { held = write.row.held } = seen ?? {};
  const drifted = [...new Set([...write.row.drifted, ...(seen?.drifted ?? [])])];
  const row = { ...write.row, held };
  return {
    change: changeOf(write, { state: 'parked', reason: error.message, reasonCode: error.code, attempt, held, drifted }),
    ...(taken === undefined ? {} : { shows: taken }),
    journal: entryOf(write, 'parked', 'parked', {
      code: error.code,
      message: error.message,
      durationMs: Math.round(durationMs),
    }),
    parked: toParked({ target, row, error, wanted: request.document, externalId: request.externalId, traceId }),
  };
}
