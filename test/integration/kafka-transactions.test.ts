/** Transactions of others in the hub's topics: it uses none itself, and has to live with those that somebody else makes. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { GivenKafka } from '../support/given-kafka.js';
import { describeWithKafka } from '../support/kafka.js';
import { sharedKafka } from '../support/shared-kafka.js';
import { until } from '../support/wait.js';
import { appendTo, kafkaName, openKafkaWorld, plainKafka, topicOf, type KafkaWorld } from './kafka-world.js';

const minutes = 60_000;
const run = Date.now().toString(36);

describeWithKafka('a topic with a transaction of others', () => {
  let world: KafkaWorld;
  let kafka: GivenKafka;
  beforeAll(async () => {
    [world, kafka] = await Promise.all([openKafkaWorld(), sharedKafka()]);
  }, 3 * minutes);
  afterAll(() => world.close());

  it(
    'leaves out what a transaction of others has taken back, and goes on behind it',
    async () => {
      const topic = topicOf(`aborted${run}`);
      const log = world.log({ ...kafka, partitions: 1 });
      await appendTo(world, log, topic, ['a'], 0);
      const producer = plainKafka(kafka.brokers, kafka).producer({
        transactionalId: `other${run}`,
        maxInFlightRequests: 1,
        idempotent: true,
      });
      await producer.connect();
      const transaction = await producer.transaction();
      await transaction.send({
        topic: kafkaName(`aborted${run}`, kafka.prefix),
        messages: [{ key: 'x', value: 'never' }],
      });
      await transaction.abort();
      await producer.disconnect();
      // Its message and the mark of its end.
      await until(async () => (await log.ends(topic))[0] === 3n, { what: 'the end of the transaction' });
      await appendTo(world, log, topic, ['a'], 1);
      const entries = await until(
        async () => {
          const all = await log.read(topic, 0, 0n, 10);
          return all.length >= 2 && all;
        },
        { what: 'both entries' },
      );
      expect(entries.map(({ offset, traceId }) => [offset, traceId])).toEqual([[0n, 'trace-a-0'], [3n, 'trace-a-1']]); // prettier-ignore
      expect((await log.read(topic, 0, 1n, 10)).map(({ offset }) => offset)).toEqual([3n]);
    },
    minutes,
  );

  it(
    'is not taken for shortened while others have a transaction open in its topic',
    async () => {
      const topic = topicOf(`open${run}`);
      const log = world.log({ ...kafka, partitions: 1 });
      await appendTo(world, log, topic, ['a'], 0);
      const settings = { transactionalId: `open${run}`, maxInFlightRequests: 1, idempotent: true };
      const producer = plainKafka(kafka.brokers, kafka).producer(settings);
      await producer.connect();
      const transaction = await producer.transaction();
      await transaction.send({
        topic: kafkaName(`open${run}`, kafka.prefix),
        messages: [{ key: 'x', value: 'not yet' }],
      });
      await appendTo(world, log, topic, ['a'], 1);
      // Nobody may read on, but what was acknowledged is there.
      expect(await log.ends(topic)).toEqual([1n]);
      expect(await log.shortened(topic)).toEqual(new Map());
      await transaction.abort();
      await producer.disconnect();
      await until(async () => (await log.ends(topic))[0] === 4n, { what: 'the end of the transaction' });
    },
    minutes,
  );
});
