import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { makePostgresLog, partitionOf, type PostgresLog } from '../../src/log/postgres-log.js';
import { openDatabase, type Database, type Tx } from '../../src/store/database.js';
import { describeChangeLog } from '../conformance/change-log.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let world: TestDatabase;
let database: Database;
const logs: PostgresLog[] = [];

beforeAll(async () => {
  world = await createTestDatabase();
  database = openDatabase(
    { url: world.url, poolMax: 12, applicationName: 'test' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
});
afterAll(async () => {
  for (const log of logs) await log.close();
  await database.end();
  await world.drop();
});

function openLog(partitions: number): PostgresLog {
  const log = makePostgresLog({ database, logger: silentLogger, partitions: () => partitions });
  logs.push(log);
  return log;
}

for (const partitions of [1, 8]) {
  describe(`the Postgres log with ${partitions} partitions`, () => {
    let topics = 0;
    describeChangeLog<Tx>(() => ({
      log: openLog(partitions),
      partitions,
      newTopic: () => `test.${partitions}.${topics++}`,
      inTransaction: (work) => database.tx(work),
      dawdle: async (tx, ms) => {
        await tx.query('select pg_sleep(random() * $1 / 1000.0)', [ms]);
      },
    }));
  });
}

describe('the partitions of a topic', () => {
  it('are refused when their number is another one than before', async () => {
    await openLog(8).prepare('test.fixed');
    await expect(openLog(4).prepare('test.fixed')).rejects.toMatchObject({ code: 'LOG_PARTITIONS_CHANGED' });
    const appended = database.tx((tx) => openLog(4).append(tx, 'test.fixed', [{ key: 'a', traceId: 't', payload: 1 }]));
    await expect(appended).rejects.toMatchObject({ code: 'LOG_PARTITIONS_CHANGED' });
  });

  it('are found by a hash that never changes, because stored entries depend on it', () => {
    expect(['product:1', 'product:2', 'category:9', 'é'].map((key) => partitionOf(key, 8))).toEqual([1, 0, 0, 4]);
  });

  it('keep text that Postgres refuses in jsonb: NUL and half characters', async () => {
    const log = openLog(1);
    const payload = { text: 'a\u0000b\ud800c', ключ: '😀' };
    await database.tx((tx) => log.append(tx, 'test.text', [{ key: 'k', traceId: 't', payload }]));
    const [entry] = await log.read('test.text', 0, 0n, 10);
    expect(entry?.payload).toEqual(payload);
  });
});
