/** What taking a change back has to know of it: the event, what it changed, what was changed after it, and who has the record. */
import type { Changes } from '../canonical/record.js';
import type { Query } from './database.js';
import { readCanonicalEvents, type AppliedKey } from './event-contents.js';
import { selected } from './sql.js';

/** An event of the journal, as far as undoing it goes. */
export interface UndoEvent {
  readonly id: string;
  readonly position: string;
  readonly step: string;
  readonly outcome: string;
  readonly entity: string | null;
  readonly canonicalId: string | null;
  readonly traceId: string;
  readonly version: number | null;
}

export const readUndoEvents = (query: Query, ids: readonly string[]): Promise<readonly UndoEvent[]> =>
  selected<UndoEvent>(
    query,
    `select 'evt_' || j.position as id, j.position::text as position, j.step, j.outcome, j.entity, j.canonical_id as "canonicalId",
       j.trace_id as "traceId", (j.detail ->> 'version')::int as version
     from journal j where j.position = any($1::bigint[])`,
    [ids.flatMap((id) => /^evt_(\d{1,18})$/.exec(id)?.[1] ?? [])],
  );

/** What a change of a record replaced; null when that is not kept any more. */
export async function changesOfVersion(query: Query, key: AppliedKey, version: number): Promise<Changes | null> {
  const events = await readCanonicalEvents(query, [key]);
  const found = events
    .map(({ payload }) => JSON.parse(payload) as { version: number; changes: Changes })
    .find((event) => event.version === version);
  return found?.changes ?? null;
}

export interface LaterChange {
  readonly fields: readonly string[];
  /** The job that took something back by it; null: another change. */
  readonly job: string | null;
  /** The event that it took back. */
  readonly undoes: string | null;
}

/** Changes of a record after a place in the journal. */
export const changesAfter = (query: Query, canonicalId: string, position: string): Promise<readonly LaterChange[]> =>
  selected<LaterChange>(
    query,
    `select coalesce(array(select jsonb_array_elements_text(j.detail -> 'fields')), '{}') as fields,
       j.detail ->> 'job' as job, j.detail ->> 'undoes' as undoes
     from journal j where j.canonical_id = $1 and j.position > $2::bigint and j.step = 'applied' order by j.position`,
    [canonicalId, position],
  );

/** Keys of the systems that have a record, or the record that it is shown with: a product with its variants. */
export async function holdersOf(query: Query, canonicalId: string): Promise<readonly string[]> {
  const rows = await selected<{ system: string }>(
    query,
    `select distinct r.system from external_reference r where r.origin <> 'MENTIONED' and r.canonical_id in (
       select $1 union select v.id from variant v where v.product_id = $1 union select v.product_id from variant v where v.id = $1)`,
    [canonicalId],
  );
  return rows.map(({ system }) => system);
}
