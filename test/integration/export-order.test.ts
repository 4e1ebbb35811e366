/** In which order files of lists stand: one that does not change while they are written, so that each record is in them once. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fillCatalogue } from '../support/graph-server.js';
import { fillSales } from '../support/graph-sales.js';
import { openExportWorld, rowsOf, type ExportWorld } from './export-world.js';

const many = 230;

let world: ExportWorld;
beforeAll(async () => {
  world = await openExportWorld();
  const { database } = world;
  await fillCatalogue(database, many);
  await fillSales(database, many);
  await database.query(
    `insert into parked (id, stage, system, flow, entity, external_id, record_key, trace_id, code, message, hint, classification, fingerprint, payload, first_failed_at, last_failed_at)
     select 'prk_' || lpad(i::text, 5, '0'), 'project', 'softmaat', 'products', 'product', 'A' || i, 'product:' || i, 'trc_' || i, 'RECORD_REFUSED', 'Name is too long.',
       'Shorten it.', 'data', 'fp', '{}', now() - i * interval '1 minute', now() - i * interval '1 minute' from generate_series(1, $1::integer) i`,
    [many],
  );
}, 120_000);
afterAll(() => world.close());

/** The ids in the file of a list while `meanwhile` happens between its pages. */
async function idsOf(asked: object, meanwhile: (page: number) => Promise<unknown>): Promise<readonly string[]> {
  const { body } = await world.begin({ format: 'CSV', columns: ['id'], ...asked });
  const { id } = body.data.dataExport.job;
  await world.work('run_1', { beforePage: async (page) => void (await meanwhile(page)) });
  return rowsOf(await (await world.download(id)).text()).map(({ Id }) => Id!);
}

describe('a list whose records change while its file is written', () => {
  it.each([
    ['PRODUCT', 'UPDATED_AT', 'DESC', `update product set updated_at = now() where id = any($1)`, 'product'],
    ['PRODUCT', 'NAME', 'ASC', `update product set name = 'A first one' where id = any($1)`, 'product'],
    ['STOCK_LEVEL', 'AVAILABLE', 'ASC', `update stock_level set on_hand = -5 where id = any($1)`, 'stock_level'],
    ['CUSTOMER', 'UPDATED_AT', 'DESC', `update customer set updated_at = now() where id = any($1)`, 'customer'],
    ['ORDER', 'UPDATED_AT', 'DESC', `update sales_order set updated_at = now() where id = any($1)`, 'sales_order'],
    ['DEAD_LETTER', 'LAST_FAILED_AT', 'DESC', `update parked set last_failed_at = now() where id = any($1)`, 'parked'],
    ['DEAD_LETTER', null, null, `update parked set last_failed_at = now() where id = any($1)`, 'parked'],
  ])('has each of %s by %s %s once', async (entityType, field, direction, change, table) => {
    const all = (await world.database.query<{ id: string }>(`select id from ${table}`)).map(({ id }) => id);
    const ids = await idsOf(
      field === null ? { entityType } : { entityType, sort: { field, direction } },
      (page) =>
      page === 1 ? world.database.query(change, [all.slice().sort().filter((_, i) => i % 9 === 0)]) : Promise.resolve(), // prettier-ignore
    );
    expect([...ids].sort()).toEqual([...all].sort());
  });
});

describe('an order that does not change', () => {
  it.each([
    ['ORDER', 'PLACED_AT', 'sales_order', 'placed_at'],
    ['PRODUCT', 'CREATED_AT', 'product', 'created_at'],
    ['DEAD_LETTER', 'FIRST_FAILED_AT', 'parked', 'first_failed_at'],
  ])('is that of the file of %s by %s', async (entityType, field, table, column) => {
    const rows = await world.database.query<{ id: string }>(`select id from ${table} order by ${column}, id`);
    const sorted = rows.map(({ id }) => id);
    const nothing = (): Promise<void> => Promise.resolve();
    expect(await idsOf({ entityType, sort: { field, direction: 'ASC' } }, nothing)).toEqual(sorted);
    expect(await idsOf({ entityType, sort: { field, direction: 'DESC' } }, nothing)).toEqual(sorted.reverse());
  });

  it('is still checked where it is not taken', async () => {
    const sort = { field: 'NAME', direction: 'SIDEWAYS' };
    expect(await world.refusalOf({ entityType: 'PRODUCT', format: 'CSV', sort })).toMatchObject({
      field: ['input', 'sort', 'direction'],
    });
  });
});
