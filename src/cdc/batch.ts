/** One batch of changes of one system while it is taken in: what its steps share. */
import type { Document } from '../base/document.js';
import type { KoppelError } from '../base/errors.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { ByRecord } from '../canonical/identity.js';
import type { Tx } from '../store/database.js';
import type { Configuration, ConnectedSystem } from '../sync/configuration.js';
import type { DocumentPart } from '../systems/system.js';
import type { BatchOutcome } from './batch-outcome.js';
import type { KnownReferences } from './look-up.js';

export interface Batch {
  readonly tx: Tx;
  readonly system: string;
  readonly connected: ConnectedSystem;
  readonly configuration: Configuration;
  readonly known: KnownReferences;
  /** Records, by the entity of their stream, of which versions do not tell what came later: the order of the log does. */
  readonly unordered: ByRecord<true>;
  readonly outcome: BatchOutcome;
  readonly force: boolean;
  readonly refused: KoppelError | undefined;
  readonly asOwn: boolean;
}

export interface Observation {
  readonly system: string;
  readonly record: string;
  readonly entity: CanonicalEntity;
  readonly externalId: string;
  readonly document: Document;
  /** It is known to be older than a write of ours. */
  readonly isOld?: boolean;
  readonly version?: bigint;
  /** Instead of the whole document: parts of it, as the system shows them by themselves. */
  readonly parts?: readonly DocumentPart[];
  /** Lists that are the hub's as a whole. */
  readonly wholeLists?: ReadonlySet<string>;
  /** While a write of ours is under way it is not judged. */
  readonly mayWait?: boolean;
}

/**
 * Compares records of a system that is only a target with what the hub knows it to hold. `echo`: our own write. `drift`:
 * somebody else changed it. `unknown`: the hub has no such record. `under_way`: a write of ours is, and the observation may wait for
 * its end.
 */
export type Observe = (
  tx: Tx,
  observations: readonly Observation[],
) => Promise<
  readonly {
    readonly entity: CanonicalEntity;
    readonly externalId: string;
    readonly result: 'echo' | 'drift' | 'unknown' | 'under_way';
    /** What it is to the hub, which another entity may stand for; null when it is nothing. */
    readonly canonicalId: string | null;
  }[]
>;

export interface BatchOptions {
  /** Also what has the same hash as before is decided again; for replays. */
  readonly force?: boolean;
  /** The changes are in the order of the log, and come as they are read there; what was put aside or is replayed comes later than it was. */
  readonly isInOrder?: boolean;
  /** Set when the database refused this one change: it is parked unread. */
  readonly refused?: KoppelError;
  /** What carries the mark of a record that the hub does not know is taken in as a record of its own. */
  readonly asOwn?: boolean;
  /** The transaction ends with the batch: called before the statements with which COMMIT is sent. */
  readonly ending?: () => Promise<void>;
}
