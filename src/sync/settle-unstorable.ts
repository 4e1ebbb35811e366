/**
 * What follows when the database refuses to store an outcome: pure. In: the write, what was settled, why that is refused. Out: a
 * settlement that says so and holds nothing of the answer but, if wished, the reference. What may still take effect stays in
 * doubt (G3b); anything else is parked, and what the target holds is asked before it is written again.
 */
import type { KoppelError } from '../base/errors.js';
import { unclear } from './difference.js';
import type { PlannedWrite, Settlement } from './planned-write.js';
import { toParked } from './problem.js';
import { changeOf, entryOf } from './settlement.js';

export function settleUnstorable(
  write: PlannedWrite,
  settlement: Settlement,
  error: KoppelError,
  isLinked: boolean,
): Settlement {
  const { row, target, request, traceId } = write;
  const { change, refusedCredentials } = settlement;
  const { message, code } = error;
  const kept = refusedCredentials === undefined ? {} : { refusedCredentials };
  const told = { reason: message, reasonCode: code, attempt: row.attempt + 1 };
  if (change.state === 'in_doubt') {
    return {
      change: changeOf(write, { ...told, state: 'in_doubt', nextInMs: change.nextInMs }),
      journal: entryOf(write, 'in_doubt', 'unknown', { code, message }),
      ...kept,
    };
  }
  const reference = isLinked ? settlement.reference : undefined;
  const externalId = reference?.externalId ?? request.externalId;
  const isTaken = externalId !== null || change.state !== 'parked';
  const drifted = isTaken ? [...new Set([...row.drifted, unclear])] : row.drifted;
  const endsDoubt = change.endsDoubt === undefined ? {} : { endsDoubt: change.endsDoubt };
  return {
    change: changeOf(write, { ...told, state: 'parked', externalId, drifted, ...endsDoubt }),
    journal: entryOf(write, 'parked', 'parked', { code, message, externalId }),
    parked: toParked({ target, row, error, wanted: request.document, externalId, traceId }),
    ...(reference === undefined ? {} : { reference }),
    ...(settlement.mayShare === undefined ? {} : { mayShare: settlement.mayShare }),
    ...kept,
  };
}
