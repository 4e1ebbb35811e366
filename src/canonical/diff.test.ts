import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, sameJson } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import { diff } from './diff.js';

const document = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<Document>;

describe('the difference between documents', () => {
  it('is empty exactly when both say the same', () => {
    fc.assert(
      fc.property(document, document, (a, b) => {
        expect(diff(a, a)).toEqual({});
        if (canonicalJson(a) !== canonicalJson(b)) {
          const onlyEmpty = Object.values({ ...a, ...b }).every((value) => value === null);
          if (!onlyEmpty) expect(Object.keys(diff(a, b)).length + Object.keys(diff(b, a)).length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('the other way round is the same with before and after swapped', () => {
    fc.assert(
      fc.property(document, document, (a, b) => {
        const swapped = Object.fromEntries(
          Object.entries(diff(a, b)).map(([field, [before, after]]) => [field, [after, before]]),
        );
        expect(diff(b, a)).toEqual(swapped);
      }),
    );
  });

  it('does not depend on the order of members, and treats a missing field as an empty one', () => {
    expect(diff({ a: { x: 1, y: [2] } }, { a: { y: [2], x: 1 } })).toEqual({});
    expect(diff({ a: null }, {})).toEqual({});
    expect(diff({ a: 1 }, { b: 2 })).toEqual({ a: [1, null], b: [null, 2] });
  });
});

describe('comparing values', () => {
  it('agrees with comparing their canonical texts', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(sameJson(a as Json, b as Json)).toBe(canonicalJson(a as Json) === canonicalJson(b as Json));
        expect(sameJson(a as Json, JSON.parse(JSON.stringify(a)) as Json)).toBe(true);
      }),
    );
  });

  it('gives the same canonical text in whatever order the members come', () => {
    const reversed = (value: Json): Json => {
      if (value === null || typeof value !== 'object') return value;
      if (Array.isArray(value)) return (value as readonly Json[]).map(reversed);
      const entries = Object.entries(value as Document).map(([name, member]) => [name, reversed(member)] as const);
      return Object.fromEntries(entries.reverse()) as Document;
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value as Json))).toBe(canonicalJson(value as Json));
        expect(sameJson(JSON.parse(canonicalJson(value as Json)) as Json, value as Json)).toBe(true);
      }),
    );
  });
});
