/**
 * Positions in "what changed since". Records are read in the order of (updatedAt, id), from an instant on, inclusive. Within a sweep the
 * place moves to the last instant of a page together with the ids seen at that instant; only inside a tie that is larger than a page does
 * it need the system's cursor.
 *
 * Records of a transaction that commits late appear in the past, ten seconds at most. So a stamp that was seen vouches for everything that
 * is more than ten seconds older: it is there, and a page that is read from then on shows it.
 * - A sweep of one page: its newest stamp vouches for it, and the next sweep starts ten seconds before that. What the page did not show
 *   has appeared since, so its stamp is not older.
 * - A sweep of several pages: any time may pass between them, so the newest stamp of the last says nothing of what the first one missed.
 *   The newest stamp that was seen *before* the first one was read (`source.ts` asks for it) vouches for all of them. Ten seconds before
 *   it is `low`, which the place keeps until the sweep ends, and there the next one starts.
 * A sweep reads again what changed while the one before it lasted; as reading is faster than changing, sweeps become short by themselves.
 *
 * A stamp vouches for nothing when it is ahead of the time, because a clock was wrong. Of the time we know no more than our own clock, so
 * what is ahead of that moves `high` and `low` nowhere: each sweep shows it, and it is dropped as seen before. If our clock is the wrong
 * one and behind, the position follows the shop at that distance: sweeps are so much longer, and nothing is skipped.
 */
import { KoppelError } from '../../base/errors.js';
import { instantOf, microsOf } from './instant.js';
import { systemName } from './settings.js';

export const overlapMicros = 10_000_000n;

/** How much clocks that are right may differ. A stamp that is wrong by less takes that much from the overlap. */
const clocksDifferMicros = 5_000_000n;

/** The oldest instant that a stamp may have. */
const earliest = '2000-01-01T00:00:00.000000Z';

export interface Place {
  /** Newest `updatedAt` ever seen that was not ahead of the time; null = none. */
  readonly high: string | null;
  /** Key of a record that had it. */
  readonly top: string | null;
  /** Where the next request of a sweep starts; null = at the beginning. */
  readonly updatedFrom: string | null;
  /** Keys of records at exactly `updatedFrom` that this sweep has given already. */
  readonly seen: readonly string[];
  /** Where to go on inside a tie. */
  readonly cursor: string | null;
  /** In the middle of a sweep: where the next one starts at the latest. Null = the next request begins a sweep. */
  readonly low: string | null;
}

export const beginning: Place = { high: null, top: null, updatedFrom: null, seen: [], cursor: null, low: null };

export function parsePlace(stream: string, text: string | null): Place {
  if (text === null) return beginning;
  try {
    const value = JSON.parse(text) as Partial<Place> | null;
    if (value !== null && typeof value === 'object' && isInstant(value.high) && isInstant(value.updatedFrom)) {
      const { high, updatedFrom, low = null } = value;
      const text = (part: unknown): string | null => (typeof part === 'string' ? part : null);
      const top = text(value.top);
      // Earlier releases kept no `low`: the sweep that one of them was in the middle of ends here, and the next one begins.
      if (value.low === undefined) return { ...beginning, high, top, updatedFrom: belowOverlap(updatedFrom, high) };
      if (isInstant(low)) {
        const seen = Array.isArray(value.seen) ? value.seen.filter((id) => typeof id === 'string') : [];
        return { high, top, updatedFrom, seen, cursor: text(value.cursor), low };
      }
    }
  } catch {
    // said below
  }
  throw new KoppelError('UNEXPECTED', { what: `the position of stream ${stream} of ${systemName} is not readable` });
}

const isInstant = (value: unknown): value is string | null =>
  value === null || (typeof value === 'string' && microsOf(value) !== undefined);

/** Of an instant as it stands in a place or a record. */
export const microsAt = (instant: string): bigint => microsOf(instant) ?? 0n;

/** Where the overlap of a stamp begins. */
export const overlapOf = (instant: string): string => instantOf(microsAt(instant) - overlapMicros);

const earlier = (a: string, b: string): string => (microsAt(a) <= microsAt(b) ? a : b);
const later = (a: string, b: string): string => (microsAt(a) >= microsAt(b) ? a : b);

/** Where a sweep starts that would start at `from`, but must have the overlap of `high` before it. */
const belowOverlap = (from: string | null, high: string | null): string | null =>
  from === null || high === null ? from : earlier(from, overlapOf(high));

/** Always the same text for the same place. */
export function placeText(place: Place): string {
  const { high, top, updatedFrom, seen, cursor, low } = place;
  return JSON.stringify({ high, top, updatedFrom, seen, cursor, low });
}

export interface Stamped {
  readonly key: string;
  readonly updatedAt: string;
}

const isAhead = (instant: string, now: bigint): boolean => microsAt(instant) > now + clocksDifferMicros;

/** The last of those with the newest stamp that is not ahead of our clock (`now`, in microseconds). */
export function newestOf(records: readonly Stamped[], now: bigint): Stamped | undefined {
  let newest: Stamped | undefined;
  for (const record of records) {
    if (isAhead(record.updatedAt, now)) continue;
    if (newest === undefined || microsAt(record.updatedAt) >= microsAt(newest.updatedAt)) newest = record;
  }
  return newest;
}

/** Where a stream starts that leaves out what is there already: before the newest record, or before now when all of them are ahead of it. */
export function presentEnd(newest: Stamped | undefined, now: bigint): Place {
  const { updatedAt, key } = newest ?? { updatedAt: null, key: null };
  return { ...beginning, high: updatedAt, top: key, updatedFrom: overlapOf(updatedAt ?? instantOf(now)) };
}

/** Whether a version, in microseconds, is newer than a present end. What is ahead of the time tells nothing of when it was changed. */
export function isAfterEnd({ high, updatedFrom }: Place, version: bigint, now: bigint): boolean {
  if (version > now + clocksDifferMicros) return false;
  return high === null ? updatedFrom === null : version > microsAt(high);
}

/**
 * The place that a sweep begins at. When its newest stamp is ahead of our clock, ours was set back, or an earlier release has kept a stamp of
 * the shop's that was wrong: then what is changed now may lie below it.
 */
export function notAhead(place: Place, now: bigint): Place {
  if (place.low !== null || place.high === null || !isAhead(place.high, now)) return place;
  return { ...beginning, updatedFrom: belowOverlap(place.updatedFrom, instantOf(now)) };
}

/** The place before the first of several pages, `newest` being the newest record that was seen just before. */
export function withLow(place: Place, newest: Stamped | undefined): Place {
  const known = [place.high, newest?.updatedAt ?? null].filter((stamp) => stamp !== null);
  return { ...place, low: known.map(overlapOf).reduce(later, place.updatedFrom ?? earliest) };
}

export interface Given {
  /** New ones, in order. */
  readonly records: readonly Stamped[];
  /** The sweep has not ended. */
  readonly more: boolean;
  /** The system's own place behind the answer, used only when the whole answer was one instant. */
  readonly cursor: string | null;
  /** Our clock, in microseconds. */
  readonly now: bigint;
}

/** The place after these records were given. */
export function moveOn(place: Place, { records, more, cursor, now }: Given): Place {
  const newest = newestOf(records, now);
  const isNewer = newest !== undefined && (place.high === null || microsAt(newest.updatedAt) >= microsAt(place.high));
  const { high, top } = isNewer ? { high: newest.updatedAt, top: newest.key } : place;
  const { low } = place;
  if (!more) {
    const updatedFrom = high === null ? (low ?? place.updatedFrom) : earlier(low ?? high, overlapOf(high));
    return { ...beginning, high, top, updatedFrom };
  }
  const last = records.at(-1);
  if (last === undefined || sameInstant(last.updatedAt, place.updatedFrom)) {
    // The cursor leads past what was seen; should it be refused later, the tie is read again.
    const seen = cursor === null ? [...new Set([...place.seen, ...records.map((record) => record.key)])] : [];
    return { high, top, updatedFrom: place.updatedFrom, seen, cursor, low };
  }
  const seen = records.filter((record) => sameInstant(record.updatedAt, last.updatedAt)).map((record) => record.key);
  return { high, top, updatedFrom: last.updatedAt, seen, cursor: null, low };
}

/** From which version on this sweep and those after it may show records again, in microseconds. */
export function shownAgainFrom({ high, updatedFrom, low }: Place): bigint {
  if (updatedFrom === null) return 0n;
  if (low === null) return microsAt(updatedFrom);
  return high === null ? 0n : microsAt(earlier(updatedFrom, earlier(low, overlapOf(high))));
}

export function sameInstant(a: string, b: string | null): boolean {
  return b !== null && (a === b || microsOf(a) === microsOf(b));
}
