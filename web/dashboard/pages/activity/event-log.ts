/**
 * The events that the activity page holds, newest first. Bounded: however long events come, no more than `most` are shown and no more than
 * `most` wait to be shown; older ones are asked for again when somebody scrolls to them. Pure.
 */
import type { ActivityRowFragment } from '../../graph/graphql.ts';

export const most = 2_000;

export interface EventLog {
  readonly rows: readonly ActivityRowFragment[];
  /** Newer ones that came while somebody was reading; the newest of them. */
  readonly waiting: readonly ActivityRowFragment[];
  /** How many came, also those that are not held any more. */
  readonly waitingCount: number;
  /** Whether there are older ones than the last row. */
  readonly hasOlder: boolean;
  /** Whether the last rows were let go, so that cursors of pages do not fit any more. */
  readonly isShortened: boolean;
  /** Whether newer rows were let go in favour of older ones: what is new can only be shown by beginning anew. */
  readonly isCut: boolean;
}

export const beginLog = (rows: readonly ActivityRowFragment[], hasOlder: boolean): EventLog => ({
  rows,
  waiting: [],
  waitingCount: 0,
  hasOlder,
  isShortened: false,
  isCut: false,
});

function unseen(
  events: readonly ActivityRowFragment[],
  ...held: readonly (readonly ActivityRowFragment[])[]
): readonly ActivityRowFragment[] {
  const known = new Set(held.flatMap((rows) => rows.map(({ id }) => id)));
  return events.filter(({ id }) => !known.has(id) && known.add(id));
}

/** `events` newest first; `isHeld`: somebody reads, so nothing may move. */
export function arrived(log: EventLog, events: readonly ActivityRowFragment[], isHeld: boolean): EventLog {
  const fresh = unseen(events, log.rows, log.waiting);
  if (fresh.length === 0) return log;
  if (isHeld || log.isCut || log.waitingCount > 0) {
    const waiting = [...fresh, ...log.waiting].slice(0, most);
    return { ...log, waiting, waitingCount: log.waitingCount + fresh.length };
  }
  return withNewer(log, fresh);
}

function withNewer(log: EventLog, newer: readonly ActivityRowFragment[]): EventLog {
  const rows = [...newer, ...log.rows];
  if (rows.length <= most) return { ...log, rows };
  return { ...log, rows: rows.slice(0, most), hasOlder: true, isShortened: true };
}

/** What waited is shown. More than was held: the rows before it would follow a gap, and are let go. */
export function released(log: EventLog): EventLog {
  if (log.waitingCount === 0) return log;
  const none = { ...log, waiting: [], waitingCount: 0 };
  if (log.waitingCount > log.waiting.length) {
    return { ...none, rows: log.waiting, hasOlder: true, isShortened: true };
  }
  return withNewer(none, log.waiting);
}

/** Older ones are there; those that are too many go at the other end. */
export function withOlder(log: EventLog, older: readonly ActivityRowFragment[], hasOlder: boolean): EventLog {
  const rows = [...log.rows, ...unseen(older, log.rows)];
  const isCut = log.isCut || rows.length > most;
  return { ...log, rows: rows.slice(-most), hasOlder, isShortened: false, isCut };
}
