/**
 * Keeps requests within what the system allows, by what its answers say (RateLimit-Remaining, RateLimit-Reset,
 * Retry-After), a quarter of an hour at most. In: headers of each answer. Out: a wait before the next request, or RATE_LIMITED
 * when the wait would be longer than a request may take.
 */
import type { Clock } from '../../base/clock.js';
import { KoppelError } from '../../base/errors.js';
import { longestRetryAfterMs } from '../../base/retry-after.js';
import { systemName } from './settings.js';

/** Longest wait before a request; the life of a request (target.ts) counts on it. */
export const longestWaitMs = 2_000;

export interface Pace {
  /** Resolves when the next request may be sent. Rejects without sending when that would be too late. */
  turn(signal: AbortSignal): Promise<void>;
  /** What an answer said; undefined when there was none. */
  answered(headers: Readonly<Record<string, string>> | undefined): void;
  /** 429: nothing before that time. */
  pause(ms: number): void;
}

export function makePace(clock: Clock): Pace {
  let remaining = Number.POSITIVE_INFINITY;
  let resetAt = 0;
  let pausedUntil = 0;
  let inFlight = 0;
  const waitMs = (): number => {
    const now = clock.monotonic();
    if (now >= resetAt) remaining = Number.POSITIVE_INFINITY;
    return Math.max(0, pausedUntil - now, remaining > 0 ? 0 : resetAt - now);
  };

  return {
    async turn(signal) {
      for (let wait = waitMs(), waited = 0; wait > 0; wait = waitMs()) {
        waited += wait;
        if (waited > longestWaitMs) throw rateLimited(wait);
        await clock.sleep(wait, signal);
      }
      remaining--;
      inFlight++;
    },
    answered(headers) {
      inFlight--;
      const left = wholeNumber(headers?.['ratelimit-remaining']);
      const seconds = wholeNumber(headers?.['ratelimit-reset']);
      if (left === undefined || seconds === undefined) return;
      remaining = Math.max(0, left - inFlight);
      // Seconds are rounded up, so the first answer of a window knows its end best.
      const now = clock.monotonic();
      const end = now + Math.min(seconds * 1_000, longestRetryAfterMs);
      resetAt = resetAt > now ? Math.min(resetAt, end) : end;
    },
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, clock.monotonic() + Math.min(ms, longestRetryAfterMs));
    },
  };
}

export function rateLimited(retryAfterMs: number): KoppelError {
  return new KoppelError('RATE_LIMITED', { system: systemName }, { retryAfterMs: Math.ceil(retryAfterMs) });
}

export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
