/** Records that would come out differently with a mapping that is being edited (table `impact`). */
import type { Json } from '../base/document.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import type { Query, Tx } from './database.js';

export interface Impact {
  readonly target: string;
  readonly entity: ProjectedEntity;
  readonly canonicalId: string;
  readonly outcome: 'WRITE' | 'FAIL' | 'EXCLUDE';
  /** Top-level field → value before and after; of FAIL and EXCLUDE the reason. */
  readonly changes: { readonly [field: string]: Json };
}

export async function addImpacts(tx: Tx, job: string, impacts: readonly Impact[]): Promise<void> {
  if (impacts.length === 0) return;
  await tx.query(
    `insert into impact (job, target, entity, canonical_id, outcome, changes)
     select $1, target, entity, "canonicalId", outcome, changes from json_to_recordset($2::json)
       as i(target text, entity text, "canonicalId" text, outcome text, changes jsonb)`,
    [job, JSON.stringify(impacts)],
    'impact-add',
  );
}

/** What an earlier attempt at the job has found. */
export async function clearImpacts(tx: Tx, job: string): Promise<void> {
  await tx.query('delete from impact where job = $1', [job]);
}

export async function listImpacts(
  query: Query,
  job: string,
  asked: {
    readonly outcome: string | null;
    readonly field: string | null;
    readonly limit: number;
    readonly after: string;
  },
): Promise<readonly Impact[]> {
  const rows = await query.query<Impact & Record<string, unknown>>(
    `select target, entity, canonical_id as "canonicalId", outcome, changes from impact
     where job = $1 and ($2::text is null or outcome = $2) and ($3::text is null or changes ? $3) and canonical_id > $5
     order by canonical_id, target limit $4`,
    [job, asked.outcome, asked.field, asked.limit, asked.after],
  );
  return rows;
}

/** How long a written record of the targets took lately: the median in milliseconds; null when none was written. */
export async function medianCallMs(query: Query, targets: readonly string[], entity: string): Promise<number | null> {
  const [row] = await query.query<{ median: number | null }>(
    `select percentile_cont(0.5) within group (order by duration_ms) as median
     from (
       select duration_ms from journal
       where step in ('written', 'repaired') and system = any($1::text[]) and entity = $2 and duration_ms is not null
         and position > (select coalesce(max(next_offset), 0) from log_partition where topic = 'journal') - 200000
       order by position desc limit 500
     ) as lately`,
    [targets, entity],
    'impact-call-ms',
  );
  return row?.median ?? null;
}
