/**
 * Ingest: takes the changes of each system's topic from the log into the canonical records. In: leases on partitions and
 * the log. Out: one transaction per batch, with the position of the consumer moved in it, so each change takes effect once,
 * in the order of its key, however often it is delivered. One record that cannot be stored is found and parked alone.
 */
import { asKoppelError, KoppelError } from '../base/errors.js';
import type { Service } from '../base/lifecycle.js';
import { canonicalEntities } from '../canonical/entities.js';
import { isRemembered } from '../canonical/statements.js';
import type { HeldPosition } from '../store/positions.js';
import { fixedBatchSize, makeBatchSize } from './batch-size.js';
import { makeTakeUp } from './deferred.js';
import { fairShare, surplusOf } from './fair-share.js';
import type { IngestDeps, WorkerDeps } from './ingest-deps.js';
import { makeLoopSet, type WantedLoop } from './loop-set.js';
import { isTarget, isTwoWay, ownershipOf } from './sources.js';
import { makeShortenedLook } from './shortened.js';
import { groupsOf, makeTakeIn, type Part } from './take-in.js';

export const ingestConsumer = 'ingest';

export interface Ingest extends Service {
  wake(system?: string): void;
  /** Takes deferred changes of a system up at once, of all without one; call it when the outcome of a write is known. */
  wakeDeferred(system?: string): void;
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
    deps,
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
      if (system === undefined) return loops.wake((key) => key.endsWith(deferredKey('')));
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
  const { database, log, positions, owner, leaseMs = 2_500, lanes = 3 } = deps;
  const size = deps.batchSize === undefined ? makeBatchSize(leaseMs / 5) : fixedBatchSize(deps.batchSize);
  const topic = deps.changesTopic(system);
  const holding = { consumer: ingestConsumer, topic, owner, leaseMs };
  const takeIn = makeTakeIn(system, deps, leaseMs);
  const shortened = makeShortenedLook(log, topic, deps.clock);
  let held = new Map<number, HeldPosition>();
  let renewAt = 0;
  let partitions: number | undefined;

  const hold = async (): Promise<boolean> => {
    if (partitions === undefined) {
      const count = await log.partitionsOf(topic);
      await positions.preparePositions(database, ingestConsumer, topic, count);
      partitions = count;
    }
    if (deps.clock.monotonic() < renewAt && held.size > 0) return false;
    const share = fairShare(partitions, deps.members?.() ?? 1);
    // No batch is under way here: what is given back is complete.
    const surplus = surplusOf([...held.keys()], share);
    if (surplus.length > 0) {
      await positions.releasePositions(database, ingestConsumer, topic, owner, surplus);
      for (const partition of surplus) held.delete(partition);
    }
    const before = held.size;
    // A few at a time, so that processes that start together share the partitions.
    const take = Math.min(share - before, Math.ceil(partitions / 4));
    const now = await positions.holdPositions(database, holding, take);
    held = new Map(now.map((position) => [position.partition, position]));
    const hasGrown = held.size > before;
    renewAt = hasGrown ? 0 : deps.clock.monotonic() + leaseMs / 3;
    return hasGrown;
  };

  const read = async (position: HeldPosition): Promise<readonly Part[]> => {
    try {
      const entries = await log.read(topic, position.partition, position.nextOffset, size.now());
      return entries.length === 0 ? [] : [{ held: position, entries }];
    } catch (error) {
      if (!(error instanceof KoppelError && error.code === 'LOG_POSITION_LOST')) throw error;
      await stopped(position, error);
      return [];
    }
  };

  const work = async (group: readonly HeldPosition[]): Promise<boolean> => {
    const parts = (await Promise.all(group.map(read))).flat();
    if (parts.length === 0) return false;
    await deps.failpoint('A0');
    const began = deps.clock.monotonic();
    for (const moved of await takeIn(parts)) held.set(moved.partition, moved);
    const changes = parts.reduce((sum, { entries }) => sum + entries.length, 0);
    size.took(changes, deps.clock.monotonic() - began);
    return true;
  };

  /** Nothing is skipped: where to go on is for a person to say. */
  const stopped = async (position: HeldPosition, error: KoppelError): Promise<void> => {
    const record = error.values['record'];
    await positions.stopPosition(database, position, {
      code: error.code,
      message: error.message,
      record: typeof record === 'string' ? record : null,
    });
    held.delete(position.partition);
    const { partition } = position;
    deps.logger.error({ topic, partition, code: error.code, err: error.message }, 'a partition waits for a person');
  };

  return {
    async run(signal) {
      const hasGrown = await hold();
      for (const [partition, error] of await shortened()) {
        const position = held.get(partition);
        if (position !== undefined) await stopped(position, error);
      }
      const ends = await log.ends(topic);
      // A position beyond the end is looked at too: the log then says that it does not hold it.
      const due = groupsOf([...held.values()], ends, size.now());
      let hadWork = false;
      let failure: unknown;
      const lane = async (): Promise<void> => {
        for (let next = due.shift(); next !== undefined && failure === undefined; next = due.shift()) {
          if (signal.aborted) return;
          try {
            if (await work(next)) hadWork = true;
          } catch (error) {
            // What was committed is not known; the database says it at the next renewal.
            for (const { partition } of next) held.delete(partition);
            renewAt = 0;
            if (!(error instanceof KoppelError && error.code === 'POSITION_LOST')) failure ??= error;
            else deps.logger.info({ topic, ...error.values }, 'another process took over a partition');
          }
        }
      };
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
