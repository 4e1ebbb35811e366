/**
 * Canonical events that were removed before a consumer had read them: it stops, and a person decides. In: what reading threw. Out: the
 * position stands still with a reason; a check of all flows, which compares what the events would have told, lets it go on.
 */
import { KoppelError } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import type { Database } from '../store/database.js';
import type { HeldPosition, stopPosition } from '../store/positions.js';

export interface LostEventsDeps {
  readonly database: Database;
  readonly positions: { readonly stopPosition: typeof stopPosition };
  readonly logger: Logger;
}

/** Stops the position; what is no LOG_POSITION_LOST is thrown again. */
export async function stopAtLostEvents(deps: LostEventsDeps, held: HeldPosition, thrown: unknown): Promise<void> {
  if (!(thrown instanceof KoppelError && thrown.code === 'LOG_POSITION_LOST')) throw thrown;
  const { consumer, topic, partition } = held;
  const { position, start, end } = thrown.values;
  const { code, message } = new KoppelError('LOG_EVENTS_LOST', { consumer, position, start, end });
  await deps.positions.stopPosition(deps.database, held, { code, message, record: null });
  deps.logger.error({ topic, partition, consumer, code, err: message }, 'a partition waits for a person');
}
