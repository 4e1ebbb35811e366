/**
 * The one kind of loop that all workers are: do a piece of work, go on at once while there is more, else rest until the
 * interval is over or somebody wakes it. A failure never ends the loop; it rests longer each time, with full jitter. Of failures in a row the
 * first is warned of, and again every few minutes while they last; to be told to come back later is none.
 */
import { setMaxListeners } from 'node:events';
import type { Clock } from './clock.js';
import { asKoppelError } from './errors.js';
import type { Service } from './lifecycle.js';
import type { Logger } from './logger.js';
import { askedToWaitMs } from './retry-after.js';
import type { Watchdog } from './watchdog.js';

/** How long failures in a row last before they are warned of again. */
const warnEveryMs = 5 * 60_000;

export interface LoopOptions {
  readonly name: string;
  /** One piece of work. `more`: call again at once; `idle`: rest. */
  run(signal: AbortSignal): Promise<'more' | 'idle'>;
  readonly restMs: number;
  /** Longest rest after failures. */
  readonly maxBackoffMs?: number;
  /** It may take however long: a job, whose progress is followed otherwise. */
  readonly isUnwatched?: boolean;
}

export interface LoopDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly watchdog?: Watchdog;
}

export interface Loop extends Service {
  /** Ends the present rest. */
  wake(): void;
}

export function makeLoop(options: LoopOptions, deps: LoopDeps): Loop {
  let stopping = new AbortController();
  let rest = new AbortController();
  let running: Promise<void> | undefined;
  let woken = false;

  const pause = async (ms: number): Promise<void> => {
    if (woken) return;
    rest = new AbortController();
    await deps.clock.sleep(ms, AbortSignal.any([rest.signal, stopping.signal])).catch(() => undefined);
  };

  const turn = async (): Promise<'more' | 'idle'> => {
    const ended = options.isUnwatched === true ? undefined : deps.watchdog?.begins(options.name);
    try {
      return await options.run(stopping.signal);
    } finally {
      ended?.();
    }
  };

  const work = async (): Promise<void> => {
    let failures = 0;
    let warnedAt: number | undefined;
    while (!stopping.signal.aborted) {
      woken = false;
      try {
        const next = await turn();
        failures = 0;
        warnedAt = undefined;
        if (next === 'idle') await pause(options.restMs);
      } catch (thrown) {
        if (stopping.signal.aborted) return;
        const error = asKoppelError(thrown);
        failures++;
        const backoff = Math.min(options.maxBackoffMs ?? 30_000, options.restMs * 2 ** Math.min(failures, 16));
        const waitMs = Math.round(Math.max(askedToWaitMs(error), backoff * (0.5 + Math.random() / 2)));
        const fields = {
          loop: options.name,
          code: error.code,
          err: error.message,
          cause: String(error.cause ?? ''),
          waitMs,
        };
        const isDue = warnedAt === undefined || deps.clock.monotonic() - warnedAt >= warnEveryMs;
        if (error.class === 'bug' || (error.retryAfterMs === undefined && isDue)) {
          warnedAt = deps.clock.monotonic();
          deps.logger.warn(fields, 'a worker failed and will try again');
        } else if (failures === 1) deps.logger.info(fields, 'a worker was told to come back later');
        else deps.logger.debug(fields, 'a worker failed again');
        rest = new AbortController();
        await deps.clock.sleep(waitMs, stopping.signal).catch(() => undefined);
      }
    }
  };

  return {
    name: options.name,
    start() {
      if (running === undefined) {
        stopping = new AbortController();
        // Every request that is under way listens to it; how many that are is for the work to bound.
        setMaxListeners(0, stopping.signal);
        running = work();
      }
      return Promise.resolve();
    },
    async stop() {
      stopping.abort(new Error('stopped'));
      await running;
      running = undefined;
    },
    wake() {
      woken = true;
      rest.abort();
    },
  };
}
