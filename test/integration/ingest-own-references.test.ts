/** References in what we have written to a system that is a source too: they come back by the ids of that system, and the hub knows them by its own. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { openTwoWayHub, type TwoWayHub } from './two-way-hub.js';

let hub: TwoWayHub;
beforeEach(async () => {
  hub = await openTwoWayHub();
  hub.configuration.fieldOwners = [{ entity: 'category', field: 'parent', policy: 'lastWriter', owner: null }];
  const { mapping } = hub.configuration;
  hub.configuration.mapping = { ...mapping, definition: { ...mapping.definition, entity: 'category' } };
  await hub.take('categories', ['a', 'b', 'c'].map((id) => ({ id: `t${id}`, document: { name: id } }))); // prettier-ignore
  await hub.take('categories', [{ id: 'tx', document: under('ta') }]);
  for (const id of ['a', 'b', 'c']) await hub.acknowledge('category', await idOf(id), `s${id}`, { name: id });
  await hub.acknowledge('category', await idOf('x'), 'sx', under('sa'));
});
afterEach(() => hub.close());

const under = (parent: string): Document => ({ name: 'x', parent });
const row = async (name: string): Promise<Record<string, unknown>> =>
  (await hub.database.query('select * from category where name = $1', [name]))[0] ?? {};
const idOf = async (name: string): Promise<unknown> => (await row(name))['id'];
const parent = async (): Promise<unknown> => (await row('x'))['parent_id'];
const inTill = (id: string): Promise<void> => hub.take('categories', [{ id: 'tx', document: under(id) }]);
const inShop = (id: string): Promise<void> => hub.take('categories', [{ id: 'sx', document: under(id) }], 'shop');

/** The till moves it, the hub tells the shop, and the shop's stream has not shown that yet. */
async function movedAndTold(): Promise<void> {
  await inTill('tb');
  await hub.send('category', await idOf('x'));
  const written = { changed: ['parent'], before: under('sa') };
  await hub.acknowledge('category', await idOf('x'), 'sx', under('sb'), written);
}

describe('the place of a category that we have written', () => {
  it('is our own when it comes back after the hub has moved on', async () => {
    await movedAndTold();
    await inTill('tc');
    await inShop('sb');
    expect(await parent()).toBe(await idOf('c'));
  });

  it('is our own after the shop has shown what stood there before', async () => {
    await inShop('sa');
    await movedAndTold();
    await inTill('tc');
    await hub.take('categories', [{ id: 'sx', document: { ...under('sa'), note: 'read before the write' } }], 'shop');
    expect(hub.old).toEqual(['sx']);
    expect(await parent()).toBe(await idOf('c'));
  });

  it('gives way to where people in the shop put it', async () => {
    await movedAndTold();
    await inShop('sb');
    await inShop('sa');
    expect(await parent()).toBe(await idOf('a'));
  });

  it('makes no conflict where people decide', async () => {
    hub.configuration.fieldOwners = [{ entity: 'category', field: 'parent', policy: 'manual', owner: null }];
    await movedAndTold();
    await inTill('tc');
    await inShop('sb');
    expect(await hub.count('category')).toBe(4);
    expect(await hub.database.query('select field from field_conflict')).toEqual([]);
  });
});
