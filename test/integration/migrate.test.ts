/** The migration runner against a real Postgres. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, readMigrations } from '../../src/store/migrate.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const folders: string[] = [];

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'koppel-migrations-'));
  folders.push(folder);
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(folder, name), sql);
  return folder;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

describe('the migrations of the hub', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ empty: true });
  });
  afterAll(() => database.drop());

  it('run once, however many processes start at the same time', async () => {
    const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url)));
    const expected = readMigrations('migrations').map((file) => file.name);
    expect(runs.filter((run) => run.length > 0)).toEqual([expected]);
  });

  it('have nothing to do the second time', async () => {
    expect(await migrate(database.url)).toEqual([]);
  });

  it('refuse a database that knows a migration which this release does not', async () => {
    await ask(
      database.url,
      `insert into schema_migration (timestamp, name) values (1999999999999, 'future1999999999999')`,
    );
    await expect(migrate(database.url)).rejects.toMatchObject({
      code: 'DATABASE_NEWER',
      message: 'The database has been migrated further than this release knows: future1999999999999.',
    });
  });
});

describe('a release that changes what is stored', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ empty: true });
  });
  afterAll(() => database.drop());

  it('takes the words of systems out of reports of erasures that are there', async () => {
    const before = folderWith({});
    for (const file of readdirSync('migrations').filter((name) => name < '1764000000093'))
      copyFileSync(join('migrations', file), join(before, file));
    await migrate(database.url, { folder: before });
    const systems = [
      { system: 'shop', outcome: 'BY_HAND', externalId: '7', reason: 'Shop refused the record: "an@example.com".' },
      { system: 'till', outcome: 'TOLD', externalId: '9', reason: null },
    ];
    const report = JSON.stringify({ customerId: 'cus_1', systems });
    await ask(database.url, `insert into erasure (customer_id, reach, job, report) values ('cus_1', 'HUB_ONLY', 'job_1', '${report}'), ('cus_2', 'HUB_ONLY', 'job_2', null)`); // prettier-ignore
    await ask(database.url, `insert into job (id, kind, input, created_by, result) values ('job_1', 'ERASURE', '{}', 'a', '${report}'), ('job_3', 'EXPORT', '{}', 'a', '${report}')`); // prettier-ignore
    await migrate(database.url);
    const without = { customerId: 'cus_1', systems: systems.map((each) => ({ ...each, reason: null })) };
    expect(await ask(database.url, 'select report from erasure order by customer_id')).toEqual([
      { report: without },
      { report: null },
    ]);
    expect(await ask(database.url, 'select result from job order by id')).toEqual([
      { result: without },
      { result: { customerId: 'cus_1', systems } },
    ]);
  });
});

describe('a migration that fails', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ empty: true });
  });
  afterAll(() => database.drop());

  it('leaves nothing of itself, keeps those before it, and is tried again at the next start', async () => {
    const first = '-- why: one\ncreate table first (id int);';
    const broken = folderWith({
      '1000000000001-first.sql': first,
      '1000000000002-second.sql': '-- why: two\ncreate table second (id int); select 1/0;',
    });
    await expect(migrate(database.url, { folder: broken })).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: 'The migration second1000000000002 failed: division by zero.',
    });
    const tables = `select tablename as name from pg_tables where tablename in ('first', 'second') order by 1`;
    expect(await ask(database.url, tables)).toEqual([{ name: 'first' }]);

    const repaired = folderWith({
      '1000000000001-first.sql': first,
      '1000000000002-second.sql': '-- why: two\ncreate table second (id int);',
    });
    expect(await migrate(database.url, { folder: repaired })).toEqual(['second1000000000002']);
    expect(await ask(database.url, tables)).toEqual([{ name: 'first' }, { name: 'second' }]);
  });
});

describe('migration files', () => {
  it.each([
    ['a name without 13 digits', { '1-first.sql': '-- why: x' }, 'its name has another form'],
    ['no line that says why', { '1000000000001-a.sql': 'select 1' }, 'its first line does not say why'],
    [
      'a number that is used twice',
      { '1000000000001-a.sql': '-- why: x', '1000000000001-b.sql': '-- why: x' },
      'its number is used twice',
    ],
  ])('are refused with %s', (_, files, what) => {
    expect(() => readMigrations(folderWith(files))).toThrow(what);
  });
});

it('a server that does not answer is named as such', async () => {
  await expect(migrate('postgres://nobody@127.0.0.1:1/none')).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
});
