import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeClock, makeShop, makeShopApi, readAll, settings, signal } from '../../../test/support/mpluskassa-model.js';
import type { Document } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import { overlap, overlapEveryMs } from './marker-stream.js';
import { makeSource } from './source.js';

const codeOf = async (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'nothing was thrown',
    (error: unknown) => (error instanceof KoppelError ? error.code : String(error)),
  );

describe('the stream of products', () => {
  it.each(['lowestArticle', 'product', 'article'] as const)(
    'misses nothing when pages are ordered by %s and articles of one product were changed far apart',
    async (order) => {
      for (const limit of [1, 2, 3, 7, 500]) {
        const products = new Map<number, number[]>();
        for (let i = 1; i <= 60; i++) products.set(i, i % 7 === 0 ? [i, 500 + ((i * 37) % 90)] : [i * 3 + 200]);
        const shop = makeShop({ products, order });
        const source = makeSource(makeShopApi(shop), settings, makeClock());
        const { seen, pages } = await readAll((from) => source.read('products', from, { limit, signal }));
        expect([limit, [...seen.keys()].map(Number).sort((a, b) => a - b)]).toEqual([limit, [...products.keys()]]);
        expect(pages).toBeLessThan(200);
      }
    },
  );

  it('reads only what changed afterwards, and asks for nothing while the marker stands still', async () => {
    const shop = makeShop({ products: new Map([[1, [1]], [2, [200]]]) }); // prettier-ignore
    const clock = makeClock();
    const source = makeSource(makeShopApi(shop), settings, clock);
    const first = await readAll((from) => source.read('products', from, { limit: 100, signal }));
    expect(first.position).toBe('201');
    clock.advance(overlapEveryMs);
    shop.calls.length = 0;
    const quiet = await source.read('products', first.position, { limit: 100, signal });
    expect(quiet).toMatchObject({ records: [], position: '201', more: false });
    expect(shop.calls).toEqual(['getCurrentSyncMarkers']);
    shop.products.set(1, [201]);
    const changed = await readAll((from) => source.read('products', from, { limit: 100, signal }), first.position);
    expect([...changed.seen]).toEqual(expect.arrayContaining([['1', 201n]]));
    expect(changed.position).toBe('202');
  });

  it('finds a change whose marker became visible late, also when nothing else happens', async () => {
    const shop = makeShop({ products: new Map([[1, [101]]]) });
    const clock = makeClock();
    const source = makeSource(makeShopApi(shop), settings, clock);
    const first = await readAll((from) => source.read('products', from, { limit: 100, signal }));
    shop.products.set(2, [100]);
    clock.advance(10_000);
    const page = await source.read('products', first.position, { limit: 100, signal });
    expect(page.records.map(({ externalId }) => externalId)).toContain('2');
    expect(page).toMatchObject({ position: first.position, more: false });
  });

  it('skips nothing when a record of the overlap was also changed much later', async () => {
    const shop = makeShop({ products: new Map([[1, [945, 1000]]]) });
    for (let i = 991; i < 1000; i++) shop.products.set(i, [i]);
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    const { seen, position } = await readAll((from) => source.read('products', from, { limit: 2, signal }), '990');
    expect(seen.size).toBe(10);
    expect(position).toBe('1001');
  });

  it('makes progress when the overlap alone fills the page', async () => {
    const shop = makeShop({ products: new Map(Array.from({ length: 40 }, (_, i) => [i, [i + 1]])) });
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    shop.products.set(99, [41]);
    const page = await source.read('products', '41', { limit: 5, signal });
    expect(page.records.map(({ externalId }) => externalId)).toContain('99');
    expect(page.position).toBe('42');
  });

  it('does not run in circles when the newest marker belongs to nothing that is shown', async () => {
    const shop = makeShop({ products: new Map([[1, [5]]]), articleHead: 9 });
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    const { position, pages } = await readAll((from) => source.read('products', from, { limit: 5, signal }));
    expect(pages).toBeLessThanOrEqual(2);
    expect(await source.read('products', position, { limit: 5, signal })).toMatchObject({ position, more: false });
  });

  it('refuses a position above the source and records below the marker that was asked for', async () => {
    const shop = makeShop({ products: new Map([[1, [5]]]) });
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    expect(await codeOf(source.read('products', '100', { limit: 5, signal }))).toBe('POSITION_BEYOND_SOURCE');
    const always = makeShop({ products: new Map([[1, [500]]]) });
    const stubborn = makeShopApi(always, (xml) => xml.replaceAll('>500<', '>3<'));
    const deaf = makeSource(stubborn, settings, makeClock());
    expect(await codeOf(deaf.read('products', '400', { limit: 5, signal }))).toBe('UNEXPECTED_RESPONSE');
  });

  it('parks one unreadable record and takes over the others', async () => {
    const shop = makeShop({ products: new Map([[1, [1]], [2, [2]], [3, [3]]]) }); // prettier-ignore
    const api = makeShopApi(shop, (xml) =>
      xml.replace('<ns:articleNumber>200</ns:articleNumber>', '<ns:articleNumber>2oo</ns:articleNumber>'),
    );
    const page = await makeSource(api, settings, makeClock()).read('products', null, { limit: 5, signal });
    expect(page.position).toBe('4');
    const problems = page.records.map(({ externalId, problem }) => [externalId, problem?.code, problem?.path]);
    expect(problems.sort()).toEqual([
      ['1', undefined, undefined],
      ['2', 'RECORD_UNREADABLE', 'articleList.0.articleNumber'],
      ['3', undefined, undefined],
    ]);
  });

  it('scans everything once', async () => {
    const shop = makeShop({ products: new Map(Array.from({ length: 1200 }, (_, i) => [i, [i + 1]])) });
    const ids: string[] = [];
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    for await (const page of source.scan('products', signal)) ids.push(...page.map(({ externalId }) => externalId));
    expect(ids).toHaveLength(1200);
    expect(new Set(ids).size).toBe(1200);
  });
});

interface Step {
  readonly passes: number;
  readonly changes: readonly { readonly id: number; readonly late: number }[];
}

/** Time that passes, and what is changed then. `late`: how many steps later a change shows, as far as the contract of markers goes. */
const steps = (most: number): fc.Arbitrary<Step> =>
  fc.record({
    passes: fc.constantFrom(0, 40, 100, 100, 100, 100, 600, 11_000),
    changes: fc.array(fc.record({ id: fc.integer({ min: 1, max: 90 }), late: fc.constantFrom(0, 0, 0, 1, 3, 8) }), { maxLength: most }), // prettier-ignore
  });
/** `between`: what happens before each of the calls of a poll; `fails`: the first of them are in vain. */
const poll = fc.record({
  before: steps(18),
  between: fc.array(steps(12), { maxLength: 6 }),
  fails: fc.constantFrom(0, 0, 0, 1),
  isAnother: fc.constantFrom(false, false, false, true),
});

const markersIn = ({ articleList }: Document): string =>
  String((articleList as readonly Document[]).map((article) => article['description']));

describe('reading products often', () => {
  it('gives what is new at once and misses nothing whose marker shows late, whoever goes on from the position', async () => {
    const limits = fc.constantFrom(20, 90, 500);
    const orders = fc.constantFrom('lowestArticle' as const, 'product' as const, 'article' as const);
    const shops = fc.record({ limit: limits, tellsHidden: fc.boolean(), order: orders });
    await fc.assert(
      fc.asyncProperty(fc.array(poll, { maxLength: 40 }), shops, async (polls, { limit, tellsHidden, order }) => {
        const shop = makeShop({ articleHead: 0, order });
        const clock = makeClock();
        /** By number of the product, the markers of its articles as they were read last. */
        const held = new Map<number, string>();
        let marker = 0;
        const hidden: { id: number; marker: number; steps: number }[] = [];
        const show = (isDue: (each: (typeof hidden)[number]) => boolean): void => {
          for (const each of hidden.filter(isDue)) {
            hidden.splice(hidden.indexOf(each), 1);
            const markers = [...(shop.products.get(each.id % 30) ?? [])];
            const article = Math.min(Math.floor(each.id / 30), markers.length);
            if (each.marker > (markers[article] ?? 0))
              shop.products.set(each.id % 30, Object.assign(markers, { [article]: each.marker }));
          }
          shop.articleHead = tellsHidden ? marker : Math.max(0, ...[...shop.products.values()].flat());
        };
        const happen = ({ passes, changes }: Step): void => {
          clock.advance(passes);
          for (const each of hidden) each.steps--;
          for (const { id, late } of changes) {
            hidden.push({ id, marker: ++marker, steps: late });
            // Nothing stays hidden for longer than an overlap of markers.
            show((each) => each.steps <= 0 || BigInt(marker - each.marker) >= overlap - 1n);
          }
          show((each) => each.steps <= 0);
        };
        const still: Step[] = [];
        let failures = 0;
        const onCall = (): void => {
          const step = still.shift();
          if (step !== undefined) happen(step);
          if (failures-- > 0) throw new Error('it does not answer');
        };
        const open = () => makeSource(makeShopApi(shop, undefined, onCall), settings, clock);
        let source = open();
        let position: string | null = null;
        const readOn = async (): Promise<void> => {
          const read = await readAll(async (from) => {
            const page = await source.read('products', from, { limit, signal });
            for (const { externalId, document } of page.records) held.set(Number(externalId), markersIn(document));
            // Who reads a stream as a whole stops where it gets no further.
            if (page.more) expect(page.position).not.toBe(from);
            position = page.position;
            return page;
          }, position);
          position = read.position;
        };
        for (const { before, between, fails, isAnother } of polls) {
          happen(before);
          const shown = new Map([...shop.products].map(([id, markers]) => [id, String(markers)]));
          still.push(...between);
          failures = fails;
          if (isAnother) source = open();
          const isRead = await readOn().then(
            () => true,
            () => false,
          );
          for (const { id, late } of before.changes) {
            if (isRead && late === 0 && between.length === 0) expect(held.get(id % 30)).toBe(shown.get(id % 30));
          }
          still.length = 0;
        }
        show(() => true);
        clock.advance(10_000);
        failures = 0;
        await readOn();
        expect(held).toEqual(new Map([...shop.products].map(([id, markers]) => [id, String(markers)])));
      }),
      { numRuns: 300 },
    );
  });

  it('reads the overlap every half second only, and nothing again in between', async () => {
    const shop = makeShop({ products: new Map(Array.from({ length: 100 }, (_, i) => [i + 1, [i + 1]])) });
    const clock = makeClock();
    const source = makeSource(makeShopApi(shop), settings, clock);
    let { position } = await readAll((from) => source.read('products', from, { limit: 500, signal }));
    const shown: number[] = [];
    for (let poll = 1; poll <= 12; poll++) {
      clock.advance(100);
      shop.products.set(poll, [100 + poll]);
      const page = await source.read('products', position, { limit: 500, signal });
      shown.push(page.records.length);
      position = page.position;
    }
    const whole = Number(overlap);
    expect(overlapEveryMs).toBe(500);
    expect(shown).toEqual([1, 1, 1, 1, whole + 5, 1, 1, 1, 1, whole + 5, 1, 1]);
    expect(position).toBe('111');
  });
});
