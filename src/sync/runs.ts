/**
 * Runs: a flow is running while something of it is on its way. In: what is open, asked about every second. Out: one
 * `flow_run` per stretch of work with its counts, and one line for people when it ends.
 */
import type { Clock } from '../base/clock.js';
import { newId } from '../base/ids.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { Watchdog } from '../base/watchdog.js';
import type { Database } from '../store/database.js';
import type { ClosedRun } from '../store/flow-runs.js';

export interface RunsDeps {
  readonly database: Database;
  readonly runs: typeof import('../store/flow-runs.js');
  readonly holds: Pick<typeof import('../store/write-holds.js'), 'endEmptyHold'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly watchdog?: Watchdog;
  /** Called once per run that did something, with one line. */
  readonly print: (line: string) => void;
  readonly restMs?: number;
}

/** Looks once: opens, counts and closes runs. Exported for tests. */
export async function reportRuns(deps: RunsDeps): Promise<void> {
  for (const { flow, isBusy, hasNews, run, isRequested, isHeld } of await deps.runs.flowActivity(deps.database)) {
    if (isHeld && !isBusy) await deps.database.tx((tx) => deps.holds.endEmptyHold(tx, flow));
    if (run === null && (isBusy || hasNews || isRequested)) {
      await deps.database.tx((tx) => deps.runs.openRun(tx, newId('run'), flow, isRequested ? 'MANUAL' : 'SCHEDULE'));
    } else if (run !== null && isBusy) {
      if (run.isCountDue) await deps.database.tx((tx) => deps.runs.countRun(tx, run.id));
    } else if (run !== null) {
      const closed = await deps.database.tx(async (tx) => {
        const ended = await deps.runs.closeRun(tx, run.id);
        // What was on its way turned out to be another flow's.
        if (ended !== undefined && !didSomething(ended) && ended.trigger !== 'MANUAL' && ended.status !== 'HELD')
          await deps.runs.discardRun(tx, run.id);
        return ended;
      });
      if (closed !== undefined && didSomething(closed)) deps.print(lineOf(closed));
    }
  }
}

export function makeRuns(deps: RunsDeps): Service {
  return makeLoop(
    {
      name: 'runs',
      restMs: deps.restMs ?? 1_000,
      async run() {
        await reportRuns(deps);
        return 'idle';
      },
    },
    deps,
  );
}

const didSomething = (run: ClosedRun): boolean =>
  run.read + run.created + run.updated + run.excluded + run.failed + run.blocked > 0;

/** `products-to-softmaat: 480 created, 12 updated, 3 parked (9.8 s)` */
export function lineOf(run: ClosedRun): string {
  const parts = [
    [run.created, 'created'],
    [run.updated, 'updated'],
    [run.excluded, 'left out'],
    [run.failed, 'parked'],
    [run.blocked, 'waiting for others'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `${run.flow}: ${said.length === 0 ? 'nothing to write' : said.join(', ')} (${(run.durationMs / 1_000).toFixed(1)} s)`;
}
