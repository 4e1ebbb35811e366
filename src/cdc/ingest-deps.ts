/** What ingest is made of: ports that the composition hands in. */
import type { Clock } from '../base/clock.js';
import type { Failpoint } from '../base/failpoint.js';
import type { Logger } from '../base/logger.js';
import type { Watchdog } from '../base/watchdog.js';
import type { ChangeLog } from '../log/change-log.js';
import type { Database, Tx } from '../store/database.js';
import type { ConfigurationSource } from '../sync/configuration.js';
import type { IngestReport } from './counts.js';
import type { IngestBatch } from './ingest-batch.js';
import type { ReplayParked } from './replay.js';

/** What takes changes from the log needs no more than this. */
export interface WorkerDeps {
  readonly database: Database;
  readonly log: ChangeLog<Tx>;
  readonly changesTopic: (system: string) => string;
  readonly positions: Pick<
    typeof import('../store/positions.js'),
    'preparePositions' | 'holdPositions' | 'movePositions' | 'releasePositions' | 'stopPosition'
  >;
  readonly ingestBatch: IngestBatch;
  readonly configuration: ConfigurationSource;
  /** Asked in each batch, so that none is taken in by a configuration that another process has replaced. */
  readonly revisions?: Pick<typeof import('../store/configuration.js'), 'configurationRevision'>;
  /** Processes that share the partitions, this one included; 1 when not given. */
  readonly members?: () => number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly watchdog?: Watchdog;
  readonly failpoint: Failpoint;
  /** Unique per run of a process. */
  readonly owner: string;
  /** Called after each committed batch. */
  readonly ingested?: (report: IngestReport) => void;
  /** Most changes in one transaction; without it, as many as go in a fifth of the lease. */
  readonly batchSize?: number;
  readonly leaseMs?: number;
  readonly restMs?: number;
  /** Most partitions of a system that are worked on at once. */
  readonly lanes?: number;
}

export interface IngestDeps extends WorkerDeps {
  readonly deferred: Pick<typeof import('../store/deferred-changes.js'), 'dueDeferred' | 'takeDeferred'>;
  readonly parked: Pick<typeof import('../store/parked.js'), 'foundMarks'>;
  readonly replayParked: ReplayParked;
}
