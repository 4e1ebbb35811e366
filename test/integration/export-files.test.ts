/** Files of exports: who writes them, when that dies or is stopped, how long they are kept, and how much there may be. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  appendExportChunk,
  dropPersonalExports,
  forgetExportFiles,
  takeExportFile,
} from '../../src/store/export-files.js';
import { fillCatalogue } from '../support/graph-server.js';
import { personWith } from '../support/graph-people.js';
import { fillSales } from '../support/graph-sales.js';
import { until } from '../support/wait.js';
import { openExportWorld, rowsOf, type ExportWorld } from './export-world.js';

const products = 230;
const orders = 130;

let world: ExportWorld;
beforeAll(async () => {
  world = await openExportWorld();
  await fillCatalogue(world.database, products);
  await fillSales(world.database, orders);
}, 120_000);
beforeEach(() => world.database.query('delete from job'));
afterAll(() => world.close());

const dutch = { 'accept-language': 'nl' };
const all = { entityType: 'PRODUCT', format: 'CSV', columns: ['id', 'name'] };
const begun = async (): Promise<string> => (await world.begin(all)).body.data.dataExport.job.id as string;
const parts = { chunkBytes: 2_000 };

describe('a file', () => {
  it('goes after a day, and so does what came to nothing', async () => {
    const { job } = await world.take({ entityType: 'PRODUCT', format: 'CSV' });
    const { expiresAt } = await world.fileOf(job);
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    await world.database.query(`update export_file set expires_at = now() - interval '1 second'`);
    expect((await world.download(job)).status).toBe(404);
    expect(await world.fileOf(job)).toBeNull();
    await forgetExportFiles(world.database);
    expect(await world.kept()).toEqual({ files: 0, chunks: 0 });
    expect((await world.job(job)).status).toBe('SUCCEEDED');
  });
});

describe('a process that writes a file', () => {
  it('dies, and another one goes on behind what is kept; nobody is given half a file', async () => {
    const id = await begun();
    let bury = (_: Error): void => undefined;
    const grave = new Promise<void>((_, reject) => (bury = reject));
    const dies = world.work('run_dead', { limits: parts, beforePage: (page) => (page === 2 ? grave : undefined) });
    await until(async () => (await world.kept()).chunks === 2, { timeoutMs: 30_000, what: 'two parts' });
    expect((await world.download(id)).status).toBe(404);
    await world.database.query(`update job set lease_until = '-infinity', owner = 'run_gone' where id = $1`, [id]);
    const pages: number[] = [];
    expect(await world.work('run_2', { limits: parts, beforePage: (page) => void pages.push(page) })).toBe('more');
    expect(await world.job(id)).toMatchObject({ status: 'SUCCEEDED', done: products });
    expect(pages).toEqual([0]);
    const names = rowsOf(await (await world.download(id)).text()).map(({ Id }) => Id);
    expect(names).toHaveLength(products);
    expect(new Set(names).size).toBe(products);
    bury(Object.assign(new Error('killed'), { why: 'lost' }));
    await dies;
    expect((await world.job(id)).status).toBe('SUCCEEDED');
  });

  it('is stopped, and gives back what it has', async () => {
    const id = await begun();
    const stopping = new AbortController();
    const stop = (page: number): void => {
      if (page === 2) stopping.abort(new Error('stopped'));
    };
    expect(await world.work('run_1', { limits: parts, beforePage: stop, signal: stopping.signal })).toBe('idle');
    expect((await world.kept()).chunks).toBeGreaterThan(0);
    expect(await world.work('run_2', { limits: parts })).toBe('more');
    expect(rowsOf(await (await world.download(id)).text())).toHaveLength(products);
  });

  it('can add nothing once another one writes it', async () => {
    const id = await begun();
    const file = { job: id, subject: 'PRODUCT', madeBy: 'usr_1', scopes: [], keptMs: 1_000 };
    const part = { bytes: Buffer.from('x'), rows: 1, readTo: null };
    await world.database.tx((tx) => takeExportFile(tx, { ...file, writer: 'run_1' }));
    expect(await appendExportChunk(world.database, { job: id, writer: 'run_1' }, part)).toBe(true);
    await world.database.tx((tx) => takeExportFile(tx, { ...file, writer: 'run_2' }));
    expect(await appendExportChunk(world.database, { job: id, writer: 'run_1' }, part)).toBe(false);
    expect(await world.kept()).toEqual({ files: 1, chunks: 1 });
  });

  it('ends when somebody asks for it, and keeps nothing', async () => {
    const id = await begun();
    const cancel = async (page: number): Promise<void> => {
      if (page === 1) await world.database.query(`update job set status = 'CANCELLING' where id = $1`, [id]);
    };
    await world.work('run_1', { limits: parts, beforePage: cancel });
    expect((await world.job(id)).status).toBe('CANCELLED');
    expect(await world.kept()).toEqual({ files: 0, chunks: 0 });
    expect((await world.download(id)).status).toBe(404);
  });

  it('begins anew when a customer is erased meanwhile, with nothing of what it had read', async () => {
    const asked = { entityType: 'ORDER', format: 'CSV', columns: ['id', 'customer'] };
    const id = (await world.begin(asked)).body.data.dataExport.job.id as string;
    const before = await world.ask('{ orders(first: 1) { nodes { customer { displayName } } } }');
    const name = before.body.data.orders.nodes[0].customer.displayName as string;
    const pages: number[] = [];
    const erase = async (page: number): Promise<void> => {
      pages.push(page);
      // The page with the name waits to be kept.
      if (pages.length !== 2) return;
      await world.database.query(`update customer set full_name = null, first_name = null, infix = null, last_name = null where id = 'cus_00065'`); // prettier-ignore
      expect(await world.database.tx(dropPersonalExports)).toBe(1);
    };
    await world.work('run_1', { beforePage: erase });
    expect(pages).toEqual([0, 1, 0, 1]);
    const text = await (await world.download(id)).text();
    expect(rowsOf(text)).toHaveLength(orders);
    expect(name).toBe('Jan de Vries 65');
    expect(text).not.toContain(name);
  });
});

describe('limits', () => {
  it('end a file that is too large, in words', async () => {
    const id = await begun();
    await world.work('run_1', { limits: { mostBytes: 3_000, chunkBytes: 1_000 } });
    expect(await world.job(id)).toMatchObject({ status: 'FAILED', errorCode: 'EXPORT_TOO_LARGE' });
    expect(await world.kept()).toEqual({ files: 0, chunks: 0 });
  });

  it('let nobody begin a fourth at once', async () => {
    for (let i = 0; i < 3; i++) await begun();
    expect(await world.refusalOf(all, dutch)).toMatchObject({ code: 'TOO_MANY', reason: 'EXPORT_TOO_MANY', message: expect.stringContaining('Er lopen al 3 exporten van u.') }); // prettier-ignore
  });

  it('let nobody begin one while too much is kept', async () => {
    const small = await openExportWorld({ limits: { mostKeptBytes: 10 } });
    try {
      await fillCatalogue(small.database, 2);
      await small.take(all);
      const { body } = await small.begin(all);
      expect(body.data.dataExport.userErrors[0]).toMatchObject({ reason: 'EXPORT_STORE_FULL' });
    } finally {
      await small.close();
    }
  });
});

describe('stopping an export', () => {
  const cancel = (id: string) =>
    JSON.stringify({ query: `mutation { jobCancel(input: { id: "${id}" }) { job { status } } }` });

  it('is for a reader who began it, and not for another reader', async () => {
    const [maker, other] = [await personWith(world, 'VIEWER'), await personWith(world, 'VIEWER')];
    const { body } = await world.begin(all, { authorization: '', ...maker.headers });
    const { id } = body.data.dataExport.job;
    const refused = await world.post(cancel(id), { authorization: '', ...other.headers });
    expect(refused.body.errors[0].extensions.code).toBe('FORBIDDEN');
    const done = await world.post(cancel(id), { authorization: '', ...maker.headers });
    expect(done.body.errors).toBeUndefined();
  });
});
