/** What people do with runs that the write guard holds: let the held writes go on, or leave the target as it is. */
import { KoppelError } from '../base/errors.js';
import type { Database } from '../store/database.js';
import type { HeldCounts } from '../store/write-holds.js';
import { droppedReason } from './held-reasons.js';

export interface HeldRunsDeps {
  readonly database: Database;
  readonly store: Pick<typeof import('../store/write-holds.js'), 'endHold'>;
  /** Called when writes may go on. */
  readonly released: () => void;
}

export interface HeldRuns {
  /** Ends the hold of a run; refused with HOLD_OVER when it holds nothing (any more). Returns what was held, by reason code. */
  end(run: string, how: { readonly isApproved: boolean; readonly note: string | null }): Promise<HeldCounts>;
}

export function makeHeldRuns({ database, store, released }: HeldRunsDeps): HeldRuns {
  return {
    async end(run, { isApproved, note }) {
      const ending = isApproved ? 'RELEASED' : 'DROPPED';
      const ended = await database.tx((tx) => store.endHold(tx, run, { ending, reason: droppedReason, note }));
      if (ended === undefined) throw new KoppelError('HOLD_OVER', {});
      if (isApproved) released();
      return ended.counts;
    },
  };
}
