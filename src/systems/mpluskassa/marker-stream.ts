/**
 * Reading a list by its marker. In: a position and a limit. Out: a page. The position is the next marker to ask for, with a
 * `+` behind it while the source is known to have more (`512+`).
 *
 * Guarantee: nothing is skipped, whichever of the possible orders the service uses. A limited page holds the lowest
 * markers, but a record can also hold markers far above those of the page (other articles of the same product). So the
 * position moves to the highest of the *lowest* asked-for markers of each record: every record that is still missing has a
 * marker above it. A marker may be given out before its change is visible, so an overlap below the position is read again, and the
 * position never moves beyond the marker that was current before the reading began: what was not visible then has one of
 * the fifty below that, whatever was read since. Between two readings of the overlap the position stands still (decision 58), and
 * pages of a run leave it out only where everything has been visible for long (decision 59).
 */
import type { Clock } from '../../base/clock.js';
import { KoppelError } from '../../base/errors.js';
import type { Page, Position, SeenRecord } from '../system.js';
import { unexpected } from './api.js';
import type { MarkedRecord } from './records.js';
import { systemName } from './settings.js';

/** How many markers below the position are read again. */
export const overlap = 50n;
/** Who asks more often than this gets what is new, and what has become visible late no later than this. */
export const overlapEveryMs = 500;
/** How long nothing is asked while the current marker stands still. */
const rereadAfterMs = 10_000;
/** Most records that one call asks for. */
export const largestPage = 500;

export interface MarkerSource {
  readonly stream: string;
  readonly operation: string;
  /** The service's current marker; null when this release does not tell. */
  head(signal: AbortSignal): Promise<bigint | null>;
  list(from: bigint, limit: number, signal: AbortSignal): Promise<readonly MarkedRecord[]>;
}

export interface MarkerReader {
  read(from: Position | null, limit: number, signal: AbortSignal): Promise<Page>;
  head(signal: AbortSignal): Promise<Position>;
  /** Whether a version is newer than a position that `head` gave; without it nobody can tell. */
  isAfter?(head: Position, version: bigint): boolean;
  scan(signal: AbortSignal): AsyncIterable<readonly SeenRecord[]>;
}

export interface Cursor {
  /** The next marker to ask for. */
  readonly next: bigint;
  /** True while pages of one run follow each other. By it nobody who reads the whole list stands where a poll has ended. */
  readonly more: boolean;
}

export function parseCursor(stream: string, position: Position | null): Cursor {
  if (position === null) return { next: 0n, more: true };
  const match = /^(\d{1,19})(\+?)$/.exec(position);
  if (match === null)
    throw new KoppelError('UNEXPECTED', { what: `the position "${position}" of stream ${stream} is not a marker` });
  return { next: BigInt(match[1]!), more: match[2] === '+' };
}

export const writeCursor = ({ next, more }: Cursor): Position => `${next}${more ? '+' : ''}`;

/** How far a reading can get: from the position up to the current marker, so many records a call. */
interface Reach {
  readonly head: bigint | null;
  readonly size: number;
  /** What is below was asked for before. */
  readonly position: bigint;
}

/** How far was read beyond a position, after the overlap below it. */
interface Ahead {
  readonly position: Position;
  readonly next: bigint;
  /** When the overlap was read. */
  readonly at: number;
}

export function makeMarkerReader(source: MarkerSource, clock: Clock): MarkerReader {
  let lastList = -Infinity;
  /** Where a page ended below which everything was visible already when it was read: the next one needs no overlap. */
  let goesOnAt: Position | undefined;
  let ahead: Ahead | undefined;

  const list = async (from: bigint, limit: number, signal: AbortSignal): Promise<readonly MarkedRecord[]> => {
    const found = await source.list(from, limit, signal);
    for (const { record, markers } of found) {
      if (record.problem === undefined && lowestFrom(markers, from) === null) {
        throw unexpected(source.operation, `${record.externalId} is below the marker ${from} that was asked for`);
      }
    }
    // A record whose marker cannot be read is at least as new as what was asked for.
    return found.map((each) =>
      each.markers.length > 0 ? each : { ...each, record: { ...each.record, version: from } },
    );
  };

  /**
   * What is there from a marker on. Articles of a product have markers of their own, and each of them beyond the lowest takes a call more
   * before the end is reached: as long as little is found, these are made at once. So are those that end the overlap, however small
   * its pages, and those for what became current last, of which a page cannot end in the middle.
   */
  const listOn = async (
    from: bigint,
    { head, size, position }: Reach,
    signal: AbortSignal,
  ): Promise<{ readonly found: readonly MarkedRecord[]; readonly next: bigint }> => {
    const goesOn = (next: bigint, count: number): boolean =>
      next < position || (head !== null && next <= head && (count <= size / 2 || !isLongVisible(next, head)));
    let found = await list(from, size, signal);
    let next = nextAfter(found, from);
    for (let after = next; goesOn(next, found.length); next = after) {
      const above = await list(next, size, signal);
      after = nextAfter(above, next);
      if (after === next) break;
      found = [...found, ...above];
    }
    return { found, next: highest(position, next) };
  };

  /** What has come since the overlap was read; nothing when there is much of it, for which the position had better move. */
  const readAhead = async (
    from: Position,
    { next: since, at }: Ahead,
    { head, size, position }: Reach,
    signal: AbortSignal,
  ): Promise<Page | undefined> => {
    const page = nothing(from, position);
    if (head !== null && since > head) return page;
    const { found, next } = await listOn(since, { head, size, position: since }, signal);
    if (found.length > size / 2) return undefined;
    lastList = clock.monotonic();
    ahead = { position: from, next, at };
    return { ...page, records: newestOfEach(found) };
  };

  return {
    async read(from, limit, signal) {
      const cursor = parseCursor(source.stream, from);
      const head = await source.head(signal);
      refuseBeyond(source.stream, cursor.next, head);
      const now = clock.monotonic();
      const size = Math.min(Math.max(limit, 1), largestPage);
      if (from !== null && ahead?.position === from && now - ahead.at < overlapEveryMs) {
        const page = await readAhead(from, ahead, { head, size, position: cursor.next }, signal);
        if (page !== undefined) return page;
      }
      const hasNew = head === null || cursor.next <= head;
      if (from !== null && !hasNew && now - lastList < rereadAfterMs) return nothing(from, cursor.next);
      const start = from === goesOnAt ? cursor.next : below(cursor.next);
      const { found, next: reached } = await listOn(start, { head, size, position: cursor.next }, signal);
      lastList = now;
      const next = head === null || reached <= head ? reached : head + 1n;
      const more = next > cursor.next && (head === null || isLongVisible(next, head));
      const position = next === cursor.next && from !== null ? from : writeCursor({ next, more });
      goesOnAt = more && head !== null ? position : undefined;
      ahead = more ? undefined : { position, next: reached, at: now };
      return { records: newestOfEach(found), position, more, overlapFrom: below(next) };
    },

    async head(signal) {
      const head = await source.head(signal);
      if (head === null) throw unexpected('getCurrentSyncMarkers', `it has no marker for ${source.stream}`);
      return writeCursor({ next: head + 1n, more: false });
    },

    isAfter: (head, version) => version >= parseCursor(source.stream, head).next,

    async *scan(signal) {
      const end = await source.head(signal);
      for (let next = 0n; end === null || next <= end;) {
        const found = await list(next, largestPage, signal);
        const after = nextAfter(found, next);
        if (found.length > 0) yield newestOfEach(found);
        if (after === next) return;
        next = after;
      }
    },
  };
}

const nothing = (position: Position, next: bigint): Page => ({
  records: [],
  position,
  more: false,
  overlapFrom: below(next),
});

/** A position above the source's own marker: it was restored, or another administration answers. */
export function refuseBeyond(stream: string, next: bigint, head: bigint | null): void {
  if (head === null || next <= head + 1n) return;
  throw new KoppelError('POSITION_BEYOND_SOURCE', {
    stream,
    system: systemName,
    position: String(next - 1n),
    head: String(head),
  });
}

/** Whether everything below a marker has been visible since before this one was current. */
const isLongVisible = (next: bigint, head: bigint): boolean => next + overlap <= head;

export const below = (next: bigint): bigint => (next > overlap ? next - overlap : 0n);

function lowestFrom(markers: readonly bigint[], from: bigint): bigint | null {
  let lowest: bigint | null = null;
  for (const marker of markers) if (marker >= from && (lowest === null || marker < lowest)) lowest = marker;
  return lowest;
}

/**
 * The next marker to ask for once these records, asked for from `from` on, are kept. `from` must be the marker that was
 * really asked for: a record that came because of a low marker says nothing about what lies below its high one.
 */
export function nextAfter(found: readonly MarkedRecord[], from: bigint): bigint {
  let after = from;
  for (const { markers } of found) {
    const lowest = lowestFrom(markers, from);
    if (lowest !== null && lowest >= after) after = lowest + 1n;
  }
  return after;
}

const highest = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** One record per id: pages that were read one after the other may show the same twice. */
export function newestOfEach(found: readonly MarkedRecord[]): readonly SeenRecord[] {
  const newest = new Map<string, SeenRecord>();
  for (const { record } of found) {
    const known = newest.get(record.externalId);
    if (known === undefined || record.version >= known.version) newest.set(record.externalId, record);
  }
  return [...newest.values()];
}
