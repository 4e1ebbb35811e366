/**
 * A circuit breaker per target. After a few failures of the environment in a row it lets nothing through for a time that
 * grows, then one probe; a probe that succeeds closes it. So a target that is down costs few calls and is not overrun when
 * it comes back. In memory: each process finds out by itself.
 */
import type { Clock } from '../base/clock.js';

export interface Breaker {
  /** How many calls may start now: 0 while open, 1 as a probe, else no limit. */
  allowance(): number;
  /** When it lets something through again, in whole ms from now; 0 when it does. */
  waitMs(): number;
  succeeded(): void;
  /** Returns true when this failure opened it. */
  failed(retryAfterMs?: number): boolean;
  /** The target asked to slow down; that is no failure. */
  rest(ms: number): void;
}

export interface BreakerOptions {
  readonly threshold?: number;
  readonly firstMs?: number;
  readonly longestMs?: number;
  readonly random?: () => number;
}

export function makeBreaker(clock: Clock, options: BreakerOptions = {}): Breaker {
  const { threshold = 5, firstMs = 1_000, longestMs = 30_000, random = Math.random } = options;
  let failures = 0;
  let openings = 0;
  let closedUntil = 0;

  const waitMs = (): number => Math.max(0, Math.ceil(closedUntil - clock.monotonic()));
  const isProbing = (): boolean => failures >= threshold;
  return {
    waitMs,
    allowance: () => (waitMs() > 0 ? 0 : isProbing() ? 1 : Infinity),
    succeeded() {
      failures = 0;
      openings = 0;
    },
    failed(retryAfterMs = 0) {
      failures++;
      if (failures < threshold || waitMs() > 0) return false;
      const longest = Math.min(longestMs, firstMs * 2 ** Math.min(openings, 16));
      closedUntil = clock.monotonic() + Math.max(retryAfterMs, longest * (0.5 + random() / 2));
      return openings++ === 0;
    },
    rest(ms) {
      closedUntil = Math.max(closedUntil, clock.monotonic() + ms);
    },
  };
}
