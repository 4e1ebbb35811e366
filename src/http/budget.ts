/** How much each key may ask for: a bucket of points that fills again with time. Counts cost, not requests. */
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';

export interface Budget {
  /** Takes points out; throws THROTTLED when there are not enough. Returns what is left. */
  take(keyId: string, cost: number): number;
}

export const budgetLimit = 50_000;
export const restoreRate = 1_000;
const mostKeys = 10_000;

/** `limit`: points of a full bucket. */
export function makeBudget(clock: Clock, limit = budgetLimit): Budget {
  const buckets = new Map<string, { points: number; at: number }>();
  return {
    take(keyId, cost) {
      const now = clock.monotonic();
      const known = buckets.get(keyId) ?? { points: limit, at: now };
      const points = Math.min(limit, known.points + ((now - known.at) / 1000) * restoreRate);
      const enough = points >= cost;
      if (buckets.size >= mostKeys) buckets.clear();
      buckets.set(keyId, { points: enough ? points - cost : points, at: now });
      if (!enough) {
        throw new KoppelError(
          'THROTTLED',
          { limit, remaining: Math.floor(points), cost, restoreRate },
          { retryAfterMs: Math.ceil(((cost - points) / restoreRate) * 1000) },
        );
      }
      return Math.floor(points - cost);
    },
  };
}
