/**
 * A record at another moment. In: the record as it is, and its changes in the order in which the hub took them over. Out: what it
 * held then. What the hub knew is found by taking changes back from now; what was so in the systems by making, from the
 * beginning on, those changes that had happened there by then. Pure.
 */
import type { Document, Json } from '../base/document.js';
import type { CanonicalRecord, Changes } from './record.js';

/** One change in the past of a record. Moments in milliseconds. */
export interface PastChange {
  readonly eventId: string;
  /** Of the record after it. */
  readonly version: number;
  /** It made the record. */
  readonly isCreation: boolean;
  /** When the hub took it over. */
  readonly at: number;
  /** When it was so in the system that it came from, as far as anybody tells; never after `at`. */
  readonly trueAt: number;
  /** Null: what it changed is not kept any more. */
  readonly changes: Changes | null;
}

export interface Past {
  readonly now: Pick<CanonicalRecord, 'fields' | 'version'>;
  /** The oldest first: all that the journal has. */
  readonly changes: readonly PastChange[];
}

export interface PastState {
  readonly fields: Document;
  readonly version: number;
  /** The last change that counts; null when it is not kept. */
  readonly eventId: string | null;
}

/** `notKept`: of a change that would have to be taken back it is not known what it replaced. */
export type StateThen =
  | { readonly type: 'held'; readonly state: PastState }
  | { readonly type: 'unknownYet' }
  | { readonly type: 'notKept'; readonly since: number };

type Fields = Record<string, Json>;

function put(fields: Fields, changes: Changes, side: 0 | 1): void {
  for (const [field, pair] of Object.entries(changes)) {
    const value = pair[side];
    if (value === null || value === undefined) delete fields[field];
    else fields[field] = value;
  }
}

const unknownYet: StateThen = { type: 'unknownYet' };
const notKept = ({ at }: PastChange): StateThen => ({ type: 'notKept', since: at });

/** What the record held once everything after a moment is taken back. */
function goneBack({ now, changes }: Past, isLater: (change: PastChange) => boolean): StateThen {
  const fields: Fields = { ...now.fields };
  let { version } = now;
  for (const change of changes.toReversed()) {
    if (!isLater(change)) {
      return { type: 'held', state: { fields, version: change.version, eventId: change.eventId } };
    }
    if (change.isCreation) return unknownYet;
    if (change.changes === null) return notKept(change);
    put(fields, change.changes, 0);
    version = change.version - 1;
  }
  return { type: 'held', state: { fields, version, eventId: null } };
}

/** What the hub held at a moment. */
export const knownAt = (past: Past, moment: number): StateThen => goneBack(past, ({ at }) => at > moment);

/**
 * What was so in the systems at a moment. Of two changes of one field the one counts that the hub took over later, as it does now: at
 * the present moment the answer is the record as it is.
 */
export function trueAt(past: Past, moment: number): StateThen {
  const begin = goneBack(past, () => true);
  if (begin.type === 'notKept') return begin;
  const [first] = past.changes;
  const begun = begin.type === 'held' ? begin.state : { fields: {}, version: 0, eventId: null };
  // Whatever happened to a record happened to one that was there.
  const since = Math.min(...past.changes.map((change) => change.trueAt));
  if (begin.type === 'unknownYet' && since > moment) return unknownYet;
  const fields: Fields = { ...begun.fields };
  let { version, eventId }: Pick<PastState, 'version' | 'eventId'> = begun;
  for (const change of past.changes) {
    if (change.trueAt > moment && !(change === first && change.isCreation)) continue;
    if (change.changes === null) return notKept(change);
    put(fields, change.changes, 1);
    ({ version, eventId } = change);
  }
  return { type: 'held', state: { fields, version, eventId } };
}
