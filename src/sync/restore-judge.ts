/**
 * What a check after a restore lets go on by itself, and of what a person is asked: pure. In: what would be written to a record of the
 * target, and what the target was seen to hold. Explained is what the hub knew before or what the source says by now; a value of the
 * target that is neither was set by somebody, or by the hub in the time that it has forgotten.
 */
import type { Document, Json } from '../base/document.js';
import { mayBeMadeOf } from '../base/made-of.js';
import type { Projection } from '../store/projections.js';
import type { HeldChange } from '../store/write-holds.js';
import { isIdle } from './idle-wishes.js';
import type { Plan } from './plan.js';

export interface Judged {
  readonly row: Pick<Projection, 'entity' | 'held' | 'wanted' | 'drifted'>;
  readonly plan: Plan;
  /** The hub knows the record in the target. */
  readonly isThere: boolean;
  /** The target keeps the hub's id with such records: what the hub has made is found by it for certain. */
  readonly isMarked: boolean;
  /** The target has records of this kind that nobody knows. */
  readonly areStrangers: boolean;
}

const mostShown = 3;

/** What a person has to decide about; null when the write may go on. */
export function unexplained({ row, plan, isThere, isMarked, areStrangers }: Judged): readonly HeldChange[] | null {
  // Stock is counted anew all the time, and the source has just been asked.
  if (plan.type !== 'write' || row.entity === 'stock') return null;
  if (!isThere) return areStrangers && !isMarked ? shownOf(plan.document) : null;
  // What the target has made of the wish itself is explained by it; what is empty, somebody may have emptied.
  const isMade = (field: string): boolean => {
    const held = row.held?.[field] ?? null;
    return !isIdle(held) && mayBeMadeOf(held, plan.document[field]);
  };
  const changes = plan.changed
    .filter((field) => (row.drifted.includes(field) || isForgotten(row, field)) && !isMade(field))
    .map((path) => ({ path, item: null, before: row.held?.[path] ?? null, after: plan.document[path] ?? null }));
  return changes.length === 0 ? null : changes;
}

/** The target holds a value that the hub does not remember to have asked for. */
function isForgotten({ held, wanted }: Judged['row'], field: string): boolean {
  return held !== null && !isIdle(held[field]) && wanted?.[field] === undefined;
}

/** By which people recognise a record that would be made. */
function shownOf(document: Document): readonly HeldChange[] {
  const isPlain = (value: Json | undefined): boolean => typeof value === 'string' && value !== '';
  return Object.keys(document)
    .filter((path) => isPlain(document[path]))
    .slice(0, mostShown)
    .map((path) => ({ path, item: null, before: null, after: document[path] ?? null }));
}
