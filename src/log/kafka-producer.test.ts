/**
 * Numbers of messages against a broker that follows Kafka's rules for them: what comes again under a number that it has is answered
 * and not stored. Only here can a try be held up at one step and arrive after it was given up.
 */
import { describe, expect, it } from '@jest/globals';
import type Cluster from 'kafkajs/src/cluster/index.js';
import { KoppelError } from '../base/errors.js';
import type { KafkaConnection } from './kafka-connection.js';
import { makeKafkaProducer, type KafkaMessage } from './kafka-producer.js';

interface Sent {
  readonly partition: number;
  readonly firstSequence: number;
  readonly messages: readonly { readonly value: Buffer }[];
}
const refusal = (type: string) => Object.assign(new Error(type), { type });

function makeBroker() {
  const stored: string[] = [];
  const partitions = new Map<string, { next: number; readonly last: Map<string, number> }>();
  let producers = 0;
  const take = (producerId: string, { partition, firstSequence, messages }: Sent) => {
    if (messages.some(({ value }) => value.length > 100)) throw refusal('MESSAGE_TOO_LARGE');
    const id = `${producerId} ${partition}`;
    const known = partitions.get(id) ?? { next: firstSequence, last: new Map<string, number>() };
    partitions.set(id, known);
    const repeated = known.last.get(`${firstSequence} ${messages.length}`);
    if (repeated !== undefined) return { partition, baseOffset: String(repeated) };
    if (firstSequence !== known.next) throw refusal('OUT_OF_ORDER_SEQUENCE_NUMBER');
    known.last.set(`${firstSequence} ${messages.length}`, stored.length);
    known.next += messages.length;
    return {
      partition,
      baseOffset: String(stored.push(...messages.map(({ value }) => String(value))) - messages.length),
    };
  };
  return {
    stored,
    initProducerId: () => Promise.resolve({ producerId: String(++producers), producerEpoch: 0 }),
    produce({ producerId, topicData }: { producerId: string; topicData: readonly { partitions: readonly Sent[] }[] }) {
      const tried = topicData
        .flatMap((each) => each.partitions)
        .map((sent) => {
          try {
            return take(producerId, sent);
          } catch (error) {
            return error as Error;
          }
        });
      const failed = tried.find((each) => each instanceof Error);
      return failed === undefined ? Promise.resolve({ topics: [{ partitions: tried }] }) : Promise.reject(failed);
    },
  };
}

type Step = 'numbers' | 'metadata' | 'connect' | 'answer';

/** Gives up a piece of work that is held up, as the real connection does after its time; `goOn` lets it go on afterwards. */
function makeWorld(holdUp: { readonly step: Step; readonly use: number } | null) {
  const broker = makeBroker();
  let uses = 0;
  let goOn = (): void => undefined;
  let late: Promise<unknown> = Promise.resolve();
  const connection: KafkaConnection = {
    async use(_, work) {
      const isHeldUp = ++uses === holdUp?.use;
      let giveUp = (): void => undefined;
      const givenUp = new Promise<never>((_resolve, reject) => {
        giveUp = () => reject(new KoppelError('LOG_UNREACHABLE', { what: 'it took too long' }));
      });
      const at = (step: Step): Promise<void> => {
        if (!isHeldUp || holdUp?.step !== step) return Promise.resolve();
        giveUp();
        return new Promise((resolve) => (goOn = resolve));
      };
      const held = {
        initProducerId: () => at('numbers').then(() => broker.initProducerId()),
        produce: async (request: Parameters<typeof broker.produce>[0]) => {
          const answer = await broker.produce(request);
          await at('answer');
          return answer;
        },
      };
      const working = work({
        brokerPool: { findConnectedBroker: () => Promise.resolve(held) },
        addMultipleTargetTopics: () => at('metadata'),
        findLeaderForPartitions: (_topic: string, partitions: readonly number[]) => ({ 1: partitions }),
        findBroker: () => at('connect').then(() => held),
      } as unknown as Cluster);
      if (isHeldUp) late = working.catch(() => undefined);
      return Promise.race([working, givenUp]);
    },
    close: () => Promise.resolve(),
    ending: new AbortController().signal,
  };
  const clock = { sleep: () => Promise.resolve(), monotonic: () => 0 } as unknown as Parameters<typeof makeKafkaProducer>[1]; // prettier-ignore
  const producer = makeKafkaProducer(connection, clock);
  return {
    stored: broker.stored,
    send: (batches: Readonly<Record<number, string>>) =>
      producer.send('topic', new Map(Object.entries(batches).map(([p, value]) => [Number(p), [messageOf(value)]]))),
    arrive: async () => {
      goOn();
      await late;
    },
  };
}
const messageOf = (value: string): KafkaMessage => ({ key: 'k', value, headers: {} });

describe('a try that was given up and arrives later', () => {
  it.each<[Step, number]>([
    ['numbers', 1],
    ['metadata', 2],
    ['metadata', 3],
    ['connect', 2],
    ['connect', 3],
    ['answer', 3],
  ])('at the step of %s, piece of work %s: takes no number from others', async (step, use) => {
    const { send, arrive, stored } = makeWorld({ step, use });
    await send({ 0: 'A' });
    await send({ 0: 'B' });
    await arrive();
    for (const value of ['C', 'D']) await send({ 0: value });
    expect(stored).toEqual(['A', 'B', 'C', 'D']);
  });
});

describe('a send that is refused as too large', () => {
  it('leaves none of its numbers to others: what is sent next is stored', async () => {
    const { send, stored } = makeWorld(null);
    await send({ 0: 'W' });
    await expect(send({ 0: 'X, first', 1: 'Y'.repeat(200) })).rejects.toMatchObject({ code: 'LOG_MESSAGE_TOO_LARGE' });
    await send({ 0: 'X, second' });
    expect(stored).toEqual(['W', 'X, first', 'X, second']);
  });
});
