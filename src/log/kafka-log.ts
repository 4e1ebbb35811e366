/**
 * The change log with Kafka: what systems showed goes there, canonical events stay in Postgres, where they are written in the
 * transaction of their effect (a relay publishes them). In: entries, whose payloads are changes. Out: entries per partition in the
 * order in which the brokers acknowledged them. A topic of the hub is a topic of Kafka per kind of record; its partitions are theirs,
 * one kind after the other, in an order that is stored and only ever grows.
 */
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import type { Database, Tx } from '../store/database.js';
import { systemInKafka, type ChangeLog, type LogEntry } from './change-log.js';
import { headersOf, toChangeMessage } from './change-message.js';
import type { Change } from './envelope.js';
import { isTopicUnknown, makeKafkaConnection, type KafkaSettings } from './kafka-connection.js';
import {
  acceptEnds,
  lowerOf,
  rememberEnds,
  shortenedAt,
  storedEnds,
  type Shortened,
  type Written,
} from './kafka-ends.js';
import { bytesAtOnce, makeKafkaProducer, type KafkaMessage } from './kafka-producer.js';
import { toEntry } from './kafka-entry.js';
import { makeKafkaReader, type Edge } from './kafka-reader.js';
import { changesTopicName, ensureTopics, type TopicSettings } from './kafka-topics.js';
import { makeKafkaWatch } from './kafka-watch.js';
import { kafkaPartitionOf } from './murmur2.js';

/** Kinds of record that a system shows, with the streams that show them. */
export type RecordsOf = (system: string) => ReadonlyMap<string, readonly string[]>;

export interface KafkaLogDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: KafkaSettings & TopicSettings;
  readonly recordsOf: RecordsOf;
  /** Which hub this is: what another one has written is not taken in. */
  readonly hubId?: () => Promise<string>;
  /** Called for a partition that has lost entries which brokers had acknowledged: nobody may read on in it as if they had not been. */
  readonly shortened: (topic: string, partition: number, error: KoppelError) => Promise<void>;
  /** Carries every topic that is not in Kafka. Closed with this log. */
  readonly postgresLog: ChangeLog<Tx> & { close(): Promise<void> };
}

export interface KafkaLog extends ChangeLog<Tx> {
  close(): Promise<void>;
}

interface Layout {
  readonly system: string;
  readonly records: readonly string[];
  /** Of each kind of record. */
  readonly partitions: number;
  readonly hub: string | undefined;
}

export function makeKafkaLog(deps: KafkaLogDeps): KafkaLog {
  const { database, clock, logger, settings, postgresLog } = deps;
  const writing = makeKafkaConnection(settings, 'append', logger);
  const reading = makeKafkaConnection(settings, 'read', logger);
  const producer = makeKafkaProducer(writing, clock);
  const reader = makeKafkaReader(reading, clock);
  const watch = makeKafkaWatch(makeKafkaConnection(settings, 'watch', logger), reader, { clock, logger });
  const layouts = new Map<string, Promise<Layout>>();

  const prepare = async (topic: string, system: string): Promise<Layout> => {
    const records = await storedRecords(database, topic, [...deps.recordsOf(system).keys()]);
    const names = records.map((record) => changesTopicName(settings, system, record));
    await ensureTopics({ settings, database, clock, logger, hubId: deps.hubId }, names);
    return { system, records, partitions: settings.partitions, hub: await deps.hubId?.() };
  };
  const layoutOf = (topic: string, system: string): Promise<Layout> => {
    const known = layouts.get(topic);
    if (known !== undefined) return known;
    const preparing = prepare(topic, system);
    preparing.catch(() => layouts.delete(topic));
    layouts.set(topic, preparing);
    return preparing;
  };

  /** A topic that somebody has deleted is made anew at the next try; what was lost with it is found then. */
  const knowing = async <T>(topic: string, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (isTopicUnknown(error)) layouts.delete(topic);
      throw error;
    }
  };

  /** Undefined: the brokers say nothing of that partition now. */
  const toldEdges = async (topic: string, system: string, edge: Edge): Promise<readonly (bigint | undefined)[]> => {
    const { records } = await layoutOf(topic, system);
    const names = records.map((record) => changesTopicName(settings, system, record));
    const found = await knowing(topic, reader.edges(names, edge));
    return names.flatMap((name) => Array.from({ length: settings.partitions }, (_, p) => found.get(name)?.[p]));
  };
  const edges = async (topic: string, system: string, edge: 'start' | 'end'): Promise<readonly bigint[]> =>
    (await toldEdges(topic, system, edge)).map((offset) => offset ?? 0n);

  /** People may have decided meanwhile where to go on: then what was acknowledged before that does not count. */
  const stillShortened = async (
    tx: Tx,
    topic: string,
    written: ReadonlyMap<number, Written>,
    before: ReadonlyMap<number, bigint>,
  ): Promise<readonly Shortened[]> => {
    const found = shortenedAt(written, before);
    return found.length === 0 ? found : shortenedAt(written, lowerOf(before, await storedEnds(tx, topic)));
  };

  return {
    isTransactional: false,
    async partitionsOf(topic) {
      const system = systemInKafka(topic);
      if (system === undefined) return postgresLog.partitionsOf(topic);
      return (await layoutOf(topic, system)).records.length * settings.partitions;
    },

    async prepare(topic) {
      const system = systemInKafka(topic);
      if (system === undefined) await postgresLog.prepare(topic);
      else await layoutOf(topic, system);
    },

    async append(tx, topic, entries) {
      const system = systemInKafka(topic);
      if (system === undefined) return postgresLog.append(tx, topic, entries);
      if (entries.length === 0) return;
      const layout = await layoutOf(topic, system);
      const { records } = layout;
      const known = await storedEnds(tx, topic);
      const written = new Map<number, Written>();
      for (const [record, parts] of grouped(entries, layout)) {
        const kind = records.indexOf(record);
        if (kind < 0) throw new KoppelError('LOG_TOPIC_UNKNOWN', { what: `${record} of ${system}` });
        for (const batches of parts) {
          const bases = await knowing(topic, producer.send(changesTopicName(settings, system, record), batches));
          for (const [partition, base] of bases) {
            const end = base + BigInt(batches.get(partition)?.length ?? 0);
            const place = kind * settings.partitions + partition;
            written.set(place, { base: written.get(place)?.base ?? base, end });
          }
        }
      }
      for (const { partition, ...places } of await stillShortened(tx, topic, written, known))
        await deps.shortened(topic, partition, shortenedError(settings, layout, partition, places));
      await rememberEnds(tx, topic, written);
    },

    async read(topic, partition, from, limit) {
      const system = systemInKafka(topic);
      if (system === undefined) return postgresLog.read(topic, partition, from, limit);
      const { records, hub } = await layoutOf(topic, system);
      const record = records[Math.floor(partition / settings.partitions)];
      if (record === undefined)
        throw new KoppelError('LOG_TOPIC_UNKNOWN', { what: `${topic}, partition ${partition}` });
      const expected = { system, record, streams: deps.recordsOf(system).get(record) ?? [] };
      const place = { topic: changesTopicName(settings, system, record), partition: partition % settings.partitions };
      try {
        const found = await knowing(topic, reader.read(place.topic, place.partition, from, limit));
        return found.map((message) => toEntry(message, { ...place, expected, hub }));
      } catch (error) {
        if (!(error instanceof KoppelError && error.code === 'LOG_POSITION_LOST')) throw error;
        throw new KoppelError(error.code, { ...error.values, record }, { cause: error });
      }
    },

    async starts(topic) {
      const system = systemInKafka(topic);
      return system === undefined ? postgresLog.starts(topic) : edges(topic, system, 'start');
    },

    async ends(topic) {
      const system = systemInKafka(topic);
      return system === undefined ? postgresLog.ends(topic) : edges(topic, system, 'end');
    },

    async shortened(topic) {
      const system = systemInKafka(topic);
      if (system === undefined) return postgresLog.shortened(topic);
      const layout = await layoutOf(topic, system);
      // In this order: what is acknowledged between the two is behind both.
      const acknowledged = await storedEnds(database, topic);
      const ends = await toldEdges(topic, system, 'written');
      return new Map(
        ends.flatMap((end, partition) => {
          const known = acknowledged.get(partition) ?? 0n;
          return end !== undefined && end < known
            ? [[partition, shortenedError(settings, layout, partition, { acknowledged: known, end })]]
            : [];
        }),
      );
    },

    async acceptEnds(tx, topic, ends) {
      if (systemInKafka(topic) === undefined) await postgresLog.acceptEnds(tx, topic, ends);
      else await acceptEnds(tx, topic, ends);
    },

    onAppend(topic, listener) {
      const system = systemInKafka(topic);
      if (system === undefined) return postgresLog.onAppend(topic, listener);
      const topics = async (): Promise<readonly string[]> =>
        (await layoutOf(topic, system)).records.map((record) => changesTopicName(settings, system, record));
      return watch.listen(topics, listener);
    },

    async close() {
      await watch.close();
      await Promise.all([writing.close(), reading.close(), postgresLog.close()]);
    },
  };
}

type Batches = Map<number, KafkaMessage[]>;

/** By kind of record, in pieces of a size that brokers take; the order within each partition stays. */
function grouped(entries: readonly LogEntry[], { partitions, hub }: Layout): ReadonlyMap<string, readonly Batches[]> {
  const groups = new Map<string, { batches: Batches[]; bytes: number }>();
  for (const { key, traceId, payload } of entries) {
    const change = payload as unknown as Change;
    const message = { key, value: toChangeMessage(change), headers: headersOf(traceId, 'changes', hub) };
    const group = groups.get(change.record) ?? { batches: [new Map() as Batches], bytes: 0 };
    groups.set(change.record, group);
    if (group.bytes > 0 && group.bytes + message.value.length > bytesAtOnce) {
      group.batches.push(new Map());
      group.bytes = 0;
    }
    group.bytes += message.value.length;
    const batch = group.batches.at(-1);
    const partition = kafkaPartitionOf(key, partitions);
    const messages = batch?.get(partition);
    if (messages === undefined) batch?.set(partition, [message]);
    else messages.push(message);
  }
  return new Map([...groups].map(([record, { batches }]) => [record, batches]));
}

function shortenedError(
  settings: TopicSettings,
  { system, records, partitions }: Layout,
  place: number,
  { acknowledged, end }: { readonly acknowledged: bigint; readonly end: bigint },
): KoppelError {
  const record = records[Math.floor(place / partitions)] ?? '?';
  const topic = changesTopicName(settings, system, record);
  const places = { acknowledged: String(acknowledged), end: String(end) };
  return new KoppelError('LOG_SHORTENED', { topic, partition: place % partitions, record, ...places });
}

/** The kinds of record of a topic in the order of their partitions; new ones come last. */
async function storedRecords(database: Database, topic: string, wanted: readonly string[]): Promise<readonly string[]> {
  const odd = wanted.find((record) => !/^[A-Za-z0-9_-]{1,100}$/.test(record));
  if (odd !== undefined) throw new KoppelError('LOG_TOPIC_UNKNOWN', { what: `records named ${odd}` });
  return database.tx(async (tx) => {
    const name = `log.records.${topic}`;
    await tx.query(`insert into setting (name, value) values ($1, '[]') on conflict do nothing`, [name]);
    const [row] = await tx.query<{ value: readonly string[] }>('select value from setting where name = $1 for update', [
      name,
    ]);
    const stored = row?.value ?? [];
    const all = [...stored, ...[...wanted].sort().filter((record) => !stored.includes(record))];
    if (all.length > stored.length) {
      await tx.query('update setting set value = $2 where name = $1', [name, JSON.stringify(all)]);
    }
    return all;
  });
}
