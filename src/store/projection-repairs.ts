/** How often the hub has put right lately what somebody changes in a target, so that two owners do not fight for ever. */
import { keyOf, type ProjectionKey } from './projections.js';
import type { Query } from './database.js';

/** Repairs of each row within the last ten minutes, by row key. */
export async function recentRepairs(
  query: Query,
  target: string,
  keys: readonly ProjectionKey[],
): Promise<ReadonlyMap<string, number>> {
  if (keys.length === 0) return new Map();
  const rows = await query.query<{ entity: ProjectionKey['entity']; canonical_id: string; repairs: number }>(
    `select j.entity, j.canonical_id, count(*)::int as repairs
     from journal j
     where j.canonical_id = any($2::text[]) and j.system = $1 and j.step = 'repaired'
       and j.at > now() - interval '10 minutes'
     group by j.entity, j.canonical_id`,
    [target, keys.map((key) => key.canonicalId)],
    'projection-repairs',
  );
  return new Map(rows.map((row) => [keyOf({ entity: row.entity, canonicalId: row.canonical_id }), row.repairs]));
}
