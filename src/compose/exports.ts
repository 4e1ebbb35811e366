/** Taking lists away, wired: what begins it, and the work, for which a process loads the graph when the first export begins there. */
import type { ListReading } from '../base/list-export.js';
import type { Commands } from '../resolvers/context.js';
import { holdErasures } from '../store/erasures.js';
import * as store from '../store/export-files.js';
import * as jobs from '../store/jobs.js';
import { exportWork, makeExports, type Exports } from '../sync/exports.js';
import type { JobHandler } from '../sync/jobs.js';
import { shownConnectors } from './connectors.js';
import { streamsOfFlows } from './flow-streams.js';
import type { Ground } from './ground.js';
import { version } from './version.js';

/** `commandsOf`: known once everything is put together; resolvers of lists ask it what people call things. */
export function composeExports(
  ground: Ground,
  commandsOf: () => Commands,
): { readonly exports: Exports; readonly work: JobHandler } {
  const { base, database, masterKey, hints } = ground;
  let reading: Promise<ListReading> | undefined;
  const load = async (): Promise<ListReading> => {
    const { makeListReading } = await import('../http/list-reading.js');
    return makeListReading({
      ...base,
      database,
      commands: commandsOf(),
      masterKey,
      version,
      connectors: shownConnectors,
      streamsOf: streamsOfFlows(ground),
    });
  };
  return {
    exports: makeExports({ database, store, jobs, jobMade: () => hints.say('jobs') }),
    work: exportWork({
      database,
      store,
      erasures: { holdErasures },
      clock: base.clock,
      reading: () => (reading ??= load()),
    }),
  };
}
