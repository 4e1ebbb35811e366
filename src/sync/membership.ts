/**
 * The processes of the hub know of each other. In: a heartbeat per second. Out: how many of each role are alive, so that they
 * share evenly what can be shared. Wrong for a moment after a process has died: nothing but evenness depends on it.
 */
import type { Clock } from '../base/clock.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { Watchdog } from '../base/watchdog.js';
import type { Database } from '../store/database.js';
import type { LivingProcess } from '../store/processes.js';

export interface MembershipDeps {
  readonly database: Database;
  readonly store: Pick<typeof import('../store/processes.js'), 'beat' | 'leave'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly watchdog?: Watchdog;
  /** Unique per run of a process. */
  readonly owner: string;
  readonly roles: readonly string[];
  readonly version: string;
}

export interface Membership extends Service {
  /** Processes with this role that are alive, this one included; at least 1. */
  living(role: string): number;
  /** Whether there may be other processes: true until the first heartbeat says that there is none. */
  mayHaveOthers(): boolean;
}

const everyMs = 1_000;
const ttlMs = 3_000;

export function makeMembership(deps: MembershipDeps): Membership {
  const { database, store, owner: id, roles, version } = deps;
  let known: readonly LivingProcess[] | undefined;
  const loop = makeLoop(
    {
      name: 'heartbeat',
      restMs: everyMs,
      maxBackoffMs: 2_000,
      async run() {
        known = await store.beat(database, { id, roles, version, ttlMs });
        return 'idle';
      },
    },
    deps,
  );
  return {
    name: 'heartbeat',
    async start() {
      // Before anything is shared out, so that processes that start together find each other.
      known ??= await store.beat(database, { id, roles, version, ttlMs });
      await loop.start();
    },
    async stop() {
      await loop.stop();
      await store.leave(database, id);
      known = undefined;
    },
    living: (role) => Math.max(1, (known ?? []).filter((each) => each.roles.includes(role)).length),
    mayHaveOthers: () => known === undefined || known.length > 1,
  };
}
