/** What the projector is made of: ports that the composition hands in. */
import type { Document } from '../base/document.js';
import type { Clock } from '../base/clock.js';
import type { Failpoint } from '../base/failpoint.js';
import type { Logger } from '../base/logger.js';
import type { Watchdog } from '../base/watchdog.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import type { Database, Tx } from '../store/database.js';
import type { ErasureReads } from './erased-documents.js';
import type { MergeReads } from './merged-customers.js';
import type { ConfigurationSource } from './configuration.js';

export interface ProjectorStores {
  readonly projections: typeof import('../store/projections.js');
  readonly claims: typeof import('../store/projection-claim.js');
  readonly waits: typeof import('../store/projection-waits.js');
  readonly looks: Pick<typeof import('../store/projection-looks.js'), 'pauseRows'>;
  readonly documents: typeof import('../store/canonical-documents.js');
  readonly erasures: ErasureReads;
  readonly merges: MergeReads;
  readonly situations: typeof import('../store/order-situations.js');
  readonly references: typeof import('../store/target-references.js');
  readonly audit: Pick<typeof import('../store/audit.js'), 'noteByHub'>;
  readonly configuration: Pick<
    typeof import('../store/configuration.js'),
    'lockFlowStates' | 'setFlowState' | 'announceConfiguration' | 'configurationRevision'
  >;
  readonly guard: typeof import('../store/write-holds.js');
  readonly numbers: typeof import('../store/allocated-numbers.js');
  readonly names: typeof import('../store/record-names.js');
  readonly aliases: typeof import('../store/reference-aliases.js');
  readonly matches: typeof import('../store/projection-match.js');
  readonly repairs: typeof import('../store/projection-repairs.js');
  readonly journal: Pick<typeof import('../store/journal.js'), 'endWithJournal'>;
  readonly parked: Pick<typeof import('../store/parked.js'), 'parkRecords' | 'resolveParked'>;
  readonly unmapped: Pick<typeof import('../store/unmapped-values.js'), 'countUnmapped'>;
  readonly systemStatus: Pick<typeof import('../store/system-status.js'), 'systemAnswered' | 'systemFailed'>;
}

/** Writes of single records to one target at the same time, when nothing else is said. */
export const callsAtOnce = 6;

/** A write of ours that took effect, as the target shows it afterwards. */
export interface ShownWrite {
  readonly entity: ProjectedEntity;
  readonly record: string;
  readonly externalId: string;
  readonly document: Document;
  /** Of the record in the target's streams; null when it is not told. */
  readonly version: bigint | null;
  /** What was sent of it may hold edits of others. */
  readonly mayHoldEdits?: boolean;
  /** Fields that were sent; null = the record was made. */
  readonly changed: readonly string[] | null;
  readonly before: Document | null;
  /** The document that was asked for. */
  readonly sent: Document;
}

export interface ProjectorDeps {
  readonly database: Database;
  readonly stores: ProjectorStores;
  readonly configuration: ConfigurationSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly watchdog?: Watchdog;
  readonly failpoint: Failpoint;
  /** Writes of single records to one target at the same time; `callsAtOnce` when not given. */
  readonly concurrency?: number;
  /** Most rows that are planned at once; 200 when not given. */
  readonly batchSize?: number;
  /** Rest between looks when nothing is due; 1,000 ms when not given. */
  readonly restMs?: number;
  /** How long a planned write may wait before it is sent; part of `in_flight_until`. 10,000 ms when not given. */
  readonly sendWithinMs?: number;
  readonly random?: () => number;
  /** Stores what writes of ours make a system say, for records that several systems may change (G5). */
  readonly storeShown?: (tx: Tx, target: string, writes: readonly ShownWrite[]) => Promise<void>;
  /** Called when writes to a target are not under way any more. */
  readonly acknowledged?: (target: string) => void;
}
