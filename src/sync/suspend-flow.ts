/** Stops a flow that fails for one reason again and again (G6): what it has ready is held and shown instead of parked. */
import { newId } from '../base/ids.js';
import type { Tx } from '../store/database.js';
import type { JournalEntry } from '../store/journal.js';
import { everyItem } from './problem.js';
import type { ProjectorDeps } from './projector-deps.js';
import { errorWithoutValues } from './without-values.js';

/** What many records failed of, and how many. */
export interface SuspendCause {
  readonly count: number;
  readonly said: string;
}

export interface Failure {
  readonly code: string;
  readonly path?: string | null | undefined;
  readonly message: string;
}

/**
 * What many records failed of: where, and the sentence of the code. For people who may not see personal data either: no value of a record,
 * and never the target's own words, which may quote one.
 */
export function causeOf({ code, path, message }: Failure, count: number): SuspendCause {
  const where = path === undefined || path === null ? '' : `${everyItem(path)}: `;
  return { count, said: `${where}${errorWithoutValues(code, message) ?? code}` };
}

/** Returns the step for the journal; undefined when the flow was not running any more. */
export async function suspendFlow(
  deps: Pick<ProjectorDeps, 'stores' | 'logger'>,
  tx: Tx,
  target: string,
  flow: string,
  { count, said }: SuspendCause,
): Promise<JournalEntry | undefined> {
  const { audit, configuration, looks } = deps.stores;
  const reason = `Too many records failed in the same way, ${count} within a few minutes: ${said}`;
  const was = await configuration.setFlowState(tx, flow, ['ENABLED'], 'SUSPENDED', reason);
  if (was === undefined) return undefined;
  await looks.pauseRows(tx, flow, 'held', reason);
  await audit.noteByHub(tx, 'flowSuspend', flow, { reason });
  await configuration.announceConfiguration(tx);
  deps.logger.error({ flow, reason }, 'a flow was stopped because too many records failed in the same way');
  return { traceId: newId('trace'), step: 'planned', outcome: 'held', flow, system: target, message: reason };
}
