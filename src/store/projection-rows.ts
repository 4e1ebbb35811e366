/** Reads projections without taking them: for previews and analyses, which never write. */
import type { ProjectedEntity } from '../canonical/entities.js';
import type { Tx } from './database.js';
import { projectionColumns, toProjection } from './projection-claim.js';
import { concernedIf } from './projection-looks.js';
import type { Projection } from './projections.js';

export async function findRow(
  tx: Tx,
  target: string,
  entity: ProjectedEntity,
  canonicalId: string,
): Promise<Projection | undefined> {
  const [row] = await tx.query(
    `select ${projectionColumns} from projection where target = $1 and entity = $2 and canonical_id = $3`,
    [target, entity, canonicalId],
    'projection-find',
  );
  return row && toProjection(row);
}

/** Key of the flow that would carry a record to a target, of those in use; undefined when none does, or its source does not have the record. */
export async function carrierOf(
  tx: Tx,
  target: string,
  entity: ProjectedEntity,
  canonicalId: string,
): Promise<string | undefined> {
  const [row] = await tx.query<{ flow: string }>(
    `with affected as (select $1::text as entity, $2::text as canonical_id, '' as trace_id, now() as at), ${concernedIf('target = $3')}
     select flow from concerned`,
    [entity, canonicalId, target],
    'projection-carrier',
  );
  return row?.flow;
}

/** Rows of one target and entity after an id, in the order of ids; of the flows that are named. */
export async function rowsAfter(
  tx: Tx,
  {
    target,
    entity,
    flows,
  }: { readonly target: string; readonly entity: ProjectedEntity; readonly flows: readonly string[] },
  after: string,
  limit: number,
): Promise<readonly Projection[]> {
  const rows = await tx.query(
    `select ${projectionColumns} from projection
     where target = $1 and entity = $2 and canonical_id > $3 and flow = any($4::text[])
     order by canonical_id limit $5`,
    [target, entity, after, flows, limit],
    'projection-rows-after',
  );
  return rows.map(toProjection);
}

export async function countRows(
  tx: Tx,
  target: string,
  entity: ProjectedEntity,
  flows: readonly string[],
): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'select count(*)::int as count from projection where target = $1 and entity = $2 and flow = any($3::text[])',
    [target, entity, flows],
  );
  return row?.count ?? 0;
}
