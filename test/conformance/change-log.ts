/** What every change log must do, whatever carries it. Call inside a describe block of the implementation's test file. */
import { beforeEach, expect, it } from '@jest/globals';
import { contentHash } from '../../src/base/content-hash.js';
import type { Json } from '../../src/base/document.js';
import type { ChangeLog, LogEntry, ReadEntry } from '../../src/log/change-log.js';
import { changeKey, type Change } from '../../src/log/envelope.js';

/** A log with a fresh topic of `partitions` partitions for each test, and transactions that may be rolled back. */
export interface LogUnderTest<Tx> {
  readonly log: ChangeLog<Tx>;
  readonly partitions: number;
  /** A topic of changes of the system `test`, whose stream `things` shows records `thing`. */
  newTopic(): string;
  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Removes all before that offset, as retention does. */
  remove(topic: string, partition: number, before: bigint): Promise<void>;
  /** A log over the same topics that is set to another number of partitions. */
  withPartitions(partitions: number): ChangeLog<Tx>;
  /** Something that takes between 0 and about `ms` milliseconds inside the transaction. */
  dawdle(tx: Tx, ms: number): Promise<void>;
}

/** The system of a topic is the last part of its name. */
export function changeOf(topic: string, id: string, n: number): Change {
  const document = { id, n, name: 'Ελλάδα € 😀' };
  return {
    system: topic.split('.').at(-1) ?? '',
    stream: 'things',
    record: 'thing',
    externalId: id,
    version: String(n),
    hash: contentHash(document),
    seenAt: new Date(1_800_000_000_000 + n).toISOString(),
    document,
  };
}

const numberOf = ({ payload }: ReadEntry): Json | undefined => (payload as unknown as Change).document['n'];

async function readAll<Tx>({ log }: LogUnderTest<Tx>, topic: string, limit = 7): Promise<ReadEntry[][]> {
  const all: ReadEntry[][] = [];
  for (const [partition, end] of (await log.ends(topic)).entries()) {
    const entries: ReadEntry[] = [];
    for (let from = 0n; from < end; from = (entries.at(-1)?.offset ?? -1n) + 1n) {
      const page = await log.read(topic, partition, from, limit);
      if (page.length === 0) throw new Error(`nothing at ${from} of ${end}`);
      entries.push(...page);
    }
    all.push(entries);
  }
  return all;
}

export function describeChangeLog<Tx>(open: () => LogUnderTest<Tx>): void {
  let under: LogUnderTest<Tx>;
  let topic: string;
  beforeEach(() => {
    under = open();
    topic = under.newTopic();
  });

  const entry = (id: string, n: number): LogEntry => {
    const change = changeOf(topic, id, n);
    return { key: changeKey(change), traceId: `trace-${id}-${n}`, payload: change as unknown as Json };
  };

  it('gives back what was appended, in the order of each key, from offset 0 without gaps', async () => {
    const keys = Array.from({ length: 20 }, (_, i) => `key-${i}`);
    for (let n = 0; n < 3; n++) {
      await under.inTransaction((tx) =>
        under.log.append(
          tx,
          topic,
          keys.map((key) => entry(key, n)),
        ),
      );
    }
    const partitions = await readAll(under, topic);
    expect(partitions).toHaveLength(under.partitions);
    expect(partitions.flat()).toHaveLength(60);
    for (const entries of partitions) expect(entries.map((e) => e.offset)).toEqual(entries.map((_, i) => BigInt(i)));
    for (const key of keys) {
      const found = partitions
        .map((entries) => entries.filter((e) => e.key === `thing:${key}`))
        .filter((e) => e.length > 0);
      expect(found).toHaveLength(1);
      expect(found[0]?.map((e) => e.payload)).toEqual([0, 1, 2].map((n) => changeOf(topic, key, n)));
      expect(found[0]?.map((e) => e.traceId)).toEqual([0, 1, 2].map((n) => `trace-${key}-${n}`));
    }
  });

  it('reads the same entries again from any offset', async () => {
    await under.inTransaction((tx) =>
      under.log.append(
        tx,
        topic,
        Array.from({ length: 30 }, (_, n) => entry('one', n)),
      ),
    );
    const [entries = []] = (await readAll(under, topic)).filter((e) => e.length > 0);
    const partition = (await under.log.ends(topic)).findIndex((end) => end > 0n);
    expect(await under.log.read(topic, partition, 0n, 100)).toEqual(entries);
    expect(await under.log.read(topic, partition, 13n, 5)).toEqual(entries.slice(13, 18));
    expect(await under.log.read(topic, partition, 30n, 5)).toEqual([]);
  });

  /** Five entries of one key, and the partition that they are in. */
  const five = async (): Promise<number> => {
    for (let n = 0; n < 5; n++) await under.inTransaction((tx) => under.log.append(tx, topic, [entry('one', n)]));
    return (await under.log.ends(topic)).findIndex((end) => end > 0n);
  };
  const lost = (position: bigint, start: bigint, end: bigint): object => ({
    code: 'LOG_POSITION_LOST',
    values: { position: String(position), start: String(start), end: String(end) },
  });

  it('says that it does not hold what is beyond its end, and never answers that there is nothing yet', async () => {
    const partition = await five();
    expect(await under.log.read(topic, partition, 5n, 10)).toEqual([]);
    await expect(under.log.read(topic, partition, 6n, 10)).rejects.toMatchObject(lost(6n, 0n, 5n));
    await under.inTransaction((tx) => under.log.append(tx, topic, [entry('one', 5)]));
    expect(await under.log.read(topic, partition, 6n, 10)).toEqual([]);
  });

  it('moves nobody on who has not read what retention has removed', async () => {
    const partition = await five();
    await under.remove(topic, partition, 3n);
    await expect(under.log.read(topic, partition, 1n, 10)).rejects.toMatchObject(lost(1n, 3n, 5n));
    await expect(under.log.read(topic, partition, 0n, 1)).rejects.toMatchObject(lost(0n, 3n, 5n));
    expect((await under.log.starts(topic))[partition]).toBe(3n);
    expect((await under.log.read(topic, partition, 3n, 10)).map(numberOf)).toEqual([3, 4]);
    // One who is lost does not keep others from what is there.
    const together = [1n, 3n, 6n, 5n].map((from) => under.log.read(topic, partition, from, 10));
    const outcomes = (await Promise.allSettled(together)).map((each) =>
      each.status === 'fulfilled' ? each.value.length : (each.reason as { code: string }).code,
    );
    expect(outcomes).toEqual(['LOG_POSITION_LOST', 2, 'LOG_POSITION_LOST', 0]);
  });

  it('knows where it goes on also when retention has removed all there was', async () => {
    const partition = await five();
    await under.remove(topic, partition, 5n);
    await expect(under.log.read(topic, partition, 4n, 10)).rejects.toMatchObject(lost(4n, 5n, 5n));
    expect(await under.log.read(topic, partition, 5n, 10)).toEqual([]);
    expect(await under.log.starts(topic)).toEqual(await under.log.ends(topic));
    await under.inTransaction((tx) => under.log.append(tx, topic, [entry('one', 5)]));
    expect((await under.log.read(topic, partition, 5n, 10)).map(numberOf)).toEqual([5]);
  });

  it('is refused with another number of partitions than its topic was made with', async () => {
    await under.log.prepare(topic);
    const other = under.withPartitions(under.partitions + 1);
    const refused = { code: 'LOG_PARTITIONS_CHANGED' };
    await expect(other.prepare(topic)).rejects.toMatchObject(refused);
    const appended = under.inTransaction((tx) => other.append(tx, topic, [entry('one', 0)]));
    await expect(appended).rejects.toMatchObject(refused);
    expect((await readAll(under, topic)).flat()).toEqual([]);
  });

  it('gives each reader its own when many read at the same moment, also of one partition', async () => {
    const keys = Array.from({ length: 20 }, (_, n) => `k${n}`);
    for (const n of [0, 1, 2])
      await under.inTransaction((tx) =>
        under.log.append(
          tx,
          topic,
          keys.map((key) => entry(key, n)),
        ),
      );
    const ends = await under.log.ends(topic);
    const [whole, late, none] = await Promise.all(
      [0n, 2n, 1_000n].map((from) =>
        // Nobody asks for what the log does not hold yet: that is refused.
        Promise.all(ends.map((end, partition) => under.log.read(topic, partition, from > end ? end : from, 100))),
      ),
    );
    expect(whole!.flat().map(numberOf).sort()).toEqual(keys.flatMap(() => [0, 1, 2]).sort());
    expect(late).toEqual(whole!.map((entries) => entries.slice(2)));
    expect(none!.flat()).toEqual([]);
  });

  it('knows where each partition begins and ends', async () => {
    expect(await under.log.starts(topic)).toEqual(await under.log.ends(topic));
    await under.inTransaction((tx) => under.log.append(tx, topic, [entry('one', 0), entry('one', 1)]));
    const sizes = (await under.log.ends(topic)).map(Number);
    expect([...sizes].sort((a, b) => b - a)).toEqual([2, ...Array.from({ length: under.partitions - 1 }, () => 0)]);
    expect((await under.log.starts(topic)).map(Number)).toEqual(sizes.map(() => 0));
    expect(await under.log.partitionsOf(topic)).toBe(under.partitions);
  });

  it('has all that was committed in order, and of what was rolled back nothing, or all of it where it cannot take it back', async () => {
    await under.inTransaction((tx) => under.log.append(tx, topic, [entry('one', 0)]));
    const rolledBack = under.inTransaction(async (tx) => {
      await under.log.append(tx, topic, [entry('one', 1), entry('two', 1)]);
      throw new Error('changed my mind');
    });
    await expect(rolledBack).rejects.toThrow('changed my mind');
    await under.inTransaction((tx) => under.log.append(tx, topic, [entry('one', 2)]));
    const entries = (await readAll(under, topic)).flat();
    const one = entries.filter((e) => e.key === 'thing:one').map(numberOf);
    const two = entries.filter((e) => e.key === 'thing:two').map(numberOf);
    expect({ one, two }).toEqual(under.log.isTransactional ? { one: [0, 2], two: [] } : { one: [0, 1, 2], two: [1] });
  });

  it('skips nothing for a reader that follows six writers whose transactions take different times', async () => {
    const perWriter = 40;
    const writing = Array.from({ length: 6 }, async (_, writer) => {
      for (let n = 0; n < perWriter; n++) {
        await under.inTransaction(async (tx) => {
          await under.dawdle(tx, 3);
          await under.log.append(tx, topic, [entry(`w${writer}`, n), entry(`shared-${n % 5}`, writer * perWriter + n)]);
          await under.dawdle(tx, 5);
        });
      }
    });
    let isDone = false;
    const all = Promise.all(writing).finally(() => (isDone = true));
    const followed: ReadEntry[][] = Array.from({ length: under.partitions }, () => []);
    const follow = async (): Promise<void> => {
      for (const [partition, entries] of followed.entries()) {
        entries.push(...(await under.log.read(topic, partition, (entries.at(-1)?.offset ?? -1n) + 1n, 1000)));
      }
    };
    while (!isDone) await follow();
    await all;
    await follow();

    expect(followed.flat()).toHaveLength(6 * perWriter * 2);
    for (const entries of followed) expect(entries.map((e) => e.offset)).toEqual(entries.map((_, i) => BigInt(i)));
    for (let writer = 0; writer < 6; writer++) {
      const own = followed.flat().filter((e) => e.key === `thing:w${writer}`);
      expect(own.map(numberOf)).toEqual(Array.from({ length: perWriter }, (_, n) => n));
    }
    expect(await readAll(under, topic)).toEqual(followed);
  });

  it('tells readers of the topic, and only those, that something was appended', async () => {
    const other = under.newTopic();
    const heard: string[] = [];
    const stopOther = under.log.onAppend(other, () => heard.push('other'));
    await new Promise<void>((resolve) => {
      const stop = under.log.onAppend(topic, () => {
        stop();
        heard.push('topic');
        resolve();
      });
      const append = (): void =>
        void under
          .inTransaction((tx) => under.log.append(tx, topic, [entry('one', 0)]))
          .then(() => {
            // The first hint may be lost while the listener is still connecting: it is a hint.
            if (heard.length === 0) append();
          });
      append();
    });
    stopOther();
    expect(heard).toContain('topic');
  });
}
