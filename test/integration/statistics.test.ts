/** The planner's statistics while tables grow, against a real Postgres. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { refreshStatistics } from '../../src/store/statistics.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/wait.js';

let world: TestDatabase;
let database: Database;

beforeAll(async () => {
  world = await createTestDatabase();
  database = openDatabase(
    // One connection: the server hears of its changes when it has nothing more to do.
    { url: world.url, poolMax: 1, applicationName: 'test' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
  // Else the server itself may be first, whenever it comes by.
  await database.query('alter table capture_seen set (autovacuum_enabled = off)');
});
afterAll(async () => {
  await database.end();
  await world.drop();
});

const fill = (from: number, to: number): Promise<unknown> =>
  database.query(
    `insert into capture_seen (system, stream, external_id, version, hash)
     select 'till', 'stock', n::text, n, '' from generate_series($1::int, $2::int) n`,
    [from, to],
  );
const known = async (): Promise<number | undefined> => {
  const [row] = await database.query<{ reltuples: number }>(
    `select reltuples from pg_class where oid = 'capture_seen'::regclass`,
  );
  return row?.reltuples;
};

describe('statistics', () => {
  it('are made anew for a table that has grown from nothing, and again when it has tripled', async () => {
    await fill(1, 600);
    const first = await until(
      async () => {
        const names = await refreshStatistics(database);
        return names.includes('capture_seen') ? names : undefined;
      },
      { what: 'the table to be analysed' },
    );
    expect(first).toEqual(['capture_seen']);
    expect(await known()).toBe(600);

    await fill(601, 3_000);
    await until(async () => (await refreshStatistics(database)).includes('capture_seen'), {
      what: 'the table to be analysed again',
    });
    expect(await known()).toBe(3_000);
  });

  it('are left alone while little has changed', async () => {
    await fill(3_001, 3_010);
    expect(await refreshStatistics(database)).toEqual([]);
    expect(await known()).toBe(3_000);
  });
});
