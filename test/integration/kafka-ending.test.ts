/** The log in Kafka when its process ends while the brokers do not answer. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { KafkaBrokers } from '../../scripts/kafka/brokers.js';
import { describeWithKafka, ownKafka } from '../support/kafka.js';
import { openTcpProxy } from '../support/tcp-proxy.js';
import { until } from '../support/wait.js';
import { appendTo, openKafkaWorld, readAll, topicOf, type KafkaWorld } from './kafka-world.js';

const minutes = 60_000;

describeWithKafka(
  'a broker',
  () => {
    let proxy: Awaited<ReturnType<typeof openTcpProxy>>;
    let kafka: KafkaBrokers;
    let world: KafkaWorld;
    let brokers: readonly string[];

    beforeAll(async () => {
      proxy = await openTcpProxy();
      const advertised = (_: number, port: number): string => {
        proxy.aim(port);
        return `127.0.0.1:${proxy.port}`;
      };
      [kafka, world] = await Promise.all([ownKafka({ advertised }), openKafkaWorld()]);
      brokers = kafka.bootstrap.split(',');
    }, 3 * minutes);
    afterAll(async () => {
      await world.close();
      await kafka.stop();
      await proxy.close();
    });

    it(
      'that does not answer is waited for no longer when the process ends, and nothing is sent after that',
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
        expect(performance.now() - since).toBeLessThan(3_000);
        await until(() => proxy.clients() <= others, { what: 'the connections to end' });
        const found = await until(() => readAll(world.log({ brokers }), topic), { what: 'a read', timeoutMs: 20_000 });
        expect(found).toEqual(['a:0', 'a:1']);
      },
      minutes,
    );
  },
  { own: true },
);
