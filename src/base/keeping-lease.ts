/** Leases that last shorter than the work for which they are held. */
import type { Clock } from './clock.js';

/**
 * Renews a lease every third of it while `work` runs: the lease must be short, so that a killed process is soon replaced. A renewal that
 * fails is tried again; whoever works finds out by its own guard that it has lost its turn. None is under way any more when it returns.
 */
export async function keepingLease<T>(
  work: () => Promise<T>,
  renew: () => Promise<unknown>,
  { leaseMs, clock }: { readonly leaseMs: number; readonly clock: Clock },
): Promise<T> {
  const done = new AbortController();
  const renewing = (async () => {
    while (!done.signal.aborted) {
      await clock.sleep(leaseMs / 3, done.signal);
      await renew().catch(() => undefined);
    }
  })().catch(() => undefined);
  try {
    return await work();
  } finally {
    done.abort(new Error('done'));
    await renewing;
  }
}
