/**
 * How many changes ingest takes in at once. Large batches cost less for each change; but rows stay locked and other lanes wait as long as
 * a batch lasts, and a partition whose lease has ended may be somebody else's. So it goes by how long the last ones took. Pure.
 */

export interface BatchSize {
  /** Most changes of the next batch. */
  now(): number;
  /** What a batch of so many changes took. */
  took(changes: number, ms: number): void;
}

const [least, first, most] = [100, 200, 1_000];

/** `aimMs`: how long a full batch should take. */
export function makeBatchSize(aimMs: number): BatchSize {
  let size = first;
  return {
    now: () => size,
    took(changes, ms) {
      const isSlow = ms > aimMs;
      // What a small batch takes says little about a large one, unless it was too long itself.
      if (changes < size / 2 && !isSlow) return;
      const fitting = Math.floor((changes * aimMs) / Math.max(ms, 1));
      size = Math.min(most, Math.max(least, Math.min(size * 2, Math.max(Math.floor(size / 2), fitting))));
    },
  };
}

/** For whoever wants to know beforehand what is taken in together. */
export const fixedBatchSize = (size: number): BatchSize => ({ now: () => size, took: () => undefined });
