/** What is told of causes of problems beside the problems themselves: what waits behind them, since when there are more, what lists lack. */
import DataLoader from 'dataloader';
import { missingEntriesIn } from '../base/missing-entry.js';
import type { MissingEntry } from '../schema/value-map.js';
import type { Query } from './database.js';
import { selected } from './sql.js';
import { listUnmapped } from './value-lists.js';

/** Problem of a record that something waits for, by the key that waits are written down with (`awaitedReference`). */
const waitsFor = `w.target = k.system and w.awaited = 'reference:' || k.system || ':' || k.record_key and k.stage = 'project'`;
const isOpen = `k.status in ('OPEN', 'REPLAYING')`;

/** How many records wait for those of each cause, or because the hub has stopped the flow on account of it. */
const readBlocked = (query: Query, fingerprints: readonly string[]) =>
  selected<{ readonly fingerprint: string; readonly n: number }>(
    query,
    `select c.fingerprint,
       ((select count(distinct (w.target, w.entity, w.canonical_id))
         from parked k join projection_wait w on ${waitsFor}
         where k.fingerprint = c.fingerprint and ${isOpen})
       + (select count(*) from flow f join projection p on p.flow = f.key and p.target = f.target and p.state = 'held'
          where f.state = 'SUSPENDED'
            and f.key in (select k.flow from parked k where k.fingerprint = c.fingerprint and ${isOpen})))::integer as n
     from unnest($1::text[]) as c(fingerprint)`,
    [fingerprints],
  );

/** Ids of records that wait for that of each problem. */
const readBlockedBy = (query: Query, problems: readonly string[]) =>
  selected<{ readonly problem: string; readonly id: string }>(
    query,
    `select distinct k.id as problem, w.canonical_id as id
     from parked k join projection_wait w on ${waitsFor}
     where k.id = any($1::text[]) and ${isOpen}
     order by 1, 2`,
    [problems],
  );

/** So many hours a trend looks back. */
export const trendHours = 24;

const readTrends = (query: Query, fingerprints: readonly string[]) =>
  selected<{ readonly fingerprint: string; readonly ago: number; readonly n: number }>(
    query,
    `select k.fingerprint, floor(extract(epoch from now() - k.first_failed_at) / 3600)::integer as ago, count(*)::integer as n
     from parked k
     where k.fingerprint = any($1::text[]) and k.first_failed_at > now() - make_interval(hours => ${trendHours})
     group by 1, 2`,
    [fingerprints],
  );

/** Messages of open problems that lack an entry; those of one cause differ by line and code, not by record. */
const readLacking = (query: Query, fingerprints: readonly string[]) =>
  selected<{ readonly fingerprint: string; readonly message: string; readonly n: number }>(
    query,
    `select k.fingerprint, k.message, count(*)::integer as n
     from parked k
     where k.fingerprint = any($1::text[]) and k.code = 'UNMAPPED_VALUE' and ${isOpen}
     group by 1, 2 order by 3 desc limit 2000`,
    [fingerprints],
  );

export function causeReads({ query }: { readonly query: Query }) {
  const grouped = <Row, Answer>(
    read: (query: Query, keys: readonly string[]) => Promise<readonly Row[]>,
    keyOf: (row: Row) => string,
    answer: (rows: readonly Row[]) => Answer,
  ) => {
    const loader = new DataLoader<string, Answer>(async (keys) => {
      const rows = await read(query, keys);
      return keys.map((key) => answer(rows.filter((row) => keyOf(row) === key)));
    });
    return (key: string) => loader.load(key);
  };
  const cause = ({ fingerprint }: { readonly fingerprint: string }) => fingerprint;
  return {
    blockedByCause: grouped(readBlocked, cause, ([row]) => row?.n ?? 0),
    blockedByProblem: grouped(
      readBlockedBy,
      ({ problem }) => problem,
      (rows) => rows.map(({ id }) => id),
    ),
    /** Problems that began in each of the last hours, the oldest first. */
    trendOfCause: grouped(readTrends, cause, (rows) =>
      Array.from({ length: trendHours }, (_, i) => rows.find(({ ago }) => ago === trendHours - 1 - i)?.n ?? 0),
    ),
    missingEntriesOfCause: grouped(readLacking, cause, counted),
    unmapped: grouped(
      listUnmapped,
      ({ list }) => list,
      (rows) => rows,
    ),
  };
}

function counted(rows: readonly { readonly message: string; readonly n: number }[]): readonly MissingEntry[] {
  const found = new Map<string, MissingEntry>();
  for (const { message, n } of rows) {
    for (const entry of missingEntriesIn(message)) {
      const key = JSON.stringify(entry);
      const one = found.get(key) ?? { ...entry, count: 0 };
      one.count += n;
      found.set(key, one);
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
