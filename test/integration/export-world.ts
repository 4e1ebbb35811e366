/** An API over a filled database, and processes that write its exports: as many as a test wants, each of which may die between two pages. */
import { parse as parseCsv } from 'csv-parse/sync';
import { randomBytes } from 'node:crypto';
import { systemClock } from '../../src/base/clock.js';
import type { ListReading } from '../../src/base/list-export.js';
import { silentLogger } from '../../src/base/logger.js';
import type { Commands } from '../../src/resolvers/context.js';
import { makeListReading } from '../../src/http/list-reading.js';
import { holdErasures } from '../../src/store/erasures.js';
import * as files from '../../src/store/export-files.js';
import * as jobs from '../../src/store/jobs.js';
import { exportLimits, exportWork, makeExports, type ExportLimits } from '../../src/sync/exports.js';
import { makeJobRunner } from '../../src/sync/jobs.js';
import { commandsOf, openGraphWorld, type GraphAnswer, type GraphWorld } from '../support/graph-server.js';

/** What a worker does beside its work. */
export interface WorkerOptions {
  readonly limits?: Partial<ExportLimits>;
  /** Called before each page is read; what it throws ends the work there. */
  readonly beforePage?: (page: number) => void | Promise<void>;
  readonly signal?: AbortSignal;
  readonly leaseMs?: number;
}

export interface ExportWorld extends GraphWorld {
  /** Begins an export; the answer of the mutation. */
  begin(input: object, headers?: Record<string, string>): Promise<GraphAnswer>;
  /** One turn of a worker, by name. */
  work(owner: string, options?: WorkerOptions): Promise<'more' | 'idle'>;
  /** Begins, works and downloads. */
  take(input: object, headers?: Record<string, string>): Promise<TakenFile>;
  download(job: string, headers?: Record<string, string>): Promise<Response>;
  job(id: string): Promise<jobs.Job>;
  /** What the API says of the file of an export; null when there is none. */
  fileOf(job: string): Promise<ShownFile>;
  /** Why an export was refused. */
  refusalOf(input: object, headers?: Record<string, string>): Promise<Refusal>;
  /** How many files and parts the database keeps. */
  kept(): Promise<{ readonly files: number; readonly chunks: number }>;
}

export interface ShownFile {
  readonly rowCount: number;
  readonly byteCount: number;
  readonly expiresAt: string;
}

export interface Refusal {
  readonly code: string;
  readonly field: readonly string[];
  readonly reason: string;
  readonly message: string;
}

/** Rows of a CSV file by their headings. */
export const rowsOf = (text: string): Record<string, string>[] => parseCsv(text, { bom: true, columns: true });

export interface TakenFile {
  readonly job: string;
  readonly text: string;
  /** Without the mark at the beginning and the last line end. */
  readonly lines: readonly string[];
  readonly headers: Headers;
}

const mutation = `mutation ($input: DataExportInput!) { dataExport(input: $input) {
  job { id kind status name } userErrors { code message field reason } } }`;

export async function openExportWorld(options: { readonly limits?: Partial<ExportLimits> } = {}): Promise<ExportWorld> {
  const masterKey = randomBytes(32);
  const limits = { ...exportLimits, ...options.limits };
  const exporting = () =>
    makeExports({ database: graph.database, store: files, jobs, jobMade: () => undefined, limits });
  const graph: GraphWorld = await openGraphWorld({
    masterKey,
    commands: {
      exports: { start: (order, by) => exporting().start(order, by) },
      mappings: { cancelJob: (id: string) => jobs.cancelJob(graph.database, id) } as unknown as Commands['mappings'],
    },
  });
  const { database } = graph;
  const reading = makeListReading({
    database,
    clock: systemClock,
    logger: silentLogger,
    commands: commandsOf([]),
    masterKey,
    version: 'test',
    connectors: () => [],
    streamsOf: () => undefined,
  });
  const world: ExportWorld = {
    ...graph,
    begin: (input, headers = {}) => graph.post(JSON.stringify({ query: mutation, variables: { input } }), headers),
    work(owner, { limits, beforePage, signal, leaseMs } = {}) {
      const work = exportWork({
        database,
        store: files,
        erasures: { holdErasures },
        clock: systemClock,
        reading: () => Promise.resolve(watched(reading, beforePage)),
        limits: { ...exportLimits, ...limits },
      });
      const handlers = { EXPORT: work };
      const deps = { database, store: jobs, handlers, clock: systemClock, logger: silentLogger, owner };
      return makeJobRunner(leaseMs === undefined ? deps : { ...deps, leaseMs }).runOne(signal);
    },
    async take(input, headers = {}) {
      const { body } = await world.begin(input, headers);
      if (body.data?.dataExport.job == null) throw new Error(JSON.stringify(body));
      const job = body.data.dataExport.job.id as string;
      await world.work('run_1');
      const response = await world.download(job, headers);
      const bytes = Buffer.from(await response.arrayBuffer());
      if (response.status !== 200) throw new Error(`${response.status} ${bytes.toString()}`);
      const text = bytes.toString();
      return {
        job,
        text,
        lines: text
          .replace(/^\uFEFF/, '')
          .split(/\r?\n/)
          .slice(0, -1),
        headers: response.headers,
      };
    },
    download: (job, headers = {}) =>
      fetch(`${graph.url}/exports/${job}`, { headers: { authorization: `Bearer ${graph.adminKey}`, ...headers } }),
    async job(id) {
      const found = await jobs.findJob(database, id);
      if (found === null) throw new Error(`there is no job ${id}`);
      return found;
    },
    async fileOf(id) {
      const asked = 'query ($id: ID!) { job(id: $id) { exportFile { rowCount byteCount expiresAt } } }';
      return (await graph.ask(asked, { id })).body.data.job.exportFile as ShownFile;
    },
    async refusalOf(input, headers) {
      return (await world.begin(input, headers)).body.data.dataExport.userErrors[0] as Refusal;
    },
    async kept() {
      const [row] = await database.query<{ files: number; chunks: number }>(
        'select (select count(*)::integer from export_file) as files, (select count(*)::integer from export_chunk) as chunks',
      );
      return row!;
    },
  };
  return world;
}

function watched(reading: ListReading, beforePage: WorkerOptions['beforePage']): ListReading {
  return {
    open(order, actorId) {
      const list = reading.open(order, actorId);
      let pages = 0;
      return {
        ...list,
        async page(after, isCounted) {
          await beforePage?.(pages++);
          return list.page(after, isCounted);
        },
      };
    },
  };
}
