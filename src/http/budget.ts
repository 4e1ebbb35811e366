/**
 * How much may be asked: buckets of points that fill again with time. They count what operations cost, not requests. One
 * bucket for each key or person and a larger one for each address, so that many keys do not add up to more than a machine can bear.
 */
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';

export const budgetLimit = 50_000;
export const restoreRate = 1_000;
/** What an address may have more than a key. */
const addressFactor = 10;
const mostBuckets = 10_000;

export interface Budget {
  /** Takes points out; throws THROTTLED or ADDRESS_THROTTLED when there are not enough. Returns what is left of the key's. */
  take(actorId: string, address: string, cost: number): number;
}

export interface Buckets {
  /** Points that a bucket has now. */
  points(name: string): number;
  take(name: string, cost: number): void;
  /** Until that many points are there. */
  waitMs(name: string, cost: number): number;
}

export function makeBuckets(clock: Clock, size: { readonly limit: number; readonly restoreRate: number }): Buckets {
  const buckets = new Map<string, { readonly points: number; readonly at: number }>();
  const points = (name: string): number => {
    const known = buckets.get(name);
    if (known === undefined) return size.limit;
    return Math.min(size.limit, known.points + ((clock.monotonic() - known.at) / 1000) * size.restoreRate);
  };
  return {
    points,
    take(name, cost) {
      const left = points(name) - cost;
      // The one that was used last stands last, so that the first is the one to forget.
      buckets.delete(name);
      if (buckets.size >= mostBuckets) buckets.delete(buckets.keys().next().value!);
      buckets.set(name, { points: left, at: clock.monotonic() });
    },
    waitMs: (name, cost) => Math.ceil(Math.max(0, (cost - points(name)) / size.restoreRate) * 1000),
  };
}

/** `limit`: points of a full bucket of a key. */
export function makeBudget(clock: Clock, limit = budgetLimit): Budget {
  const ofKeys = { limit, restoreRate };
  const ofAddresses = { limit: limit * addressFactor, restoreRate: restoreRate * addressFactor };
  const keys = makeBuckets(clock, ofKeys);
  const addresses = makeBuckets(clock, ofAddresses);
  const refuse = (code: 'THROTTLED' | 'ADDRESS_THROTTLED', buckets: Buckets, size: typeof ofKeys, name: string, cost: number): never => {
    const values = { ...size, remaining: Math.floor(buckets.points(name)), cost };
    throw new KoppelError(code, values, { retryAfterMs: buckets.waitMs(name, cost) });
  }; // prettier-ignore
  return {
    take(actorId, address, cost) {
      const held = keys.points(actorId);
      if (held < cost) refuse('THROTTLED', keys, ofKeys, actorId, cost);
      if (addresses.points(address) < cost) refuse('ADDRESS_THROTTLED', addresses, ofAddresses, address, cost);
      keys.take(actorId, cost);
      addresses.take(address, cost);
      return Math.floor(held - cost);
    },
  };
}
