/**
 * Files that exports write (tables `export_file`, `export_chunk`): part by part while they are made, whole when they are downloaded. An
 * attempt that was overtaken can add nothing, and what is not finished or has expired is given to nobody.
 */
import type { Query, Tx } from './database.js';

/** How far a file is. */
export interface ExportProgress {
  /** Cursor of the last record; null before the first. */
  readonly readTo: string | null;
  readonly rowCount: number;
  readonly byteCount: number;
  readonly chunkCount: number;
  readonly isFinished: boolean;
}

/** A file that can be downloaded. */
export interface ExportFileRow {
  readonly job: string;
  readonly madeBy: string;
  readonly scopes: readonly string[];
  readonly rowCount: number;
  readonly byteCount: number;
  readonly chunkCount: number;
  readonly finishedAt: Date;
  readonly expiresAt: Date;
}

/** Begins a file, or takes over what an attempt before has left. `keptMs`: how long it is kept when it is never finished. */
export async function takeExportFile(
  tx: Tx,
  file: {
    readonly job: string;
    readonly subject: string;
    readonly madeBy: string;
    readonly scopes: readonly string[];
    readonly writer: string;
    readonly keptMs: number;
  },
): Promise<ExportProgress> {
  const [row] = await tx.query<ExportProgress & Record<string, unknown>>(
    `insert into export_file as f (job, subject, made_by, scopes, writer, expires_at)
     values ($1, $2, $3, $4, $5, clock_timestamp() + $6 * interval '1 millisecond')
     on conflict (job) do update set writer = excluded.writer
     returning f.read_to as "readTo", f.row_count as "rowCount", f.byte_count as "byteCount",
       f.chunk_count as "chunkCount", f.finished_at is not null as "isFinished"`,
    [file.job, file.subject, file.madeBy, file.scopes, file.writer, file.keptMs],
  );
  return row!;
}

/** Adds a part that ends with the record at `readTo`. False when the file is not there any more, or somebody else writes it. */
export async function appendExportChunk(
  query: Query,
  { job, writer }: { readonly job: string; readonly writer: string },
  part: { readonly bytes: Buffer; readonly rows: number; readonly readTo: string | null },
): Promise<boolean> {
  const added = await query.query(
    `with held as (
       update export_file set read_to = $3, row_count = row_count + $4, byte_count = byte_count + $5,
         chunk_count = chunk_count + 1
       where job = $1 and writer = $2 and finished_at is null
       returning job, chunk_count - 1 as place)
     insert into export_chunk (job, place, bytes) select job, place, $6::bytea from held returning 1 as added`,
    [job, writer, part.readTo, part.rows, part.bytes.length, part.bytes],
    'export-chunk-append',
  );
  return added.length > 0;
}

/** From now on it can be downloaded, for `keptMs`. False as above. */
export async function finishExportFile(
  query: Query,
  { job, writer }: { readonly job: string; readonly writer: string },
  keptMs: number,
): Promise<boolean> {
  const finished = await query.query(
    `update export_file set finished_at = clock_timestamp(), expires_at = clock_timestamp() + $3 * interval '1 millisecond'
     where job = $1 and writer = $2 and finished_at is null returning 1 as finished`,
    [job, writer, keptMs],
  );
  return finished.length > 0;
}

/** Removes what an attempt has written. */
export async function dropExportFile(query: Query, job: string): Promise<void> {
  await query.query('delete from export_file where job = $1', [job]);
}

/** Those of the jobs' files that can be downloaded now. */
export const findExportFiles = (query: Query, jobs: readonly string[]): Promise<readonly ExportFileRow[]> =>
  query.query<ExportFileRow & Record<string, unknown>>(
    `select f.job, f.made_by as "madeBy", f.scopes, f.row_count as "rowCount", f.byte_count as "byteCount",
       f.chunk_count as "chunkCount", f.finished_at as "finishedAt", f.expires_at as "expiresAt"
     from export_file f join job j on j.id = f.job
     where f.job = any($1::text[]) and j.status = 'SUCCEEDED' and f.finished_at is not null and f.expires_at > clock_timestamp()`,
    [jobs],
  );

/** The nth part; null when the file was removed meanwhile. */
export async function readExportChunk(query: Query, job: string, place: number): Promise<Buffer | null> {
  const [row] = await query.query<{ bytes: Buffer }>(
    'select bytes from export_chunk where job = $1 and place = $2',
    [job, place],
    'export-chunk-read',
  );
  return row?.bytes ?? null;
}

/** What is kept at all, and how many exports of somebody have not ended. */
export async function exportsKept(
  query: Query,
  madeBy: string,
): Promise<{ readonly bytes: number; readonly underWay: number }> {
  const [row] = await query.query<{ bytes: string; underWay: number }>(
    `select (select coalesce(sum(byte_count), 0) from export_file where expires_at > clock_timestamp()) as bytes,
       (select count(*)::integer from job
        where kind = 'EXPORT' and created_by = $1 and status in ('QUEUED', 'RUNNING', 'CANCELLING')) as "underWay"`,
    [madeBy],
  );
  return { bytes: Number(row!.bytes), underWay: row!.underWay };
}

/** Forgets files whose time is over, and what is left of exports that came to nothing. */
export async function forgetExportFiles(query: Query): Promise<void> {
  await query.query(
    `delete from export_file f using job j
     where j.id = f.job and (j.status in ('FAILED', 'CANCELLED')
       or (f.expires_at < clock_timestamp() and j.status not in ('QUEUED', 'RUNNING', 'CANCELLING')))`,
  );
}

/** Lists that say nothing of people. */
const impersonal = ['PRODUCT', 'STOCK_LEVEL'];

/** Removes every file that may say something of a person; one that is being written begins anew. Returns how many there were. */
export async function dropPersonalExports(tx: Tx): Promise<number> {
  const gone = await tx.query('delete from export_file where subject <> all($1::text[]) returning 1 as gone', [
    impersonal,
  ]);
  return gone.length;
}
