/** The hub's ingest on a database of its own, wired as in the product, with every statement written down for the bound. */
import { systemClock } from '../src/base/clock.js';
import { contentHash } from '../src/base/content-hash.js';
import type { Json } from '../src/base/document.js';
import { noFailpoint } from '../src/base/failpoint.js';
import { newId } from '../src/base/ids.js';
import { silentLogger } from '../src/base/logger.js';
import { makeIngestBatch } from '../src/cdc/ingest-batch.js';
import { makeIngestWorker } from '../src/cdc/ingest.js';
import { canonicalTopic, changesTopic, type LogEntry } from '../src/log/change-log.js';
import { changeKey, type Change } from '../src/log/envelope.js';
import { makePostgresLog } from '../src/log/postgres-log.js';
import type { CompiledMapping } from '../src/mapping/mapping.js';
import { openDatabase, type Database, type Query } from '../src/store/database.js';
import * as deferred from '../src/store/deferred-changes.js';
import * as journal from '../src/store/journal.js';
import * as parked from '../src/store/parked.js';
import * as positions from '../src/store/positions.js';
import * as waits from '../src/store/projection-waits.js';
import * as references from '../src/store/references.js';
import * as reservations from '../src/store/reservations.js';
import * as conflicts from '../src/store/field-conflicts.js';
import * as rows from '../src/store/rows.js';
import * as shown from '../src/store/shown-statements.js';
import * as unmapped from '../src/store/unmapped-values.js';
import { makeApply } from '../src/sync/apply.js';
import { toFlowSettings } from '../src/sync/flow-settings.js';
import type { Configuration, Flow } from '../src/sync/configuration.js';
import type { System } from '../src/systems/system.js';
import { benchConnector, makeDocument } from './ingest-documents.js';

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
  const configuration = { current: () => benchConfiguration(mapping), onChange: () => () => undefined };
  const apply = makeApply({ log, canonicalTopic, rows, references, reservations, waits, parked, unmapped, conflicts, journal }); // prettier-ignore
  const totals: Record<string, number> = {};
  const worker = makeIngestWorker(systemKey, {
    database,
    log,
    changesTopic,
    positions,
    ingestBatch: makeIngestBatch({
      configuration,
      apply,
      references,
      reservations,
      deferred,
      conflicts,
      shown,
      rows,
      observe: () => Promise.resolve([]),
    }),
    configuration,
    clock: systemClock,
    logger: silentLogger,
    failpoint: noFailpoint,
    owner: newId('run'),
    ingested: ({ counts }) => {
      for (const of of counts.values()) {
        for (const [what, n] of Object.entries(of)) totals[what] = (totals[what] ?? 0) + (n ?? 0);
      }
    },
  });
  let version = 0;

  return {
    async show(products, edition) {
      for (let from = 0; from < products; from += 500) {
        const entries: LogEntry[] = [];
        for (let i = from; i < Math.min(from + 500, products); i++) entries.push(toEntry(i, edition, ++version));
        await database.tx((tx) => log.append(tx, changesTopic(systemKey), entries));
      }
    },
    async ingest() {
      const started = performance.now();
      while ((await worker.run(new AbortController().signal)) === 'more');
      return (performance.now() - started) / 1000;
    },
    recorded: () => recording.splice(0),
    counts: () => ({ ...totals }),
    async close() {
      await worker.release();
      await log.close();
      await plain.end();
    },
  };
}

function toEntry(index: number, edition: number, version: number): LogEntry {
  const document = makeDocument(index, edition);
  const change: Change = {
    system: systemKey,
    stream: 'products',
    record: 'product',
    externalId: String(index),
    version: String(version),
    hash: contentHash(document),
    seenAt: '2026-03-01T10:00:00.000Z',
    document,
  };
  return { key: changeKey(change), traceId: newId('trace'), payload: change as unknown as Json };
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

function benchConfiguration(compiled: CompiledMapping): Configuration {
  const settings = {
    batchSize: 500,
    createMissing: true,
    updateExisting: true,
    stockCalculation: 'AVAILABLE',
    country: 'NL',
    currency: 'EUR',
  };
  const flow: Flow = {
    id: 'flw_bench',
    key: 'products',
    name: 'Products',
    entity: 'product',
    source: systemKey,
    target: 'shop',
    isEnabled: true,
    isInUse: true,
    startedAt: '2025-01-01T00:00:00.000Z',
    pollEveryMs: 1000,
    settings: toFlowSettings(settings),
  };
  const system = {
    id: 'sys_bench',
    key: systemKey,
    name: 'Till',
    connector: benchConnector,
    system: benchSystem,
    settings: {},
    isPaused: false,
  };
  return {
    systems: new Map([[systemKey, system]]),
    flows: [flow],
    catalogues: new Map(),
    fieldOwners: [],
    valueLists: [],
    inbound: () => ({ key: 'bench-product-in', version: 1, lists: {}, compiled }),
    outbound: () => undefined,
    stockPlaces: () => undefined,
    counts: () => true,
  };
}

const nothing = (): never => {
  throw new Error('the benchmark connects to nothing');
};
const benchSystem: System = {
  source: { read: nothing, head: nothing, scan: nothing },
  target: { requestLifeMs: 1_000, write: nothing, find: nothing },
  account: nothing,
  test: nothing,
  discover: nothing,
  close: () => Promise.resolve(),
};
