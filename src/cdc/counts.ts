/** What became of the changes of a batch, per entity. Handed on after COMMIT, for run reports and metrics. */
import type { CanonicalEntity } from '../canonical/entities.js';

export type Outcome =
  | 'created'
  | 'updated'
  | 'unchanged'
  | 'stale'
  | 'conflict'
  | 'excluded'
  | 'parked'
  | 'echo'
  | 'drift'
  | 'unknown'
  | 'deferred';

/** How many changes had each outcome. `read` is all of them, `cleaned` counts texts with characters that cannot be stored. */
export type EntityCounts = { -readonly [O in Outcome | 'read' | 'cleaned']?: number };
export type Counts = ReadonlyMap<CanonicalEntity, EntityCounts>;

export interface IngestReport {
  readonly system: string;
  readonly counts: Counts;
}

export function makeTally(): {
  add(entity: CanonicalEntity, what: keyof EntityCounts, n?: number): void;
  counts: Counts;
} {
  const counts = new Map<CanonicalEntity, EntityCounts>();
  return {
    counts,
    add(entity, what, n = 1) {
      if (n === 0) return;
      let of = counts.get(entity);
      if (of === undefined) counts.set(entity, (of = {}));
      of[what] = (of[what] ?? 0) + n;
    },
  };
}
