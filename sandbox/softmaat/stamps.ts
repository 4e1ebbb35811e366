/**
 * The `updatedAt` of records. A stamp belongs to a transaction: records that change together share it. Like in a real
 * system it is not quite the time at which others can see them: some transactions seem to have begun up to three seconds
 * earlier, and some stamps are coarse, so that many records share one. For one and the same record it rises strictly.
 */
import type { Clock } from '../../src/base/clock.js';
import type { Random } from '../engine/random.js';

export interface Stamps {
  /** The stamp of the next transaction. */
  next(): bigint;
}

export function makeStamps(clock: Clock, random: Random): Stamps {
  return {
    next() {
      const now = BigInt(clock.now().getTime()) * 1_000n;
      const draw = random.next();
      if (draw < 0.15) return now - BigInt(random.integer(1_000, 3_000_000));
      if (draw < 0.45) return now - (now % 20_000n);
      return now + BigInt(random.integer(0, 999));
    },
  };
}

/** RFC 3339 in UTC with microseconds. */
export function instantText(micros: bigint): string {
  const seconds = new Date(Number(micros / 1_000_000n) * 1_000).toISOString().slice(0, 19);
  return `${seconds}.${String(micros % 1_000_000n).padStart(6, '0')}Z`;
}

/** Microseconds of an RFC 3339 text; undefined when it is none. */
export function microsOf(text: string): bigint | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/i.exec(text);
  if (match === null) return undefined;
  const ms = Date.parse(`${match[1] ?? ''}${match[3] ?? ''}`);
  if (Number.isNaN(ms)) return undefined;
  return BigInt(ms) * 1_000n + BigInt((match[2] ?? '').padEnd(6, '0').slice(0, 6) || '0');
}

/** The stamp for a record that had `previous` before. */
export function rise(stamp: bigint, previous: string | undefined): string {
  const before = previous === undefined ? undefined : microsOf(previous);
  return instantText(before !== undefined && before >= stamp ? before + 1n : stamp);
}
