/** A statement that the server never answers does not wait for ever: its connection is given up, and the next one works. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let later = 0;
let world: TestDatabase;
let database: Database;
let onlooker: Database;
beforeEach(async () => {
  later = 0;
  world = await createTestDatabase();
  const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + later };
  const options = { url: world.url, poolMax: 1, applicationName: 'koppel test' };
  database = openDatabase(options, { clock, logger: silentLogger, failpoint: noFailpoint });
  onlooker = openDatabase(options, { clock: systemClock, logger: silentLogger, failpoint: noFailpoint });
});
afterEach(async () => {
  await onlooker.end();
  await database.end();
  await world.drop();
});

/** Waits until the server is at the statement, and lets its time pass. */
async function letTimePass(statement: string): Promise<void> {
  const running = `select pid from pg_stat_activity where datname = current_database() and state = 'active' and query = $1`;
  while ((await onlooker.query(running, [statement])).length === 0);
  later = 100_000;
}

describe('a statement without an answer', () => {
  it('fails once its time is over, and the connection is replaced', async () => {
    const failed = expect(database.query('select pg_sleep(60)')).rejects.toThrow('no answer');
    await letTimePass('select pg_sleep(60)');
    await failed;
    expect(await database.query('select 1 as found')).toEqual([{ found: 1 }]);
  }, 30_000);

  it('fails also when others were sent with it, and one of them was answered', async () => {
    // Another statement than that of the test before, which the server may still be at.
    const both = database.tx((tx) => Promise.all([tx.query('select 1'), tx.query('select pg_sleep(61)')]));
    const failed = expect(both).rejects.toThrow('no answer');
    await letTimePass('select pg_sleep(61)');
    await failed;
  }, 30_000);

  it('fails also when it is COMMIT', async () => {
    await database.query(`create function wait() returns trigger language plpgsql as 'begin perform pg_sleep(60); return null; end'`); // prettier-ignore
    await database.query('create table waits (n int)');
    await database.query('create constraint trigger waits after insert on waits initially deferred for each row execute function wait()'); // prettier-ignore
    const failed = expect(database.tx((tx) => tx.query('insert into waits values (1)'))).rejects.toThrow('no answer');
    await letTimePass('commit');
    await failed;
  }, 30_000);
});
