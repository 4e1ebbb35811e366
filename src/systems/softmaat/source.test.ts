/** How the overlap is read: by who asks often now and then, and nothing that appears in it is ever missed. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  heldOf,
  makeShopModel,
  makeTime,
  readOn,
  signal,
  start,
  type Held,
} from '../../../test/support/softmaat-model.js';
import type { Document, Json } from '../../base/document.js';
import { contentHash } from '../../base/content-hash.js';
import type { Page } from '../system.js';
import { instantOf } from './instant.js';
import { overlapMicros } from './position.js';
import { makeSource, overlapEveryMs } from './source.js';

const steps = fc.array(
  fc.record({
    /** Milliseconds until the reading. */
    passes: fc.constantFrom(0, 40, 100, 300, 600, 9_000),
    /** Changes before it: of which record, and how long before now its stamp is. */
    changes: fc.array(fc.record({ id: fc.integer({ min: 1, max: 9 }), late: fc.constantFrom(0, 0, 0, 50, 3_000, 9_900) }), { maxLength: 6 }), // prettier-ignore
    isAnother: fc.constantFrom(false, false, false, true),
  }),
  { maxLength: 40 },
);

describe('reading often', () => {
  it('gives what is new at once and misses nothing that appears in the past, whoever goes on from the position', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 8 }), async (all, limit) => {
        const { rows, api } = makeShopModel();
        const { clock, now, advance } = makeTime();
        const held: Held = new Map();
        let source = makeSource(api, clock);
        let position: string | null = null;
        let says = 0;
        for (const { passes, changes, isAnother } of all) {
          advance(passes);
          const inTime: string[] = [];
          for (const { id, late } of changes) {
            const at = now() - BigInt(late) * 1_000n;
            const known = rows.get(`c${id}`);
            // A record's own stamp only rises.
            if (known !== undefined && known.at >= at) continue;
            rows.set(`c${id}`, { says: ++says, at });
            if (late === 0) inTime.push(`c${id}`);
          }
          if (isAnother) source = makeSource(api, clock);
          position = await readOn(source, position, limit, held);
          for (const id of inTime) expect(held.get(id)).toBe(rows.get(id)?.says);
        }
        advance(overlapEveryMs);
        await readOn(source, position, limit, held);
        expect(held).toEqual(heldOf(rows));
      }),
      { numRuns: 300 },
    );
  });

  it('reads the overlap every half second only, and nothing again in between', async () => {
    const { rows, asked, api } = makeShopModel();
    const { clock, advance } = makeTime();
    const source = makeSource(api, clock);
    for (let id = 1; id <= 5; id++) rows.set(`c${id}`, { says: id, at: start + BigInt(id) });
    let position = await readOn(source, null, 100, new Map());
    asked.length = 0;
    const shown: number[] = [];
    for (let poll = 1; poll <= 10; poll++) {
      advance(100);
      const page = await source.read('categories', position, { limit: 100, signal });
      shown.push(page.records.length);
      position = page.position;
    }
    expect(shown).toEqual([0, 0, 0, 0, 5, 0, 0, 0, 0, 5]);
    const overlap = instantOf(start + 5n - overlapMicros);
    expect(asked.filter((from) => from === overlap)).toHaveLength(2);
  });
});

describe('a record that is nested too deeply', () => {
  const nested = (levels: number): Json => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as Json;
  const category = (id: string, extra: Document): Document => ({
    id,
    name: id,
    active: true,
    version: 1,
    updatedAt: instantOf(start),
    ...extra,
  });
  const read = async (...data: Document[]): Promise<Page> => {
    const { api } = makeShopModel();
    api.read = (_, { limit }) => Promise.resolve({ data: data.slice(0, Number(limit)), page: { nextCursor: null } });
    return makeSource(api, makeTime().clock).read('categories', null, { limit: 10, signal });
  };

  it('is parked alone, without what is too deep, and the others of its page go on', async () => {
    const { records } = await read(category('1', { extra: nested(10_000) }), category('2', { extra: nested(60) }));
    expect(records.map(({ externalId, problem }) => [externalId, problem?.code])).toEqual([
      ['1', 'RECORD_UNREADABLE'],
      ['2', undefined],
    ]);
    expect(records[0]!.problem?.message).toContain('extra is nested more than 64 levels deep');
    expect(records[0]!.problem?.path).toBe('extra');
    expect(records.map(({ document }) => document['extra'])).toEqual([{}, nested(60)]);
    expect(() => records.map(({ document }) => contentHash(document))).not.toThrow();
  });

  it('counts each level, and nothing that is a value', async () => {
    const { records } = await read(category('1', { extra: nested(63) }), category('2', { extra: nested(64) }));
    expect(records.map(({ problem }) => problem?.code)).toEqual([undefined, 'RECORD_UNREADABLE']);
  });
});
