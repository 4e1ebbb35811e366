/** Changes of one record as the journal has them, and how far back it reaches. Each function is one statement. */
import type { Query } from './database.js';
import { selected } from './sql.js';

export interface PastRow {
  readonly eventId: string;
  readonly at: Date;
  readonly traceId: string;
  readonly outcome: string;
  /** The system that it came from; null: a person. */
  readonly system: string | null;
  readonly version: number;
  /** Null for an entry that changed no field and only counts as a version. */
  readonly fields: readonly string[] | null;
  /** When its system showed it. */
  readonly seenAt: string | null;
  /** Where the record as it was seen stands in the change log. */
  readonly log: string | null;
}

/** The latest changes of a record, the latest first. A conflict that ends makes a version, whether or not a field changes. */
export const readPast = (query: Query, id: string, limit: number): Promise<readonly PastRow[]> =>
  selected<PastRow>(
    query,
    `select 'evt_' || j.position as "eventId", j.at, j.trace_id as "traceId", j.outcome, j.system, (j.detail ->> 'version')::integer as version,
       case when j.step = 'applied' then coalesce(j.detail -> 'fields', '[]') end as fields,
       case when not j.detail ? 'by' then j.detail ->> 'seenAt' end as "seenAt", j.detail ->> 'log' as log
     from journal j
     where j.canonical_id = $1 and j.detail ? 'version' and (j.step = 'applied' or (j.step = 'conflict' and j.outcome = 'resolved'))
     order by j.position desc limit $2`,
    [id, limit],
  );

/** Moment of the latest change behind the `skipped` latest ones; null when there are no more. */
export async function readChangeBehind(query: Query, id: string, skipped: number): Promise<Date | null> {
  const [found] = await selected<{ at: Date }>(
    query,
    `select j.at from journal j
     where j.canonical_id = $1 and j.detail ? 'version' and (j.step = 'applied' or (j.step = 'conflict' and j.outcome = 'resolved'))
     order by j.position desc offset $2 limit 1`,
    [id, skipped],
  );
  return found?.at ?? null;
}

/** Moment of the oldest entry of the journal; null when it has none. */
export async function readJournalStart(query: Query): Promise<Date | null> {
  const [first] = await selected<{ at: Date }>(query, `select at from journal order by position limit 1`);
  return first?.at ?? null;
}
