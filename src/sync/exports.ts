/**
 * Taking away what a list shows. In: what was asked for. Out: a job, and by it a file in parts. The list is read page by page behind a cursor,
 * so the memory that it takes does not grow; a part is kept together with the cursor behind it, so an attempt that takes over goes on where the
 * one before has died. Nobody is given a file before it is finished.
 */
import type { Clock } from '../base/clock.js';
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { ExportOrder, ListReading } from '../base/list-export.js';
import type { Database } from '../store/database.js';
import type { Job } from '../store/jobs.js';
import type { Progress } from './impact.js';
import type { JobHandler } from './jobs.js';

export interface Exports {
  /** Begins an export. Throws EXPORT_TOO_MANY or EXPORT_STORE_FULL. */
  start(order: ExportOrder, createdBy: string): Promise<string>;
}

/** How long a file is kept. */
export const exportKeptMs = 24 * 3_600_000;

/** Exports of one person at a time. */
const mostUnderWay = 3;

export interface ExportLimits {
  /** Bytes of one file. */
  readonly mostBytes: number;
  /** Bytes of all files that are kept. */
  readonly mostKeptBytes: number;
  /** Bytes of a part. */
  readonly chunkBytes: number;
}

export const exportLimits: ExportLimits = {
  mostBytes: 250 * 1024 * 1024,
  mostKeptBytes: 2 * 1024 * 1024 * 1024,
  chunkBytes: 512 * 1024,
};

const megabytes = (bytes: number): number => Math.round(bytes / (1024 * 1024));

export function makeExports(deps: {
  readonly database: Database;
  readonly store: Pick<typeof import('../store/export-files.js'), 'exportsKept'>;
  readonly jobs: Pick<typeof import('../store/jobs.js'), 'createJob'>;
  readonly jobMade: () => void;
  readonly limits?: ExportLimits;
}): Exports {
  const { mostKeptBytes } = deps.limits ?? exportLimits;
  return {
    async start(order, createdBy) {
      const kept = await deps.store.exportsKept(deps.database, createdBy);
      if (kept.underWay >= mostUnderWay) throw new KoppelError('EXPORT_TOO_MANY', { limit: mostUnderWay });
      if (kept.bytes >= mostKeptBytes) throw new KoppelError('EXPORT_STORE_FULL', { limit: megabytes(mostKeptBytes) });
      const id = newId('job');
      const input = order as unknown as Document;
      await deps.database.tx((tx) => deps.jobs.createJob(tx, { id, kind: 'EXPORT', input, createdBy }));
      deps.jobMade();
      return id;
    },
  };
}

export interface ExportWorkDeps {
  readonly database: Database;
  readonly store: typeof import('../store/export-files.js');
  readonly erasures: Pick<typeof import('../store/erasures.js'), 'holdErasures'>;
  readonly clock: Clock;
  /** Made when the first export begins: it takes a while and some memory. */
  readonly reading: () => Promise<ListReading>;
  readonly limits?: ExportLimits;
}

/** Each is ended by an erasure, of which there are few. */
const mostAttempts = 20;

/** Jobs of the kind EXPORT. */
export function exportWork(deps: ExportWorkDeps): JobHandler {
  return async (job, progress) => {
    try {
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const result = await write(deps, job, progress);
        if (result !== null) return result;
        // A customer was erased meanwhile, and the file is gone; or another attempt writes it, which ends this one here.
        await progress(0, null);
      }
      throw new KoppelError('UNEXPECTED', { what: `the file was removed ${mostAttempts} times while it was written` });
    } catch (thrown) {
      // Who stops the process, or has taken the job, goes on with what there is.
      const why = (thrown as { readonly why?: string }).why;
      if (why !== 'stopped' && why !== 'lost') await deps.store.dropExportFile(deps.database, job.id);
      throw thrown;
    }
  };
}

/** So often how far it is is written down. */
const toldEveryMs = 250;

/** What came of it; null when the file was removed while it was written. */
async function write(deps: ExportWorkDeps, job: Job, progress: Progress): Promise<Document | null> {
  const { database, store, clock } = deps;
  const { mostBytes, chunkBytes } = deps.limits ?? exportLimits;
  const order = job.input as unknown as ExportOrder;
  const reading = (await deps.reading()).open(order, job.createdBy);
  const mine = { job: job.id, writer: newId('run') };
  const begun = await database.tx(async (tx) => {
    // What is read after this knows of every erasure that has begun before; one that begins later removes the file.
    await deps.erasures.holdErasures(tx);
    const file = { subject: order.subject, madeBy: job.createdBy, scopes: order.needed, keptMs: exportKeptMs };
    return store.takeExportFile(tx, { ...mine, ...file });
  });
  const result = (rows: number, bytes: number): Document => ({ rows, bytes });
  let { readTo, rowCount, byteCount } = begun;
  if (begun.isFinished) return result(rowCount, byteCount);
  let parts: string[] = begun.chunkCount === 0 ? [reading.head] : [];
  let waiting = { rows: 0, bytes: Buffer.byteLength(parts.join('')) };
  let total: number | null = null;
  let toldAt = clock.monotonic();
  await progress(rowCount, null);
  for (let isFirst = true, hasMore = true; hasMore; isFirst = false) {
    const page = await reading.page(readTo, isFirst);
    if (isFirst) total = page.total;
    hasMore = page.hasMore;
    readTo = page.readTo ?? readTo;
    parts.push(page.text);
    waiting = { rows: waiting.rows + page.rows, bytes: waiting.bytes + Buffer.byteLength(page.text) };
    if (byteCount + waiting.bytes > mostBytes)
      throw new KoppelError('EXPORT_TOO_LARGE', { limit: megabytes(mostBytes) });
    if (waiting.bytes >= chunkBytes || !hasMore) {
      const part = { bytes: Buffer.from(parts.join('')), rows: waiting.rows, readTo };
      if (!(await store.appendExportChunk(database, mine, part))) return null;
      rowCount += waiting.rows;
      byteCount += waiting.bytes;
      parts = [];
      waiting = { rows: 0, bytes: 0 };
    }
    if (!hasMore || clock.monotonic() - toldAt >= toldEveryMs) {
      toldAt = clock.monotonic();
      await progress(rowCount + waiting.rows, total);
    }
  }
  return (await store.finishExportFile(database, mine, exportKeptMs)) ? result(rowCount, byteCount) : null;
}
