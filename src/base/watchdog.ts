/**
 * Watches that loops come round. A piece of work that never ends (a promise that nobody settles) would keep what its process
 * holds for ever; so the process is not ready after half of the time, and ends after all of it: another one goes on.
 */
import type { Clock } from './clock.js';
import type { Service } from './lifecycle.js';

export interface Watchdog {
  /** A piece of work has begun; call what it returns when it has ended. */
  begins(name: string): () => void;
}

export interface WatchdogService extends Watchdog, Service {
  /** Names of loops that are late, with how long they have been at their work. */
  late(): readonly { readonly name: string; readonly forMs: number }[];
}

export interface WatchdogDeps {
  readonly clock: Clock;
  /** A piece of work may take this long. */
  readonly mostMs: number;
  /** Called once, with the loop that did not come round. */
  readonly stuck: (name: string, forMs: number) => void;
}

export function makeWatchdog({ clock, mostMs, stuck }: WatchdogDeps): WatchdogService {
  const running = new Map<object, { readonly name: string; readonly since: number }>();
  let timer: NodeJS.Timeout | undefined;
  const over = (ms: number) =>
    [...running.values()]
      .map(({ name, since }) => ({ name, forMs: clock.monotonic() - since }))
      .filter(({ forMs }) => forMs > ms);
  const look = (): void => {
    const [first] = over(mostMs);
    if (first === undefined) return;
    clearInterval(timer);
    stuck(first.name, first.forMs);
  };
  return {
    name: 'watchdog',
    begins(name) {
      const mark = {};
      running.set(mark, { name, since: clock.monotonic() });
      return () => void running.delete(mark);
    },
    late: () => over(mostMs / 2),
    start() {
      timer ??= setInterval(look, Math.min(1_000, Math.max(10, mostMs / 10))).unref();
      return Promise.resolve();
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
      return Promise.resolve();
    },
  };
}
