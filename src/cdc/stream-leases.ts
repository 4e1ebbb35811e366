/**
 * Keeps the leases of the streams that this process reads while they rest between polls, and wakes loops whose stream nobody
 * holds any more. So a poll every minute does not move from process to process, and a stream whose process was killed is
 * read by another one as soon as the short lease is over. A loop that hangs keeps its stream; ending such a process is the watchdog's matter.
 */
import { makeLoop, type Loop, type LoopDeps } from '../base/loop.js';
import type { Database } from '../store/database.js';

export interface StreamLeasesDeps extends LoopDeps {
  readonly database: Database;
  readonly streams: Pick<typeof import('../store/capture-positions.js'), 'renewStreams' | 'freeStreams'>;
  /** Unique per run of a process. */
  readonly owner: string;
}

/** `free` is called with each stream that may be taken. */
export function makeStreamLeases(
  deps: StreamLeasesDeps,
  leaseMs: number,
  free: (system: string, stream: string) => void,
): Loop {
  return makeLoop(
    {
      name: 'capture leases',
      restMs: leaseMs / 3,
      maxBackoffMs: leaseMs / 3,
      async run() {
        await deps.streams.renewStreams(deps.database, deps.owner, leaseMs);
        for (const { system, stream } of await deps.streams.freeStreams(deps.database)) free(system, stream);
        return 'idle';
      },
    },
    deps,
  );
}
