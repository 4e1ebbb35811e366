import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { KafkaBrokers } from '../../scripts/kafka/brokers.js';
import { systemClock } from '../../src/base/clock.js';
import { silentLogger, type Logger } from '../../src/base/logger.js';
import { makeKafkaConnection } from '../../src/log/kafka-connection.js';
import { makeKafkaReader } from '../../src/log/kafka-reader.js';
import { describeWithKafka, ownKafka, ownKafkaBehindProxy } from '../support/kafka.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { busyness } from '../support/patience.js';
import { until } from '../support/wait.js';
import {
  appendTo,
  kafkaName,
  openKafkaWorld,
  plainKafka,
  readAll,
  removeRecords,
  topicOf,
  topicSettings,
  type KafkaWorld,
} from './kafka-world.js';

const minutes = 60_000;

describeWithKafka(
  'a broker that fails',
  () => {
    let proxy: TcpProxy;
    let kafka: KafkaBrokers;
    let world: KafkaWorld;
    let brokers: readonly string[];

    beforeAll(async () => {
      [{ kafka, proxy }, world] = await Promise.all([ownKafkaBehindProxy(), openKafkaWorld()]);
      brokers = kafka.bootstrap.split(',');
    }, 3 * minutes);
    afterAll(async () => {
      await world.close();
      await kafka.stop();
      await proxy.close();
    });

    it(
      'and is killed loses nothing that was acknowledged, and what failed is of the environment',
      async () => {
        const topic = topicOf('killed');
        const log = world.log({ brokers, timeoutMs: 2_000 });
        const acknowledged: string[] = [];
        const failures: unknown[] = [];
        let n = 0;
        const append = async (): Promise<void> => {
          const version = n++;
          try {
            await appendTo(world, log, topic, ['a', 'b', 'c'], version);
            acknowledged.push(`a:${version}`, `b:${version}`, `c:${version}`);
          } catch (error) {
            failures.push(error);
          }
        };
        while (acknowledged.length < 30) await append();
        const during = append();
        await kafka.nodes[0]?.kill();
        await during;
        await append();
        await expect(readAll(log, topic)).rejects.toMatchObject({ class: 'environment' });
        await kafka.nodes[0]?.start();
        await kafka.ready();
        const before = acknowledged.length;
        while (acknowledged.length < before + 30) await append();

        expect(failures.length).toBeGreaterThan(0);
        for (const failure of failures)
          expect(failure).toMatchObject({ code: 'LOG_UNREACHABLE', class: 'environment' });
        const found = await until(() => readAll(log, topic), { what: 'a read', timeoutMs: 20_000 });
        expect(acknowledged.filter((each) => !found.includes(each))).toEqual([]);
        // In order, and once: what was sent again after a lost answer is known by its number.
        const ofA = found.filter((each) => each.startsWith('a:')).map((each) => Number(each.slice(2)));
        expect(ofA).toEqual([...new Set(ofA)].sort((x, y) => x - y));
      },
      2 * minutes,
    );

    it(
      'and does not answer is waited for no longer when the process ends, and nothing is sent after that',
      async () => {
        const topic = topicOf('ended');
        await appendTo(world, world.log({ brokers }), topic, ['a'], 0);
        const others = proxy.clients();
        const ending = new AbortController();
        const log = world.log({ brokers, ending: ending.signal });
        await appendTo(world, log, topic, ['a'], 1);
        proxy.stall(true);
        const underWay = [appendTo(world, log, topic, ['a'], 2), appendTo(world, log, topic, ['a'], 3), log.ends(topic)]; // prettier-ignore
        const outcomes = Promise.allSettled(underWay);
        const since = performance.now();
        ending.abort();
        expect(await outcomes).toEqual(underWay.map(() => expect.objectContaining({ status: 'rejected', reason: expect.objectContaining({ code: 'LOG_UNREACHABLE' }) }))); // prettier-ignore
        proxy.stall(false);
        await expect(appendTo(world, log, topic, ['a'], 4)).rejects.toMatchObject({ code: 'LOG_UNREACHABLE' });
        await log.close();
        expect(performance.now() - since).toBeLessThan(3_000 * busyness());
        await until(() => proxy.clients() <= others, { what: 'the connections to end' });
        const found = await until(() => readAll(world.log({ brokers }), topic), { what: 'a read', timeoutMs: 20_000 });
        expect(found).toEqual(['a:0', 'a:1']);
      },
      minutes,
    );

    it(
      'and does not answer is left after its time, and the connection is renewed',
      async () => {
        const topic = topicOf('stalled');
        const log = world.log({ brokers, timeoutMs: 1_000 });
        await appendTo(world, world.log({ brokers }), topic, ['a'], 0);
        /** A broker that takes a second for one answer is asked again. */
        const found = () => until(() => readAll(log, topic), { what: 'a read', timeoutMs: 20_000 });
        expect(await found()).toEqual(['a:0']);
        proxy.stall(true);
        const since = performance.now();
        await expect(readAll(log, topic)).rejects.toMatchObject({ code: 'LOG_UNREACHABLE' });
        expect(performance.now() - since).toBeLessThan(10_000);
        proxy.stall(false);
        // The connections of that time stay dead: only new ones can read.
        expect(await found()).toEqual(['a:0']);
        await appendTo(world, log, topic, ['a'], 1);
        expect(await found()).toEqual(['a:0', 'a:1']);
      },
      2 * minutes,
    );

    it('is connected to once by many that ask at the same moment, and by nobody after the end', async () => {
      const topic = topicOf('crowd');
      await appendTo(world, world.log({ brokers }), topic, ['a'], 0);
      const others = proxy.clients();
      const connection = makeKafkaConnection({ brokers }, 'test', silentLogger);
      const reader = makeKafkaReader(connection, systemClock);
      const crowd = Array.from({ length: 8 }, () => reader.read(kafkaName('crowd'), 0, 0n, 10));
      await Promise.all(crowd);
      // One for the way in; for requests and for messages one each.
      expect(proxy.clients() - others).toBeLessThanOrEqual(3);
      await connection.close();
      await until(() => proxy.clients() <= others, { what: 'the connections to end' });
    });

    it('names the kind of record of which it has removed what was not read', async () => {
      const topic = topicOf('removed');
      const log = world.log({ brokers, partitions: 1 });
      for (let n = 0; n < 5; n++) await appendTo(world, log, topic, ['a'], n);
      await removeRecords({ brokers }, kafkaName('removed'), 0, 3n);
      const lost = { code: 'LOG_POSITION_LOST', values: { record: 'thing', position: '1', start: '3', end: '5' } };
      await expect(log.read(topic, 0, 1n, 10)).rejects.toMatchObject(lost);
      expect(await readAll(log, topic)).toEqual(['a:3', 'a:4']);
    });

    it('takes nothing for its own that another hub has written to its topic', async () => {
      const topic = topicOf('shared');
      const own = world.log({ brokers, partitions: 1, hub: 'hub-a' });
      await appendTo(world, own, topic, ['a'], 1);
      await appendTo(world, world.log({ brokers, partitions: 1, hub: 'hub-b' }), topic, ['a'], 2);
      await appendTo(world, world.log({ brokers, partitions: 1 }), topic, ['a'], 3);
      const entries = await own.read(topic, 0, 0n, 10);
      const seen = entries.map(({ key, payload }) => [key, (payload as { problem?: { code: string } }).problem?.code]);
      expect(seen).toEqual([['thing:a', undefined], ['thing:kafka:0:1', 'LOG_MESSAGE_FOREIGN'], ['thing:a', undefined]]); // prettier-ignore
    });

    it('is refused a topic with messages of another hub, not one with its own (its database was put back); with a prefix of its own it begins anew', async () => {
      const topic = topicOf('taken');
      await appendTo(world, world.log({ brokers, partitions: 1, hub: 'hub-a' }), topic, ['a'], 1);
      const other = await openKafkaWorld();
      try {
        const refused = other.log({ brokers, partitions: 1, hub: 'hub-b' }).partitionsOf(topic);
        await expect(refused).rejects.toMatchObject({ code: 'LOG_TOPIC_USED', values: { topic: kafkaName('taken') } });
        const apart = other.log({ brokers, partitions: 1, hub: 'hub-b', prefix: 'staging' });
        expect(await apart.ends(topic)).toEqual([0n]);
        await appendTo(other, apart, topic, ['b'], 1);
        expect(await readAll(apart, topic)).toEqual(['b:1']);
        expect(await other.log({ brokers, partitions: 1, hub: 'hub-a' }).ends(topic)).toEqual([1n]);
      } finally {
        await other.close();
      }
    });

    it('is told of when it keeps the messages of a topic otherwise than is set, and is left so', async () => {
      const said: object[] = [];
      const none = (): void => undefined;
      const logger: Logger = { error: none, warn: (fields) => said.push(fields), info: none, debug: none, child: () => logger }; // prettier-ignore
      const hub = (retentionMs: number) => world.log({ brokers, retentionMs, logger });
      await hub(3_600_000).prepare(topicOf('other'));
      await hub(3_600_000).prepare(topicOf('other'));
      expect(said).toEqual([]);
      const log = hub(7_200_000);
      await log.prepare(topicOf('other'));
      await log.prepare(topicOf('other'));
      const topic = kafkaName('other');
      const changedBy = `kafka-configs.sh --alter --entity-type topics --entity-name ${topic} --add-config retention.ms=7200000`;
      expect(said).toEqual([{ topic, setting: 'retention.ms', stored: '3600000', wanted: '7200000', changedBy }]);
      expect(await topicSettings(brokers, topic)).toMatchObject({ 'retention.ms': '3600000' });
    });

    it('is refused when somebody has given its topic more partitions', async () => {
      const log = world.log({ brokers, partitions: 2 });
      expect(await log.partitionsOf(topicOf('fixed'))).toBe(2);
      const refused = { code: 'LOG_PARTITIONS_CHANGED' };
      const admin = plainKafka(brokers).admin();
      await admin.connect();
      await admin.createPartitions({ topicPartitions: [{ topic: kafkaName('fixed'), count: 4 }] });
      await admin.disconnect();
      await until(
        () =>
          world
            .log({ brokers, partitions: 2 })
            .partitionsOf(topicOf('fixed'))
            .then(
              () => false,
              (error: unknown) => (error as { code?: string }).code === refused.code,
            ),
        { what: 'a refusal' },
      );
    });
  },
  { own: true },
);

describeWithKafka(
  'three brokers',
  () => {
    let kafka: KafkaBrokers;
    let world: KafkaWorld;
    beforeAll(async () => {
      [kafka, world] = await Promise.all([ownKafka({ nodes: 3 }), openKafkaWorld()]);
    }, 3 * minutes);
    afterAll(async () => {
      await world.close();
      await kafka.stop();
    });

    it('keep as many copies as are set', async () => {
      const all = kafka.bootstrap.split(',');
      await world.log({ brokers: all, partitions: 1, copies: 2 }).prepare(topicOf('copied'));
      const admin = plainKafka(all).admin();
      await admin.connect();
      // Any of them may be asked, also one that does not know the topic yet.
      const { topics } = await until(() => admin.fetchTopicMetadata({ topics: [kafkaName('copied')] }), { what: 'all brokers to know the topic' }); // prettier-ignore
      await admin.disconnect();
      expect(topics[0]?.partitions[0]?.replicas).toHaveLength(2);
    });

    it('keep what most of them have, and nothing goes but by age', async () => {
      const all = kafka.bootstrap.split(',');
      await world.log({ brokers: all, retentionMs: 7_200_000 }).prepare(topicOf('kept'));
      await world.log({ brokers: all, copies: 1 }).prepare(topicOf('alone'));
      const byAge = { 'cleanup.policy': 'delete', 'compression.type': 'gzip', 'max.message.bytes': '8388608' };
      const settingsOf = (name: string) =>
        until(() => topicSettings(all, kafkaName(name)), { what: `settings of ${name}` });
      expect(await settingsOf('kept')).toEqual({ ...byAge, 'min.insync.replicas': '2', 'retention.ms': '7200000' }); // prettier-ignore
      expect(await settingsOf('alone')).toMatchObject({ ...byAge, 'min.insync.replicas': '1' });
    });

    it(
      'go on when one of them is killed: what was acknowledged is there, and more can be appended',
      async () => {
        const topic = topicOf('three');
        const log = world.log({ brokers: kafka.bootstrap.split(','), partitions: 3, timeoutMs: 5_000 });
        const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
        const acknowledged: string[] = [];
        const append = async (n: number): Promise<void> => {
          await appendTo(world, log, topic, ids, n);
          acknowledged.push(...ids.map((id) => `${id}:${n}`));
        };
        for (let n = 0; n < 10; n++) await append(n);
        await kafka.nodes[2]?.kill();
        // Capture would try again too: the same page, with the same versions.
        for (let n = 10; n < 20; n++)
          await until(() => append(n).then(() => true), { what: `append ${n}`, timeoutMs: 60_000 });
        const found = await until(() => readAll(log, topic), { what: 'a read', timeoutMs: 60_000 });
        expect(acknowledged.filter((each) => !found.includes(each))).toEqual([]);
      },
      4 * minutes,
    );
  },
  { own: true },
);
