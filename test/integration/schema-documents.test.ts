import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { eventSchemas, schemaText } from '../../scripts/event-schemas.js';
import { errorsDocument, expressionsDocument, graphDocument } from '../../scripts/documents.js';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { columnDifferences, makeDataSource } from '../../src/store/data-source.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { listTables } from '../../src/store/schema-listing.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const options = { url: testDatabase.url, poolMax: 1, applicationName: 'koppel test' };
  database = openDatabase(options, { clock: systemClock, logger: silentLogger, failpoint: noFailpoint });
}, 60_000);
afterAll(async () => {
  await database.end();
  await testDatabase.drop();
});

const written = (name: string): string => readFileSync(`docs/${name}`, 'utf8');

describe('the documents that are made from code', () => {
  it('docs/schema.graphql is the running schema', () => {
    expect(written('schema.graphql')).toBe(graphDocument());
  });

  it('docs/errors.md lists exactly the codes that exist', () => {
    expect(written('errors.md')).toBe(errorsDocument());
    expect(written('expressions.md')).toBe(expressionsDocument());
  });

  it('docs/events has a schema of changes, one of canonical events, and one of each canonical entity', () => {
    const schemas = eventSchemas();
    expect(readdirSync('docs/events').sort()).toEqual([...schemas.keys()].sort());
    for (const [name, schema] of schemas) expect(written(`events/${name}`)).toBe(schemaText(schema));
  });

  it('docs/schema.sql is what the migrations make', async () => {
    expect(written('schema.sql')).toBe(await listTables(database));
  });
});

describe('entities and tables', () => {
  async function differences(): Promise<string[]> {
    const source = await makeDataSource(testDatabase.url).initialize();
    try {
      return await columnDifferences(source);
    } finally {
      await source.destroy();
    }
  }

  it('have the same columns', async () => {
    expect(await differences()).toEqual([]);
  });

  it.each([
    ['a missing column', 'alter table product drop column brand', 'alter table product add column brand text'],
    [
      'another type',
      'alter table variant alter column sku type varchar(9)',
      'alter table variant alter column sku type text',
    ],
    [
      'another nullability',
      'alter table category alter column name drop not null',
      'alter table category alter column name set not null',
    ],
    ['a column more', 'alter table stock_level add column extra text', 'alter table stock_level drop column extra'],
  ])('%s is noticed', async (_, change, back) => {
    await database.query(change);
    const found = await differences();
    await database.query(back);
    expect(found.length).toBeGreaterThan(0);
  });
});
