/** Reads projections without taking them: for previews and analyses, which never write. */
import type { ProjectedEntity } from '../canonical/entities.js';
import type { Tx } from './database.js';
import { projectionColumns, toProjection } from './projection-claim.js';
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
