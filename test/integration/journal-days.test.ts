/** Days of the journal are added beside whoever reads it for long: a backup holds up neither writers nor a start. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { appendJournal, ensureJournalPartitions } from '../../src/store/journal.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let world: TestDatabase;
let database: Database;
beforeEach(async () => {
  world = await createTestDatabase();
  database = openDatabase(
    { url: world.url, poolMax: 4, applicationName: 'test' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
});
afterEach(async () => {
  await database.end();
  await world.drop();
});

const days = async (): Promise<number> => {
  const rows = await database.query(
    `select from pg_inherits where inhparent = 'journal'::regclass and inhrelid::regclass::text ~ '^journal_[0-9]{8}$'`,
  );
  return rows.length;
};

/** Days that may be added may not change meanwhile. */
const untilAfterMidnight = (): Promise<void> => {
  const left = 86_400_000 - (Date.now() % 86_400_000);
  return left > 20_000 ? Promise.resolve() : new Promise((next) => setTimeout(next, left + 100));
};

it('days that cannot be added while the journal is read are added later, and writers do not wait', async () => {
  await untilAfterMidnight();
  expect(await ensureJournalPartitions(database, 0)).toBe(true);
  const present = await days();
  await database.tx(async (reader) => {
    // What pg_dump takes of every table, and keeps to its end.
    await reader.query('lock table journal in access share mode');
    expect(await ensureJournalPartitions(database, 0)).toBe(true);
    const adding = ensureJournalPartitions(database, 3);
    await database.tx((tx) => appendJournal(tx, [{ traceId: 'trc_1', step: 'applied', outcome: 'updated' }]));
    expect(await adding).toBe(false);
  });
  expect(await days()).toBe(present);
  expect(await ensureJournalPartitions(database, 3)).toBe(true);
  expect(await days()).toBe(present + 3);
}, 50_000);
