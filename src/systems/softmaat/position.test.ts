/** Positions: that every walk through records in order gives each one, whatever the pages and ties are. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, microsOf } from './instant.js';
import {
  beginning,
  moveOn,
  newestOf,
  overlapMicros,
  parsePlace,
  placeText,
  sameInstant,
  withLow,
  type Place,
  type Stamped,
} from './position.js';

const start = microsOf('2025-06-01T12:00:00.000000Z') ?? 0n;
/** Later than all records. */
const now = start + 60_000_000n;

/** A system that answers as the contract says, with cursors that name the record before. */
function answer(
  all: readonly Stamped[],
  place: Place,
  limit: number,
): { records: Stamped[]; nextCursor: string | null } {
  const from = place.updatedFrom;
  const behind = all.filter(
    (one) =>
      (from === null || one.updatedAt >= from) &&
      (place.cursor === null || `${one.updatedAt} ${one.key}` > place.cursor),
  );
  const records = behind.slice(0, limit);
  const last = records.at(-1);
  return { records, nextCursor: behind.length > limit && last !== undefined ? `${last.updatedAt} ${last.key}` : null };
}

function sweep(
  all: readonly Stamped[],
  from: Place,
  wanted: number,
  largest: number,
): { given: string[]; place: Place } {
  const given: string[] = [];
  let place = from;
  for (let pages = 0; pages < 5_000; pages++) {
    const { records, nextCursor } = answer(all, place, Math.min(largest, wanted + place.seen.length));
    if (place.low === null && (nextCursor !== null || records.length > wanted))
      place = withLow(place, newestOf(all, now));
    const seen = new Set(place.seen);
    const fresh = records.filter((one) => !(seen.has(one.key) && sameInstant(one.updatedAt, place.updatedFrom)));
    const kept = fresh.slice(0, wanted);
    const cut = kept.length < fresh.length;
    given.push(...kept.map((one) => one.key));
    const more = cut || nextCursor !== null;
    place = parsePlace('x', placeText(moveOn(place, { records: kept, more, cursor: cut ? null : nextCursor, now })));
    if (!more) return { given, place };
  }
  throw new Error('the sweep does not end');
}

const records = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 60 }).map((seconds) =>
  seconds
    .map((second, index): Stamped => ({
      key: `k${index}`,
      updatedAt: instantOf(start + BigInt(second) * 2_000_000n),
    }))
    .sort((a, b) => (`${a.updatedAt} ${a.key}` < `${b.updatedAt} ${b.key}` ? -1 : 1)),
);

describe('a position in Softmaat', () => {
  it('leads through every record once, also when ties are larger than a page', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 9, max: 20 }), (all, wanted, largest) => {
        const { given } = sweep(all, beginning, wanted, largest);
        expect([...given].sort()).toEqual(all.map((one) => one.key).sort());
      }),
    );
  });

  it('starts the next sweep ten seconds before the newest record, and stays there when nothing is new', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 9 }), (all, wanted) => {
        const first = sweep(all, beginning, wanted, 20);
        const second = sweep(all, first.place, wanted, 20);
        expect(placeText(second.place)).toBe(placeText(first.place));
        const newest = all.at(-1);
        const overlap =
          newest === undefined
            ? []
            : all.filter((one) => one.updatedAt >= instantOf((microsOf(newest.updatedAt) ?? 0n) - overlapMicros));
        expect([...second.given].sort()).toEqual(overlap.map((one) => one.key).sort());
      }),
    );
  });

  it('refuses a text that is none', () => {
    for (const text of [
      '',
      'null',
      '{}',
      '{"high":"yesterday","updatedFrom":null}',
      '{"high":null,"updatedFrom":null,"low":1}',
    ]) {
      expect(() => parsePlace('products', text)).toThrow('not readable');
    }
  });

  it('is moved on by nothing that is ahead of our clock', () => {
    const at = (second: number): string => instantOf(now + BigInt(second) * 1_000_000n);
    const sound: Stamped = { key: 'a', updatedAt: at(-1) };
    const ahead: Stamped = { key: 'b', updatedAt: at(60) };
    const end = { more: false, cursor: null, now };
    const from = { ...beginning, updatedFrom: at(-30) };
    expect(moveOn(from, { ...end, records: [ahead] })).toEqual(from);
    const expected = { ...from, high: at(-1), top: 'a', updatedFrom: at(-11) };
    expect(moveOn(from, { ...end, records: [sound, ahead] })).toEqual(expected);
    expect(moveOn({ ...from, low: at(-20) }, { ...end, records: [ahead] })).toEqual({ ...from, updatedFrom: at(-20) });
  });

  it('of an earlier release begins a sweep, in the middle of one ten seconds before the newest record', () => {
    const at = (second: number): string => instantOf(start + BigInt(second) * 1_000_000n);
    const old = { high: at(60), top: 'a', updatedFrom: at(60), seen: ['a'], cursor: 'c' };
    const expected = { high: at(60), top: 'a', updatedFrom: at(50), seen: [], cursor: null, low: null };
    expect(parsePlace('products', JSON.stringify(old))).toEqual(expected);
    expect(parsePlace('products', JSON.stringify({ ...old, updatedFrom: at(50), seen: [], cursor: null }))).toEqual(
      expected,
    );
    expect(parsePlace('products', JSON.stringify({ ...old, updatedFrom: at(49) }))).toEqual({ ...expected, updatedFrom: at(49) }); // prettier-ignore
    expect(parsePlace('products', '{"high":null,"top":null,"updatedFrom":null,"seen":[],"cursor":null}')).toEqual(
      beginning,
    );
  });

  it('keeps microseconds and the same instant in every zone', () => {
    expect(instantOf(microsOf('2025-06-01T14:00:00.123456+02:00') ?? 0n)).toBe('2025-06-01T12:00:00.123456Z');
    expect(microsOf('1999-12-31T23:59:59Z')).toBeUndefined();
    expect(microsOf('2025-06-01 12:00:00Z')).toBeUndefined();
  });
});
