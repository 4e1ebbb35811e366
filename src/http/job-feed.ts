/**
 * Jobs as they go on. In: the id of a job. Out: the job as it is, then each time that it is further, and at last how it ended.
 * One reader looks at all jobs that anybody follows, in one statement, and looks at nothing while nobody does.
 */
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { JobFeed } from '../resolvers/feed.js';
import type { Database } from '../store/database.js';
import { findJob, findJobs, type Job } from '../store/jobs.js';
import { woken } from './closing.js';

const pollMs = 250;
const ended: ReadonlySet<string> = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED']);

interface JobFeedDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Differs when a job has gone on. */
const markOf = ({ status, done, total }: Job): string => `${status} ${done} ${total ?? ''}`;

export function makeJobFeed(deps: JobFeedDeps): JobFeed & Service {
  const followed = new Map<string, { readers: number; latest: Job; readonly waiting: Set<() => void> }>();
  const loop = makeLoop(
    {
      name: 'job feed',
      restMs: pollMs,
      maxBackoffMs: 2_000,
      async run() {
        if (followed.size === 0) return 'idle';
        for (const job of await findJobs(deps.database, [...followed.keys()])) {
          const known = followed.get(job.id);
          if (known === undefined || markOf(known.latest) === markOf(job)) continue;
          known.latest = job;
          for (const wake of [...known.waiting]) wake();
        }
        return 'idle';
      },
    },
    deps,
  );
  return {
    name: 'job feed',
    start: () => loop.start(),
    stop: () => loop.stop(),
    async open(client, jobId) {
      const first = await findJob(deps.database, jobId);
      if (first === null) throw new KoppelError('BAD_INPUT', { where: 'jobId', what: `there is no job ${jobId}` });
      const known = followed.get(jobId) ?? { readers: 0, latest: first, waiting: new Set<() => void>() };
      followed.set(jobId, known);
      known.readers++;
      const leave = (): void => {
        known.readers--;
        if (known.readers === 0) followed.delete(jobId);
      };
      return follow(client, first, known, leave);
    },
  };
}

async function* follow(
  client: Parameters<JobFeed['open']>[0],
  first: Job,
  known: { readonly latest: Job; readonly waiting: Set<() => void> },
  leave: () => void,
): AsyncGenerator<Job> {
  try {
    let shown: Job | undefined;
    let next = first;
    while (!client.signal.aborted) {
      if (shown === undefined || markOf(shown) !== markOf(next)) {
        await client.recheck();
        client.renew();
        shown = next;
        yield next;
      }
      if (ended.has(shown.status)) return;
      if (markOf(known.latest) === markOf(shown)) await woken(known.waiting, client.signal);
      next = known.latest;
    }
  } finally {
    leave();
  }
}
