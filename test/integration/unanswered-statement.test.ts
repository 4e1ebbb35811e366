/** A statement that the server never answers does not wait for ever: its connection is given up, and the next one works. */
import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { openDatabase } from '../../src/store/database.js';
import { createTestDatabase } from '../support/database.js';

describe('a statement without an answer', () => {
  it('fails once its time is over, and the connection is replaced', async () => {
    const { url, drop } = await createTestDatabase();
    let later = 0;
    const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + later };
    const options = { url, poolMax: 1, applicationName: 'koppel test' };
    const database = openDatabase(options, { clock, logger: silentLogger, failpoint: noFailpoint });
    const unanswered = database.query('select pg_sleep(60)');
    const failed = expect(unanswered).rejects.toThrow('no answer');
    const onlooker = openDatabase(options, { clock: systemClock, logger: silentLogger, failpoint: noFailpoint });
    const running = `select pid from pg_stat_activity where state = 'active' and query = 'select pg_sleep(60)'`;
    while ((await onlooker.query(running)).length === 0);
    later = 100_000;
    await failed;
    expect(await database.query('select 1 as found')).toEqual([{ found: 1 }]);
    await onlooker.end();
    await database.end();
    await drop();
  }, 30_000);
});
