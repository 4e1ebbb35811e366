/** How writes to each system went lately, by the journal. */
import type { SystemCalls } from '../schema/system.js';
import type { Query } from './database.js';
import { selected } from './sql.js';

/** By the key of the system; without those that were not written to. */
export async function readSystemCalls(query: Query, windowMs: number): Promise<ReadonlyMap<string, SystemCalls>> {
  const rows = await selected<SystemCalls & { readonly system: string }>(
    query,
    `select system, count(*) filter (where step in ('written', 'repaired'))::integer as written,
       count(*) filter (where step in ('failed', 'in_doubt'))::integer as failed,
       percentile_cont(0.5) within group (order by duration_ms) filter (where step in ('written', 'repaired'))::integer as "medianMs",
       percentile_cont(0.95) within group (order by duration_ms) filter (where step in ('written', 'repaired'))::integer as "p95Ms"
     from journal
     where at >= now() - $1::double precision * interval '1 millisecond' and system is not null
       and step in ('written', 'repaired', 'failed', 'in_doubt')
     group by system`,
    [windowMs],
  );
  return new Map(rows.map(({ system, ...calls }) => [system, calls]));
}
