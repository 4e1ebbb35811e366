/** How the overlap is read: by who asks often now and then, and nothing that appears in it is ever missed. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeClock, signal } from '../../../test/support/mpluskassa-model.js';
import type { Document } from '../../base/document.js';
import type { Page, Source } from '../system.js';
import type { Api } from './api.js';
import { instantOf, microsOf } from './instant.js';
import { overlapMicros } from './position.js';
import { makeSource, overlapEveryMs } from './source.js';

const start = microsOf('2025-06-01T12:00:00.000000Z') ?? 0n;

/** Categories by id: what each says, and when it was changed last. */
type Rows = Map<string, { readonly says: number; readonly at: bigint }>;

/** Answers as the contract says; a cursor counts the rows before it. */
function makeModel(): { rows: Rows; asked: string[]; api: Api } {
  const rows: Rows = new Map();
  const asked: string[] = [];
  const read = (_: string, query: Readonly<Record<string, string | readonly string[] | undefined>>): Document => {
    const from = typeof query['updatedFrom'] === 'string' ? (microsOf(query['updatedFrom']) ?? 0n) : 0n;
    asked.push(String(query['updatedFrom']));
    const sorted = [...rows]
      .filter(([, { at }]) => at >= from)
      .sort(([a, x], [b, y]) => (x.at < y.at || (x.at === y.at && a < b) ? -1 : 1));
    if (query['sort'] === '-updatedAt,-id') sorted.reverse();
    const skipped = Number(query['cursor'] ?? 0);
    const end = skipped + Number(query['limit']);
    return {
      data: sorted
        .slice(skipped, end)
        .map(([id, { says, at }]) => ({ id, says, version: 1, updatedAt: instantOf(at) })),
      page: { nextCursor: end < sorted.length ? String(end) : null },
    };
  };
  const api: Api = {
    read: (path, query) => Promise.resolve(read(path, query)),
    write: () => Promise.reject(new Error('nothing is written here')),
    close: () => undefined,
  };
  return { rows, asked, api };
}

type Held = Map<string, unknown>;

/** Reads to the end and keeps what was shown last of each. */
async function readOn(source: Source, from: string | null, limit: number, held: Held): Promise<string> {
  for (let position = from, pages = 0; ; pages++) {
    const page: Page = await source.read('categories', position, { limit, signal });
    for (const { externalId, document } of page.records) held.set(externalId, document['says']);
    position = page.position;
    if (!page.more) return position;
    if (pages > 200) throw new Error('the reading does not end');
  }
}

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
        const { rows, api } = makeModel();
        const clock = makeClock();
        const held: Held = new Map();
        let source = makeSource(api, clock);
        let position: string | null = null;
        let says = 0;
        const now = (): bigint => start + BigInt(clock.monotonic()) * 1_000n;
        for (const { passes, changes, isAnother } of all) {
          clock.advance(passes);
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
        clock.advance(overlapEveryMs);
        await readOn(source, position, limit, held);
        expect(held).toEqual(new Map([...rows].map(([id, row]) => [id, row.says])));
      }),
      { numRuns: 300 },
    );
  });

  it('reads the overlap every half second only, and nothing again in between', async () => {
    const { rows, asked, api } = makeModel();
    const clock = makeClock();
    const source = makeSource(api, clock);
    for (let id = 1; id <= 5; id++) rows.set(`c${id}`, { says: id, at: start + BigInt(id) });
    let position = await readOn(source, null, 100, new Map());
    asked.length = 0;
    const shown: number[] = [];
    for (let poll = 1; poll <= 10; poll++) {
      clock.advance(100);
      const page = await source.read('categories', position, { limit: 100, signal });
      shown.push(page.records.length);
      position = page.position;
    }
    expect(shown).toEqual([0, 0, 0, 0, 5, 0, 0, 0, 0, 5]);
    const overlap = instantOf(start + 5n - overlapMicros);
    expect(asked.filter((from) => from === overlap)).toHaveLength(2);
  });
});
