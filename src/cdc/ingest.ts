/**
 * Ingest: takes the changes of each system's topic from the log into the canonical records. In: leases on partitions and
 * the log. Out: one transaction per batch, with the position of the consumer moved in it, so each change takes effect once,
 * in the order of its key, however often it is delivered. One record that cannot be stored is found and parked alone.
 */
import { asKoppelError, KoppelError } from '../base/errors.js';
import type { Service } from '../base/lifecycle.js';
import { canonicalEntities } from '../canonical/entities.js';
import { isRemembered } from '../canonical/statements.js';
import type { ReadEntry } from '../log/change-log.js';
import type { Change } from '../log/envelope.js';
import type { HeldPosition } from '../store/positions.js';
import type { Incoming } from './classify.js';
import type { BatchOptions } from './batch.js';
import { makeTakeUp } from './deferred.js';
import type { IngestDeps, WorkerDeps } from './ingest-deps.js';
import { makeLoopSet, type WantedLoop } from './loop-set.js';
import { isValueRefused, wasOvertaken } from './refusals.js';
import { isTarget, isTwoWay, ownershipOf } from './sources.js';

export const ingestConsumer = 'ingest';

export interface Ingest extends Service {
  wake(system?: string): void;
  /** Takes deferred changes of a system up at once; call it when the outcome of a write is known. */
  wakeDeferred(system: string): void;
}

const deferredKey = (system: string): string => `${system} deferred`;

export function makeIngest(deps: IngestDeps): Ingest {
  const { configuration, restMs = 1_000 } = deps;
  const hints = new Map<string, () => void>();
  const workers = new Map<string, IngestWorker>();
  const workerOf = (system: string): IngestWorker => {
    const worker = workers.get(system) ?? makeIngestWorker(system, deps);
    workers.set(system, worker);
    return worker;
  };
  const loops = makeLoopSet(
    'ingest',
    (current) => [
      ...[...current.systems.keys()].map((system): WantedLoop => {
        const key = system;
        if (!hints.has(key))
          hints.set(
            key,
            deps.log.onAppend(deps.changesTopic(system), () => loops.wake((k) => k === key)),
          );
        return {
          key,
          fingerprint: '',
          name: `ingest ${system}`,
          restMs,
          maxBackoffMs: 10_000,
          run: (signal) => workerOf(system).run(signal),
        };
      }),
      // For every system: what was put aside must not stay there when a flow is taken away.
      ...[...current.systems.keys()].map((system): WantedLoop => {
        const name = `ingest deferred ${system}`;
        return { key: deferredKey(system), fingerprint: '', name, restMs, run: makeTakeUp(system, deps) };
      }),
    ],
    { clock: deps.clock, logger: deps.logger, configuration },
  );
  return {
    name: 'ingest',
    start: () => loops.start(),
    async stop() {
      for (const stop of hints.values()) stop();
      hints.clear();
      await loops.stop();
      for (const worker of workers.values()) await worker.release();
      workers.clear();
    },
    wake: (system) => loops.wake(system === undefined ? undefined : (key) => key === system),
    wakeDeferred(system) {
      const current = configuration.current();
      const mayBeDeferred = canonicalEntities.some(
        (entity) =>
          isTwoWay(current, system, entity) ||
          (isRemembered(entity, ownershipOf(current)) && isTarget(current, system, entity)),
      );
      if (mayBeDeferred) loops.wake((key) => key === deferredKey(system));
    },
  };
}

export interface IngestWorker {
  /** Takes in what is there for the partitions that this process holds. */
  run(signal: AbortSignal): Promise<'more' | 'idle'>;
  release(): Promise<void>;
}

/** The worker of one system's topic. Exported for tests and benchmarks, which call it without a loop. */
export function makeIngestWorker(system: string, deps: WorkerDeps): IngestWorker {
  const { database, log, positions, owner, leaseMs = 5_000, batchSize = 200, lanes = 3 } = deps;
  const topic = deps.changesTopic(system);
  const partitions = log.partitionsOf(topic);
  const holding = { consumer: ingestConsumer, topic, owner, leaseMs };
  const takeIn = makeTakeIn(system, deps, leaseMs);
  let held = new Map<number, HeldPosition>();
  let renewAt = 0;
  let isPrepared = false;

  const hold = async (): Promise<boolean> => {
    if (!isPrepared) await positions.preparePositions(database, ingestConsumer, topic, partitions);
    isPrepared = true;
    if (deps.clock.monotonic() < renewAt && held.size > 0) return false;
    const before = held.size;
    // A few at a time, so that processes that start together share the partitions.
    const now = await positions.holdPositions(database, holding, Math.ceil(partitions / 4));
    held = new Map(now.map((position) => [position.partition, position]));
    const hasGrown = held.size > before;
    renewAt = hasGrown ? 0 : deps.clock.monotonic() + leaseMs / 3;
    return hasGrown;
  };

  const work = async (position: HeldPosition): Promise<boolean> => {
    const entries = await log.read(topic, position.partition, position.nextOffset, batchSize);
    if (entries.length === 0) return false;
    await deps.failpoint('A0');
    const moved = await takeIn(position, entries);
    held.set(position.partition, moved);
    return true;
  };

  return {
    async run(signal) {
      const hasGrown = await hold();
      const ends = await log.ends(topic);
      const due = [...held.values()].filter((position) => position.nextOffset < (ends[position.partition] ?? 0n));
      let failure: unknown;
      const lane = async (): Promise<void> => {
        for (let next = due.shift(); next !== undefined && failure === undefined; next = due.shift()) {
          if (signal.aborted) return;
          try {
            await work(next);
          } catch (error) {
            // What was committed is not known; the database says it at the next renewal.
            held.delete(next.partition);
            renewAt = 0;
            if (!(error instanceof KoppelError && error.code === 'POSITION_LOST')) failure ??= error;
            else deps.logger.info({ topic, partition: next.partition }, 'another process took over a partition');
          }
        }
      };
      const hadWork = due.length > 0;
      await Promise.all(Array.from({ length: Math.min(lanes, due.length) }, lane));
      if (failure !== undefined) throw asKoppelError(failure);
      return hadWork || hasGrown ? 'more' : 'idle';
    },
    async release() {
      held.clear();
      renewAt = 0;
      await positions.releasePositions(database, ingestConsumer, topic, owner);
    },
  };
}

export type TakeIn = (held: HeldPosition, entries: readonly ReadEntry[]) => Promise<HeldPosition>;

/** One batch: a transaction, repeated when it was overtaken, split when the database refuses a value of it. */
export function makeTakeIn(system: string, deps: WorkerDeps, leaseMs: number): TakeIn {
  const transact = async (
    held: HeldPosition,
    entries: readonly ReadEntry[],
    options: BatchOptions,
  ): Promise<HeldPosition> => {
    const to = held.nextOffset + BigInt(entries.length);
    const incoming = entries.map((entry): Incoming => ({
      change: entry.payload as unknown as Change,
      traceId: entry.traceId,
      place: { topic: held.topic, partition: held.partition, offset: entry.offset },
    }));
    const counts = await deps.database.tx(
      async (tx) => {
        await deps.positions.movePosition(tx, held, to, leaseMs);
        const result = await deps.ingestBatch(tx, system, incoming, options);
        await deps.failpoint('A1');
        return result;
      },
      { commitFailpoint: 'A2' },
    );
    await deps.failpoint('A3');
    deps.ingested?.({ system, counts });
    return { ...held, nextOffset: to };
  };

  const takeIn: TakeIn = async (held, entries) => {
    for (let tries = 1; ; tries++) {
      try {
        return await transact(held, entries, {});
      } catch (error) {
        if (tries < 10 && wasOvertaken(error)) continue;
        if (!isValueRefused(error)) throw error;
        if (entries.length === 1) {
          const refused = new KoppelError('RECORD_UNSTORABLE', { what: (error as Error).message }, { cause: error });
          return transact(held, entries, { refused });
        }
        const middle = entries.length >> 1;
        return takeIn(await takeIn(held, entries.slice(0, middle)), entries.slice(middle));
      }
    }
  };
  return takeIn;
}
