import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Admin } from 'kafkajs';
import { systemClock } from '../../src/base/clock.js';
import { KoppelError } from '../../src/base/errors.js';
import { noFailpoint, type Failpoint } from '../../src/base/failpoint.js';
import { newId } from '../../src/base/ids.js';
import { silentLogger } from '../../src/base/logger.js';
import { canonicalTopic } from '../../src/log/change-log.js';
import { makeEventPublisher, type EventPublisher } from '../../src/log/event-publisher.js';
import { makeKafkaConnection, type KafkaConnection } from '../../src/log/kafka-connection.js';
import { makeKafkaReader, type KafkaRecord } from '../../src/log/kafka-reader.js';
import * as identity from '../../src/store/database-identity.js';
import * as heads from '../../src/store/log-heads.js';
import * as positions from '../../src/store/positions.js';
import * as checks from '../../src/store/restore-checks.js';
import { makeRelay, relayOnce, type RelayDeps } from '../../src/sync/relay.js';
import { noticeRestore } from '../../src/sync/restored.js';
import { describeWithKafka, ownKafka } from '../support/kafka.js';
import { until } from '../support/wait.js';
import type { KafkaBrokers } from '../../scripts/kafka/brokers.js';
import { openHub, product, type Hub } from './ingest-world.js';
import { plainKafka, topicSettings } from './kafka-world.js';

describeWithKafka(
  'the relay',
  () => {
    let kafka: KafkaBrokers;
    let hub: Hub;
    let publisher: EventPublisher;
    let reading: KafkaConnection;

    beforeAll(async () => {
      [kafka, hub] = await Promise.all([ownKafka(), openHub()]);
      const settings = { brokers: kafka.bootstrap.split(','), partitions: 2, retentionMs: 3_600_000 };
      const base = { clock: systemClock, logger: silentLogger };
      publisher = makeEventPublisher({ ...base, database: hub.database, settings });
      reading = makeKafkaConnection(settings, 'test', silentLogger);
      await positions.preparePositions(hub.database, 'relay', canonicalTopic, 1);
    }, 180_000);
    afterAll(async () => {
      await reading.close();
      await publisher.close();
      await hub.close();
      await kafka.stop();
    });

    const deps = (failpoint: Failpoint = noFailpoint, owner = newId('run')): RelayDeps => ({
      database: hub.database,
      log: hub.log,
      canonicalTopic,
      positions,
      publisher,
      clock: systemClock,
      logger: silentLogger,
      failpoint,
      owner,
      batchSize: 4,
      leaseMs: 1,
      restMs: 20,
    });
    const published = async (entity: string): Promise<readonly KafkaRecord[]> => {
      const reader = makeKafkaReader(reading, systemClock);
      const topic = `koppel.canonical.${entity}`;
      const ends = (await reader.edges([topic], 'end')).get(topic) ?? [];
      const found: KafkaRecord[] = [];
      for (const partition of ends.keys()) found.push(...(await reader.read(topic, partition, 0n, 1_000)));
      return found;
    };
    const header = (record: KafkaRecord, name: string): string => String(record.headers[name]);

    it('publishes each event in order of its record, also when it dies before or after the acknowledgement', async () => {
      for (const n of [1, 2, 3]) {
        const documents = ['1', '2', '3'].map((id) => ({ id, document: product(`P${id} ${n}`, [id]) }));
        await hub.take('products', documents);
      }
      const events = await hub.events();
      let passed = 0;
      const dying: Failpoint = (name) => {
        if (!['R0', 'R2'].includes(name) || passed++ % 4 !== 2) return undefined;
        return Promise.reject(new KoppelError('FAILPOINT', { name }));
      };
      let deaths = 0;
      await until(
        async () => {
          try {
            return (await relayOnce(deps(dying))) === 'idle' && passed > 0 && (await relayOnce(deps())) === 'idle';
          } catch {
            deaths++;
            return false;
          }
        },
        { what: 'the end of the events' },
      );
      expect(deaths).toBeGreaterThan(1);

      const found = await published('product');
      const wanted = events.filter(({ entity }) => entity === 'product');
      const at = new Map<string, { id: string; revision: number }>();
      const last = new Map<string, number>();
      for (const record of found) {
        const position = header(record, 'koppel-position');
        const { source } = JSON.parse(String(record.value)) as { source: { id: string; revision: number } };
        // A consumer drops what it has had by the position; what is left grows for each record.
        if (Number(position) <= (last.get(source.id) ?? -1)) continue;
        last.set(source.id, Number(position));
        at.set(position, source);
      }
      expect(found.length).toBeGreaterThan(wanted.length);
      const perRecord = (list: readonly { id: string; revision: number }[]) =>
        Object.fromEntries([...new Set(list.map(({ id }) => id))].sort().map((id) => [id, list.filter((e) => e.id === id).map((e) => e.revision)])); // prettier-ignore
      expect(perRecord([...at.values()])).toEqual(
        perRecord(wanted.map(({ id, version }) => ({ id, revision: version }))),
      );
    });

    it('makes topics of which nothing goes but by age', async () => {
      const settings = { 'cleanup.policy': 'delete', 'compression.type': 'gzip', 'max.message.bytes': '8388608', 'min.insync.replicas': '1', 'retention.ms': '3600000' }; // prettier-ignore
      expect(await topicSettings(kafka.bootstrap.split(','), 'koppel.canonical.product')).toEqual(settings);
    });

    it('is one process at a time; another one goes on when the first has stopped', async () => {
      const first = makeRelay({
        ...deps(),
        leaseMs: 60_000,
        publisher: { ...publisher, close: () => Promise.resolve() },
      });
      await first.start();
      await hub.take('products', [{ id: '9', document: product('P9', ['9']) }]);
      const names = async () => (await published('product')).map(({ value }) => String(value));
      await until(async () => (await names()).some((text) => text.includes('P9')), { what: 'P9' });
      await hub.take('products', [{ id: '10', document: product('P10', ['10']) }]);
      const [held] = await hub.database.query(`select owner from consumer_position where consumer = 'relay'`);
      expect(held?.['owner']).not.toBeNull();
      expect(await relayOnce(deps())).toBe('idle');
      await first.stop();
      await until(async () => {
        await relayOnce(deps());
        return (await names()).some((text) => text.includes('P10'));
      }, { what: 'P10' }); // prettier-ignore
    });

    it('is believed after a restore: what it publishes then stands above all that it published before', async () => {
      const relayAll = async (): Promise<void> => {
        while ((await relayOnce(deps())) !== 'idle');
      };
      const positionsIn = async (): Promise<readonly bigint[]> =>
        (await published('product')).map((record) => BigInt(header(record, 'koppel-position')));
      const query: typeof hub.database.query = (...question) => hub.database.query(...question);
      await relayAll();
      const [backup] = await query<{ next: string }>(`select next_offset::text as next from log_partition where topic = $1`, [canonicalTopic]); // prettier-ignore
      for (const id of ['11', '12', '13']) await hub.take('products', [{ id, document: product(`P${id}`, [id]) }]);
      await relayAll();
      const before = await positionsIn();
      // What a restore takes back; what Kafka has, it keeps.
      await query(`delete from log_entry where topic = $1 and "offset" >= $2`, [canonicalTopic, backup!.next]);
      await query(`update log_partition set next_offset = $2 where topic = $1`, [canonicalTopic, backup!.next]);
      await query(`update consumer_position set next_offset = $2 where topic = $1`, [canonicalTopic, backup!.next]);
      const present = await identity.presentIdentity(hub.database);
      const moved = { ...identity, presentIdentity: () => Promise.resolve({ ...present, database: 'copied' }) };
      const beginning = { store: checks, heads, canonicalTopic };
      await noticeRestore(hub.database, { identity, ...beginning }, 'hub');
      expect(await noticeRestore(hub.database, { identity: moved, ...beginning }, 'hub')).not.toBeNull();
      await hub.take('products', [{ id: '14', document: product('P14', ['14']) }]);
      await relayAll();
      const after = (await positionsIn()).filter((position) => !before.includes(position));
      const highest = before.reduce((most, each) => (each > most ? each : most));
      expect(after.length).toBeGreaterThan(0);
      for (const position of after) expect(position).toBeGreaterThan(highest);
    });

    const admin = async <T>(work: (of: Admin) => Promise<T>): Promise<T> => {
      const of = plainKafka(kafka.bootstrap.split(',')).admin();
      await of.connect();
      return work(of).finally(() => of.disconnect());
    };
    const relayAll = () =>
      until(async () => (await relayOnce(deps())) === 'idle', { what: 'the end of the events', timeoutMs: 30_000 });

    it('goes on in pieces where a topic takes less at once than there is', async () => {
      const entries = [{ name: 'max.message.bytes', value: '3000' }];
      await admin((of) =>
        of.createTopics({ topics: [{ topic: 'koppel.canonical.category', numPartitions: 2, configEntries: entries }] }),
      );
      const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
      await hub.take('categories', ids.map((id) => ({ id, document: { name: `${id} ${'long '.repeat(200)}` } }))); // prettier-ignore
      await relayAll();
      const names = (await published('category')).map(({ value }) => (JSON.parse(String(value)) as { after: { name: string } }).after.name[0]); // prettier-ignore
      expect([...new Set(names)].sort()).toEqual(ids);
    });

    it('makes a topic anew that somebody has deleted, and goes on', async () => {
      const topic = 'koppel.canonical.product';
      await relayAll();
      await admin(async (of) => {
        await of.deleteTopics({ topics: [topic] });
        await until(async () => !(await of.listTopics()).includes(topic), { what: 'the end of the topic' });
      });
      await hub.take('products', [{ id: '20', document: product('P20', ['20']) }]);
      await relayAll();
      expect((await published('product')).map(({ value }) => String(value))).toEqual([expect.stringContaining('P20')]);
    }, 60_000);
  },
  { own: true },
);
