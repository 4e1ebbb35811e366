/** How often a system is read for a flow. Pure. */

/**
 * Where a system is only a target, nothing waits for what is read there: our own writes show, and edits of other people, which are told.
 * Reading it more often than this takes from what it lets us write, and from the machine, for nothing.
 */
const leastOfTargetMs = 1_000;

/** Milliseconds between two looks at a system that is a source of the flow, or only its target. */
export const readEveryMs = ({ pollEveryMs }: { readonly pollEveryMs: number }, as: 'source' | 'target'): number =>
  as === 'source' ? pollEveryMs : Math.max(pollEveryMs, leastOfTargetMs);
