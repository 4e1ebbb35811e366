/**
 * What keeps the database in order beside the work, in as many processes as there are: partitions of the journal made ahead, counts for the
 * planner, an end to what is kept for a day only, and an end to pauses whose time is over.
 */
import type { Clock } from '../base/clock.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { Watchdog } from '../base/watchdog.js';
import type { Database } from '../store/database.js';

export interface UpkeepDeps {
  readonly database: Database;
  readonly store: Pick<typeof import('../store/journal.js'), 'ensureJournalPartitions'> &
    Pick<typeof import('../store/statistics.js'), 'refreshStatistics'> &
    Pick<typeof import('../store/kept-answers.js'), 'forgetAnswers'> &
    Pick<typeof import('../store/alerts.js'), 'forgetAlerts'> &
    Pick<typeof import('../store/export-files.js'), 'forgetExportFiles'> &
    Pick<typeof import('../store/configuration.js'), 'forgetConfigurationChanges'>;
  /** Lets flows go on whose pause is over. */
  readonly endPauses: () => Promise<unknown>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly watchdog?: Watchdog;
}

/** Days for which the journal has partitions ahead. */
const daysAhead = 7;

export function makeUpkeep({ database, store, endPauses, ...base }: UpkeepDeps): readonly Service[] {
  const every = (name: string, restMs: number, work: () => Promise<unknown>): Service =>
    makeLoop(
      {
        name,
        restMs,
        async run() {
          await work();
          return 'idle';
        },
      },
      base,
    );
  return [
    every('maintenance', 3_600_000, () => store.ensureJournalPartitions(database, daysAhead)),
    every('kept answers', 3_600_000, () => store.forgetAnswers(database)),
    every('files of exports', 600_000, () => store.forgetExportFiles(database)),
    every('alerts that are long over', 3_600_000, () => store.forgetAlerts(database)),
    every('configuration changes', 3_600_000, () => store.forgetConfigurationChanges(database)),
    every('pauses', 1_000, endPauses),
    every('statistics', 1_000, () => store.refreshStatistics(database)),
  ];
}
