/** A record that could not even be planned: it is a problem of its own (G6). What is a bug is tried again first. */
import type { KoppelError } from '../base/errors.js';
import type { Projection } from '../store/projections.js';
import { backoffMs } from './backoff.js';
import { park } from './carry-out.js';
import { changeOf, entryOf, type Work } from './project-work.js';
import { attemptOf, mostBugs } from './settlement.js';

export function giveUpOn(work: Work, row: Projection, error: KoppelError): void {
  const { message, code } = error;
  const attempt = attemptOf(row, code);
  if (error.class === 'data' || attempt >= mostBugs) {
    const reference = row.externalId === null ? undefined : { externalId: row.externalId };
    return park(work, { row, reference, unmapped: [], plan: { type: 'parked', error, problems: [] } }, null);
  }
  const nextInMs = backoffMs(attempt);
  work.changes.push(changeOf(row, { state: 'retrying', reason: message, reasonCode: code, attempt, nextInMs }));
  work.journal.push(entryOf(work, row, 'failed', 'retrying', { code, message }));
}
