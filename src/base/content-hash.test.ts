import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, sameJson } from './content-hash.js';
import type { Document, Json } from './document.js';

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
