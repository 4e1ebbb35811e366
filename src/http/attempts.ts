/**
 * How often somebody may try a password. Counted for each address and for each account, and an address from which an account
 * has been reached lately counts by itself for that account: whoever tries the passwords of others locks nobody out.
 */
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import { makeBuckets, type Buckets } from './budget.js';

export interface Attempts {
  /**
   * Runs an attempt; one that succeeds costs nothing. `account`: whatever names it, whether there is one or not; null when
   * what is tried cannot be guessed and only the address counts.
   */
  attempt<T>(address: string, account: string | null, work: () => Promise<T>): Promise<T>;
}

export const attemptLimits = {
  address: { limit: 20, restoreRate: 0.2 },
  account: { limit: 50, restoreRate: 0.1 },
  known: { limit: 10, restoreRate: 0.1 },
};
const mostKnown = 10_000;

export function makeAttempts(clock: Clock): Attempts {
  const addresses = makeBuckets(clock, attemptLimits.address);
  const accounts = makeBuckets(clock, attemptLimits.account);
  const pairs = makeBuckets(clock, attemptLimits.known);
  const known = new Set<string>();

  return {
    async attempt(address, account, work) {
      const pair = JSON.stringify([address, account]);
      const counted: readonly (readonly [Buckets, string])[] = known.has(pair)
        ? [[pairs, pair]]
        : [[addresses, address], ...(account === null ? [] : [[accounts, account] as const])];
      const waitMs = Math.max(...counted.map(([buckets, name]) => buckets.waitMs(name, 1)));
      if (waitMs > 0) {
        throw new KoppelError('SIGN_IN_THROTTLED', { seconds: Math.ceil(waitMs / 1000) }, { retryAfterMs: waitMs });
      }
      // Taken before it is known how it ends, or many at once would count as one.
      for (const [buckets, name] of counted) buckets.take(name, 1);
      const result = await work();
      for (const [buckets, name] of counted) buckets.take(name, -1);
      if (known.size >= mostKnown) known.delete(known.values().next().value!);
      if (account !== null) known.add(pair);
      return result;
    },
  };
}
