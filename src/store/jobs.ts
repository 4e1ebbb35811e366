/** Long work that people start (table `job`). Whoever holds the lease of a job runs it and writes down how far it is. */
import type { Document } from '../base/document.js';
import type { JobFilter } from '../schema/operation-filters.js';
import { listCondition } from './conditions.js';
import type { Query, Tx } from './database.js';
import type { List } from './pages.js';
import { raw } from './sql.js';

export type JobStatus = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLING' | 'CANCELLED';
/**
 * BACKFILL sends records of a flow again, REPLAY records by their ids, TRIAL finds out what flows would do, RECONCILIATION whether
 * systems agree, REPAIR puts right what that has found, UNDO takes changes back, ERASURE removes a person, EXPORT writes a list into a file.
 */
export type JobKind =
  'IMPACT_ANALYSIS' | 'BACKFILL' | 'REPLAY' | 'TRIAL' | 'RECONCILIATION' | 'REPAIR' | 'UNDO' | 'ERASURE' | 'EXPORT';

export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly status: JobStatus;
  readonly input: Document;
  readonly done: number;
  /** Null until it is known. */
  readonly total: number | null;
  readonly result: Document | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const columns = `id, kind, status, input, done, total, result, error_code as "errorCode", error_message as "errorMessage",
  created_by as "createdBy", created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

export async function createJob(
  tx: Tx,
  job: { readonly id: string; readonly kind: JobKind; readonly input: Document; readonly createdBy: string },
): Promise<void> {
  await tx.query('insert into job (id, kind, input, created_by) values ($1, $2, $3, $4)', [
    job.id,
    job.kind,
    JSON.stringify(job.input),
    job.createdBy,
  ]);
}

/** The oldest job of these kinds that nobody runs, taken for `leaseMs`; one whose runner is gone begins anew. */
export async function takeJob(
  tx: Tx,
  owner: string,
  leaseMs: number,
  kinds: readonly string[],
): Promise<Job | undefined> {
  const [row] = await tx.query<Job & Record<string, unknown>>(
    `update job set status = case when status = 'CANCELLING' then status else 'RUNNING' end, owner = $1, done = 0,
       started_at = clock_timestamp(), lease_until = clock_timestamp() + $2 * interval '1 millisecond'
     where id = (
       select id from job where status in ('QUEUED', 'RUNNING', 'CANCELLING') and lease_until < clock_timestamp() and kind = any($3::text[])
       order by created_at limit 1 for update skip locked)
     returning ${columns}`,
    [owner, leaseMs, kinds],
  );
  return row;
}

/** Writes down how far a job is and keeps it; `lost`: somebody else has it. */
export async function reportJob(
  query: Query,
  id: string,
  owner: string,
  progress: { readonly done: number; readonly total: number | null; readonly leaseMs: number },
): Promise<'goOn' | 'cancel' | 'lost'> {
  const [row] = await query.query<{ status: JobStatus }>(
    `update job set done = $3, total = $4, lease_until = clock_timestamp() + $5 * interval '1 millisecond'
     where id = $1 and owner = $2 and status in ('RUNNING', 'CANCELLING') returning status`,
    [id, owner, progress.done, progress.total, progress.leaseMs],
  );
  return row === undefined ? 'lost' : row.status === 'CANCELLING' ? 'cancel' : 'goOn';
}

/** Keeps a job whose work says nothing for a while. */
export async function keepJob(query: Query, id: string, owner: string, leaseMs: number): Promise<void> {
  await query.query(
    `update job set lease_until = clock_timestamp() + $3 * interval '1 millisecond'
     where id = $1 and owner = $2 and status in ('RUNNING', 'CANCELLING') and lease_until > clock_timestamp()`,
    [id, owner, leaseMs],
  );
}

/** Gives a job back that was not finished; another process begins it anew at once. */
export async function giveJobBack(query: Query, id: string, owner: string): Promise<void> {
  await query.query(
    `update job set lease_until = '-infinity' where id = $1 and owner = $2 and status in ('RUNNING', 'CANCELLING')`,
    [id, owner],
  );
}

export interface JobEnd {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  readonly result?: Document;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

export async function endJob(query: Query, id: string, owner: string, end: JobEnd): Promise<void> {
  await query.query(
    `update job set status = $3, result = $4, error_code = $5, error_message = $6, finished_at = clock_timestamp(),
       lease_until = '-infinity'
     where id = $1 and owner = $2 and status in ('RUNNING', 'CANCELLING')`,
    [
      id,
      owner,
      end.status,
      end.result === undefined ? null : JSON.stringify(end.result),
      end.errorCode ?? null,
      end.errorMessage ?? null,
    ],
  );
}

/** Asks for an end; a job that nobody runs ends at once. Returns false when it has ended already or is not there. */
export async function cancelJob(query: Query, id: string): Promise<boolean> {
  const rows = await query.query(
    `update job set status = case when status = 'QUEUED' then 'CANCELLED' else 'CANCELLING' end,
       finished_at = case when status = 'QUEUED' then clock_timestamp() end
     where id = $1 and status in ('QUEUED', 'RUNNING') returning 1 as asked`,
    [id],
  );
  return rows.length > 0;
}

/** Those of the jobs that there are. */
export const findJobs = (query: Query, ids: readonly string[]): Promise<readonly Job[]> =>
  query.query<Job & Record<string, unknown>>(
    `select ${columns} from job where id = any($1::text[])`,
    [ids],
    'jobs-find',
  );

export async function findJob(query: Query, id: string): Promise<Job | null> {
  const [row] = await query.query<Job & Record<string, unknown>>(`select ${columns} from job where id = $1`, [id]);
  return row ?? null;
}

/** The newest first. */
export const jobList = (filter: JobFilter | null | undefined): List => ({
  select: raw(columns),
  from: raw('job'),
  where: [...listCondition('kind', filter?.kind), ...listCondition('status', filter?.status)],
  order: {
    name: 'created',
    keys: [
      { expression: 'created_at', type: 'timestamptz' },
      { expression: 'id', type: 'text' },
    ],
    descending: true,
  },
});
