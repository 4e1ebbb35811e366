/** Sweeps in time: what happens between two pages of one, and clocks that are wrong. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  fill,
  heldOf,
  makeShopModel,
  makeTime,
  readOn,
  readPageOf,
  seconds,
  signal,
  start,
  type Held,
} from '../../../test/support/softmaat-model.js';
import type { Source } from '../system.js';
import { instantOf, microsOf } from './instant.js';
import { makeSource, overlapEveryMs } from './source.js';

const change = fc.record({ id: fc.integer({ min: 1, max: 12 }), lateMs: fc.constantFrom(0, 0, 50, 3_000, 9_900) });

/** What happens in a while, and how many pages are read then, by the same process or another one. */
const whiles = fc.array(
  fc.record({
    passes: fc.constantFrom(0, 40, 300, 1_000, 9_000, 30_000),
    changes: fc.array(change, { maxLength: 6 }),
    pages: fc.integer({ min: 1, max: 4 }),
    isAnother: fc.boolean(),
  }),
  { maxLength: 60 },
);

/** The end of the sweep that is under way, and one after it. */
async function readToTheEnd(
  source: Source,
  from: { readonly position: string | null; readonly limit: number; readonly held: Held },
  advance: (ms: number) => void,
): Promise<void> {
  const position = await readOn(source, from.position, from.limit, from.held);
  advance(overlapEveryMs);
  await readOn(source, position, from.limit, from.held);
}

describe('a sweep of several pages', () => {
  it('costs nothing that commits late while it rests between two of them', async () => {
    const { rows, api } = makeShopModel();
    const { clock, now, advance } = makeTime();
    const held: Held = new Map();
    fill(rows, [-1, 15.4, 15.45, 15.5]);
    advance(16_000);
    const source = makeSource(api, clock);
    const { position, more } = await readPageOf(source, null, 3, held);
    expect(more).toBe(true);
    rows.set('late', { says: 5, at: now() - seconds(5) });
    advance(30_000);
    rows.set('new', { says: 6, at: now() });
    const next = await readOn(source, position, 3, held);
    advance(overlapEveryMs);
    await readOn(source, next, 3, held);
    expect(held).toEqual(heldOf(rows));
  });

  it('costs nothing that commits late while its first page is read either', async () => {
    const { rows, api } = makeShopModel();
    const { clock, now, advance } = makeTime();
    const held: Held = new Map();
    fill(rows, [-4, -3, -2, -1]);
    const source = makeSource(api, clock);
    const first = await readOn(source, null, 2, held);
    advance(60_000);
    [0, 1, 2, 3].forEach((id) => rows.set(`c${id}`, { says: 7, at: now() - seconds(id) }));
    const { read } = api;
    api.read = async (path, query, asking) => {
      // Each request takes half a minute; meanwhile a record is saved, and one appears that was saved some seconds before.
      const answer = await read(path, query, asking);
      if (rows.size < 10) rows.set(`late${rows.size}`, { says: 1, at: now() - seconds(8) });
      advance(30_000);
      if (rows.size < 10) rows.set(`new${rows.size}`, { says: 1, at: now() });
      return answer;
    };
    const position = await readOn(source, first, 2, held);
    await readOn(source, position, 2, held);
    expect(held).toEqual(heldOf(rows));
  });

  it('never costs anything, whatever happens between its pages and whoever reads them', async () => {
    await fc.assert(
      fc.asyncProperty(whiles, fc.integer({ min: 1, max: 5 }), async (all, limit) => {
        const { rows, api } = makeShopModel();
        const { clock, now, advance } = makeTime();
        const held: Held = new Map();
        let source = makeSource(api, clock);
        let position: string | null = null;
        const shown = new Set<string>();
        let overlapFrom = 0n;
        let says = 0;
        for (const { passes, changes, pages, isAnother } of all) {
          advance(passes);
          for (const { id, lateMs } of changes) {
            const at = now() - BigInt(lateMs) * 1_000n;
            const known = rows.get(`c${id}`);
            if (known === undefined || known.at < at) rows.set(`c${id}`, { says: ++says, at });
          }
          if (isAnother) source = makeSource(api, clock);
          for (let page = 1; page <= pages; page++) {
            const read = await readPageOf(source, position, limit, held);
            if (read.more) expect(read.position).not.toBe(position);
            for (const { externalId, version } of read.records) {
              // Whoever drops repeats has forgotten what is older than it was told.
              if (version < overlapFrom) expect(shown).not.toContain(`${externalId} ${version}`);
              shown.add(`${externalId} ${version}`);
            }
            if (read.overlapFrom > overlapFrom) overlapFrom = read.overlapFrom;
            position = read.position;
            if (!read.more) break;
          }
        }
        await readToTheEnd(source, { position, limit, held }, advance);
        expect(held).toEqual(heldOf(rows));
      }),
      { numRuns: 500 },
    );
  });

  it('is followed by one that reads the overlap only, however much the first one read', async () => {
    const { rows, asked, api } = makeShopModel();
    const { clock, advance } = makeTime();
    fill(
      rows,
      Array.from({ length: 100 }, (_, day) => (day - 100) * 86_400),
    );
    const first: Held = new Map();
    const position = await readOn(makeSource(api, clock), null, 10, first);
    expect(first.size).toBe(100);
    expect(asked.filter((from) => from === 'newest')).toHaveLength(1);
    expect(asked).toHaveLength(11);
    advance(60_000);
    const again: Held = new Map();
    await readOn(makeSource(api, clock), position, 10, again);
    expect([...again.keys()]).toEqual(['c99']);
  });

  it('stands still afterwards when nothing is new, although the overlap does not fit a page', async () => {
    const { rows, api } = makeShopModel();
    const { clock, advance } = makeTime();
    fill(rows, [-30, -8, -7, -6, -5, -4, -3, -2, -1]);
    const held: Held = new Map();
    const first = await readOn(makeSource(api, clock), null, 2, held);
    advance(60_000);
    const second = await readOn(makeSource(api, clock), first, 2, held);
    expect(second).toBe(first);
    expect(JSON.parse(first)).toMatchObject({ updatedFrom: instantOf(start - seconds(11)), seen: [], low: null });
  });

  it('goes on from a place that an earlier release has kept in the middle of one, and from before what was late since', async () => {
    const { rows, api } = makeShopModel();
    const { clock, now, advance } = makeTime();
    fill(rows, [-1, 0, 1, 2]);
    advance(3_000);
    const at = instantOf(start + seconds(1));
    const old = { high: at, top: 'c2', updatedFrom: at, seen: ['c2'], cursor: null };
    rows.set('late', { says: 4, at: now() - seconds(9) });
    const held: Held = new Map();
    await readOn(makeSource(api, clock), JSON.stringify(old), 2, held);
    expect(held).toEqual(heldOf(rows));
  });
});

describe('a clock that is wrong', () => {
  it('of the shop, for one record, keeps nothing from being read that is changed after it was put right', async () => {
    const { rows, asked, api } = makeShopModel();
    const { clock, now, advance } = makeTime();
    const source = makeSource(api, clock);
    const held: Held = new Map();
    fill(rows, [-100, -50]);
    let position = await readOn(source, null, 10, held);
    rows.set('ahead', { says: 9, at: now() + seconds(3_600) });
    for (let minute = 1; minute <= 70; minute++) {
      position = await readOn(source, position, 10, held);
      advance(60_000);
      rows.set(`m${minute}`, { says: minute, at: now() - seconds(3) });
      position = await readOn(source, position, 10, held);
      expect(held).toEqual(heldOf(rows));
    }
    // And the sweeps stay short.
    expect(asked.length).toBeLessThan(70 * 6);
  });

  it('costs nothing, whatever the shop saves meanwhile and whoever reads it', async () => {
    const clocks = fc.record({
      aheadMs: fc.constantFrom(0, 0, 20_000, 3_600_000),
      hubAheadMs: fc.constantFrom(0, 0, -4_000, -30_000, -3_600_000),
    });
    const everything = fc.array(
      fc.record({ clocks, passes: fc.constantFrom(40, 300, 1_000, 30_000, 600_000), changes: fc.array(change, { maxLength: 4 }), pages: fc.integer({ min: 1, max: 4 }), isAnother: fc.boolean() }), // prettier-ignore
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(everything, fc.integer({ min: 1, max: 5 }), async (all, limit) => {
        const { rows, api } = makeShopModel();
        const { clock, now, advance, setAhead } = makeTime();
        const held: Held = new Map();
        let source = makeSource(api, clock);
        let position: string | null = null;
        let says = 0;
        for (const { clocks: wrong, passes, changes, pages, isAnother } of all) {
          advance(passes);
          setAhead(wrong.hubAheadMs);
          for (const { id, lateMs } of changes) {
            const at = now() + BigInt(wrong.aheadMs - lateMs) * 1_000n;
            const known = rows.get(`c${id}`)?.at ?? 0n;
            // A record's own stamp only rises.
            rows.set(`c${id}`, { says: ++says, at: known < at ? at : known + 1n });
          }
          if (isAnother) source = makeSource(api, clock);
          for (let page = 1; page <= pages; page++) {
            const read = await readPageOf(source, position, limit, held);
            position = read.position;
            if (!read.more) break;
          }
        }
        await readToTheEnd(source, { position, limit, held }, advance);
        expect(held).toEqual(heldOf(rows));
      }),
      { numRuns: 500 },
    );
  });

  it('of the shop, for one record, makes nobody read a whole shop twice', async () => {
    const { rows, api } = makeShopModel();
    const { clock } = makeTime();
    fill(rows, [...Array.from({ length: 100 }, (_, day) => (day - 100) * 86_400), 3_600]);
    const position = await readOn(makeSource(api, clock), null, 10, new Map());
    const again: Held = new Map();
    await readOn(makeSource(api, clock), position, 10, again);
    expect([...again.keys()]).toEqual(['c99', 'c100']);
  });

  it('of the hub, an hour behind, makes sweeps an hour longer and no more', async () => {
    const { rows, asked, api } = makeShopModel();
    const { clock, now, advance, setAhead } = makeTime();
    setAhead(-3_600_000);
    const held: Held = new Map();
    let position: string | null = null;
    for (let minute = 1; minute <= 300; minute++) {
      advance(60_000);
      rows.set(`m${minute}`, { says: minute, at: now() });
      position = await readOn(makeSource(api, clock), position, 20, held);
      expect(held.size).toBe(minute);
    }
    asked.length = 0;
    const again: Held = new Map();
    await readOn(makeSource(api, clock), position, 20, again);
    expect(again.size).toBeLessThanOrEqual(65);
    expect(asked.length).toBeLessThanOrEqual(7);
  });

  it('is no longer believed where an earlier release has kept such a place', async () => {
    const { rows, api } = makeShopModel();
    const { clock, now, advance } = makeTime();
    rows.set('ahead', { says: 1, at: start + seconds(3_600) });
    const high = instantOf(start + seconds(3_600));
    const old = { high, top: 'ahead', updatedFrom: instantOf(start + seconds(3_590)), seen: [], cursor: null };
    advance(60_000);
    rows.set('new', { says: 2, at: now() - seconds(9) });
    const held: Held = new Map();
    let position = await readOn(makeSource(api, clock), JSON.stringify(old), 10, held);
    expect(held).toEqual(heldOf(rows));
    advance(60_000);
    rows.set('newer', { says: 3, at: now() - seconds(55) });
    position = await readOn(makeSource(api, clock), position, 10, held);
    expect(held).toEqual(heldOf(rows));
    expect(microsOf((JSON.parse(position) as { high: string }).high)).toBe(now() - seconds(55));
  });

  it('keeps nothing from a stream that starts at the present end', async () => {
    const { rows, api } = makeShopModel();
    const { clock, now, advance } = makeTime();
    fill(rows, [-100, -50]);
    rows.set('ahead', { says: 9, at: start + seconds(3_600) });
    const position = await makeSource(api, clock).head('categories', signal);
    advance(1_000);
    rows.set('new', { says: 10, at: now() - seconds(9) });
    const held: Held = new Map();
    await readOn(makeSource(api, clock), position, 10, held);
    expect([...held.keys()]).toEqual(expect.arrayContaining(['new']));
    expect([...held.keys()]).not.toContain('c0');
  });
});
