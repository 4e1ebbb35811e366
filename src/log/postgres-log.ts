/**
 * The change log in Postgres. In: entries inside the caller's transaction. Out: entries per partition in commit order.
 * Each partition has a counter row that hands out offsets. Its lock is kept until COMMIT, so offset order is commit order,
 * there are no gaps, and a reader that goes on from an offset misses nothing, whatever other transactions are doing.
 */
import DataLoader from 'dataloader';
import { KoppelError } from '../base/errors.js';
import type { Json } from '../base/document.js';
import type { Logger } from '../base/logger.js';
import type { Database, Query, Tx } from '../store/database.js';
import type { ChangeLog, LogEntry, ReadEntry } from './change-log.js';

const channel = 'koppel_log';

export interface PostgresLog extends ChangeLog<Tx> {
  /** Stops listening for notifications. */
  close(): Promise<void>;
}

export interface PostgresLogDeps {
  readonly database: Database;
  readonly logger: Logger;
  readonly partitions: (topic: string) => number;
}

export function makePostgresLog({ database, logger, partitions }: PostgresLogDeps): PostgresLog {
  const prepared = new Map<string, Promise<void>>();
  const hints = makeHints(database, logger);
  // A worker reads all partitions that have news at the same time.
  const reads = new DataLoader<Wanted, readonly ReadEntry[]>((wanted) => readEntries(database, wanted), {
    cache: false,
  });

  /** Topics that append need not prepare. */
  const ready = new Set<string>();
  const prepareOnce = (topic: string): Promise<void> => {
    let preparing = prepared.get(topic);
    if (preparing === undefined) {
      preparing = prepareTopic(database, topic, partitions(topic)).then(() => void ready.add(topic));
      preparing.catch(() => prepared.delete(topic));
      prepared.set(topic, preparing);
    }
    return preparing;
  };

  return {
    isTransactional: true,
    partitionsOf: (topic) => Promise.resolve(partitions(topic)),

    prepare: prepareOnce,

    async append(tx, topic, entries) {
      if (entries.length === 0) return;
      if (!ready.has(topic)) await prepareOnce(topic);
      await appendEntries(tx, topic, partitions(topic), entries);
    },

    read: (topic, partition, from, limit) => reads.load({ topic, partition, from, limit }),

    async starts(topic) {
      const rows = await database.query<{ partition: number; start: string }>(
        'select partition, kept_from as start from log_partition where topic = $1',
        [topic],
      );
      const starts = Array.from({ length: partitions(topic) }, () => 0n);
      for (const row of rows) starts[row.partition] = BigInt(row.start);
      return starts;
    },

    async ends(topic) {
      const rows = await database.query<{ partition: number; next_offset: string }>(
        'select partition, next_offset from log_partition where topic = $1',
        [topic],
        'log-ends',
      );
      const ends = Array.from({ length: partitions(topic) }, () => 0n);
      for (const row of rows) ends[row.partition] = BigInt(row.next_offset);
      return ends;
    },

    // Entries and their counter are committed together, and restored together.
    shortened: () => Promise.resolve(new Map()),
    acceptEnds: () => Promise.resolve(),

    onAppend: hints.onAppend,
    close: hints.close,
  };
}

/** Stable over processes and releases: FNV-1a over the UTF-16 units of the key. */
export function partitionOf(key: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) {
    hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0) % partitions;
}

interface Wanted {
  readonly topic: string;
  readonly partition: number;
  readonly from: bigint;
  readonly limit: number;
}

/**
 * Entries of each partition that is wanted, or why there are none, in one statement: whether the log holds an offset is read with the
 * entries, so none can come or go between the two. The edges are looked at only below what was removed and where nothing was found.
 */
async function readEntries(
  database: Database,
  wanted: readonly Wanted[],
): Promise<(readonly ReadEntry[] | KoppelError)[]> {
  const rows = await database.query<Row>(
    `select w.place, e."offset", e.key, e.trace_id, e.at, e.payload,
       case when w."from" < p.kept_from or e."offset" is null then p.kept_from end as start,
       case when w."from" < p.kept_from or e."offset" is null then p.next_offset end as "end"
     from unnest($1::text[], $2::int[], $3::bigint[], $4::int[]) with ordinality as w(topic, partition, "from", most, place)
     left join log_partition p on p.topic = w.topic and p.partition = w.partition
     left join lateral (
       select "offset", key, trace_id, at, payload
       from log_entry
       where topic = w.topic and partition = w.partition and "offset" >= w."from"
       order by "offset"
       limit w.most) e on true
     order by w.place, e."offset"`,
    [
      wanted.map(({ topic }) => topic),
      wanted.map(({ partition }) => partition),
      wanted.map(({ from }) => from),
      wanted.map(({ limit }) => limit),
    ],
    'log-read',
  );
  const found: Row[][] = wanted.map(() => []);
  for (const row of rows) found[Number(row.place) - 1]?.push(row);
  return wanted.map((each, i) => held(each, found[i] ?? []));
}

interface Row extends Record<string, unknown> {
  readonly place: string;
  /** Null, like all of the entry, where there is none. */
  readonly offset: string | null;
  readonly key: string;
  readonly trace_id: string;
  readonly at: Date;
  readonly payload: string;
  readonly start: string | null;
  readonly end: string | null;
}

/** What was read of a partition, unless it does not hold the first offset that was wanted. */
function held({ topic, partition, from }: Wanted, rows: readonly Row[]): readonly ReadEntry[] | KoppelError {
  const start = BigInt(rows[0]?.start ?? '0');
  const end = BigInt(rows[0]?.end ?? '0');
  const entries = rows.flatMap(({ offset, key, trace_id: traceId, at, payload }) =>
    offset === null ? [] : [{ offset: BigInt(offset), key, traceId, at, payload: JSON.parse(payload) as Json }],
  );
  // Some below what was removed are left; each is found at its own offset, and nothing behind it follows from that.
  if (from < start && entries[0]?.offset === from) return entries.slice(0, 1);
  if (from < start || (entries.length === 0 && from > end)) {
    const places = { position: String(from), start: String(start), end: String(end) };
    return new KoppelError('LOG_POSITION_LOST', { topic, partition, ...places });
  }
  return entries;
}

async function prepareTopic(database: Database, topic: string, wanted: number): Promise<void> {
  await database.tx(async (tx) => {
    const [row] = await tx.query<{ value: number }>(
      `insert into setting (name, value) values ($1, to_jsonb($2::int))
       on conflict (name) do update set value = setting.value
       returning value`,
      [`log.partitions.${topic}`, wanted],
    );
    if (row?.value !== wanted) {
      throw new KoppelError('LOG_PARTITIONS_CHANGED', { topic, stored: row?.value, wanted });
    }
    await tx.query(
      `insert into log_partition (topic, partition)
       select $1, generate_series(0, $2::int - 1)
       on conflict do nothing`,
      [topic, wanted],
    );
  });
}

/** Entries in one parameter each: joining is much cheaper than quoting each value for an array, and JSON text never holds a line end. */
async function appendEntries(tx: Query, topic: string, count: number, entries: readonly LogEntry[]): Promise<void> {
  const keys = entries.map((entry) => entry.key);
  const traceIds = entries.map((entry) => entry.traceId);
  const payloads = entries.map((entry) => JSON.stringify(entry.payload)).join('\n');
  if (count === 1) await tx.query(appendToOne, [topic, entries.length, keys, traceIds, payloads], 'log-append-one');
  else {
    const inPartitions = keys.map((key) => partitionOf(key, count));
    await tx.query(appendToSeveral, [topic, inPartitions, keys, traceIds, payloads], 'log-append');
  }
}

/** Fails, like the next one, when not all were appended: COMMIT may be on its way already. Moves the counter of the only partition by the number of entries, inserts, and leaves one hint for readers. */
const appendToOne = `with moved as (
    update log_partition set next_offset = next_offset + $2::int
    where topic = $1 and partition = 0
    returning next_offset - $2::int as first
  ), inserted as (
    insert into log_entry (topic, partition, "offset", key, trace_id, payload)
    select $1, 0, m.first + n - 1, key, trace_id, payload
    from moved m, unnest($3::text[], $4::text[], string_to_array($5, E'\\n')) with ordinality as e(key, trace_id, payload, n)
    returning 1
  )
  select 1 / (count(*) = $2::int)::int as done, pg_notify('${channel}', $1) from inserted`;

/** The same for several: locks the counters in ascending order, so that two writers cannot wait for each other. */
const appendToSeveral = `with entry as materialized (
    select partition, key, trace_id, payload, row_number() over (partition by partition order by n) - 1 as place
    from unnest($2::int[], $3::text[], $4::text[], string_to_array($5, E'\\n')) with ordinality as e(partition, key, trace_id, payload, n)
  ), size as materialized (
    select partition, count(*) as entries from entry group by partition
  ), locked as materialized (
    select partition from log_partition
    where topic = $1 and partition in (select partition from size)
    order by partition
    for update
  ), moved as (
    update log_partition p set next_offset = p.next_offset + s.entries
    from size s join locked l using (partition)
    where p.topic = $1 and p.partition = s.partition
    returning p.partition, p.next_offset - s.entries as first
  ), inserted as (
    insert into log_entry (topic, partition, "offset", key, trace_id, payload)
    select $1, partition, m.first + e.place, e.key, e.trace_id, e.payload
    from entry e join moved m using (partition)
    returning 1
  )
  select 1 / (count(*) = cardinality($2::int[]))::int as done, pg_notify('${channel}', $1) from inserted`;

/** One listening connection for all readers of this process, opened when the first one asks. */
function makeHints(database: Database, logger: Logger): Pick<PostgresLog, 'onAppend' | 'close'> {
  const listeners = new Set<{ topic: string; call: () => void }>();
  let listening: Promise<(() => Promise<void>) | undefined> | undefined;

  const listen = (): Promise<(() => Promise<void>) | undefined> =>
    database
      .listen(channel, (topic) => {
        // An empty payload means that the connection was renewed: hints may have been missed.
        for (const listener of listeners) if (topic === '' || topic === listener.topic) listener.call();
      })
      .catch((error: unknown) => {
        logger.warn({ err: String(error) }, 'cannot listen for new log entries; readers go on by polling');
        listening = undefined;
        return undefined;
      });

  return {
    onAppend(topic, call) {
      const listener = { topic, call };
      listeners.add(listener);
      listening ??= listen();
      return () => void listeners.delete(listener);
    },
    async close() {
      const stop = await listening;
      listening = undefined;
      await stop?.();
    },
  };
}
