/**
 * Positions in "what changed since". Records are read in the order of (updatedAt, id), from an instant on, inclusive.
 * Records of a transaction that commits late appear in the past, so each sweep starts some seconds before the newest
 * record that was seen when the last one ended; what is newer may have been read since (`source.ts`). Within a sweep the
 * place moves to the last instant of a page together with the ids seen at that instant; only inside a tie that is larger
 * than a page does it need the system's cursor.
 */
import { KoppelError } from '../../base/errors.js';
import { instantOf, microsOf } from './instant.js';
import { systemName } from './settings.js';

export const overlapMicros = 10_000_000n;

export interface Place {
  /** Newest `updatedAt` ever seen; null = none. */
  readonly high: string | null;
  /** Key of a record that had it. */
  readonly top: string | null;
  /** Where the next request of a sweep starts; null = at the beginning. */
  readonly updatedFrom: string | null;
  /** Keys of records at exactly `updatedFrom` that this sweep has given already. */
  readonly seen: readonly string[];
  /** Where to go on inside a tie. */
  readonly cursor: string | null;
}

export const beginning: Place = { high: null, top: null, updatedFrom: null, seen: [], cursor: null };

export function parsePlace(stream: string, text: string | null): Place {
  if (text === null) return beginning;
  try {
    const value = JSON.parse(text) as Partial<Place> | null;
    if (value !== null && typeof value === 'object' && isInstant(value.high) && isInstant(value.updatedFrom)) {
      const seen = Array.isArray(value.seen) ? value.seen.filter((id) => typeof id === 'string') : [];
      const text = (part: unknown): string | null => (typeof part === 'string' ? part : null);
      return {
        high: value.high,
        top: text(value.top),
        updatedFrom: value.updatedFrom,
        seen,
        cursor: text(value.cursor),
      };
    }
  } catch {
    // said below
  }
  throw new KoppelError('UNEXPECTED', { what: `the position of stream ${stream} of ${systemName} is not readable` });
}

const isInstant = (value: unknown): value is string | null =>
  value === null || (typeof value === 'string' && microsOf(value) !== undefined);

/** Always the same text for the same place. */
export function placeText(place: Place): string {
  const { high, top, updatedFrom, seen, cursor } = place;
  return JSON.stringify({ high, top, updatedFrom, seen, cursor });
}

/** Where the next sweep starts when `high` is the newest record seen. */
export function sweepStart(high: string | null, top: string | null): Place {
  const micros = high === null ? undefined : microsOf(high);
  if (micros === undefined) return beginning;
  return { high, top, updatedFrom: instantOf(micros - overlapMicros), seen: [], cursor: null };
}

export interface Stamped {
  readonly key: string;
  readonly updatedAt: string;
}

/**
 * The place after `records` (new ones, in order) were given. `more`: this sweep has not ended. `cursor`: the system's own
 * place behind the answer, used only when the whole answer was one instant.
 */
export function moveOn(place: Place, records: readonly Stamped[], more: boolean, cursor: string | null): Place {
  const last = records.at(-1);
  const isNewer =
    last !== undefined && (microsOf(last.updatedAt) ?? 0n) >= (place.high === null ? 0n : (microsOf(place.high) ?? 0n));
  const high = isNewer ? last.updatedAt : place.high;
  const top = isNewer ? last.key : place.top;
  if (!more) return sweepStart(high, top);
  if (last === undefined || sameInstant(last.updatedAt, place.updatedFrom)) {
    // The cursor leads past what was seen; should it be refused later, the tie is read again.
    const seen = cursor === null ? [...new Set([...place.seen, ...records.map((record) => record.key)])] : [];
    return { high, top, updatedFrom: place.updatedFrom, seen, cursor };
  }
  const seen = records.filter((record) => sameInstant(record.updatedAt, last.updatedAt)).map((record) => record.key);
  return { high, top, updatedFrom: last.updatedAt, seen, cursor: null };
}

export function sameInstant(a: string, b: string | null): boolean {
  return b !== null && (a === b || microsOf(a) === microsOf(b));
}
