/**
 * Comparisons that people or the clock start: of the two systems of a flow, and repairs of what they found. In: flows and findings.
 * Out: jobs; one comparison of a flow at a time.
 */
import type { Clock } from '../base/clock.js';
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { WantedFindings } from '../store/comparisons.js';
import type { Database, Tx } from '../store/database.js';
import type { ConfigurationSource, Flow } from './configuration.js';

export interface ComparisonsDeps {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly store: Pick<
    typeof import('../store/comparisons.js'),
    | 'createComparison'
    | 'runningComparison'
    | 'countToRepair'
    | 'findComparison'
    | 'scheduleComparisons'
    | 'dueComparisons'
    | 'forgetComparisons'
  >;
  readonly jobs: Pick<typeof import('../store/jobs.js'), 'createJob'>;
  readonly jobMade: () => void;
}

export interface Comparisons {
  /** Returns the id of the comparison: of a new one, or of the one that the flow has already. */
  start(flow: string, by: string): Promise<string>;
  /** Starts a job; returns its id, and how many records it is about. */
  repair(id: string, wanted: WantedFindings, by: string): Promise<{ readonly job: string; readonly count: number }>;
  /** Null: only when somebody asks. */
  schedule(flow: string, everyHours: number | null): Promise<void>;
}

export interface ComparisonInput {
  readonly comparison: string;
  readonly flow: string;
}

export type RepairInput = ComparisonInput & WantedFindings;

/** Who starts what nobody asked for. */
const byItself = 'schedule';

export function makeComparisons(deps: ComparisonsDeps): Comparisons {
  const { database, store } = deps;
  return {
    async start(key, by) {
      const flow = flowInUse(deps.configuration, key);
      const id = await database.tx((tx) => startIn(deps, tx, flow, by));
      deps.jobMade();
      return id;
    },
    async repair(id, wanted, createdBy) {
      const comparison = await store.findComparison(database, id);
      if (comparison === null) throw new KoppelError('COMPARISON_UNKNOWN', { comparison: id });
      flowInUse(deps.configuration, comparison.flow);
      const count = await store.countToRepair(database, id, wanted);
      if (count === 0) throw new KoppelError('NOTHING_TO_REPAIR', {});
      const job = newId('job');
      const input: RepairInput = { comparison: id, flow: comparison.flow, ...wanted };
      await database.tx((tx) =>
        deps.jobs.createJob(tx, { id: job, kind: 'REPAIR', input: input as unknown as Document, createdBy }),
      );
      deps.jobMade();
      return { job, count };
    },
    schedule: (flow, everyHours) => database.tx((tx) => store.scheduleComparisons(tx, flow, everyHours)),
  };
}

/** Refuses what has no say: of a draft and of a flow that has ended nothing is promised that could be compared. */
export function flowInUse(configuration: ConfigurationSource, key: string): Flow {
  const flow = configuration.current().flows.find((each) => each.key === key);
  if (flow === undefined) throw new KoppelError('FLOW_UNKNOWN', { flow: key });
  if (!flow.isInUse) throw new KoppelError('FLOW_STATE', { flow: key, state: 'not in use' });
  return flow;
}

async function startIn({ store, jobs }: ComparisonsDeps, tx: Tx, flow: Flow, createdBy: string): Promise<string> {
  const running = await store.runningComparison(tx, flow.key);
  if (running !== null) return running;
  const [id, job] = [newId('comparison'), newId('job')];
  const { key, entity, source, target } = flow;
  const input: ComparisonInput = { comparison: id, flow: key };
  await jobs.createJob(tx, { id: job, kind: 'RECONCILIATION', input: input as unknown as Document, createdBy });
  await store.createComparison(tx, { id, job, flow: key, entity, source, target });
  return id;
}

/** Starts what is due by its schedule, and forgets what is long over. */
export function makeComparisonClock(
  deps: ComparisonsDeps & {
    readonly clock: Clock;
    readonly logger: Logger;
    readonly forgetLeftOvers: (typeof import('../store/comparison-found.js'))['forgetLeftOvers'];
  },
): Service {
  const { database, store, configuration } = deps;
  return makeLoop(
    {
      name: 'comparisons',
      restMs: 60_000,
      async run() {
        await store.forgetComparisons(database);
        await deps.forgetLeftOvers(database);
        const started = await database.tx(async (tx) => {
          const due = await store.dueComparisons(tx);
          const flows = configuration.current().flows.filter(({ key, isEnabled }) => isEnabled && due.includes(key));
          for (const flow of flows) await startIn(deps, tx, flow, byItself);
          return flows.length;
        });
        if (started > 0) deps.jobMade();
        return 'idle';
      },
    },
    deps,
  );
}
