/**
 * Sends planned writes of one group. In: writes of one entity whose intents are committed. Out: one outcome for each, never
 * an exception. Checks the deadline directly before sending (G3b) and looks for records that the target may have already
 * (G4). No retries here: what did not work goes back to the planner.
 */
import type { KoppelError } from '../base/errors.js';
import { asKoppelError } from '../base/errors.js';
import { askedToWaitMs } from '../base/retry-after.js';
import type { Target } from '../systems/system.js';
import type { Breaker } from './breaker.js';
import { cleanOutcome } from './clean-outcome.js';
import type { ProjectorDeps } from './projector-deps.js';
import { findRecord, unending } from './find-record.js';
import type { Outcome, PlannedWrite } from './planned-write.js';

export interface Sent {
  readonly write: PlannedWrite;
  readonly outcome: Outcome;
  readonly durationMs: number;
}

export type Send = (
  target: Target,
  writes: readonly PlannedWrite[],
  isStopping: () => boolean,
) => Promise<readonly Sent[]>;

export function makeSend(deps: Pick<ProjectorDeps, 'clock' | 'failpoint'>, breaker: Breaker): Send {
  const look = async (target: Target, write: PlannedWrite): Promise<Outcome | undefined> => {
    if (write.look === 'never') return undefined;
    try {
      const found = await findRecord(target, write);
      if (found !== null) return { type: 'matched', ...found };
      if (write.look === 'known') return { type: 'stale' };
      return write.look === 'only' || write.look === 'verify' ? { type: 'absent' } : undefined;
    } catch (thrown) {
      return { type: 'failed', error: asKoppelError(thrown) };
    }
  };

  /** A record was in the way or had changed: see what is there. Nothing of ours was applied. */
  const lookAgain = async (target: Target, write: PlannedWrite): Promise<Outcome> => {
    const { externalId, document } = write.request;
    try {
      if (externalId === null) {
        const found = await findRecord(target, write);
        return found === null ? { type: 'stale' } : { type: 'matched', ...found };
      }
      const held = await target.find(write.row.entity, { externalId, document }, unending());
      return held === null ? { type: 'gone' } : { type: 'reread', held };
    } catch (thrown) {
      return { type: 'failed', error: asKoppelError(thrown) };
    }
  };

  const sendAll = async (target: Target, writes: readonly PlannedWrite[]): Promise<readonly Outcome[]> => {
    const [first] = writes;
    if (first === undefined) return [];
    try {
      const outcomes = await target.write(
        first.row.entity,
        writes.map((write) => write.request),
        unending(),
      );
      const lost = asKoppelError(new Error('the connector gave fewer outcomes than requests'));
      return writes.map((_, index) => outcomes[index] ?? { type: 'unknown', error: lost });
    } catch (thrown) {
      const error = asKoppelError(thrown);
      return writes.map(() => ({ type: 'unknown', error }));
    }
  };

  return async (target, writes, isStopping) => {
    const outcomes = new Map<PlannedWrite, Outcome>();
    const startedAt = deps.clock.monotonic();
    const mayStart = (write: PlannedWrite): boolean =>
      !isStopping() && breaker.allowance() > 0 && deps.clock.monotonic() < write.sendBefore;
    for (const write of writes) {
      if (!mayStart(write)) outcomes.set(write, { type: 'not_sent' });
      else {
        const seen = await look(target, write);
        if (seen !== undefined) outcomes.set(write, seen);
      }
    }
    await deps.failpoint('P2');
    const open = writes.filter((write) => {
      if (outcomes.has(write)) return false;
      if (mayStart(write)) return true;
      outcomes.set(write, { type: 'not_sent' });
      return false;
    });
    const answers = await sendAll(target, open);
    for (const [index, write] of open.entries()) {
      const outcome = answers[index];
      if (outcome !== undefined)
        outcomes.set(write, outcome.type === 'stale' ? await lookAgain(target, write) : outcome);
    }
    const durationMs = deps.clock.monotonic() - startedAt;
    return writes.map((write) => {
      const outcome = cleanOutcome(outcomes.get(write) ?? { type: 'not_sent' });
      return { write, outcome, durationMs };
    });
  };
}

/** Tells the breaker how it went; returns the failure that opened it, if one did. */
export function feedBreaker(breaker: Breaker, sent: readonly Sent[]): KoppelError | undefined {
  let opened: KoppelError | undefined;
  let answered = false;
  for (const { outcome } of sent) {
    if (outcome.type === 'not_sent') continue;
    const error = outcome.type === 'failed' || outcome.type === 'unknown' ? outcome.error : undefined;
    if (error === undefined || error.class !== 'environment') answered = true;
    else if (error.code === 'RATE_LIMITED')
      breaker.rest(error.retryAfterMs === undefined ? 1_000 : askedToWaitMs(error));
    else if (breaker.failed(askedToWaitMs(error))) opened = error;
  }
  if (answered) breaker.succeeded();
  return answered ? undefined : opened;
}
