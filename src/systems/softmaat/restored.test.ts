/** A shop that was restored from a copy: noticed by its newest record, and never suspected for what may happen to a record. */
import { describe, expect, it } from '@jest/globals';
import {
  fill,
  makeShopModel,
  makeTime,
  readOn,
  seconds,
  start,
  type Rows,
  type ShopModel,
} from '../../../test/support/softmaat-model.js';
import { KoppelError } from '../../base/errors.js';
import { instantOf } from './instant.js';
import { makeSource } from './source.js';

describe('a shop that was restored from a copy', () => {
  /** A shop that was read to its end, at 12:00:20; the newest record is `top`, of 12:00:15. */
  async function readShop(limit = 10): Promise<ShopModel & { read(): Promise<unknown>; later(): void }> {
    const model = makeShopModel();
    const { clock, now, advance } = makeTime();
    fill(model.rows, [-300, -200, -100]);
    model.rows.set('top', { says: 7, at: start + seconds(15) });
    advance(20_000);
    const position = await readOn(makeSource(model.api, clock), null, limit, new Map());
    model.asked.length = 0;
    return {
      ...model,
      later: () => {
        advance(600_000);
        model.rows.set('c1', { says: 8, at: now() });
      },
      read: () => readOn(makeSource(model.api, clock), position, limit, new Map()).catch((thrown: unknown) => thrown),
    };
  }
  const beyond = { code: 'POSITION_BEYOND_SOURCE' };

  it.each([10, 1])('is noticed although somebody has edited a record since, with pages of %d', async (limit) => {
    const { rows, read, later } = await readShop(limit);
    rows.set('top', { says: 6, at: start - seconds(90) });
    later();
    expect(await read()).toMatchObject(beyond);
  });

  it('is noticed by a long sweep that shows the newest record as it was', async () => {
    const { rows, api } = makeShopModel();
    const { clock, now, advance } = makeTime();
    fill(rows, [-300, -200, -100]);
    advance(20_000);
    rows.set('c1', { says: 8, at: now() });
    const high = instantOf(start);
    const place = { high, top: 'c2', updatedFrom: instantOf(start - seconds(120)), seen: [], cursor: null, low: null };
    const read = readOn(makeSource(api, clock), JSON.stringify(place), 10, new Map());
    await expect(read).rejects.toMatchObject({ ...beyond, values: { head: instantOf(start - seconds(100)) } });
  });

  it('is noticed also by who reads on in the same half second', async () => {
    const { rows, api } = makeShopModel();
    const { clock, now, advance } = makeTime();
    const source = makeSource(api, clock);
    fill(rows, [-300, -200, -100]);
    const position = await readOn(source, null, 10, new Map());
    advance(100);
    rows.set('c2', { says: 6, at: start - seconds(150) });
    rows.set('c1', { says: 8, at: now() });
    await expect(readOn(source, position, 10, new Map())).rejects.toMatchObject(beyond);
  });

  it.each<[string, (model: ShopModel) => void]>([
    ['was deleted', ({ rows }) => rows.delete('top')],
    ['is left out of the list', ({ api, rows }) => hide(api, rows, { id: 'top', updatedAt: instantOf(start + seconds(15)) })],
    ['has become part of another one', ({ api, rows }) => hide(api, rows, { id: 'c0', updatedAt: instantOf(start - seconds(300)) })],
    ['cannot be shown any more', ({ api, rows }) => hide(api, rows, new KoppelError('UNEXPECTED_RESPONSE', { system: 'Softmaat', operation: 'GET /categories', what: 'HTTP 410' }))],
  ])('is not suspected when the newest record %s', async (_, happens) => {
    const model = await readShop();
    happens(model);
    model.later();
    expect(await model.read()).toEqual(expect.any(String));
  }); // prettier-ignore

  it('is asked about nothing more while the newest record is where it was', async () => {
    const { asked, read, later } = await readShop();
    later();
    expect(await read()).toEqual(expect.any(String));
    expect(asked).toEqual([instantOf(start + seconds(5))]);
  });
});

/** The list no longer has the newest record; asked for by its key, the shop answers with this. */
function hide(api: ShopModel['api'], rows: Rows, answer: KoppelError | { id: string; updatedAt: string }): void {
  rows.delete('top');
  const { read } = api;
  api.read = (path, query, signal) => {
    if (path !== '/categories/top') return read(path, query, signal);
    return answer instanceof KoppelError ? Promise.reject(answer) : Promise.resolve({ ...answer, version: 1 });
  };
}
