/** Comparisons of two systems, wired: starting them, their work and repairs, and the clock that starts those of a schedule. */
import type { Service } from '../base/lifecycle.js';
import { wasOvertaken } from '../cdc/refusals.js';
import { translate } from '../cdc/translate.js';
import { readWhole } from '../cdc/whole-streams.js';
import * as found from '../store/comparison-found.js';
import * as rows from '../store/comparison-rows.js';
import * as store from '../store/comparisons.js';
import * as jobs from '../store/jobs.js';
import { heldAs } from '../store/projection-observe.js';
import * as versions from '../store/reference-versions.js';
import * as resends from '../store/resends.js';
import { momentOf } from '../store/restore-checks.js';
import { makeComparisonClock, makeComparisons, type Comparisons } from '../sync/comparisons.js';
import { repairWork } from '../sync/comparison-repair.js';
import { comparisonWork } from '../sync/comparison-work.js';
import type { JobHandler } from '../sync/jobs.js';
import type { Ground } from './ground.js';
import type { Pipeline } from './pipeline.js';
import { projectionStores as stores } from './projection-stores.js';
import { undoneIngest } from './trial.js';

export function composeComparisons(
  { base, database, configuration, hints }: Ground,
  { ingestBatch }: Pipeline,
): {
  readonly comparisons: Comparisons;
  readonly handlers: Readonly<Record<'RECONCILIATION' | 'REPAIR', JobHandler>>;
  readonly clock: Service;
} {
  const jobMade = (): void => hints.say('jobs');
  const looked = (): void => hints.say('project');
  const common = { database, configuration, clock: base.clock };
  const started = { ...common, store, jobs, jobMade };
  return {
    comparisons: makeComparisons(started),
    handlers: {
      RECONCILIATION: comparisonWork({
        ...common,
        readWhole,
        toBeRead: (system) => hints.say('capture', system),
        store,
        found,
        rows,
        heldAs,
        stores,
        translate,
        versions,
        momentOf,
        ingestBy: (compared, ears) => undoneIngest(base, compared, ears),
      }),
      REPAIR: repairWork({
        ...common,
        heldAs,
        readWhole,
        ingestBatch,
        versions,
        wasOvertaken,
        findings: store,
        store: resends,
        looked,
      }),
    },
    clock: makeComparisonClock({ ...started, logger: base.logger, forgetLeftOvers: found.forgetLeftOvers }),
  };
}
