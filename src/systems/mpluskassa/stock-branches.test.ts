/** Stock while the list of branches changes, cannot be read, or while more changes than one answer holds. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  makeClock,
  makeShop,
  makeShopApi,
  readAll,
  settings,
  signal,
  type Shop,
} from '../../../test/support/mpluskassa-model.js';
import type { Document } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import type { Page, Position, Source } from '../system.js';
import type { Api } from './api.js';
import { makeSource } from './source.js';
import { mostChanges } from './stock-stream.js';

/** Articles 100, 200 …, each with a row in every one of these branches; markers rise with the articles. */
function makeStock(articles: number, inBranches: readonly number[], branches: readonly number[] = inBranches): Shop {
  const shop = makeShop({ branches: [...branches] });
  let marker = 0;
  for (let i = 1; i <= articles; i++) {
    shop.products.set(i, [i]);
    for (const branch of inBranches) shop.stock.set(`${i * 100}:${branch}`, ++marker);
  }
  return shop;
}

const codeOf = async (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'nothing was thrown',
    (error: unknown) => (error instanceof KoppelError ? error.code : String(error)),
  );
const whole = (source: Source, start: Position | null = null, limit = 10) =>
  readAll((from) => source.read('stock', from, { limit, signal }), start);
const rowsOf = (shop: Shop, branch: number): ReadonlyMap<string, bigint> =>
  new Map([...shop.stock].filter(([key]) => key.endsWith(`:${branch}`)).map(([key, id]) => [key, BigInt(id)]));

/** A service whose answers hold no more rows than this. */
const answering = (shop: Shop, most: () => number): Api => {
  const api = makeShopApi(shop);
  return {
    ...api,
    read: async (operation, body, abort) => {
      const answer = await api.read(operation, body, abort);
      const rows = answer.body['articleStocks'] as readonly Document[] | undefined;
      if (rows !== undefined && rows.length > most())
        throw new KoppelError('RESPONSE_TOO_LARGE', { system: 'MplusKASSA', operation, what: 'rows', limit: most() });
      return answer;
    },
  };
};

describe('stock of a branch that comes in addition', () => {
  it('is read from its beginning, and nothing else is, when the settings name it', async () => {
    const shop = makeStock(80, [1, 2]);
    const only = (branches: readonly number[]): Source =>
      makeSource(makeShopApi(shop), { ...settings, branches }, makeClock());
    const before = await whole(only([1]));
    expect(before.position).toBe('161@1');
    shop.stock.set('500:1', 200);
    const after = await whole(only([1, 2]), before.position);
    const behind = [...rowsOf(shop, 1)].filter(([, id]) => id >= 111n);
    expect(after.seen).toEqual(new Map([...rowsOf(shop, 2), ...behind]));
    expect(after.position).toBe('201@1,2');
  });

  it('is one that comes back, too, unless nothing was passed over meanwhile', async () => {
    const shop = makeStock(80, [1, 2]);
    const only = (branches: readonly number[]): Source =>
      makeSource(makeShopApi(shop), { ...settings, branches }, makeClock());
    const standing = await whole(only([2]), '161@1,2');
    expect(standing.position).toBe('161@1,2');
    expect((await whole(only([1, 2]), standing.position)).seen.size).toBe(50);
    shop.stock.set('600:2', 300);
    const moved = await whole(only([2]), standing.position);
    expect(moved.position).toBe('301@2');
    const again = await whole(only([1, 2]), moved.position);
    expect(again.seen).toEqual(new Map([...rowsOf(shop, 1), ['600:2', 300n]]));
    expect(again.position).toBe('301@1,2');
  });

  it('is read when the system lists it, also in the middle of a first reading', async () => {
    const shop = makeStock(60, [1, 2, 3], [1]);
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    const first = await source.read('stock', null, { limit: 10, signal });
    shop.branches.push(3);
    const rest = await whole(source, first.position);
    expect(rest.seen).toEqual(new Map([...[...rowsOf(shop, 1)].slice(10), ...rowsOf(shop, 3)]));
    expect(rest.position).toBe('181@1,3');
  });

  it('is not held against a position from before branches stood in it: that is about those of its next reading', async () => {
    const shop = makeStock(80, [1, 2]);
    const source = (branches: readonly number[]): Source =>
      makeSource(makeShopApi(shop), { ...settings, branches }, makeClock());
    for (const old of ['161', '150+', '{"articles":"70","since":"158"}']) {
      const { seen, position } = await whole(source([1]), old);
      // Markers up to 160 are those of the other branch.
      expect(position).toMatch(/^16[01]\+?@1$/);
      expect(seen.size).toBeLessThan(40);
      const grown = await whole(source([1, 2]), position);
      expect([...rowsOf(shop, 2).keys()].filter((key) => !grown.seen.has(key))).toEqual([]);
    }
  });

  it('is seen in full by a stream that started at its head, of which the past of the others is not', async () => {
    const shop = makeStock(80, [1, 2], [1]);
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    const head = await source.head('stock', signal);
    expect(head).toBe('161@1');
    shop.branches.push(2);
    const { seen, position } = await whole(source, head);
    expect(position).toBe('161@1,2');
    expect([...rowsOf(shop, 2).keys()].every((key) => seen.has(key))).toBe(true);
    expect([...seen].filter(([key, id]) => key.endsWith(':1') && id < 111n)).toEqual([]);
  });
});

describe('a list of branches that cannot be', () => {
  const inWords = (shop: Shop, alter: (xml: string) => string): Source =>
    makeSource(makeShopApi(shop, alter), settings, makeClock());

  it('stops the reading of stock where it is when it is empty', async () => {
    const shop = makeStock(30, [1, 2]);
    const source = inWords(shop, (xml) => xml);
    const first = await source.read('stock', null, { limit: 10, signal });
    shop.branches.length = 0;
    for (const from of [null, first.position, '61@1,2', '61'])
      expect(await codeOf(source.read('stock', from, { limit: 10, signal }))).toBe('UNEXPECTED_RESPONSE');
    expect(await codeOf(source.head('stock', signal))).toBe('UNEXPECTED_RESPONSE');
    expect(await codeOf(source.scan('stock', signal)[Symbol.asyncIterator]().next())).toBe('UNEXPECTED_RESPONSE');
  });

  it.each(['', '2x', '-2', '99999999999'])('stops it when a branch has the number "%s"', async (number) => {
    const shop = makeStock(30, [1, 2]);
    const source = inWords(
      shop,
      (xml) =>
      xml.replace('<ns:branchNumber>2</ns:branchNumber><ns:branchName>', `<ns:branchNumber>${number}</ns:branchNumber><ns:branchName>`), // prettier-ignore
    );
    for (const from of [null, '50@1,2'])
      expect(await codeOf(source.read('stock', from, { limit: 10, signal }))).toBe('UNEXPECTED_RESPONSE');
  });

  it('does not when something else of a branch is broken', async () => {
    const shop = makeStock(30, [1, 2]);
    const source = inWords(shop, (xml) => xml.replace('<ns:countryCode>528<', '<ns:countryCode>NL<'));
    const { seen, position } = await whole(source);
    expect(seen).toEqual(new Map([...rowsOf(shop, 1), ...rowsOf(shop, 2)]));
    expect(position).toBe('61@1,2');
  });
});

describe('very many changes of stock at once', () => {
  it('are read in few pages', async () => {
    const shop = makeStock(4_000, [1, 2, 3]);
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    const sizes: number[] = [];
    const { seen, position } = await readAll(async (from) => {
      const page = await source.read('stock', from, { limit: 250, signal });
      sizes.push(page.records.length);
      return page;
    }, '1@1,2,3');
    expect(seen.size).toBe(12_000);
    expect(position).toBe('12001@1,2,3');
    // Each one begins with the overlap.
    expect(sizes).toEqual([mostChanges, mostChanges + 50, 2_050]);
  }, 20_000);

  it('are read by articles when an answer would be too large, each once, and none of the others', async () => {
    const shop = makeStock(100, [1, 2]);
    const source = makeSource(answering(shop, () => 60), settings, makeClock()); // prettier-ignore
    for (let i = 1; i <= 70; i++) shop.stock.set(`${i * 100}:2`, 1_000 + i);
    shop.stock.set('300:1', 1_100);
    const versions: bigint[] = [];
    const pages: Page[] = [];
    const { seen, position } = await readAll(async (from) => {
      const page = await source.read('stock', from, { limit: 20, signal });
      pages.push(page);
      versions.push(...page.records.map(({ version }) => version));
      return page;
    }, '201@1,2');
    expect([...rowsOf(shop, 2)].filter(([key, id]) => id > 1_000n && seen.get(key) !== id)).toEqual([]);
    expect(seen.get('300:1')).toBe(1_100n);
    expect(position).toBe('1101@1,2');
    // What lies below the overlap was read before.
    expect(versions.filter((version) => version < 151n)).toEqual([]);
    expect(pages.length).toBeLessThan(20);
  });

  it('say so when the answer is too large although nothing has changed', async () => {
    const shop = makeStock(100, [1, 2]);
    const source = makeSource(answering(shop, () => 20), settings, makeClock()); // prettier-ignore
    expect(await codeOf(source.read('stock', '201@1,2', { limit: 20, signal }))).toBe('RESPONSE_TOO_LARGE');
  });
});

const articles = 60;
/** What an answer holds: more than an overlap, less than a change of all articles. */
const answerSize = 55;
const steps = fc.array(
  fc.record({
    /** An empty list fails. */
    branches: fc.constantFrom(undefined, undefined, undefined, [1], [2], [1, 2], [1, 2, 3], [2, 3], []),
    passes: fc.constantFrom(0, 0, 11_000),
    changes: fc.array(fc.record({ article: fc.integer({ min: 1, max: articles }), branch: fc.integer({ min: 1, max: 3 }) }), { maxLength: 6 }), // prettier-ignore
    counted: fc.constantFrom(undefined, undefined, undefined, undefined, 1, 2, 3),
    isAnother: fc.constantFrom(false, false, true),
    pages: fc.integer({ min: 1, max: 6 }),
  }),
  { maxLength: 14 },
);

describe('following stock', () => {
  it('ends with the newest row of every branch that is listed, whatever happened to the list and how much changed', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const shop = makeStock(articles, [1, 2, 3], [1]);
        const api = answering(shop, () => answerSize);
        const clock = makeClock();
        const held = new Map<string, bigint>();
        let source = makeSource(api, settings, clock);
        let position: Position | null = null;
        let marker = articles * 3;
        const readOn = async (most: number): Promise<void> => {
          for (let count = 0; count < most; count++) {
            const page: Page = await source.read('stock', position, { limit: 30, signal });
            for (const { externalId, version } of page.records) held.set(externalId, version);
            if (page.more) expect(page.position).not.toBe(position);
            position = page.position;
            if (!page.more) return;
          }
          expect(most).toBeLessThan(1_000);
        };
        for (const { branches, passes, changes, counted, isAnother, pages } of all) {
          clock.advance(passes);
          if (branches !== undefined) shop.branches.splice(0, shop.branches.length, ...branches);
          for (const { article, branch } of changes) shop.stock.set(`${article * 100}:${branch}`, ++marker);
          if (counted !== undefined)
            for (let i = 1; i <= articles; i++) shop.stock.set(`${i * 100}:${counted}`, ++marker);
          if (isAnother) source = makeSource(api, settings, clock);
          const before: Position | null = position;
          if (shop.branches.length > 0) await readOn(pages);
          else {
            // It may not have asked for the list, so nothing needs to fail.
            await readOn(pages).catch((error: unknown) => expect(error).toMatchObject({ code: 'UNEXPECTED_RESPONSE' }));
            expect(position).toBe(before);
          }
        }
        if (shop.branches.length === 0) shop.branches.push(2);
        clock.advance(11_000);
        await readOn(1_000);
        const listed = shop.branches.flatMap((branch) => [...rowsOf(shop, branch)]);
        expect(listed.filter(([key, version]) => held.get(key) !== version)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
