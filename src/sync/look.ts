/**
 * Look: reads canonical events and makes the projections that they concern due. In: topic `canonical`. Out: due rows, in the
 * transaction that moves the position, so no event is forgotten and none counts twice. What to do about a row is the
 * projector's matter; ten events of one record make one look.
 */
import { KoppelError } from '../base/errors.js';
import type { Clock } from '../base/clock.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { Watchdog } from '../base/watchdog.js';
import type { ChangeLog, ReadEntry } from '../log/change-log.js';
import type { CanonicalEvent } from '../log/envelope.js';
import type { Database, Tx } from '../store/database.js';
import type { HeldPosition } from '../store/positions.js';
import { stopAtLostEvents } from './lost-events.js';

export const lookConsumer = 'look';

export interface LookDeps {
  readonly database: Database;
  readonly log: ChangeLog<Tx>;
  readonly canonicalTopic: string;
  readonly positions: Pick<
    typeof import('../store/positions.js'),
    'preparePositions' | 'holdPositions' | 'movePosition' | 'releasePositions' | 'stopPosition'
  >;
  readonly looks: Pick<typeof import('../store/projection-looks.js'), 'lookAt' | 'restRows'>;
  /** How long what follows from an event rests before it is written, in milliseconds; 0 = not at all. */
  readonly restBeforeWriteMs?: (event: CanonicalEvent) => number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly watchdog?: Watchdog;
  /** Unique per run of a process. */
  readonly owner: string;
  /** Called when rows have become due. */
  readonly looked?: () => void;
  readonly batchSize?: number;
  readonly leaseMs?: number;
  readonly restMs?: number;
}

export interface LookWorker {
  run(): Promise<'more' | 'idle'>;
  release(): Promise<void>;
}

/** The worker without its loop. Exported for tests and benchmarks. */
export function makeLookWorker(deps: LookDeps): LookWorker {
  const { database, log, positions, canonicalTopic: topic, owner, leaseMs = 2_500, batchSize = 500 } = deps;
  const holding = { consumer: lookConsumer, topic, owner, leaseMs };
  let held = new Map<number, HeldPosition>();
  let renewAt = -Infinity;

  const hold = async (): Promise<void> => {
    if (deps.clock.monotonic() < renewAt) return;
    const partitions = await log.partitionsOf(topic);
    if (renewAt === -Infinity) await positions.preparePositions(database, lookConsumer, topic, partitions);
    const now = await positions.holdPositions(database, holding, partitions);
    held = new Map(now.map((position) => [position.partition, position]));
    renewAt = deps.clock.monotonic() + leaseMs / 3;
  };

  const read = async (position: HeldPosition): Promise<readonly ReadEntry[]> => {
    try {
      return await log.read(topic, position.partition, position.nextOffset, batchSize);
    } catch (thrown) {
      await stopAtLostEvents(deps, position, thrown);
      held.delete(position.partition);
      renewAt = 0;
      return [];
    }
  };

  const look = async (position: HeldPosition): Promise<boolean> => {
    const entries = await read(position);
    const last = entries.at(-1);
    if (last === undefined) return false;
    const to = last.offset + 1n;
    await database.tx(async (tx) => {
      await positions.movePosition(tx, position, to, leaseMs);
      const events = entries.map(({ payload, traceId, at }) => ({
        event: payload as unknown as CanonicalEvent,
        traceId,
        at,
      }));
      const resting = events.flatMap(({ event }) => {
        const ms = deps.restBeforeWriteMs?.(event) ?? 0;
        return ms > 0 ? [{ id: event.id, ms }] : [];
      });
      await deps.looks.lookAt(tx, events, resting.length === 0);
      if (resting.length > 0) await deps.looks.restRows(tx, resting);
    });
    held.set(position.partition, { ...position, nextOffset: to });
    deps.looked?.();
    return entries.length === batchSize;
  };

  return {
    async run() {
      await hold();
      let hasMore = false;
      for (const position of [...held.values()]) {
        try {
          hasMore = (await look(position)) || hasMore;
        } catch (thrown) {
          if (!(thrown instanceof KoppelError && thrown.code === 'POSITION_LOST')) {
            // Whether a commit whose answer was lost has happened is read from the database.
            renewAt = Math.min(renewAt, 0);
            throw thrown;
          }
          held.delete(position.partition);
          renewAt = 0;
        }
      }
      return hasMore ? 'more' : 'idle';
    },
    release: () => positions.releasePositions(database, lookConsumer, topic, owner),
  };
}

/** The consumer as a service. */
export function makeLook(deps: LookDeps): Service & { wake(): void } {
  const worker = makeLookWorker(deps);
  const loop = makeLoop(
    { name: 'look', restMs: deps.restMs ?? 1_000, maxBackoffMs: 10_000, run: () => worker.run() },
    deps,
  );
  let unsubscribe: (() => void) | undefined;
  return {
    name: 'look',
    async start() {
      unsubscribe ??= deps.log.onAppend(deps.canonicalTopic, () => loop.wake());
      await loop.start();
    },
    async stop() {
      unsubscribe?.();
      unsubscribe = undefined;
      await loop.stop();
      await worker.release();
    },
    wake: () => loop.wake(),
  };
}
