import { describe, expect, it } from '@jest/globals';
import {
  makeClock,
  makeShop,
  makeShopApi,
  readAll,
  settings,
  signal,
  type Shop,
} from '../../../test/support/mpluskassa-model.js';
import type { Page, Position } from '../system.js';
import type { Api } from './api.js';
import { makeSource } from './source.js';

describe('the stream of stock', () => {
  const stockShop = (): Shop => {
    const shop = makeShop();
    for (let i = 1; i <= 30; i++) {
      shop.products.set(i, [i]);
      shop.stock.set(`${i * 100}:1`, i);
      shop.stock.set(`${i * 100}:2`, 100 + i);
    }
    return shop;
  };

  it('reads everything by articles in resumable pages and then follows the changes', async () => {
    const shop = stockShop();
    const api = makeShopApi(shop);
    const all = await readAll((from) =>
      // A new source each time: all that is needed is in the position.
      makeSource(api, settings, makeClock()).read('stock', from, { limit: 10, signal }),
    );
    expect(all.seen.size).toBe(60);
    expect(all.position).toBe('131@1,2');
    shop.stock.set('100:2', 131);
    const source = makeSource(api, settings, makeClock());
    const changes = await readAll((from) => source.read('stock', from, { limit: 10, signal }), all.position);
    expect(changes.seen.get('100:2')).toBe(131n);
    expect(changes.position).toBe('132@1,2');
  });

  it.each(['lowestArticle', 'product', 'article'] as const)(
    'misses no article of products whose articles were changed far apart, with pages ordered by %s',
    async (order) => {
      const shop = makeShop({ order, branches: [1] });
      for (let i = 1; i <= 40; i++) {
        shop.products.set(i, i % 3 === 0 ? [i, 200 + ((i * 37) % 90)] : [i + 100]);
        for (const index of shop.products.get(i)!.keys()) shop.stock.set(`${i * 100 + index}:1`, i * 100 + index);
      }
      const source = makeSource(makeShopApi(shop), settings, makeClock());
      const { seen } = await readAll((from) => source.read('stock', from, { limit: 5, signal }));
      expect(seen.size).toBe(shop.stock.size);
    },
  );

  it('shows changes that happen while everything is read', async () => {
    const shop = stockShop();
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    const first = await source.read('stock', null, { limit: 10, signal });
    shop.stock.set('100:1', 140);
    const rest = await readAll((from) => source.read('stock', from, { limit: 10, signal }), first.position);
    expect(rest.seen.get('100:1')).toBe(140n);
  });

  it('loses no change of an earlier branch that happens while a later one is asked', async () => {
    const shop = stockShop();
    const api = makeShopApi(shop);
    const read = api.read;
    let branches = 0;
    const racing: Api = {
      ...api,
      read: async (operation, body, abort) => {
        if (operation === 'getStock' && ++branches === 2) {
          shop.stock.set('100:1', 300);
          shop.stock.set('200:2', 400);
        }
        return read(operation, body, abort);
      },
    };
    const source = makeSource(racing, settings, makeClock());
    shop.stock.set('300:1', 200);
    const read100 = (from: Position | null): Promise<Page> => source.read('stock', from, { limit: 100, signal });
    const first = await readAll(read100, '131');
    const after = await readAll(read100, first.position);
    expect(first.seen.has('300:1')).toBe(true);
    expect(after.seen.get('100:1')).toBe(300n);
    expect(after.position).toBe('401@1,2');
  });

  it('is never asked for all articles because a page of products has none', async () => {
    const shop = makeShop({ branches: [1] });
    shop.stock.set('1:1', 5);
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    await source.read('stock', null, { limit: 10, signal });
    expect(shop.calls).not.toContain('getStock');
  });
});

describe('the stream of branches', () => {
  it('shows all branches when the list differs, with rising versions, and nothing when it does not', async () => {
    const shop = makeShop();
    const source = makeSource(makeShopApi(shop), settings, makeClock());
    const first = await source.read('branches', null, { limit: 10, signal });
    expect(first.records.map(({ externalId }) => externalId)).toEqual(['1', '2']);
    const same = await source.read('branches', first.position, { limit: 10, signal });
    expect(same).toMatchObject({ records: [], position: first.position, more: false });
    shop.branches.push(3);
    const grown = await source.read('branches', first.position, { limit: 10, signal });
    expect(grown.records).toHaveLength(3);
    expect(grown.records[0]!.version).toBeGreaterThan(first.records[0]!.version);
    shop.branches.length = 0;
    expect((await source.read('branches', grown.position, { limit: 10, signal })).records).toEqual([]);
  });
});
