/**
 * The change-log port: ordered, replayable, partitioned by record key. Offsets of a partition start at 0, have no gaps, and
 * are in commit order, so reading on from an offset misses nothing. Contract: test/conformance/change-log.ts.
 */
import type { Json } from '../base/document.js';

export interface LogEntry {
  /** Entries with the same key keep their order. */
  readonly key: string;
  readonly traceId: string;
  readonly payload: Json;
}

export interface ReadEntry extends LogEntry {
  readonly offset: bigint;
  readonly at: Date;
}

/**
 * `Tx` is the open transaction of the caller: entries exist exactly when it commits. Append is the last thing a
 * transaction does, because it holds the partition's counter until COMMIT.
 */
export interface ChangeLog<Tx> {
  partitionsOf(topic: string): number;
  append(tx: Tx, topic: string, entries: readonly LogEntry[]): Promise<void>;
  read(topic: string, partition: number, from: bigint, limit: number): Promise<readonly ReadEntry[]>;
  /** Offset after the last entry of each partition. */
  ends(topic: string): Promise<readonly bigint[]>;
  /** Calls back soon after something may have been appended: a hint, never the truth. Returns the way to stop. */
  onAppend(topic: string, listener: () => void): () => void;
}

/** Topic of what a system showed. */
export const changesTopic = (system: string): string => `changes.${system}`;
/** Topic of canonical events: one partition, so its offsets are the commit order of the whole hub. */
export const canonicalTopic = 'canonical';
