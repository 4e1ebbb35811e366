/**
 * The projector: makes each target agree with the canonical records. One loop per target: plan a batch, send it with a few
 * writes at a time, store the outcomes as they come; the next batch is planned meanwhile, and sent once this one is. In: due rows
 * of `projection`. Out: confirmed writes. Level-triggered: events, retries, replays, repairs and mapping changes all just make
 * rows due. Upholds G3b, G4, G5, G6, G10, G11.
 */
import type { Service } from '../base/lifecycle.js';
import { makeLoop, type Loop } from '../base/loop.js';
import type { Target } from '../systems/system.js';
import { makeBreaker } from './breaker.js';
import type { Configuration, ConnectedSystem } from './configuration.js';
import { makeParkGuard, type ParkGuard } from './park-guard.js';
import { makeAcknowledger, type Settled } from './project-acknowledge.js';
import { leaveInDoubt, lookUpDoubt } from './project-doubt.js';
import { makePlanner, type Planned } from './project-plan.js';
import { feedBreaker, makeSend, type Sent } from './project-send.js';
import { callsAtOnce, type ProjectorDeps } from './projector-deps.js';
import type { PlannedWrite } from './planned-write.js';
import { settleWrite } from './settle.js';

export interface Projector extends Service {
  /** Ends the rest of a target's loop; of all without a key. */
  wake(target?: string): void;
}

export function makeProjector(deps: ProjectorDeps): Projector {
  const loops = new Map<string, { readonly loop: Loop; ended(): Promise<void> }>();
  let unsubscribe: (() => void) | undefined;
  let adjusting: Promise<void> = Promise.resolve();

  const adjust = async (): Promise<void> => {
    const { flows } = deps.configuration.current();
    const targets = new Set(flows.filter((flow) => flow.source !== flow.target).map((flow) => flow.target));
    for (const [target, each] of loops) {
      if (targets.has(target)) continue;
      await each.loop.stop();
      await each.ended();
      loops.delete(target);
    }
    for (const target of targets) {
      if (loops.has(target)) continue;
      const worker = makeTargetProjector(target, deps, () => loop.wake());
      const { restMs = 1_000 } = deps;
      const loop: Loop = makeLoop({ name: `project ${target}`, restMs, maxBackoffMs: 10_000, run: worker.turn }, deps);
      loops.set(target, { loop, ended: worker.ended });
      await loop.start();
    }
    for (const { loop } of loops.values()) loop.wake();
  };
  const follow = (): void => {
    adjusting = adjusting.then(adjust).catch((error: unknown) => {
      deps.logger.error({ err: String(error) }, 'the projector could not follow the configuration');
    });
  };

  return {
    name: 'project',
    async start() {
      if (unsubscribe !== undefined) return;
      unsubscribe = deps.configuration.onChange(follow);
      follow();
      await adjusting;
    },
    async stop() {
      unsubscribe?.();
      unsubscribe = undefined;
      await adjusting;
      for (const { loop, ended } of loops.values()) {
        await loop.stop();
        await ended();
      }
      loops.clear();
    },
    wake(target) {
      for (const [key, { loop }] of loops) if (target === undefined || key === target) loop.wake();
    },
  };
}

export interface TargetProjector {
  /** Plans, sends and settles one batch. For tests and benchmarks, which call it without a loop. */
  run(signal: AbortSignal): Promise<'more' | 'idle'>;
  /**
   * The same, but the batch may still be being sent when it resolves: the next one is planned meanwhile, and sent after it. Throws
   * what went wrong with the one before.
   */
  turn(signal: AbortSignal): Promise<'more' | 'idle'>;
  /** Resolves when nothing is being sent or stored any more. */
  ended(): Promise<void>;
}

/** Calls at the same time that look doubts up while writes are sent. */
const lanesBesideWrites = 2;

interface Round {
  readonly target: Target;
  readonly system: ConnectedSystem;
  readonly signal: AbortSignal;
}

/** `moved` is called whenever something has been sent or stored: the next batch may go, and what was released is due. */
export function makeTargetProjector(key: string, deps: ProjectorDeps, moved = (): void => undefined): TargetProjector {
  const guard: ParkGuard = makeParkGuard(deps.clock);
  const breaker = makeBreaker(deps.clock, deps.random === undefined ? {} : { random: deps.random });
  const plan = makePlanner(deps, guard);
  const send = makeSend(deps, breaker);
  const acknowledger = makeAcknowledger(deps, guard, moved);
  const { concurrency = callsAtOnce, batchSize = 200, sendWithinMs = 10_000 } = deps;
  /** Credentials were refused under this configuration: no more calls until it changes. */
  let refusedUnder: Configuration | undefined;
  /** Time that a write takes, averaged: no more is planned than can be sent in time. */
  let writeMs = 10;

  const settle = async (sent: readonly Sent[]): Promise<void> => {
    const settled: Settled[] = sent.map(({ write, outcome, durationMs }) => ({
      write,
      settlement: settleWrite(write, outcome, durationMs),
    }));
    if (settled.some(({ settlement }) => settlement.refusedCredentials !== undefined)) {
      refusedUnder = deps.configuration.current();
    }
    acknowledger.add(settled);
    const wasFailing = breaker.allowance() !== Infinity;
    const opened = feedBreaker(breaker, sent);
    const { systemFailed, systemAnswered } = deps.stores.systemStatus;
    if (opened !== undefined) {
      deps.logger.warn(
        { target: key, code: opened.code, err: opened.message },
        'a target does not answer; sending pauses',
      );
      await systemFailed(deps.database, key, opened, 'UNREACHABLE');
    } else if (wasFailing && breaker.allowance() === Infinity) await systemAnswered(deps.database, key);
    const last = sent.at(-1);
    if (last !== undefined && last.outcome.type === 'written')
      writeMs = writeMs * 0.9 + (last.durationMs / sent.length) * 0.1;
  };

  const lookUp = async ({ target }: Round, doubt: PlannedWrite, isStopping: () => boolean): Promise<void> => {
    if (isStopping() || breaker.allowance() === 0 || deps.clock.monotonic() >= doubt.sendBefore) {
      return acknowledger.add([leaveInDoubt(doubt, breaker.waitMs())]);
    }
    const { sent, ...settled } = await lookUpDoubt(target, doubt);
    if (settled.settlement.refusedCredentials !== undefined) refusedUnder = deps.configuration.current();
    feedBreaker(breaker, [sent]);
    acknowledger.add([settled]);
  };

  const work = async (round: Round, { writes, doubts }: Planned): Promise<void> => {
    const isStopping = (): boolean => round.signal.aborted || refusedUnder !== undefined;
    const groups = groupsOf(round.system, writes);
    const write = async (): Promise<void> => {
      for (const { lanes, ofEntity } of lanesOf(groups, concurrency)) {
        await eachOf(ofEntity, lanes, async (group) => settle(await send(round.target, group, isStopping)));
      }
    };
    // Beside each other: a write must start soon after its planning, and a look at the target may take long.
    const lanes = writes.length === 0 ? concurrency : Math.min(lanesBesideWrites, concurrency);
    const looks = eachOf(doubts, lanes, (doubt) => lookUp(round, doubt, isStopping));
    await eachOf([write(), looks], 2, (each) => each);
  };

  /** The batch that is being sent, or has been and nobody has asked how it went. */
  let sending: { readonly batch: Promise<void>; isOver: boolean } | undefined;
  const sendingEnded = async (): Promise<void> => {
    const last = sending;
    sending = undefined;
    await last?.batch;
  };
  const begin = (send: () => Promise<void>): void => {
    // What came of it is stored while the next one is sent.
    const batch = send()
      .then(() => acknowledger.room())
      .finally(() => {
        begun.isOver = true;
        moved();
      });
    const begun = { batch, isOver: false };
    sending = begun;
    // Thrown where it is waited for.
    batch.catch(() => undefined);
  };

  const next = async (signal: AbortSignal): Promise<'more' | 'idle' | (() => Promise<void>)> => {
    const configuration = deps.configuration.current();
    const system = configuration.systems.get(key);
    if (refusedUnder !== configuration) refusedUnder = undefined;
    if (system === undefined || system.isPaused || refusedUnder !== undefined) return 'idle';
    const allowed = breaker.allowance();
    if (allowed === 0) return 'idle';
    const inTime = Math.floor((sendWithinMs / 2 / writeMs) * concurrency);
    const limit = Math.max(1, Math.min(allowed, batchSize, Math.max(inTime, concurrency)));
    const planned = await plan(configuration, system, limit);
    if (planned.claimed === 0) {
      // What was due waits for a round by the configuration that was loaded instead.
      return deps.configuration.current().revision === configuration.revision ? 'idle' : 'more';
    }
    return () => work({ target: system.system.target, system, signal }, planned);
  };

  return {
    async run(signal) {
      const found = await next(signal);
      if (typeof found === 'string') return found;
      await found();
      await acknowledger.drained();
      return 'more';
    },
    async turn(signal) {
      if (sending?.isOver === true) await sendingEnded();
      await acknowledger.room();
      const found = await next(signal);
      if (typeof found === 'string') return found;
      await sendingEnded().finally(() => begin(found));
      return 'more';
    },
    async ended() {
      await sendingEnded().catch(() => undefined);
      await acknowledger.drained().catch(() => undefined);
    },
  };
}

/** Writes of one entity, in groups as large as the target takes. */
function groupsOf(system: ConnectedSystem, writes: readonly PlannedWrite[]): readonly (readonly PlannedWrite[])[] {
  const groups: PlannedWrite[][] = [];
  for (const write of writes) {
    const size = system.connector.targets.find((each) => each.entity === write.row.entity)?.batch ?? 1;
    const last = groups.at(-1);
    if (last !== undefined && last.length < size && last[0]?.row.entity === write.row.entity) last.push(write);
    else groups.push([write]);
  }
  return groups;
}

interface Lanes {
  readonly lanes: number;
  readonly ofEntity: readonly (readonly PlannedWrite[])[];
}

/** One entity after the other; large groups need fewer lanes for as many writes at a time. */
function lanesOf(groups: readonly (readonly PlannedWrite[])[], concurrency: number): readonly Lanes[] {
  const entities = [...new Set(groups.map((group) => group[0]?.row.entity))];
  return entities.map((entity) => {
    const ofEntity = groups.filter((group) => group[0]?.row.entity === entity);
    const size = Math.max(...ofEntity.map((group) => group.length));
    return { ofEntity, lanes: size >= concurrency ? 2 : Math.ceil(concurrency / size) };
  });
}

/** Runs `work` for all items, at most `lanes` at a time; waits for all, then throws the first failure. */
async function eachOf<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) {
      await work(item).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  if (failures.length > 0) throw failures[0] as Error;
}
