/** A hub from the log to the canonical rows on a real database, fed by the system made for tests. */
import { systemClock } from '../../src/base/clock.js';
import type { Document, Json } from '../../src/base/document.js';
import { contentHash } from '../../src/base/content-hash.js';
import { noFailpoint, type Failpoint } from '../../src/base/failpoint.js';
import { newId } from '../../src/base/ids.js';
import { silentLogger } from '../../src/base/logger.js';
import type { Observe } from '../../src/cdc/batch.js';
import { makeIngestBatch, type IngestBatchDeps } from '../../src/cdc/ingest-batch.js';
import { makeTakeUp } from '../../src/cdc/deferred.js';
import { makeIngestWorker, type IngestWorker } from '../../src/cdc/ingest.js';
import type { IngestDeps } from '../../src/cdc/ingest-deps.js';
import { makeReplayParked, type ReplayParked } from '../../src/cdc/replay.js';
import type { IngestReport } from '../../src/cdc/counts.js';
import { canonicalTopic, changesTopic, type ChangeLog } from '../../src/log/change-log.js';
import { changeKey, type CanonicalEvent, type Change } from '../../src/log/envelope.js';
import { makePostgresLog } from '../../src/log/postgres-log.js';
import { openDatabase, type Database, type Tx } from '../../src/store/database.js';
import * as deferred from '../../src/store/deferred-changes.js';
import * as erasures from '../../src/store/erasures.js';
import * as journal from '../../src/store/journal.js';
import * as parked from '../../src/store/parked.js';
import * as positions from '../../src/store/positions.js';
import * as waits from '../../src/store/projection-waits.js';
import { lockObserved } from '../../src/store/projection-observe.js';
import * as references from '../../src/store/references.js';
import * as versions from '../../src/store/reference-versions.js';
import * as reservations from '../../src/store/reservations.js';
import * as conflicts from '../../src/store/field-conflicts.js';
import * as rows from '../../src/store/rows.js';
import * as shown from '../../src/store/shown-statements.js';
import * as unmapped from '../../src/store/unmapped-values.js';
import { makeApply } from '../../src/sync/apply.js';
import { createTestDatabase } from '../support/database.js';
import { testConfiguration, testConnector, type TestConfiguration } from './ingest-system.js';

export interface Hub {
  readonly database: Database;
  readonly log: HubLog;
  readonly configuration: TestConfiguration;
  readonly reports: IngestReport[];
  readonly replayParked: ReplayParked;
  /** Answers of `observe` by external id. */
  readonly observations: Map<string, 'echo' | 'drift' | 'unknown' | 'under_way'>;
  /** External ids of documents that were known to be older than a write of ours. */
  readonly old: string[];
  worker(options?: {
    system?: string;
    owner?: string;
    failpoint?: Failpoint;
    batchSize?: number;
    leaseMs?: number;
  }): IngestWorker;
  /** Appends documents to the log as a system would show them. */
  show(stream: string, documents: readonly Shown[], system?: string): Promise<readonly Change[]>;
  append(changes: readonly Change[]): Promise<void>;
  /** Takes in all that is in the log. */
  settle(worker?: IngestWorker): Promise<void>;
  /** Shows documents and takes them in. */
  take(stream: string, documents: readonly Shown[], system?: string): Promise<void>;
  /** Takes a change in again, as somebody has asked. */
  again(system: string, change: Change): Promise<void>;
  /** Takes up what was put aside. */
  takeUp(system: string): Promise<void>;
  events(): Promise<readonly CanonicalEvent[]>;
  /** One text for all canonical rows and references, times left out. */
  canonicalState(): Promise<string>;
  close(): Promise<void>;
}

type HubLog = ChangeLog<Tx> & { close(): Promise<void> };

/** Another log than the one in Postgres, which it is given. */
export interface OtherLog {
  readonly topicOf: (system: string) => string;
  open(database: Database, postgresLog: HubLog, configuration: TestConfiguration): HubLog;
}

export interface Shown {
  readonly id: string;
  readonly version?: number;
  readonly document: Document;
  readonly problem?: Change['problem'];
}

export async function openHub(other?: OtherLog): Promise<Hub> {
  const world = await createTestDatabase();
  const database = openDatabase(
    { url: world.url, poolMax: 10, applicationName: 'test' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
  const partitions = (topic: string): number => (topic === canonicalTopic ? 1 : 8);
  const postgresLog = makePostgresLog({ database, logger: silentLogger, partitions });
  const configuration = testConfiguration();
  const log = other?.open(database, postgresLog, configuration) ?? postgresLog;
  const topicOf = other?.topicOf ?? changesTopic;
  const observations: Hub['observations'] = new Map();
  const old: string[] = [];
  const observe: Observe = (_, seen) => {
    old.push(...seen.filter(({ isOld }) => isOld === true).map(({ externalId }) => externalId));
    return Promise.resolve(
      seen.map(({ entity, externalId }) => ({
        entity,
        externalId,
        result: observations.get(externalId) ?? 'unknown',
        canonicalId: `seen as ${externalId}`,
      })),
    );
  };
  const apply = makeApply({ log, canonicalTopic, rows, references, reservations, waits, parked, unmapped, conflicts, journal }); // prettier-ignore
  const batchDeps: IngestBatchDeps = { clock: systemClock, versions, configuration, erasures, apply, observe, lockObserved, references, reservations, deferred, shown, rows, conflicts }; // prettier-ignore
  const ingestBatch = makeIngestBatch(batchDeps);
  const reports: IngestReport[] = [];
  let version = 1000;
  const doomed: Database[] = [];
  /** The commit failpoint belongs to the database, so a worker with a failpoint has connections of its own. */
  const withFailpoint = (failpoint: Failpoint): Database => {
    if (failpoint === noFailpoint) return database;
    const own = openDatabase(
      { url: world.url, poolMax: 3, applicationName: 'doomed' },
      { clock: systemClock, logger: silentLogger, failpoint },
    );
    doomed.push(own);
    return own;
  };

  const replayParked = makeReplayParked({
    database,
    log,
    parked,
    ingestBatch,
    projectAgain: () => Promise.resolve(),
    logger: silentLogger,
    ingested: (report) => reports.push(report),
  });

  const depsOf = ({
    owner,
    failpoint = noFailpoint,
    batchSize = 500,
    leaseMs = 10_000,
  }: {
    owner: string;
    failpoint?: Failpoint;
    batchSize?: number;
    leaseMs?: number;
  }): IngestDeps => ({
    database: withFailpoint(failpoint),
    log,
    changesTopic: topicOf,
    positions,
    ingestBatch,
    deferred,
    parked,
    replayParked,
    configuration,
    clock: systemClock,
    logger: silentLogger,
    failpoint,
    owner,
    ingested: (report) => reports.push(report),
    batchSize,
    leaseMs,
  });

  const hub: Hub = {
    database,
    log,
    configuration,
    reports,
    observations,
    old,
    replayParked,
    worker: ({
      system = 'till',
      owner = newId('run'),
      failpoint = noFailpoint,
      batchSize = 500,
      leaseMs = 10_000,
    } = {}) => {
      const deps = depsOf({ owner, failpoint, batchSize, leaseMs });
      return makeIngestWorker(system, deps);
    },
    async show(stream, documents, system = 'till') {
      const record = testConnector.streams.find(({ name }) => name === stream)?.record ?? stream;
      const changes = documents.map(({ id, version: given, document, problem }): Change => ({
        system,
        stream,
        record,
        externalId: id,
        version: String(given ?? version++),
        hash: contentHash(problem === undefined ? document : { document, problem: problem as unknown as Json }),
        seenAt: '2026-03-01T10:00:00.000Z',
        document,
        ...(problem === undefined ? {} : { problem }),
      }));
      await hub.append(changes);
      return changes;
    },
    append: (changes) =>
      database.tx((tx) =>
        log.append(
          tx,
          topicOf(changes[0]?.system ?? 'till'),
          changes.map((change) => ({
            key: changeKey(change),
            traceId: newId('trace'),
            payload: change as unknown as Json,
          })),
        ),
      ),
    async settle(worker = hub.worker()) {
      const signal = new AbortController().signal;
      while ((await worker.run(signal)) === 'more');
      await worker.release();
    },
    async take(stream, documents, system = 'till') {
      await hub.show(stream, documents, system);
      await hub.settle(hub.worker({ system }));
    },
    async again(system, change) {
      const incoming = [{ change, traceId: newId('trace'), place: null }];
      await database.tx((tx) => ingestBatch(tx, system, incoming, { force: true }));
    },
    async takeUp(system) {
      const takeUp = makeTakeUp(system, depsOf({ owner: newId('run') }));
      while ((await takeUp(new AbortController().signal)) === 'more');
    },
    async events() {
      const [end = 0n] = await log.ends(canonicalTopic);
      return (await log.read(canonicalTopic, 0, 0n, Number(end))).map((e) => e.payload as unknown as CanonicalEvent);
    },
    canonicalState: () => canonicalState(database),
    async close() {
      await log.close();
      for (const own of doomed) await own.end();
      await database.end();
      await world.drop();
    },
  };
  return hub;
}

async function canonicalState(database: Database): Promise<string> {
  const parts: string[] = [];
  for (const table of ['product', 'variant', 'category', 'stock_location', 'stock_level', 'external_reference']) {
    const [row] = await database.query<{ state: string | null }>(
      `select string_agg(r, E'\\n' order by r) as state from (
         select (to_jsonb(t) - '{created_at,updated_at,as_of,first_seen_at,last_seen_at,last_written_at}'::text[])::text as r
         from ${table} t) s`,
    );
    parts.push(`${table}\n${row?.state ?? ''}`);
  }
  return parts.join('\n');
}

export const product = (name: string, skus: readonly string[], more: Document = {}): Document => ({
  name,
  variants: skus.map((sku) => ({ externalId: `v-${sku}`, sku, priceAmount: '10.00', priceCurrency: 'EUR' })),
  ...more,
});
