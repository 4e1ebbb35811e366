/**
 * What capture knows about a connected system: whether it answers, as which administration, what went wrong last, and which of its
 * streams cannot be read although others can.
 */
import type { Query } from './database.js';

/** Whether an answer is worth writing down: it ends something, or none of the last second is. Every stream has one at every look. */
export const isAnswerNews = (system: string): string =>
  `${system}.status in ('DEGRADED', 'UNREACHABLE') or ${system}.last_success_at is null
   or ${system}.last_success_at < now() - interval '1 second' or coalesce(${system}.last_error_at >= ${system}.last_success_at, false)`;

/** The system answered; what it was suffering from is over, unless a person paused it. */
export async function systemAnswered(query: Query, system: string): Promise<void> {
  await query.query(
    `update system s
     set last_success_at = now(),
         status_since = case when status in ('DEGRADED', 'UNREACHABLE') then now() else status_since end,
         status_reason = case when status in ('DEGRADED', 'UNREACHABLE') then null else status_reason end,
         status = case when status in ('DEGRADED', 'UNREACHABLE') then 'CONNECTED' else status end
     where key = $1 and (${isAnswerNews('s')})`,
    [system],
    'system-answered',
  );
}

/** What was asked, where that matters. */
export interface AskedOfSystem {
  /** With which version of the settings: an answer to an earlier one means nothing for those that it has now. */
  readonly version?: number;
  /** The stream that was to be read: one that has failed since before the system answered others is all that is out of reach. */
  readonly stream?: string;
}

/** Whether a failure changes the status of the system. */
const isOfAll = `($4::text is not null and s.status not in ('PAUSED', 'DRAFT') and not ($4 = 'UNREACHABLE' and exists (
  select from capture_position p where p.system = s.key and p.stream = $6 and p.failing_since < s.last_success_at)))`;

/** The system did not do what it was asked; `status` is what that means for the whole system, if anything. */
export async function systemFailed(
  query: Query,
  system: string,
  error: { readonly code: string; readonly message: string },
  status: 'CREDENTIALS_REJECTED' | 'UNREACHABLE' | undefined,
  { version, stream }: AskedOfSystem = {},
): Promise<void> {
  await query.query(
    `update system s
     set last_error_at = now(), last_error_code = $2, last_error_message = $3,
         status_since = case when ${isOfAll} and status is distinct from $4 then now() else status_since end,
         status_reason = case when ${isOfAll} then $3 else status_reason end,
         status = case when ${isOfAll} then $4 else status end
     where key = $1 and ($5::int is null or version = $5)`,
    [system, error.code, error.message, status ?? null, version ?? null, stream ?? null],
  );
}

/** Remembers the administration of a system that had none yet. Another one is only ever accepted by a person. */
export async function rememberAccount(query: Query, system: string, fingerprint: string): Promise<void> {
  await query.query('update system set account_fingerprint = $2 where key = $1 and account_fingerprint is null', [
    system,
    fingerprint,
  ]);
}

/** Of a stream that can be read, or that nobody reads. */
export const noFailure = 'failing_since = null, failing_code = null, failing_message = null';

interface ReadStream {
  readonly system: string;
  readonly stream: string;
  /** Whoever has lost the stream says nothing about it. */
  readonly epoch: bigint;
}

/** A read of the stream failed: since when is kept of the first time, why of the last. The same failure once more changes nothing. */
export async function streamFailed(
  query: Query,
  held: ReadStream,
  { code, message }: { readonly code: string; readonly message: string },
): Promise<void> {
  await query.query(
    `update capture_position
     set failing_since = coalesce(failing_since, now()), failing_code = $4, failing_message = $5
     where system = $1 and stream = $2 and epoch = $3
       and (failing_since is null or failing_code is distinct from $4 or failing_message is distinct from $5)`,
    [held.system, held.stream, held.epoch, code, message],
  );
}

/** The stream can be read again. */
export async function streamRead(query: Query, held: ReadStream): Promise<void> {
  await query.query(`update capture_position set ${noFailure} where system = $1 and stream = $2 and epoch = $3`, [
    ...[held.system, held.stream, held.epoch],
  ]);
}

/** Streams of a system that the hub has stopped. */
export async function stoppedStreams(query: Query, system: string): Promise<readonly string[]> {
  const rows = await query.query<{ stream: string }>(
    `select stream from capture_position where system = $1 and state = 'stopped'`,
    [system],
  );
  return rows.map(({ stream }) => stream);
}
