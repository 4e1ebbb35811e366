/** Counts requests in windows of one second. In: the clock. Out: whether one more is allowed, and what to tell the caller. */
import type { Clock } from '../../src/base/clock.js';

export interface RateVerdict {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Whole seconds until the window ends; at least 1. */
  readonly resetSeconds: number;
}

export function makeRateLimit(perSecond: number, clock: Clock): () => RateVerdict {
  let windowStart = Number.NEGATIVE_INFINITY;
  let used = 0;
  return () => {
    const now = clock.monotonic();
    if (now - windowStart >= 1_000) {
      windowStart = now;
      used = 0;
    }
    used++;
    return {
      allowed: used <= perSecond,
      limit: perSecond,
      remaining: Math.max(0, perSecond - used),
      resetSeconds: Math.max(1, Math.ceil((windowStart + 1_000 - now) / 1_000)),
    };
  };
}
