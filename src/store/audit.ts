/** Who did what through the API; rows are only ever added. */
import type { Document } from '../base/document.js';
import type { Query } from './database.js';

export interface AuditEntry {
  /** Id of the key. */
  readonly actor: string;
  /** Name of the mutation. */
  readonly action: string;
  /** Id of what it was about. */
  readonly subject: string;
  readonly detail: Document;
  readonly requestId: string;
  readonly address: string | null;
  readonly userAgent: string | null;
}

export async function appendAudit(query: Query, entry: AuditEntry): Promise<void> {
  await query.query(insertEntry, [
    entry.actor,
    entry.action,
    entry.subject,
    JSON.stringify(entry.detail),
    entry.requestId,
    entry.address,
    entry.userAgent,
  ]);
}

const insertEntry = `insert into audit (actor, action, subject, detail, request_id, address, user_agent)
  values ($1, $2, $3, $4, $5, $6, $7)`;
