/** What an ingest worker of a benchmark is made of: the product's own wiring, on a made-up system. */
import { systemClock } from '../src/base/clock.js';
import { contentHash } from '../src/base/content-hash.js';
import type { Json } from '../src/base/document.js';
import { noFailpoint } from '../src/base/failpoint.js';
import { newId } from '../src/base/ids.js';
import { silentLogger } from '../src/base/logger.js';
import { makeIngestBatch } from '../src/cdc/ingest-batch.js';
import { makeIngestWorker, type IngestWorker } from '../src/cdc/ingest.js';
import type { WorkerDeps } from '../src/cdc/ingest-deps.js';
import { canonicalTopic, type LogEntry } from '../src/log/change-log.js';
import { changeKey, type Change } from '../src/log/envelope.js';
import type { CompiledMapping } from '../src/mapping/mapping.js';
import * as storedConfiguration from '../src/store/configuration.js';
import * as deferred from '../src/store/deferred-changes.js';
import * as erasures from '../src/store/erasures.js';
import * as journal from '../src/store/journal.js';
import * as parked from '../src/store/parked.js';
import * as positions from '../src/store/positions.js';
import * as waits from '../src/store/projection-waits.js';
import * as references from '../src/store/references.js';
import * as versions from '../src/store/reference-versions.js';
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

export interface BenchWorker {
  readonly worker: IngestWorker;
  /** What came of the changes so far. */
  counts(): Readonly<Record<string, number>>;
}

export interface BenchWorkerParts extends Pick<WorkerDeps, 'database' | 'log' | 'changesTopic'>, Partial<Pick<WorkerDeps, 'members'>> {
  readonly system: string;
  readonly mapping: CompiledMapping;
  /** Of the configuration; with it each batch asks whether it is still the one in force, as in the product. */
  readonly revision?: string;
} // prettier-ignore

export function makeBenchWorker({ system, mapping, revision, ...parts }: BenchWorkerParts): BenchWorker {
  const { log, database } = parts;
  const fixed = benchConfiguration(system, mapping, revision);
  const configuration = {
    current: () => fixed,
    onChange: () => () => undefined,
  };
  const apply = makeApply({ log, canonicalTopic, rows, references, reservations, waits, parked, unmapped, conflicts, journal }); // prettier-ignore
  const totals: Record<string, number> = {};
  const worker = makeIngestWorker(system, {
    ...parts,
    database,
    positions,
    ingestBatch: makeIngestBatch({
      clock: systemClock,
      versions,
      configuration,
      erasures,
      apply,
      references,
      reservations,
      deferred,
      conflicts,
      shown,
      rows,
      observe: () => Promise.resolve([]),
      lockObserved: () => Promise.resolve(),
    }),
    configuration,
    ...(revision === undefined ? {} : { revisions: storedConfiguration }),
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
  return { worker, counts: () => ({ ...totals }) };
}

/** A product as the system shows it. */
export function toEntry(systemKey: string, index: number, edition: number, version: number): LogEntry {
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

function benchConfiguration(systemKey: string, compiled: CompiledMapping, revision: string | undefined): Configuration {
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
    isRead: true,
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
    version: 1,
  };
  return {
    ...(revision === undefined ? {} : { revision }),
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
