/**
 * Tries parked records again with today's mapping and value lists. In: ids of open problems. Out: what became of each. The
 * change is read from the log again; what goes through resolves its problem, what fails is parked again with one attempt more.
 */
import { asKoppelError } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import type { ChangeLog } from '../log/change-log.js';
import { changeKey, type Change } from '../log/envelope.js';
import type { Database, Tx } from '../store/database.js';
import type { OpenProblem } from '../store/parked.js';
import type { Incoming } from './classify.js';
import type { IngestBatch } from './ingest-batch.js';
import type { IngestReport } from './counts.js';
import { wasOvertaken } from './refusals.js';

export interface ReplayDeps {
  readonly database: Database;
  readonly log: Pick<ChangeLog<Tx>, 'read'>;
  readonly parked: Pick<typeof import('../store/parked.js'), 'beginReplay' | 'reopenParked'>;
  readonly ingestBatch: IngestBatch;
  /** Lets the projector look at a record again; it resolves or parks anew by itself. */
  readonly projectAgain: (tx: Tx, problem: OpenProblem) => Promise<void>;
  readonly logger: Logger;
  readonly ingested?: (report: IngestReport) => void;
}

export interface ReplayResult {
  readonly id: string;
  /** `scheduled`: the projector will look at it. `skipped`: the problem is not open any more. */
  readonly result: 'resolved' | 'parked' | 'scheduled' | 'skipped' | 'failed';
  readonly message?: string;
}

export interface ReplayOptions {
  /** A record whose mark the hub does not know is taken in as one of its own. */
  readonly asOwn?: boolean;
}

export type ReplayParked = (ids: readonly string[], options?: ReplayOptions) => Promise<readonly ReplayResult[]>;

export function makeReplayParked(deps: ReplayDeps): ReplayParked {
  const again = async (problem: OpenProblem, options: ReplayOptions): Promise<ReplayResult['result']> => {
    if (problem.stage === 'project') {
      await deps.database.tx((tx) => deps.projectAgain(tx, problem));
      return 'scheduled';
    }
    const incoming = await incomingOf(deps, problem);
    for (let tries = 1; ; tries++) {
      try {
        const counts = await deps.database.tx((tx) =>
          deps.ingestBatch(tx, problem.system, [incoming], { ...options, force: true }),
        );
        deps.ingested?.({ system: problem.system, counts });
        return [...counts.values()].some((count) => (count.parked ?? 0) > 0) ? 'parked' : 'resolved';
      } catch (error) {
        if (tries >= 10 || !wasOvertaken(error)) throw error;
      }
    }
  };

  return async (ids, options = {}) => {
    const open = await deps.parked.beginReplay(deps.database, ids);
    const results = new Map<string, ReplayResult>();
    // One after the other, oldest first: two problems may be of the same record.
    for (const problem of open) {
      try {
        results.set(problem.id, { id: problem.id, result: await again(problem, options) });
      } catch (thrown) {
        const error = asKoppelError(thrown);
        deps.logger.warn(
          { parked: problem.id, code: error.code, err: error.message },
          'a parked record could not be replayed',
        );
        await deps.parked.reopenParked(deps.database, [problem.id]);
        results.set(problem.id, { id: problem.id, result: 'failed', message: error.message });
      }
    }
    return ids.map((id) => results.get(id) ?? { id, result: 'skipped' });
  };
}

/** The change as the log has it; once it is gone from there, as it was parked. */
async function incomingOf(deps: ReplayDeps, problem: OpenProblem): Promise<Incoming> {
  const place = problem.log;
  const parked = problem.payload as unknown as Change;
  if (place !== null) {
    const [entry] = await deps.log.read(place.topic, place.partition, place.offset, 1).catch((thrown: unknown) => {
      if (asKoppelError(thrown).code === 'LOG_POSITION_LOST') return [];
      throw thrown;
    });
    // In a topic that was made anew another record stands there.
    if (entry?.offset === place.offset && entry.key === changeKey(parked)) {
      return { change: entry.payload as unknown as Change, traceId: entry.traceId, place };
    }
  }
  return { change: parked, traceId: problem.id, place: null };
}
