/** What capture knows about a connected system: whether it answers, as which administration, and what went wrong last. */
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

/**
 * The system did not do what it was asked; `status` is what that means for the whole system, if anything. An answer to what was asked
 * with an earlier `version` of its settings means nothing for those that it has now.
 */
export async function systemFailed(
  query: Query,
  system: string,
  error: { readonly code: string; readonly message: string },
  status: 'CREDENTIALS_REJECTED' | 'UNREACHABLE' | undefined,
  version?: number,
): Promise<void> {
  await query.query(
    `update system
     set last_error_at = now(), last_error_code = $2, last_error_message = $3,
         status_since = case when $4::text is not null and status is distinct from $4 and status not in ('PAUSED', 'DRAFT') then now() else status_since end,
         status_reason = case when $4::text is not null and status not in ('PAUSED', 'DRAFT') then $3 else status_reason end,
         status = case when $4::text is not null and status not in ('PAUSED', 'DRAFT') then $4 else status end
     where key = $1 and ($5::int is null or version = $5)`,
    [system, error.code, error.message, status ?? null, version ?? null],
  );
}

/** Remembers the administration of a system that had none yet. Another one is only ever accepted by a person. */
export async function rememberAccount(query: Query, system: string, fingerprint: string): Promise<void> {
  await query.query('update system set account_fingerprint = $2 where key = $1 and account_fingerprint is null', [
    system,
    fingerprint,
  ]);
}
