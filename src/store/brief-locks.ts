/** Locks that are asked for briefly: who waits for one keeps everybody behind it waiting, so it is given up when it does not come. */
import type { Tx } from './database.js';

/** How long writers may stand behind whoever waits for readers to go. */
const lockMs = 50;

/** From here on a statement of the transaction fails with `isLockRefused` when somebody has its lock and does not come to an end. */
export async function lockBriefly(tx: Tx): Promise<void> {
  await tx.query(`select set_config('lock_timeout', $1, true)`, [`${lockMs}ms`]);
}

/** The lock did not come in time. */
export const isLockRefused = (error: unknown): boolean => (error as { code?: unknown } | undefined)?.code === '55P03';
