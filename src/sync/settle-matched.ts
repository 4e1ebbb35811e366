/**
 * What follows when the target has the record already: pure. It is linked and compared. When it belongs to another record of
 * the hub, two of ours are one there: matched by what people share (an e-mail address) the second one shares it, else it
 * is a problem that a person must solve.
 */
import { KoppelError } from '../base/errors.js';
import { cleanJson } from '../canonical/clean-text.js';
import type { ReferenceAlias } from '../store/reference-aliases.js';
import type { HeldRecord } from '../systems/system.js';
import { imageOf, pick } from './difference.js';
import { isIdle } from './idle-wishes.js';
import type { FoundRecord, PlannedWrite, Settlement } from './planned-write.js';
import { toParked } from './problem.js';
import { changeOf, entryOf, referenceOf } from './settlement.js';

/** The target had it: link, then let the planner see what differs. */
export function settleMatched(write: PlannedWrite, { held: found, by }: FoundRecord): Settlement {
  const { request, record } = write;
  const { externalId } = found;
  const fields = Object.keys(request.document);
  const held = imageOf(cleanJson(found.document), request.document, fields);
  // Having nothing to say is no reason to empty what was found: that wish counts as fulfilled.
  const idle = fields.filter((field) => isIdle(request.document[field]));
  const wanted = idle.length === 0 ? null : pick(request.document, idle);
  return {
    change: changeOf(write, { state: 'pending', nextInMs: 0, externalId, wanted, held, drifted: [] }),
    journal: entryOf(write, 'planned', 'matched', { externalId, detail: { by } }),
    reference: referenceOf(write, found, 'MATCHED', false),
    parts: found.parts ?? [],
    mayShare: by === 'match' && (record.matchBy !== undefined || record.entity === 'contact'),
  };
}

export const sharedCode = 'SHARED_RECORD';

/** By the number or code that people know it by there, when it has one. */
export const sharedReason = (system: string, { externalId, key }: Pick<HeldRecord, 'externalId' | 'key'>): string =>
  `${system} has one record (${key ?? externalId}) for this and another record of the hub; the other one writes to it.`;

/** The record of the target stands for this one too, and is left to the one that it belongs to. */
export function toShared(
  write: PlannedWrite,
  held: Pick<HeldRecord, 'externalId' | 'key'>,
): { readonly settlement: Settlement; readonly alias: ReferenceAlias } {
  const { row, target } = write;
  const { externalId } = held;
  const reason = sharedReason(target, held);
  const rest = { wanted: null, held: null, drifted: [] };
  return {
    alias: { entity: row.entity, canonicalId: row.canonicalId, externalId },
    settlement: {
      change: changeOf(write, { state: 'excluded', reason, reasonCode: sharedCode, externalId: null, ...rest }),
      journal: entryOf(write, 'excluded', 'shared', { externalId, code: sharedCode, message: reason }),
      resolves: true,
    },
  };
}

/** The target's record belongs to another record of the hub already: two of ours are one there. */
export function toDuplicate(write: PlannedWrite, { journal, change, reference }: Settlement): Settlement {
  const { target, row, request, traceId } = write;
  const error = new KoppelError('DUPLICATE_IN_TARGET', {
    system: target,
    externalId: reference?.key ?? reference?.externalId ?? null,
  });
  const { message: reason, code: reasonCode } = error;
  const rest = { nextInMs: null, externalId: null, held: row.held, wanted: null };
  return {
    change: { ...change, state: 'parked', reason, reasonCode, ...rest },
    journal:
      journal === null
        ? null
        : { ...journal, step: 'parked', outcome: 'parked', code: error.code, message: error.message, detail: null },
    parked: toParked({ target, row, error, wanted: request.document, externalId: null, traceId }),
  };
}
