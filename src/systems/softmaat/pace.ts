/**
 * Keeps requests within what the system allows, by what its answers say (RateLimit-Remaining, RateLimit-Reset,
 * Retry-After). In: headers of each answer. Out: a wait before the next request, or RATE_LIMITED when the wait would be
 * longer than a request may take.
 */
import type { Clock } from '../../base/clock.js';
import { KoppelError } from '../../base/errors.js';
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
  let inFlight = 0;
  const waitMs = (): number => (remaining > 0 ? 0 : Math.max(0, resetAt - clock.monotonic()));

  return {
    async turn(signal) {
      for (let wait = waitMs(), waited = 0; wait > 0; wait = waitMs()) {
        waited += wait;
        if (waited > longestWaitMs) throw rateLimited(wait);
        await clock.sleep(wait, signal);
        if (clock.monotonic() >= resetAt) remaining = Number.POSITIVE_INFINITY;
      }
      if (clock.monotonic() >= resetAt) remaining = Number.POSITIVE_INFINITY;
      remaining--;
      inFlight++;
    },
    answered(headers) {
      inFlight--;
      const left = wholeNumber(headers?.['ratelimit-remaining']);
      const seconds = wholeNumber(headers?.['ratelimit-reset']);
      if (left === undefined || seconds === undefined) return;
      remaining = Math.max(0, left - inFlight);
      resetAt = clock.monotonic() + seconds * 1_000;
    },
    pause(ms) {
      remaining = 0;
      resetAt = Math.max(resetAt, clock.monotonic() + ms);
    },
  };
}

export function rateLimited(retryAfterMs: number): KoppelError {
  return new KoppelError('RATE_LIMITED', { system: systemName }, { retryAfterMs: Math.ceil(retryAfterMs) });
}

export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
