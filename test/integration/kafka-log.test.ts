import { afterAll, beforeAll, describe } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { kafkaChangesTopic, systemInKafka } from '../../src/log/change-log.js';
import { makeKafkaLog, type KafkaLog } from '../../src/log/kafka-log.js';
import { makePostgresLog } from '../../src/log/postgres-log.js';
import { openDatabase, type Database, type Tx } from '../../src/store/database.js';
import { describeChangeLog } from '../conformance/change-log.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import type { GivenKafka } from '../support/given-kafka.js';
import { describeWithKafka } from '../support/kafka.js';
import { sharedKafka } from '../support/shared-kafka.js';
import { kafkaName, removeRecords } from './kafka-world.js';

describeWithKafka('the change log', () => {
  let world: TestDatabase;
  let database: Database;
  let kafka: GivenKafka;
  const logs: KafkaLog[] = [];

  beforeAll(async () => {
    [world, kafka] = await Promise.all([createTestDatabase(), sharedKafka()]);
    database = openDatabase(
      { url: world.url, poolMax: 12, applicationName: 'test' },
      { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
    );
  }, 180_000);
  afterAll(async () => {
    for (const log of logs) await log.close();
    await database.end();
    await world.drop();
  });

  function openLog(partitions: number): KafkaLog {
    const base = { database, clock: systemClock, logger: silentLogger };
    const log = makeKafkaLog({
      ...base,
      settings: { ...kafka, partitions, retentionMs: 3_600_000 },
      recordsOf: () => new Map([['thing', ['things']]]),
      postgresLog: makePostgresLog({ ...base, partitions: () => 1 }),
      shortened: (_topic, _partition, error) => Promise.reject(error),
    });
    logs.push(log);
    return log;
  }

  for (const partitions of [1, 8]) {
    describe(`with ${partitions} partitions`, () => {
      const run = Date.now().toString(36);
      let topics = 0;
      describeChangeLog<Tx>(() => ({
        log: openLog(partitions),
        withPartitions: openLog,
        remove: (topic, partition, before) =>
          removeRecords(kafka, kafkaName(systemInKafka(topic) ?? '', kafka.prefix), partition, before),
        partitions,
        newTopic: () => kafkaChangesTopic(`t${run}-${partitions}-${topics++}`),
        inTransaction: (work) => database.tx(work),
        dawdle: async (tx, ms) => {
          await tx.query('select pg_sleep(random() * $1 / 1000.0)', [ms]);
        },
      }));
    });
  }
});
