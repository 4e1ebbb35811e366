/**
 * Looks up writes whose outcome is not known, once they can no longer take effect (G3b, G4): by external id, else by the
 * mark in the document that was sent, else (targets without marks) by its natural key. In: doubts that the planner has taken. Out: a settlement for each.
 */
import { asKoppelError } from '../base/errors.js';
import type { Target } from '../systems/system.js';
import { cleanError } from './clean-outcome.js';
import type { Settled } from './project-acknowledge.js';
import type { Sent } from './project-send.js';
import { unending } from './find-record.js';
import type { PlannedWrite } from './planned-write.js';
import { settleDoubt, settleUnanswered } from './settle-doubt.js';
import { changeOf } from './settlement.js';

/** The settlement, and how the call went for the breaker. */
export async function lookUpDoubt(target: Target, doubt: PlannedWrite): Promise<Settled & { readonly sent: Sent }> {
  const { row, request, record } = doubt;
  try {
    const { externalId, document } = request;
    const isMarked = externalId === null && record.mark !== undefined;
    const sought = { externalId, document, ...(isMarked ? { by: 'mark' as const } : {}) };
    const found = await target.find(row.entity, sought, unending());
    const outcome = found === null ? ({ type: 'absent' } as const) : ({ type: 'reread', held: found } as const);
    return { write: doubt, settlement: settleDoubt(doubt, found), sent: { write: doubt, outcome, durationMs: 0 } };
  } catch (thrown) {
    const error = cleanError(asKoppelError(thrown));
    const outcome = { type: 'failed', error } as const;
    return { write: doubt, settlement: settleUnanswered(doubt, error), sent: { write: doubt, outcome, durationMs: 0 } };
  }
}

/** It was not asked: the row is due again as it was. */
export function leaveInDoubt(doubt: PlannedWrite, nextInMs: number): Settled {
  const { wanted, attempt, reasonCode } = doubt.row;
  const reason = 'It is not known whether the last write took effect; the target is asked later.';
  const change = changeOf(doubt, { state: 'in_doubt', reason, reasonCode, attempt, nextInMs, wanted });
  return { write: doubt, settlement: { change, journal: null } };
}
