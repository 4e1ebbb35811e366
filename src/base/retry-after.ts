/**
 * How long another system asks us to stay away. In: the header `Retry-After` of an answer, or the error that was made of it. Out:
 * whole milliseconds, a quarter of an hour at most. Pure.
 */
import type { KoppelError } from './errors.js';

/** No system means more by "come back later". Timers that are to wait for weeks end at once, and nobody would notice years. */
export const longestRetryAfterMs = 15 * 60_000;

/**
 * What an answer asks for: whole seconds, or a moment by the clock of whoever answered (its `Date`), so that clocks that differ do no
 * harm. Undefined when it asks for nothing, or for nothing that can be read.
 */
export function retryAfterIn(headers: Readonly<Record<string, string>>): number | undefined {
  const text = headers['retry-after']?.trim() ?? '';
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : momentOf(text) - momentOf(headers['date']);
  return Number.isNaN(ms) ? undefined : bounded(ms);
}

/** How long to wait after a failure because the other side asked for it; 0 when it did not. */
export const askedToWaitMs = ({ retryAfterMs = 0 }: Pick<KoppelError, 'retryAfterMs'>): number => bounded(retryAfterMs);

const bounded = (ms: number): number => Math.min(Math.max(0, Math.ceil(ms)), longestRetryAfterMs);

/** Of a moment as HTTP writes it: `Sat, 28 Nov 2026 21:39:56 GMT`; NaN of anything else. */
const momentOf = (text: string | undefined): number =>
  text !== undefined && /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)
    ? Date.parse(text)
    : NaN;
