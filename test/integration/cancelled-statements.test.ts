/** A statement that nobody waits for any more ends in the server too. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { endingOf } from '../../src/base/ending.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/wait.js';

let world: TestDatabase;
let database: Database;
let onlooker: Database;
beforeAll(async () => {
  world = await createTestDatabase();
  const open = (applicationName: string): Database =>
    openDatabase(
      { url: world.url, poolMax: 1, applicationName },
      { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
    );
  [database, onlooker] = [open('asking'), open('onlooker')];
}, 60_000);
afterAll(async () => {
  await database.end();
  await onlooker.end();
  await world.drop();
});

it('ends although it was cancelled before the server had begun with it, and its connection serves the next one', async () => {
  const [backend] = await database.query<{ pid: number }>('select pg_backend_pid() as pid');
  const [client, given] = [new AbortController(), new Error('nobody waits any more')];
  const isCancelled = async (): Promise<boolean> =>
    (await onlooker.query(`select from pg_stat_activity where application_name = 'asking cancel' and state = 'idle'`))
      .length === 1;
  // A process that the machine lets wait: it hears of the cancellation before it reads what it is asked.
  process.kill(backend!.pid, 'SIGSTOP');
  try {
    const asked = database.query('select pg_sleep(50)', [], undefined, endingOf(client.signal));
    const refused = expect(asked).rejects.toBe(given);
    await systemClock.sleep(20);
    client.abort(given);
    await until(isCancelled, { what: 'a cancellation to be sent' });
    process.kill(backend!.pid, 'SIGCONT');
    await refused;
  } finally {
    process.kill(backend!.pid, 'SIGCONT');
  }
  expect(await database.query('select pg_backend_pid() as pid')).toEqual([backend]);
}, 40_000);
