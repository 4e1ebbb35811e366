/** The migration runner against a real Postgres. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
