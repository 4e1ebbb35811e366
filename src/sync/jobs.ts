/**
 * Long work that people start: taken up one after the other, told how far it is, ended when somebody asks. In: jobs in the
 * database. Out: their results. A job whose process dies or is stopped is begun anew by another one.
 */
import type { Document } from '../base/document.js';
import type { Clock } from '../base/clock.js';
import type { KoppelError } from '../base/errors.js';
import { asKoppelError } from '../base/errors.js';
import { keepingLease } from '../base/keeping-lease.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { Database } from '../store/database.js';
import type { Job, JobKind } from '../store/jobs.js';
import type { Progress } from './impact.js';

export type JobHandler = (job: Job, progress: Progress) => Promise<Document>;

export interface JobsDeps {
  readonly database: Database;
  readonly store: Pick<
    typeof import('../store/jobs.js'),
    'takeJob' | 'reportJob' | 'endJob' | 'keepJob' | 'giveJobBack'
  >;
  /** Jobs of other kinds are left to others. */
  readonly handlers: Readonly<Partial<Record<JobKind, JobHandler>>>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Unique per run of a process. */
  readonly owner: string;
  readonly leaseMs?: number;
}

/** Why a job ends before its work is done. */
class Ended extends Error {
  constructor(readonly why: 'cancel' | 'lost' | 'stopped') {
    super(why);
  }
}

export interface JobRunner {
  /** Runs at most one job to its end. */
  runOne(signal?: AbortSignal): Promise<'more' | 'idle'>;
}

/** The runner without its loop. Exported for tests. */
export function makeJobRunner(deps: JobsDeps): JobRunner {
  const { database, store, owner, handlers, clock, leaseMs = 2_500 } = deps;
  return {
    async runOne(signal) {
      const job = await database.tx((tx) => store.takeJob(tx, owner, leaseMs, Object.keys(handlers)));
      if (job === undefined) return 'idle';
      const progress: Progress = async (done, total) => {
        if (signal?.aborted === true) throw new Ended('stopped');
        const answer = await store.reportJob(database, job.id, owner, { done, total, leaseMs });
        if (answer !== 'goOn') throw new Ended(answer);
      };
      try {
        // A job may say nothing for longer than its lease lasts. Whether the lease was lost is found out when progress is reported.
        const renew = (): Promise<void> => store.keepJob(database, job.id, owner, leaseMs);
        const result = await keepingLease(() => handlers[job.kind]!(job, progress), renew, { leaseMs, clock });
        await store.endJob(database, job.id, owner, { status: 'SUCCEEDED', result });
      } catch (thrown) {
        if (thrown instanceof Ended && thrown.why === 'lost') return 'more';
        if (thrown instanceof Ended && thrown.why === 'stopped') {
          await store.giveJobBack(database, job.id, owner);
          return 'idle';
        }
        if (thrown instanceof Ended) await store.endJob(database, job.id, owner, { status: 'CANCELLED' });
        else await fail(job, asKoppelError(thrown));
      }
      return 'more';
    },
  };

  async function fail({ id, kind }: Job, error: KoppelError): Promise<void> {
    deps.logger.error({ job: id, kind, code: error.code, err: error.message }, 'a job failed');
    const end = { status: 'FAILED', errorCode: error.code, errorMessage: `${error.message} ${error.hint}` } as const;
    await store.endJob(database, id, owner, end);
  }
}

/** The runner as a service; `name` tells several of them apart. */
export function makeJobs(deps: JobsDeps, name = 'jobs'): Service & { wake(): void } {
  const runner = makeJobRunner(deps);
  const loop = makeLoop(
    { name, restMs: 1_000, maxBackoffMs: 10_000, isUnwatched: true, run: (signal) => runner.runOne(signal) },
    deps,
  );
  return { name, start: () => loop.start(), stop: () => loop.stop(), wake: () => loop.wake() };
}
