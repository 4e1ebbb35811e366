import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { makePostgresLog, partitionOf, type PostgresLog } from '../../src/log/postgres-log.js';
import { openDatabase, type Database, type Tx } from '../../src/store/database.js';
import { deleteOldEntries } from '../../src/store/old-log.js';
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

async function removeAsRetentionDoes(topic: string, partition: number, before: bigint): Promise<void> {
  await database.query(
    `insert into consumer_position (consumer, topic, partition, next_offset) values ('passed', $1, $2, $3)
     on conflict (consumer, topic, partition) do update set next_offset = excluded.next_offset`,
    [topic, partition, before],
  );
  const old = { topic, partition, consumer: 'passed', before: new Date('2100-01-01'), keepsLast: false };
  await database.tx((tx) => deleteOldEntries(tx, old, '-1', 1_000));
}

for (const partitions of [1, 8]) {
  describe(`the Postgres log with ${partitions} partitions`, () => {
    let topics = 0;
    describeChangeLog<Tx>(() => ({
      log: openLog(partitions),
      partitions,
      newTopic: () => `test.${partitions}.${topics++}`,
      inTransaction: (work) => database.tx(work),
      remove: removeAsRetentionDoes,
      withPartitions: openLog,
      dawdle: async (tx, ms) => {
        await tx.query('select pg_sleep(random() * $1 / 1000.0)', [ms]);
      },
    }));
  });
}

describe('the partitions of a topic', () => {
  it('are found by a hash that never changes, because stored entries depend on it', () => {
    expect(['product:1', 'product:2', 'category:9', 'é'].map((key) => partitionOf(key, 8))).toEqual([1, 0, 0, 4]);
  });

  it('keep the last word on a record below what retention has removed: it is found at its place, and nobody reads on from there', async () => {
    const topic = 'test.last';
    const log = openLog(1);
    for (const key of ['a', 'b', 'b', 'c', 'b', 'c'])
      await database.tx((tx) => log.append(tx, topic, [{ key, traceId: 't', payload: key }]));
    await database.query(
      `insert into consumer_position (consumer, topic, partition, next_offset) values ('ingest', $1, 0, 6)`,
      [topic],
    );
    const old = { topic, partition: 0, consumer: 'ingest', before: new Date('2100-01-01'), keepsLast: true };
    await database.tx((tx) => deleteOldEntries(tx, old, '-1', 1_000));
    const left = await database.query<{ offset: string }>(`select "offset" from log_entry where topic = $1 order by 1`, [topic]); // prettier-ignore
    expect(left.map(({ offset }) => offset)).toEqual(['0', '4', '5']);
    expect((await log.read(topic, 0, 0n, 10)).map(({ payload }) => payload)).toEqual(['a']);
    await expect(log.read(topic, 0, 1n, 10)).rejects.toMatchObject({ code: 'LOG_POSITION_LOST' });
    expect(await log.starts(topic)).toEqual([4n]);
    expect((await log.read(topic, 0, 4n, 10)).map(({ payload }) => payload)).toEqual(['b', 'c']);
  });

  it('are marked by the migration where entries were removed before there was a mark', async () => {
    const names = ['changes.untouched', 'changes.compacted', 'changes.emptied', 'canonical'];
    for (const topic of names) {
      const entries = ['a', 'b', 'c', 'd'].map((key) => ({ key, traceId: 't', payload: key }));
      await database.tx((tx) => openLog(1).append(tx, topic, entries));
    }
    const remove = (topic: string, where: string) =>
      database.query(`delete from log_entry where topic = $1 and ${where}`, [topic]);
    await remove('changes.compacted', '"offset" in (0, 2)');
    await remove('changes.emptied', 'true');
    await remove('canonical', '"offset" < 2');
    // Positions that a restore has left out.
    await database.query(`update log_partition set next_offset = 1000 where topic = 'canonical'`);
    await database.tx((tx) => openLog(1).append(tx, 'canonical', [{ key: 'e', traceId: 't', payload: 'e' }]));
    const migration = readFileSync('migrations/1764000000097-removed-entries.sql', 'utf8');
    await database.query(`alter table log_partition drop column kept_from`);
    await database.query(migration);
    const marks = await database.query<{ topic: string; mark: string }>(
      'select topic, kept_from as mark from log_partition where topic = any($1)',
      [names],
    );
    expect(Object.fromEntries(marks.map(({ topic, mark }) => [topic, mark]))).toEqual({
      'changes.untouched': '0',
      'changes.compacted': '3',
      'changes.emptied': '4',
      canonical: '2',
    });
    expect((await openLog(1).read('canonical', 0, 2n, 9)).map(({ payload }) => payload)).toEqual(['c', 'd', 'e']);
  });

  it('keep text that Postgres refuses in jsonb: NUL and half characters', async () => {
    const log = openLog(1);
    const payload = { text: 'a\u0000b\ud800c', ключ: '😀' };
    await database.tx((tx) => log.append(tx, 'test.text', [{ key: 'k', traceId: 't', payload }]));
    const [entry] = await log.read('test.text', 0, 0n, 10);
    expect(entry?.payload).toEqual(payload);
  });
});
