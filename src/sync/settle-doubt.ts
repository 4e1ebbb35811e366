/**
 * What follows when a record was looked for after a lost answer: pure. By now the write can no longer take effect (G3b), so
 * what the target holds is final: it is linked and compared, or planned anew. Never a blind second create (G4).
 */
import { KoppelError } from '../base/errors.js';
import { mayBeMadeOf } from '../base/made-of.js';
import { askedToWaitMs } from '../base/retry-after.js';
import { says } from '../base/says.js';
import { cleanJson } from '../canonical/clean-text.js';
import type { ProjectionChange } from '../store/projections.js';
import type { HeldRecord, WriteRequest } from '../systems/system.js';
import { backoffMs } from './backoff.js';
import { differingFields, imageOf, pick, unclear } from './difference.js';
import { isIdle } from './idle-wishes.js';
import type { PlannedWrite, Settlement } from './planned-write.js';
import { asShown, settleGone } from './settle.js';
import { toParked } from './problem.js';
import { attemptOf, changeOf, entryOf, mostBugs, referenceOf, unconfirmed } from './settlement.js';

const mostUnconfirmed = 8;

/** What a search after a lost answer found (the write can no longer take effect). */
export function settleDoubt(doubt: Omit<PlannedWrite, 'repairs'>, found: HeldRecord | null): Settlement {
  const { row, request } = doubt;
  const write: PlannedWrite = { ...doubt, repairs: [] };
  if (found === null && request.externalId !== null) return settleGone(write);
  if (found === null) return again(write, { wanted: null }, { journal: entryOf(write, 'in_doubt', 'absent') });
  const { externalId } = found;
  const isNew = request.externalId === null;
  const known = new Set([...Object.keys(row.held ?? {}), ...Object.keys(request.document)]);
  const image = imageOf(cleanJson(found.document), { ...request.document, ...row.held }, known, row.held);
  const strayed = isNew || row.held === null ? [] : differingFields(row.held, image);
  const { held: seen, drifted: changed } = asShown(write, image, strayed);
  const theirs = isNew ? editedSince(write, found) : [];
  const held = { ...seen, ...pick(request.document, theirs) };
  const drifted = [...new Set([...row.drifted.filter((field) => field in held), ...changed])];
  // Without an earlier image only what the target holds counts; the planner compares with that. What a new record says of
  // what was asked for is ours, so that it can be emptied again.
  const said = Object.keys(request.document).filter((field) => isSaid(request, found, field));
  const wanted = isNew ? pick(request.document, [...said, ...theirs]) : row.held === null ? null : row.wanted;
  const isOurs = isNew || row.sent !== null;
  // Where no write was under way the target was only asked what it holds.
  const looked = entryOf(write, drifted.length > 0 ? 'drift' : 'echo', 'seen', { externalId });
  const journal = isOurs
    ? entryOf(write, isNew ? 'written' : 'in_doubt', isNew ? 'created' : 'found', { externalId })
    : looked;
  const settled = { journal, reference: referenceOf(write, found, 'CREATED', isNew), parts: found.parts ?? [] };
  const isThere = isNew || isApplied(request, found);
  if (!isThere && isOurs) return again(write, { externalId, wanted, held, drifted }, settled);
  return {
    change: changeOf(write, { state: 'pending', nextInMs: 0, externalId, wanted, held, drifted }),
    ...settled,
    ...(isThere ? { shows: { ...found, mayHoldEdits: true } } : {}),
  };
}

/**
 * The write has not taken effect: it is planned anew, at once the first time and then later and later. A target that
 * answers every look and never says what becomes of the write is told to people in the end (G6).
 */
function again(
  write: PlannedWrite,
  known: Partial<Pick<ProjectionChange, 'externalId' | 'wanted' | 'held' | 'drifted'>>,
  settled: Omit<Settlement, 'change'>,
): Settlement {
  const { row, request, target, traceId } = write;
  const attempt = attemptOf(row, unconfirmed);
  if (attempt >= mostUnconfirmed) {
    const error = new KoppelError(unconfirmed, { system: target, times: attempt });
    const { message, code } = error;
    const { externalId } = request;
    return {
      ...settled,
      change: changeOf(write, { ...known, state: 'parked', reason: message, reasonCode: code, attempt }),
      journal: entryOf(write, 'parked', 'parked', { code, message }),
      parked: toParked({ target, row, error, wanted: request.document, externalId, traceId }),
    };
  }
  const nextInMs = attempt === 1 ? 0 : backoffMs(attempt);
  return {
    ...settled,
    change: changeOf(write, { ...known, state: 'pending', reasonCode: unconfirmed, attempt, nextInMs }),
  };
}

/**
 * The target could not be asked. While it may answer later the doubt stays; an answer that never comes parks the record. What is sent
 * after that is planned by another look at the target (`unclear`), never by what was sent last.
 */
export function settleUnanswered(doubt: PlannedWrite, error: KoppelError): Settlement {
  const { row, request, target, traceId } = doubt;
  const { message, code } = error;
  const isBug = error.class === 'bug' || error.class === 'usage';
  const attempt = isBug ? attemptOf(row, code) : row.attempt + 1;
  const { wanted } = row;
  if (error.class === 'data' || (isBug && attempt >= mostBugs)) {
    const drifted = [...new Set([...row.drifted, unclear])];
    const { externalId } = request;
    return {
      change: changeOf(doubt, { state: 'parked', reason: message, reasonCode: code, attempt, wanted, drifted }),
      journal: entryOf(doubt, 'parked', 'parked', { code, message }),
      parked: toParked({ target, row, error, wanted: request.document, externalId, traceId }),
    };
  }
  const reason = `It is not known whether the last write took effect, and the target cannot be asked: ${message}`;
  const nextInMs = Math.max(askedToWaitMs(error), backoffMs(attempt));
  const change = changeOf(doubt, { state: 'in_doubt', reason, reasonCode: code, attempt, nextInMs, wanted });
  return { change, journal: null, ...(error.class === 'auth' ? { refusedCredentials: error } : {}) };
}

/**
 * Whether the update took effect: something that said something else before says what was asked for, or what the target makes of it.
 * The rest may have been changed by somebody since.
 */
function isApplied({ document, changed, held }: WriteRequest, found: HeldRecord): boolean {
  return changed.some((field) => {
    const [wished, now] = [document[field] ?? null, found.document[field]];
    const wasSaid = held !== null && says(held.document[field], wished);
    return !wasSaid && (isIdle(wished) || !isIdle(now)) && mayBeMadeOf(now, wished);
  });
}

/**
 * Fields of a record that we made and that say something else by now: where the target is a source too, somebody's edit, which
 * is judged when the stream shows it.
 */
function editedSince({ request, record, isAlsoSource }: PlannedWrite, found: HeldRecord): readonly string[] {
  if (isAlsoSource !== true || record.isMadeWith === undefined) return [];
  return Object.keys(request.document).filter(
    (field) => record.isMadeWith?.(field) === true && field in found.document && !isSaid(request, found, field),
  );
}

const isSaid = ({ document }: Pick<WriteRequest, 'document'>, found: HeldRecord, field: string): boolean =>
  says(found.document[field], document[field] ?? null);
