/** A database that answers but takes no writes makes a process unready: a standby, or a server that was made read-only. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { said } from '../../src/base/sentences/say.js';
import { databaseCheck } from '../../src/http/health.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let world: TestDatabase;
const open = (url: URL): Database =>
  openDatabase(
    { url: url.href, poolMax: 1, applicationName: 'test' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
beforeAll(async () => {
  world = await createTestDatabase();
});
afterAll(() => world.drop());

it('is no database to work with', async () => {
  const url = new URL(world.url);
  const writable = open(url);
  expect(await databaseCheck(writable)).toMatchObject({ name: 'database', status: 'PASS', message: 'answers' });
  await writable.end();
  url.searchParams.set('options', '-c default_transaction_read_only=on');
  const readOnly = open(url);
  const { status, message } = await databaseCheck(readOnly);
  await readOnly.end();
  expect({ status, message }).toEqual({ status: 'FAIL', message: expect.stringMatching(/^the database takes no writes/) }); // prettier-ignore
  expect(said('nl', message)).toMatch(/^de database neemt niets aan/);
  expect(said('fr', message)).toMatch(/^la base n’accepte/);
});
