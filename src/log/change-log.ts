/**
 * The change-log port: ordered, replayable, partitioned by record key. Offsets of a partition grow in commit order, so reading on
 * behind the last entry misses nothing; there may be holes between them. Contract: test/conformance/change-log.ts.
 */
import type { Json } from '../base/document.js';
import type { KoppelError } from '../base/errors.js';

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
 * `Tx` is the open transaction of the caller. In Postgres entries exist exactly when it commits. In Kafka they exist once append has
 * come back; when the transaction then does not commit they are appended again, so whoever reads must recognise what it has had.
 * Append is the last thing a transaction does, because it holds the partition's counter until COMMIT.
 */
export interface ChangeLog<Tx> {
  /** Whether what was appended to topics of changes is gone when its transaction does not commit. */
  readonly isTransactional: boolean;
  partitionsOf(topic: string): Promise<number>;
  /**
   * Makes the topic when it is not there; refuses another number of partitions than it was made with. Append does it when nobody did, and
   * waits for it then: whoever sends other statements along with those of append calls this before.
   */
  prepare(topic: string): Promise<void>;
  append(tx: Tx, topic: string, entries: readonly LogEntry[]): Promise<void>;
  /** Throws LOG_POSITION_LOST when the log does not hold that offset, neither yet nor any more. */
  read(topic: string, partition: number, from: bigint, limit: number): Promise<readonly ReadEntry[]>;
  /** Offset of the first entry that is still there, of each partition. */
  starts(topic: string): Promise<readonly bigint[]>;
  /** Offset after the last entry of each partition. */
  ends(topic: string): Promise<readonly bigint[]>;
  /**
   * Partitions that end before entries which were acknowledged, each with LOG_SHORTENED. After a broker has taken over for another one
   * that may be so for a moment, so whoever asks believes it only when it stays so.
   */
  shortened(topic: string): Promise<ReadonlyMap<number, KoppelError>>;
  /** What was acknowledged behind these ends does not count any more: people have decided where to go on. */
  acceptEnds(tx: Tx, topic: string, ends: ReadonlyMap<number, bigint>): Promise<void>;
  /** Calls back soon after something may have been appended: a hint, never the truth. Returns the way to stop. */
  onAppend(topic: string, listener: () => void): () => void;
}

/** Topic of what a system showed, in the Postgres log. */
export const changesTopic = (system: string): string => `changes.${system}`;
const inKafka = 'kafka.changes.';
/**
 * The same when Kafka carries it. Another name, so that positions of the one log are never taken for those of the other. It is one
 * topic for the hub and one per kind of record in Kafka: ingest mixes them in its batches and holds one set of leases, while others
 * who read Kafka find a topic per kind.
 */
export const kafkaChangesTopic = (system: string): string => `${inKafka}${system}`;
/** The system of a topic in Kafka; undefined for those of the Postgres log. */
export const systemInKafka = (topic: string): string | undefined =>
  topic.startsWith(inKafka) ? topic.slice(inKafka.length) : undefined;
/** Topic of canonical events: one partition, so its offsets are the commit order of the whole hub. */
export const canonicalTopic = 'canonical';
