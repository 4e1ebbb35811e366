/** Moments of changes: when the log has them, when a call had arrived at the shop, when the hub had stored that it was written. */
import { Kafka, logLevel } from 'kafkajs';
import { headerNames } from '../src/log/change-message.js';
import { changesTopicName } from '../src/log/kafka-topics.js';
import type { Stage } from '../test/support/stage.js';

export interface Captured {
  readonly externalId: string;
  readonly at: number;
  /** When the record was captured before. */
  readonly before: number;
}

type Found = Omit<Captured, 'before'> & { readonly traceId: string };

const till = 'mpluskassa';
const shopKey = 'softmaat';

/** Changes of products by trace. */
export async function capturedInPostgres({ ask }: Stage, since: Date): Promise<ReadonlyMap<string, Captured>> {
  const rows = await ask<{ traceId: string; key: string; at: Date }>(
    `select trace_id as "traceId", key, at from log_entry where topic = $1 and key like 'product:%' and at >= $2`,
    [`changes.${till}`, since],
  );
  return byTrace(rows.map(({ traceId, key, at }) => toFound(traceId, key, at.getTime())));
}

const toFound = (traceId: string, key: string, at: number): Found => ({
  traceId,
  externalId: key.slice('product:'.length),
  at,
});

function byTrace(found: readonly Found[]): ReadonlyMap<string, Captured> {
  const last = new Map<string, number>();
  const result = new Map<string, Captured>();
  for (const { traceId, externalId, at } of [...found].sort((a, b) => a.at - b.at)) {
    result.set(traceId, { externalId, at, before: last.get(externalId) ?? 0 });
    last.set(externalId, at);
  }
  return result;
}

/** The same out of Kafka: the time of a message is that at which it was sent to the brokers. */
export async function capturedInKafka(brokers: string, since: Date): Promise<ReadonlyMap<string, Captured>> {
  const topic = changesTopicName({}, till, 'product');
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]));
  await admin.disconnect();
  const found: Found[] = [];
  const consumer = kafka.consumer({ groupId: `bench-${performance.now()}`, maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const open = new Set([...ends].filter(([, end]) => end > 0).map(([partition]) => partition));
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        autoCommit: false,
        eachMessage({ partition, message: { key, headers, timestamp, offset } }) {
          const at = Number(timestamp);
          if (at >= since.getTime()) found.push(toFound(String(headers?.[headerNames.trace]), String(key), at));
          if (Number(offset) + 1 >= (ends.get(partition) ?? 0)) open.delete(partition);
          if (open.size === 0) resolve();
          return Promise.resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return byTrace(found);
}

export interface Steps {
  readonly traceId: string;
  readonly applied: number;
  /**
   * When the call had arrived at the shop: when the shop noted its effect, a little later than the call began. Where what was sent stood
   * there already, the shop notes nothing: then what the hub says of its end, less how long it took.
   */
  readonly arrived: number;
  readonly written: number;
}

/** First write to the shop of each change since then. */
export async function stepsSince({ ask, shop }: Stage, since: Date): Promise<readonly Steps[]> {
  const arrivals = new Map<string, number[]>();
  for (const { at, extra } of await shop.ledger()) {
    const id = String(extra?.['id']);
    arrivals.set(id, [...(arrivals.get(id) ?? []), Date.parse(at)]);
  }
  type Row = Omit<Steps, 'arrived'> & { readonly externalId: string; readonly started: number };
  const rows = await ask<Row>(
    `select trace_id as "traceId", min(ms) filter (where step = 'applied') as applied,
       min(ms) filter (where step = 'written' and system = $3) as written,
       min(ms - coalesce(duration_ms, 0)) filter (where step = 'written' and system = $3) as started,
       (array_agg(external_id order by ms) filter (where step = 'written' and system = $3))[1] as "externalId"
     from (select *, (extract(epoch from at) * 1000)::float8 as ms from journal where at >= $1) j
     group by trace_id
     having bool_or(step = 'applied' and system = $2) and bool_or(step = 'written' and system = $3)`,
    [since, till, shopKey],
  );
  return rows.map(({ traceId, externalId, applied, started, written }) => {
    // The next write of a record begins when what came of this one is stored: the last before that was this one.
    const noted = arrivals.get(externalId)?.findLast((at) => at <= written && at > applied);
    return { traceId, applied, arrived: noted ?? started, written };
  });
}
