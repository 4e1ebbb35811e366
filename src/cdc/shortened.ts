/**
 * Partitions of the log that have lost what was acknowledged. In: the log. Out: nobody reads on in them as if it had not been there;
 * a person says where to go on.
 */
import type { Clock } from '../base/clock.js';
import type { KoppelError } from '../base/errors.js';
import type { ChangeLog } from '../log/change-log.js';
import type { Logger } from '../base/logger.js';
import type { Database, Tx } from '../store/database.js';
import type { stopPartition } from '../store/positions.js';

/** A broker that takes over knows within less than this how far its copy goes. */
const everyMs = 5_000;

export type ShortenedLook = () => Promise<ReadonlyMap<number, KoppelError>>;

/** Those that were so at two looks, some seconds apart. May be called as often as one likes; it asks the log seldom. */
export function makeShortenedLook(log: Pick<ChangeLog<Tx>, 'shortened'>, topic: string, clock: Clock): ShortenedLook {
  let before: ReadonlyMap<number, KoppelError> = new Map();
  let nextAt = 0;
  return async () => {
    if (clock.monotonic() < nextAt) return new Map();
    const now = await log.shortened(topic);
    nextAt = clock.monotonic() + everyMs;
    const confirmed = new Map([...now].filter(([partition]) => before.has(partition)));
    before = now;
    return confirmed;
  };
}

export interface ShortenedStop {
  readonly database: Database;
  readonly stopPartition: typeof stopPartition;
  readonly consumer: string;
  readonly logger: Logger;
}

/** For a log that finds out when it writes. */
export const stopShortened =
  ({ database, stopPartition: stop, consumer, logger }: ShortenedStop) =>
  async (topic: string, partition: number, { code, message, values }: KoppelError): Promise<void> => {
    const stopped = { code, message, record: String(values['record']) };
    if (await stop(database, consumer, topic, partition, stopped))
      logger.error({ topic, partition, code, err: message }, 'a partition waits for a person');
  };
