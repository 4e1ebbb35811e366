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
