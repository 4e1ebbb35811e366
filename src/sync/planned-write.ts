/** A write on its way, what came of it, and what follows from that: the vocabulary of sending, settling and acknowledging. */
import type { Document } from '../base/document.js';
import type { KoppelError } from '../base/errors.js';
import type { JournalEntry } from '../store/journal.js';
import type { ParkedRecord } from '../store/parked.js';
import type { Projection, ProjectionChange } from '../store/projections.js';
import type { WrittenReference } from '../store/target-references.js';
import type { HeldPart, HeldRecord, TargetRecord, WriteOutcome, WriteRequest } from '../systems/system.js';
import type { Look } from './plan.js';

/** A write whose intent is committed. */
export interface PlannedWrite {
  readonly target: string;
  /** As it was claimed; `epoch` below is the one that the intent gave it. */
  readonly row: Projection;
  readonly epoch: bigint;
  readonly request: WriteRequest;
  /** The kind of record that the target takes. */
  readonly record: TargetRecord;
  /** Fields by which a record that somebody else made counts as this one; none = only by our mark or the natural key. */
  readonly matchBy: readonly string[];
  /** What another record must not be made by at the same time; null = nothing. */
  readonly matchKey: string | null;
  readonly owned: readonly string[];
  /** What the target would be told of the other people of the company: whoever is found and is one of them is not meant. */
  readonly others?: readonly Document[];
  /** The target is a source of such records too: what people change there comes in by its stream and is judged then. */
  readonly isAlsoSource?: boolean;
  /** Lists that are the hub's as a whole. */
  readonly wholeLists?: ReadonlySet<string>;
  /** Fields to which a write only adds. */
  readonly addedTo?: ReadonlySet<string>;
  readonly look: Look;
  readonly repairs: readonly string[];
  /** Fields that differ and are not sent (see the plan). */
  readonly leftAlone?: readonly string[];
  readonly mappingVersion: number;
  readonly traceId: string;
  /** Monotonic time after which the write must not start any more. */
  readonly sendBefore: number;
}

/** A record of the target that stands for one of the hub: it carries our mark, or agrees in what people share. */
export interface FoundRecord {
  readonly held: HeldRecord;
  readonly by: 'mark' | 'match';
}

/** What a target answered, and what the hub found out beside it. */
export type Outcome =
  | WriteOutcome
  /** Not sent: the time for it had passed, or the target was not to be called. */
  | { readonly type: 'not_sent' }
  /** The target had the record already. */
  | ({ readonly type: 'matched' } & FoundRecord)
  /** It was changed since the hub looked; this is what it holds now. */
  | { readonly type: 'reread'; readonly held: HeldRecord }
  /** It was looked for, not to be created, and is not there. */
  | { readonly type: 'absent' };

export interface Settlement {
  readonly change: ProjectionChange;
  readonly journal: JournalEntry | null;
  readonly reference?: WrittenReference;
  /** Records inside the written one that have identities of their own. */
  readonly parts?: readonly HeldPart[];
  /** When another record of the hub has the reference already, this one shares it instead of being a problem. */
  readonly mayShare?: boolean;
  /** The record as the target shows it after a write of ours that took effect. */
  readonly shows?: HeldRecord;
  readonly forgetReference?: boolean;
  readonly parked?: ParkedRecord;
  /** Set when the credentials were refused. */
  readonly refusedCredentials?: KoppelError;
  /** Ends an open problem of the record. */
  readonly resolves?: boolean;
}
