/**
 * Relay: publishes canonical events outside the hub. In: topic `canonical`, whose entries were written in the transaction of their
 * effect. Out: each of them published at least once and in commit order; the position moves after that was acknowledged. Only one
 * process relays at a time; one that has lost its turn without knowing it publishes some events again, which their position tells.
 */
import { KoppelError } from '../base/errors.js';
import type { Clock } from '../base/clock.js';
import type { Failpoint } from '../base/failpoint.js';
import { keepingLease } from '../base/keeping-lease.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { ChangeLog } from '../log/change-log.js';
import type { EventPublisher } from '../log/event-publisher.js';
import type { Database, Tx } from '../store/database.js';
import type { HeldPosition } from '../store/positions.js';
import { stopAtLostEvents } from './lost-events.js';

export const relayConsumer = 'relay';

export interface RelayDeps {
  readonly database: Database;
  readonly log: ChangeLog<Tx>;
  readonly canonicalTopic: string;
  readonly positions: Pick<
    typeof import('../store/positions.js'),
    'preparePositions' | 'holdPositions' | 'movePosition' | 'releasePositions' | 'stopPosition'
  >;
  readonly publisher: EventPublisher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly failpoint: Failpoint;
  /** Unique per run of a process. */
  readonly owner: string;
  readonly batchSize?: number;
  readonly leaseMs?: number;
  readonly restMs?: number;
}

/** One piece of work. Exported for tests, which call it without a loop. */
export async function relayOnce(deps: RelayDeps): Promise<'more' | 'idle'> {
  const { database, log, canonicalTopic: topic, positions, owner, clock, batchSize = 500, leaseMs = 2_500 } = deps;
  // The canonical topic has one partition: its offsets are the commit order of the whole hub.
  const hold = (): Promise<readonly HeldPosition[]> =>
    positions.holdPositions(database, { consumer: relayConsumer, topic, owner, leaseMs }, 1);
  const [held] = await hold();
  if (held === undefined) return 'idle';
  const entries = await log.read(topic, held.partition, held.nextOffset, batchSize).catch(async (thrown: unknown) => {
    await stopAtLostEvents(deps, held, thrown);
    return [];
  });
  const last = entries.at(-1);
  if (last === undefined) return 'idle';
  await deps.failpoint('R0');
  await keepingLease(() => deps.publisher.publish(entries), hold, { leaseMs, clock });
  await deps.failpoint('R2');
  try {
    await database.tx((tx) => positions.movePosition(tx, held, last.offset + 1n, leaseMs));
  } catch (thrown) {
    if (!(thrown instanceof KoppelError && thrown.code === 'POSITION_LOST')) throw thrown;
    deps.logger.info({ topic }, 'another process relays now');
    return 'idle';
  }
  await deps.failpoint('R3');
  return entries.length === batchSize ? 'more' : 'idle';
}

/** The relay as a service; it closes its publisher when it stops. */
export function makeRelay(deps: RelayDeps): Service {
  const { database, canonicalTopic: topic, positions, restMs = 1_000 } = deps;
  const loop = makeLoop({ name: 'relay', restMs, maxBackoffMs: 10_000, run: () => relayOnce(deps) }, deps);
  let unsubscribe: (() => void) | undefined;
  return {
    name: 'relay',
    async start() {
      // One that has never read begins with what is there: it has not lost what was removed before.
      await positions.preparePositions(database, relayConsumer, topic, 1, await deps.log.starts(topic));
      unsubscribe ??= deps.log.onAppend(topic, () => loop.wake());
      await loop.start();
    },
    async stop() {
      unsubscribe?.();
      unsubscribe = undefined;
      await loop.stop();
      await positions.releasePositions(database, relayConsumer, topic, deps.owner);
      await deps.publisher.close();
    },
  };
}
