/** Who did what through the API, and what the hub did by itself to what people have set; rows are only ever added. */
import type { Document } from '../base/document.js';
import type { Query, Tx } from './database.js';

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

/** The hub as an actor. */
export const hubItself = 'hub';

/** What the hub did by itself to a flow; in the transaction in which it does it. */
export const noteByHub = (tx: Tx, action: string, flow: string, detail: Document): Promise<unknown> =>
  tx.query(
    `insert into audit (actor, action, subject, detail)
     select $1, $2, f.id, $4::jsonb from flow f where f.key = $3`,
    [hubItself, action, flow, JSON.stringify({ flow, ...detail })],
    'audit-by-hub',
  );

const insertEntry = `insert into audit (actor, action, subject, detail, request_id, address, user_agent)
  values ($1, $2, $3, $4, $5, $6, $7)`;
