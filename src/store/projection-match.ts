/**
 * Records that are being made in a target, by what they would be matched by there (e-mail). Two with the same key are never
 * made at once, whichever processes plan them: the second one waits and then finds the first one's record.
 */
import type { ProjectedEntity } from '../canonical/entities.js';
import { keyOf, type ProjectionKey } from './projections.js';
import type { Tx } from './database.js';

export interface MatchKey extends ProjectionKey {
  readonly matchKey: string;
}

/** Who else makes a record with one of these keys now. Until the transaction ends nobody begins to. */
export async function lockMatchKeys(
  tx: Tx,
  target: string,
  wanted: readonly MatchKey[],
): Promise<ReadonlyMap<string, string>> {
  if (wanted.length === 0) return new Map();
  await tx.query(`select pg_advisory_xact_lock(hashtext('koppel.match-key'), hashtext($1))`, [target], 'match-lock');
  const rows = await tx.query<{ entity: ProjectedEntity; canonical_id: string; match_key: string }>(
    `select entity, canonical_id, match_key
     from projection
     where target = $1 and match_key = any($2::text[]) and state in ('writing', 'in_doubt')`,
    [target, wanted.map((each) => each.matchKey)],
    'match-busy',
  );
  return new Map(
    rows.map((row) => [`${row.entity} ${row.match_key}`, keyOf({ entity: row.entity, canonicalId: row.canonical_id })]),
  );
}

/** Makes due what waits for these keys, because a record with one of them is not being made any more. */
export async function releaseMatchKeys(tx: Tx, target: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  // A row that somebody has locked is being decided about; it comes back by itself after a second.
  await tx.query(
    `update projection p
     set next_at = now()
     from (
       select entity, canonical_id from projection
       where target = $1 and match_key = any($2::text[]) and state = 'pending'
       order by entity, canonical_id
       for update skip locked
     ) k
     where p.target = $1 and p.entity = k.entity and p.canonical_id = k.canonical_id`,
    [target, keys],
    'match-release',
  );
}
