import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { KafkaBrokers } from '../../scripts/kafka/brokers.js';
import { systemClock } from '../../src/base/clock.js';
import { silentLogger } from '../../src/base/logger.js';
import { stopShortened } from '../../src/cdc/shortened.js';
import { startsNow, streamsOfFlow } from '../../src/cdc/sources.js';
import { kafkaChangesTopic } from '../../src/log/change-log.js';
import { changeKey, type Change } from '../../src/log/envelope.js';
import { makeKafkaLog } from '../../src/log/kafka-log.js';
import * as streams from '../../src/store/capture-positions.js';
import { readProgress } from '../../src/store/flow-progress.js';
import { refuseUnread } from '../../src/store/log-heads.js';
import * as taken from '../../src/store/positions.js';
import { forgetVersions } from '../../src/store/reference-versions.js';
import { stoppedStreams } from '../../src/store/system-status.js';
import { makeMarkers } from '../../src/sync/markers.js';
import { recordsOf } from '../../src/sync/systems.js';
import { describeWithKafka, ownKafka } from '../support/kafka.js';
import { until } from '../support/wait.js';
import { openHub, product, type Hub } from './ingest-world.js';
import { plainKafka } from './kafka-world.js';

const topic = kafkaChangesTopic('till');
const inKafka = 'koppel.changes.till.product';

describeWithKafka(
  'ingest',
  () => {
    let kafka: KafkaBrokers;
    let brokers: readonly string[];
    let hub: Hub;

    beforeAll(async () => {
      kafka = await ownKafka();
      brokers = kafka.bootstrap.split(',');
      hub = await openHub({
        topicOf: kafkaChangesTopic,
        open: (database, postgresLog, configuration) =>
          makeKafkaLog({
            database,
            postgresLog,
            clock: systemClock,
            logger: silentLogger,
            settings: { brokers, partitions: 1, retentionMs: 3_600_000 },
            recordsOf: (system) => recordsOf(configuration.current(), system),
            shortened: stopShortened({
              database,
              logger: silentLogger,
              consumer: 'ingest',
              stopPartition: taken.stopPartition,
            }),
          }),
      });
    }, 180_000);
    beforeEach(() => void hub.reports.splice(0));
    afterAll(async () => {
      await hub.close();
      await kafka.stop();
    });

    const counted = (what: string): number =>
      hub.reports
        .flatMap(({ counts }) => [...counts.values()] as readonly Partial<Record<string, number>>[])
        .reduce((sum, counts) => sum + (counts[what] ?? 0), 0);
    const names = async (): Promise<readonly unknown[]> =>
      (await hub.database.query('select name from product order by name')).map((row) => row['name']);

    const goOn = (): Promise<void> =>
      makeMarkers({
        database: hub.database,
        configuration: hub.configuration,
        positions: { ...streams, forgetVersions },
        taken,
        log: hub.log,
        changesTopic: kafkaChangesTopic,
        stoppedStreams,
        startsNow,
        streamsOfFlow,
        moved: () => undefined,
      }).reset({ source: 'till', target: 'shop', entity: 'product' }, 'here');
    const makeTopicAnew = async (): Promise<void> => {
      const admin = plainKafka(brokers).admin();
      await admin.connect();
      await admin.deleteTopics({ topics: [inKafka] });
      await until(async () => !(await admin.listTopics()).includes(inKafka), { what: 'the end of the topic' });
      await admin.createTopics({ topics: [{ topic: inKafka, numPartitions: 1 }], waitForLeaders: true });
      await admin.disconnect();
    };
    const stoppedBecause = async (): Promise<readonly string[]> =>
      (
        await hub.database.query<{ why: string }>(
          `select stopped_code || ': ' || stopped_message as why from consumer_position where stopped_code is not null`,
        )
      ).map(({ why }) => why);

    it('takes a change twice for one when its page was appended again after a crash', async () => {
      const document = product('Shirt', ['S']);
      const [change] = await hub.show('products', [{ id: '1', version: 1, document }]);
      if (change === undefined) throw new Error('nothing was shown');
      // The brokers have it, the position of capture has not moved: the process dies in between.
      const crashed = hub.database.tx(async (tx) => {
        await hub.log.append(tx, topic, [{ key: changeKey(change), traceId: 'again', payload: change as never }]);
        throw new Error('killed');
      });
      await expect(crashed).rejects.toThrow('killed');
      await hub.append([change]);
      await hub.settle();
      expect({ created: counted('created'), unchanged: counted('unchanged') }).toEqual({ created: 1, unchanged: 2 });
      expect(await names()).toEqual(['Shirt']);
      const events = (await hub.events()).map(({ entity, action }) => `${entity} ${action}`);
      expect(events).toEqual(['product created', 'variant created']);
    });

    it('knows without the brokers since when the oldest change waits, however many come after it', async () => {
      const waitsSince = async (): Promise<number> => {
        const [row] = await hub.database.query<{ at: Date }>(
          'select max(waits_since) as at from log_partition where topic = $1',
          [topic],
        );
        return row!.at.getTime();
      };
      const show = () => hub.show('products', [{ id: '1', document: product('Shirt', ['S']) }]);
      const before = await waitsSince();
      await show();
      const since = await waitsSince();
      expect(since).toBeGreaterThan(before);
      await show();
      expect(await waitsSince()).toBe(since);
      await hub.settle();
      await show();
      expect(await waitsSince()).toBeGreaterThan(since);
      await hub.settle();
    });

    it('parks what others have written into a topic alone, keeps it whole, and takes in what is around it', async () => {
      await hub.show('products', [{ id: '2', document: product('before', ['B']) }]);
      const producer = plainKafka(brokers).producer();
      await producer.connect();
      const messages = [
        { key: 'product:2', value: 'not JSON' },
        { key: null, value: Buffer.from([0xff, 0x00]) },
        { key: 'product:2', value: null },
        { key: 'product:2', value: '{"before":null,"after":{},"source":{"version":"1","name":"another"}}' },
        { key: 'product:2', value: 'traced oddly', headers: { 'koppel-trace': 'a\0b' } },
      ];
      await producer.send({ topic: inKafka, messages });
      await producer.disconnect();
      await hub.show('products', [{ id: '3', document: product('behind', ['C']) }]);
      await hub.settle();

      expect(await names()).toEqual(['Shirt', 'before', 'behind']);
      const parked = await hub.database.query<{ code: string; payload: Change; [name: string]: unknown }>(
        `select code, stage, payload from parked where status = 'OPEN' order by log_offset`,
      );
      expect(parked.map(({ code, stage }) => [code, stage])).toEqual(messages.map(() => ['LOG_MESSAGE_FOREIGN', 'capture'])); // prettier-ignore
      expect(parked.map(({ payload }) => payload.document)).toEqual([
        { key: 'product:2', value: 'not JSON' },
        { key: null, value: { base64: '/wA=' } },
        { key: 'product:2', value: null },
        { key: 'product:2', value: messages[3]?.value },
        { key: 'product:2', value: 'traced oddly' },
      ]);
    });

    it('stops at what was removed before it was read, shows why, and goes on where a person says', async () => {
      for (const id of ['4', '5', '6']) await hub.show('products', [{ id, document: product(`P${id}`, [id]) }]);
      const admin = plainKafka(brokers).admin();
      await admin.connect();
      const [{ high } = { high: '0' }] = await admin.fetchTopicOffsets(inKafka);
      const partitions = [{ partition: 0, offset: String(Number(high) - 1) }];
      await admin.deleteTopicRecords({ topic: inKafka, partitions });
      await admin.disconnect();

      await hub.show('categories', [{ id: 'g', document: { name: 'Group' } }]);
      await hub.settle();
      await hub.settle();
      expect(await names()).toEqual(['Shirt', 'before', 'behind']);
      const stopped = await hub.database.query(
        'select stopped_code, stopped_record from consumer_position where stopped_code is not null',
      );
      expect(stopped).toEqual([{ stopped_code: 'LOG_POSITION_LOST', stopped_record: 'product' }]);

      await hub.database.query(
        `insert into system (id, key, connector, name, settings) values ('sys_t', 'till', 'test', 'Till', '{}') on conflict do nothing`,
      );
      await hub.database.query(
        `insert into flow (id, key, name, entity, source, target, settings, poll_every_ms, state)
         values ('flw_t', 'f', 'F', 'product', 'till', 'till', '{}', 1000, 'ENABLED')`,
      );
      const shown = async (records: readonly string[]): Promise<string | null | undefined> =>
        (await readProgress(hub.database, [{ flow: 'f', system: 'till', stream: 'products', records, own: true }]))[0]
          ?.stoppedBecause;
      expect(await shown(['product'])).toContain('koppel.changes.till.product, partition 0');
      expect(await shown(['category'])).toBeNull();
      await expect(refuseUnread(hub.database, 'changes.')).rejects.toMatchObject({ code: 'LOG_CARRIER_UNREAD' });

      await goOn();
      await hub.settle();
      expect(await names()).toEqual(['P6', 'Shirt', 'before', 'behind']);
      expect(await shown(['product'])).toBeNull();
      await refuseUnread(hub.database, 'changes.');
    });

    it('stops when its position is beyond the end, because the topic is another one', async () => {
      await makeTopicAnew();
      await until(
        async () => {
          await hub.settle();
          return (await stoppedBecause())[0]?.includes('LOG_POSITION_LOST') === true;
        },
        { what: 'a stopped position', timeoutMs: 30_000 },
      );
      expect((await stoppedBecause())[0]).toContain('0 to 0');
      await goOn();
      // What the old topic had is nothing that the hub waits for.
      await refuseUnread(hub.database, 'changes.');
      await hub.show('products', [{ id: '7', document: product('in the new topic', ['N']) }]);
      await hub.settle();
      expect(await stoppedBecause()).toEqual([]);
      expect(await names()).toContain('in the new topic');
    }, 60_000);

    it('stops when the brokers have lost what they had acknowledged, also when it had been read only in part', async () => {
      for (const id of ['7', '8']) await hub.show('products', [{ id, document: product(`lost ${id}`, [id]) }]);
      await makeTopicAnew();
      // It stands behind what is there now, so reading on would go unnoticed.
      await hub.database.query(
        `update consumer_position set next_offset = 0 where topic = $1 and next_offset > 0`,
        [topic], // prettier-ignore
      );
      await hub.show('products', [{ id: '9', document: product('behind the loss', ['9']) }]);
      await hub.settle();
      expect(await stoppedBecause()).toEqual([expect.stringMatching(/^LOG_SHORTENED: .*product, partition 0, up to 3, but it ends at 0/)]); // prettier-ignore
      expect(await names()).not.toContain('behind the loss');
      await goOn();
      await until(async () => (await hub.settle(), (await names()).includes('behind the loss')), { what: 'what was behind', timeoutMs: 20_000 }); // prettier-ignore
      expect(await stoppedBecause()).toEqual([]);
    }, 60_000);

    it('stops when nothing is written any more and the log stays shorter than was acknowledged', async () => {
      await hub.database.query('update log_partition set next_offset = next_offset + 3 where topic = $1', [topic]);
      const worker = hub.worker();
      await until(
        async () => {
          await hub.settle(worker);
          return (await stoppedBecause())[0]?.startsWith('LOG_SHORTENED') === true;
        },
        { what: 'a stopped position', timeoutMs: 30_000 },
      );
    }, 60_000);
  },
  { own: true },
);
