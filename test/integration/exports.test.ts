/** What a list shows, taken away as a file: by the API, a worker and a download over HTTP, on a real Postgres. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendJournal } from '../../src/store/journal.js';
import { fillCatalogue } from '../support/graph-server.js';
import { personWith } from '../support/graph-people.js';
import { fillSales } from '../support/graph-sales.js';
import { openExportWorld, rowsOf, type ExportWorld } from './export-world.js';

const products = 230;
const orders = 130;

let world: ExportWorld;
beforeAll(async () => {
  world = await openExportWorld();
  const { database } = world;
  await fillCatalogue(database, products);
  await fillSales(database, orders);
  await database.query(`insert into parked (id, stage, system, flow, entity, canonical_id, external_id, record_key, trace_id,
      code, message, hint, classification, fingerprint, payload)
    select 'prk_' || i, 'project', 'softmaat', 'products', 'product', 'prd_0000' || i, 'A' || i, 'product:prd_0000' || i, 'trc_' || i,
      'RECORD_REFUSED', 'Name is too long.', 'Shorten it.', 'data', 'fp', '{"name": "x"}' from generate_series(1, 3) i`);
  const step = { traceId: 'trc_1', entity: 'product', canonicalId: 'prd_00001', externalId: 'A1', flow: 'products' };
  await database.tx((tx) =>
    appendJournal(tx, [{ ...step, step: 'applied', outcome: 'created', system: 'mpluskassa' }]),
  );
  await database.query(`insert into job (id, kind, status, input, created_by) values ('job_cmp', 'RECONCILIATION', 'SUCCEEDED', '{}', 'usr_1')`); // prettier-ignore
}, 120_000);
beforeEach(() => world.database.query(`delete from job where kind = 'EXPORT'`));
afterAll(() => world.close());

const dutch = { 'accept-language': 'nl' };
const scoped = async (...scopes: string[]): Promise<Record<string, string>> => ({ authorization: `Bearer ${await world.keyWith(scopes)}` }); // prettier-ignore

describe('a list for a spreadsheet', () => {
  it('has headings, states, numbers and moments as a Dutch spreadsheet wants them', async () => {
    const file = await world.take(
      { entityType: 'PRODUCT', format: 'CSV', filter: { id: { eq: 'prd_00003' } }, columns: ['name', 'status', 'price', 'stock', 'inSystems', 'updatedAt'], timeZone: 'Europe/Amsterdam' },
      dutch,
    ); // prettier-ignore
    expect(file.text.startsWith('\uFEFF')).toBe(true);
    expect(file.lines[0]).toBe('Naam;Status;Prijs;Voorraad;In systemen;Gewijzigd op (Europe/Amsterdam)');
    expect(file.lines[1]).toMatch(/^Shirt 3;in verkoop;"19,95";"14,7";"Till: [^;]+; ERP: mislukt";\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(file.lines).toHaveLength(2);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-length': String(Buffer.byteLength(file.text)),
      'content-disposition': expect.stringMatching(/^attachment; filename="koppel-producten-\d{4}-\d\d-\d\d-\d{4}\.csv"$/),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  }); // prettier-ignore

  it('has every record that the list has, once, by its filter', async () => {
    const filter = { name: { contains: 'Shirt 1' } };
    const { text } = await world.take({ entityType: 'PRODUCT', format: 'CSV', filter, columns: ['id', 'name'] });
    const listed = await world.database.query<{ Id: string; Name: string }>(
      `select id as "Id", name as "Name" from product where name like '%Shirt 1%' order by id`,
    );
    expect(listed.length).toBeGreaterThan(100);
    expect(rowsOf(text)).toEqual(listed);
  });

  it('carries nothing out, whatever records are called, and keeps numbers numbers', async () => {
    await world.database.query(`update product set name = '=HYPERLINK("http://evil.test";"x")' where id = 'prd_00001'`);
    await world.database.query(`update stock_level set on_hand = -7.5 where variant_id = 'var_000011'`);
    const asked = { entityType: 'PRODUCT', format: 'CSV', filter: { id: { eq: 'prd_00001' } }, columns: ['name', 'stock'] };
    const { lines } = await world.take(asked, dutch);
    expect(lines[1]).toBe(`"'=HYPERLINK(""http://evil.test"";""x"")";-21`);
  }); // prettier-ignore

  it('says what was done, of the audit, in the words that its page has', async () => {
    await world.database.query(`insert into audit (actor, action, subject) values ('usr_1', 'flowPause', 'products'), ('usr_1', 'aForeignAction', 'products')`); // prettier-ignore
    const file = { entityType: 'AUDIT_ENTRY', columns: ['action'] };
    const said = async (language: string) => (await world.take({ ...file, format: 'CSV' }, { 'accept-language': language })).lines; // prettier-ignore
    expect(await said('nl')).toEqual(expect.arrayContaining(['Handeling', 'Heeft een synchronisatie gepauzeerd', 'aForeignAction'])); // prettier-ignore
    expect(await said('en')).toEqual(expect.arrayContaining(['Action', 'Paused a flow']));
    expect((await world.take({ ...file, format: 'JSONL' }, dutch)).lines).toContain('{"action":"flowPause"}');
  });

  it.each(['CUSTOMER', 'ORDER', 'STOCK_LEVEL', 'SYNC_EVENT', 'DEAD_LETTER', 'AUDIT_ENTRY'])(
    'has all of %s with the usual columns, and says each column in three languages',
    async (entityType) => {
      const heads: string[] = [];
      for (const language of ['en', 'nl', 'fr']) {
        const { lines, job } = await world.take({ entityType, format: 'CSV', separator: 'TAB' }, { 'accept-language': language }); // prettier-ignore
        const { rowCount } = await world.fileOf(job);
        expect(lines.length).toBeGreaterThanOrEqual(rowCount + 1);
        expect(rowCount).toBeGreaterThan(0);
        heads.push(lines[0]!);
      }
      expect(new Set(heads).size).toBe(3);
    },
  );

  it('has stock of the variants that are searched for, as the list has', async () => {
    const { text } = await world.take({ entityType: 'STOCK_LEVEL', format: 'CSV', search: '10021' });
    expect(rowsOf(text).map(({ Code, Location }) => `${Code} ${Location}`).sort()).toEqual(['10021 Shop', '10021 Store']); // prettier-ignore
    const { body } = await world.ask('{ stockLevels(search: "10021") { totalCount { value } } }');
    expect(body.data.stockLevels.totalCount.value).toBe(2);
  });
});

describe('a list for programs', () => {
  it('is one object a line, with values as the graph has them', async () => {
    const asked = { entityType: 'ORDER', format: 'JSONL', filter: { number: { eq: '5002' } }, columns: ['number', 'status', 'total', 'placedAt', 'customer', 'inSystems'] }; // prettier-ignore
    const { lines, headers } = await world.take(asked, dutch);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        number: '5002',
        status: 'OPEN',
        total: '50.17',
        placedAt: '2026-03-01T10:02:00.000Z',
        customer: 'Jan de Vries 1',
        inSystems: expect.arrayContaining([{ system: 'ERP', state: 'IN_SYNC' }]),
      },
    ]);
    expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(/\.jsonl"$/);
  });
});

describe('what a comparison has found', () => {
  it('is taken away by its state', async () => {
    const { database } = world;
    await database.query(`insert into comparison (id, flow, job, entity, source, target) values
      ('cmp_1', 'products', 'job_cmp', 'product', 'mpluskassa', 'softmaat')`);
    const asked = { entityType: 'RECONCILIATION_ITEM', format: 'CSV' };
    expect(await world.refusalOf(asked)).toMatchObject({ code: 'BLANK', field: ['input', 'reconciliationId'] });
    expect(await world.refusalOf({ ...asked, reconciliationId: 'cmp_9' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await world.refusalOf({ ...asked, reconciliationId: 'cmp_1', filter: { states: ['ODD'] } })).toMatchObject({
      code: 'INVALID',
      field: ['input', 'filter', 'states', '0'],
    });
    const { lines } = await world.take({ ...asked, reconciliationId: 'cmp_1', filter: { states: ['DIFFERENT'] } });
    expect(lines).toEqual(['Record,Kind of record,Status,System,Id in the system,Difference,Reason,Can be repaired']);
  });
});

describe('what cannot be taken away', () => {
  it.each([
    [{ filter: { status: ['SOLD'] } }, ['input', 'filter', 'status', '0']],
    [{ filter: { colour: 'red' } }, ['input', 'filter']],
    [{ filter: { sync: { states: ['FAILED'], since: 1 } } }, ['input', 'filter', 'sync']],
    [{ filter: { updatedAt: { from: 'yesterday' } } }, ['input', 'filter', 'updatedAt', 'from']],
    [{ sort: { field: 'PRICE' } }, ['input', 'sort', 'field']],
    [{ columns: ['name', 'secret'] }, ['input', 'columns', '1']],
    [{ timeZone: 'Mars/Olympus' }, ['input', 'timeZone']],
  ])('is named by its field: %j', async (asked, field) => {
    expect(await world.refusalOf({ entityType: 'PRODUCT', format: 'CSV', ...asked })).toMatchObject({
      code: 'INVALID',
      field,
    });
    expect(await world.database.query(`select 1 from job where kind = 'EXPORT'`)).toEqual([]);
  });

  it('is what a list does not take', async () => {
    expect(await world.refusalOf({ entityType: 'AUDIT_ENTRY', format: 'CSV', search: 'x' })).toMatchObject({ field: ['input', 'search'] }); // prettier-ignore
  });

  it('is a list that may not be read', async () => {
    const key = await scoped('READ_STOCK', 'READ_OPERATIONS');
    for (const entityType of ['PRODUCT', 'CUSTOMER', 'ORDER', 'AUDIT_ENTRY']) {
      const refused = await world.refusalOf({ entityType, format: 'CSV' }, key);
      expect(refused).toMatchObject({ code: 'NOT_ALLOWED', reason: 'FORBIDDEN', field: ['input', 'entityType'] });
    }
    const { body } = await world.post('{"query": "{ exportColumns(entityType: STOCK_LEVEL) { key heading } }"}', { ...key, ...dutch }); // prettier-ignore
    const keys = body.data.exportColumns.map((column: { key: string }) => column.key);
    expect(keys).toEqual(expect.arrayContaining(['location', 'available']));
    expect(keys).not.toContain('code');
    expect(await world.refusalOf({ entityType: 'STOCK_LEVEL', format: 'CSV', columns: ['code'] }, key)).toMatchObject({ reason: 'EXPORT_COLUMN_UNKNOWN' }); // prettier-ignore
  });
});

describe('names of people', () => {
  it('are masked in the file for whoever may not see them, as on the page', async () => {
    const key = await scoped('READ_ORDERS', 'READ_OPERATIONS');
    const { text } = await world.take({ entityType: 'ORDER', format: 'CSV', columns: ['number', 'customer'] }, key);
    const rows = rowsOf(text);
    expect(rows).toHaveLength(orders);
    expect(new Set(rows.map(({ Customer }) => Customer))).toEqual(new Set(['•••']));
  });

  it('stay with who may see them: not even an administrator who may not gets the file', async () => {
    const { job } = await world.take({ entityType: 'ORDER', format: 'CSV' });
    const without = await scoped('READ_ORDERS', 'READ_OPERATIONS', 'ADMIN');
    expect((await world.download(job, without)).status).toBe(403);
    const { body } = await world.post(
      JSON.stringify({ query: `{ job(id: "${job}") { exportFile { url } } }` }),
      without,
    );
    expect(body.data.job.exportFile).toBeNull();
  });
});

describe('a file', () => {
  it('is for who began it, and for administrators', async () => {
    const maker = await personWith(world, 'VIEWER');
    const { body } = await world.begin(
      { entityType: 'PRODUCT', format: 'CSV' },
      { authorization: '', ...maker.headers },
    );
    const { id } = body.data.dataExport.job;
    await world.work('run_1');
    const cookie = { authorization: '', cookie: maker.headers.cookie, 'sec-fetch-site': 'same-origin' };
    const as = (headers: Record<string, string>) =>
      fetch(`${world.url}/exports/${id}`, { headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')) }); // prettier-ignore
    expect((await as(cookie)).status).toBe(200);
    expect((await world.download(id)).status).toBe(200);
    const other = await personWith(world, 'EDITOR');
    expect((await as({ cookie: other.headers.cookie })).status).toBe(404);
    expect((await as({})).status).toBe(401);
    expect((await as({ authorization: 'Bearer kpl_wrong' })).status).toBe(401);
    // Another page that makes a browser ask for it.
    expect((await as({ cookie: maker.headers.cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await world.download('job_none')).status).toBe(404);
    const refused = await fetch(`${world.url}/exports/${id}`, { method: 'POST', headers: { authorization: `Bearer ${world.adminKey}` } }); // prettier-ignore
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const head = await fetch(`${world.url}/exports/${id}`, { method: 'HEAD', headers: { authorization: `Bearer ${world.adminKey}` } }); // prettier-ignore
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1_000);
  });

  it('is noted in the audit, with the filter and the number of records', async () => {
    const filter = { name: { contains: 'Shirt 2' } };
    const { job } = await world.take({ entityType: 'PRODUCT', format: 'CSV', filter, columns: ['name'] });
    const rows = await world.database.query<{ action: string; detail: object }>(
      `select action, detail from audit where subject = $1 order by at`,
      [job],
    );
    const { rowCount, byteCount } = await world.fileOf(job);
    expect(rows).toMatchObject([
      { action: 'dataExport', detail: { list: 'PRODUCT', format: 'CSV', filter, columns: ['name'] } },
      { action: 'exportDownload', detail: { list: 'PRODUCT', filter, rows: rowCount, bytes: byteCount } },
    ]);
    expect(rowCount).toBeGreaterThan(10);
  });
});
