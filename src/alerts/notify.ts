/**
 * Sends messages that are due. Each is claimed in the database first, so that of several processes one sends it; one whose process
 * ended in between is sent again, under the same id. What does not go through is tried again, ever more rarely, for some hours.
 */
import type { Clock } from '../base/clock.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { Watchdog } from '../base/watchdog.js';
import type { DueMessage } from '../store/alert-sending.js';
import type { Database } from '../store/database.js';
import type { Deliver } from './deliver.js';

export interface NotifyDeps {
  readonly database: Database;
  readonly store: typeof import('../store/alert-sending.js') &
    Pick<typeof import('../store/alert-channels.js'), 'noteDelivery'>;
  readonly deliver: Deliver;
  /** Unique per run of a process. */
  readonly owner: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly watchdog?: Watchdog;
}

export interface Notify extends Service {
  /** Sends what is due; returns how many messages that were. */
  sendDue(): Promise<number>;
  wake(): void;
}

const restMs = 2_000;
/** Longer than a delivery takes. */
const leaseMs = 120_000;
const atOnce = 5;
const longestMs = 6 * 3_600_000;

/** Half a minute, then twice as long each time, up to half an hour. */
export const againMs = (attempts: number): number => Math.min(1_800_000, 30_000 * 2 ** (Math.min(attempts, 20) - 1));

export function makeNotify(deps: NotifyDeps): Notify {
  const { database, store, owner, logger } = deps;

  const send = async ({ id, reason, attempts, channel, alert }: DueMessage): Promise<void> => {
    const { error } = await deps.deliver(channel, { id, reason, alert });
    await store.noteDelivery(database, channel, error);
    if (error === null) return store.messageSent(database, id);
    const again = { againMs: againMs(attempts), longestMs };
    const isOver = await store.messageFailed(database, { id, owner, error }, again);
    const fields = { channel: channel.name, reason, error, attempts };
    if (isOver) logger.error(fields, 'a message about an alert did not go through and is given up');
    else logger.warn(fields, 'a message about an alert did not go through and is tried again');
  };

  const sendDue = async (): Promise<number> => {
    const due = await database.tx((tx) => store.claimMessages(tx, owner, leaseMs, atOnce));
    await Promise.all(due.map(send));
    return due.length;
  };

  const loop = makeLoop(
    { name: 'alert messages', restMs, run: async () => ((await sendDue()) > 0 ? 'more' : 'idle') },
    deps,
  );
  return {
    name: 'alert messages',
    sendDue,
    start: () => loop.start(),
    stop: () => loop.stop(),
    wake: () => loop.wake(),
  };
}
