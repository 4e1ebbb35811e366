/** When outcomes of writes are stored: a moment after they come, together with what comes meanwhile. */
import { describe, expect, it } from '@jest/globals';
import { makeAcknowledger, type Acknowledger, type Settled } from './project-acknowledge.js';
import type { ParkGuard } from './park-guard.js';
import type { ProjectorDeps } from './projector-deps.js';

interface Scene {
  readonly acknowledger: Acknowledger;
  /** Transactions so far. */
  transactions(): number;
  /** Lets the moment pass in which outcomes gather. */
  momentPasses(): Promise<void>;
}

/** What a transaction stores is tested with a database; here only when there is one. */
function scene(): Scene {
  let transactions = 0;
  let passes: (() => void) | undefined;
  const deps = {
    database: {
      tx() {
        transactions++;
        return Promise.resolve();
      },
    },
    clock: {
      sleep: (_: number, signal: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          passes = resolve;
          signal.addEventListener('abort', () => reject(new Error('ended')));
        }),
    },
  } as unknown as ProjectorDeps;
  return {
    acknowledger: makeAcknowledger(deps, {} as ParkGuard),
    transactions: () => transactions,
    async momentPasses() {
      passes?.();
      await settled();
    },
  };
}

/** Everything that needs no time has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const outcomes = (count: number): readonly Settled[] =>
  Array.from({ length: count }, () => ({ write: { target: 'shop' }, settlement: {} }) as unknown as Settled);

describe('outcomes of writes', () => {
  it('gather for a moment before they are stored, and while others are', async () => {
    const { acknowledger, transactions, momentPasses } = scene();
    acknowledger.add(outcomes(1));
    await settled();
    acknowledger.add(outcomes(1));
    await settled();
    expect(transactions()).toBe(0);
    await momentPasses();
    expect(transactions()).toBe(1);
    acknowledger.add(outcomes(1));
    await settled();
    expect(transactions()).toBe(1);
    await momentPasses();
    expect(transactions()).toBe(2);
    await acknowledger.drained();
    expect(transactions()).toBe(2);
  });

  it('do not gather any longer once somebody waits for all of them', async () => {
    const { acknowledger, transactions } = scene();
    acknowledger.add(outcomes(1));
    acknowledger.add(outcomes(1));
    await settled();
    expect(transactions()).toBe(0);
    await acknowledger.drained();
    expect(transactions()).toBe(1);
  });

  it('do not gather any longer once there are as many as are stored at a time', async () => {
    const { acknowledger, transactions } = scene();
    acknowledger.add(outcomes(1));
    await settled();
    acknowledger.add(outcomes(120));
    await acknowledger.room();
    expect(transactions()).toBe(1);
  });
});
