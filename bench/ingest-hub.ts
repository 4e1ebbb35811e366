/** The hub's ingest on a database of its own, wired as in the product, with every statement written down for the bound. */
import { systemClock } from '../src/base/clock.js';
import { noFailpoint } from '../src/base/failpoint.js';
import { silentLogger } from '../src/base/logger.js';
import { canonicalTopic, changesTopic, type LogEntry } from '../src/log/change-log.js';
import { makePostgresLog } from '../src/log/postgres-log.js';
import type { CompiledMapping } from '../src/mapping/mapping.js';
import { openDatabase, type Database, type Query } from '../src/store/database.js';
import { makeBenchWorker, toEntry } from './ingest-wiring.js';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly name: string | undefined;
}
/** A transaction, or a statement on its own. */
export type Recorded =
  | { readonly type: 'transaction'; readonly statements: readonly Statement[] }
  | { readonly type: 'statement'; readonly statement: Statement };

export interface BenchHub {
  /** Appends one change per product; the same edition gives the same documents. */
  show(products: number, edition: number): Promise<void>;
  /** Takes in what is in the log; returns seconds. */
  ingest(): Promise<number>;
  /** Statements since the last call, in the order in which they were begun. */
  recorded(): readonly Recorded[];
  counts(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

export const systemKey = 'till';
export const partitions = 8;

export function openHub(url: string, mapping: CompiledMapping): BenchHub {
  const plain = openDatabase(
    { url, poolMax: 6, applicationName: 'bench hub' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
  const recording: Recorded[] = [];
  const database = recorder(plain, recording);
  const log = makePostgresLog({
    database,
    logger: silentLogger,
    partitions: (topic) => (topic === canonicalTopic ? 1 : partitions),
  });
  const { worker, counts } = makeBenchWorker({ database, log, changesTopic, system: systemKey, mapping });
  let version = 0;

  return {
    async show(products, edition) {
      for (let from = 0; from < products; from += 500) {
        const entries: LogEntry[] = [];
        for (let i = from; i < Math.min(from + 500, products); i++)
          entries.push(toEntry(systemKey, i, edition, ++version));
        await database.tx((tx) => log.append(tx, changesTopic(systemKey), entries));
      }
    },
    async ingest() {
      const started = performance.now();
      while ((await worker.run(new AbortController().signal)) === 'more');
      return (performance.now() - started) / 1000;
    },
    recorded: () => recording.splice(0),
    counts,
    async close() {
      await worker.release();
      await log.close();
      await plain.end();
    },
  };
}

function recorder(database: Database, recording: Recorded[]): Database {
  const wrap = (query: Query, note: (statement: Statement) => void): Query['query'] =>
    ((text: string, values: readonly unknown[] = [], name?: string) => {
      note({ text, values, name });
      return query.query(text, values, name);
    }) as Query['query'];
  return {
    ...database,
    query: wrap(database, (statement) => recording.push({ type: 'statement', statement })),
    tx: (work, options) => {
      const statements: Statement[] = [];
      recording.push({ type: 'transaction', statements });
      return database.tx((tx) => work({ ...tx, query: wrap(tx, (statement) => statements.push(statement)) }), options);
    },
  };
}
