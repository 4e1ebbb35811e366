/**
 * Records that are being made in a target, by what they would be matched by there (e-mail). Two with the same key are never
 * made at once, whichever processes plan them: the others wait, and then find the first one's record, all at once.
 */
import type { ProjectedEntity } from '../canonical/entities.js';
import { keyOf, type ProjectionKey } from './projections.js';
import type { Tx } from './database.js';

export interface MatchKey extends ProjectionKey {
  readonly matchKey: string;
}

/** Reason of rows that wait because a record with their key is being made. */
export const sameKey = 'SAME_KEY';
/** Reason of those that waited, once the target is known to have one. */
const keyThere = 'KEY_THERE';

/** By `<entity> <match key>`. */
export interface MatchKeys {
  /** Who writes or looks for a record with one of the keys now. */
  readonly makers: ReadonlyMap<string, string>;
  /** Keys of records that the target is known to have. */
  readonly there: ReadonlySet<string>;
}

/** What is known of these keys. Until the transaction ends nobody begins to make a record with one of them. */
export async function lockMatchKeys(tx: Tx, target: string, wanted: readonly MatchKey[]): Promise<MatchKeys> {
  if (wanted.length === 0) return { makers: new Map(), there: new Set() };
  const locked = tx.query(
    `select pg_advisory_xact_lock(hashtext('koppel.match-key'), hashtext($1))`,
    [target],
    'match-lock',
  );
  const asking = tx.query<{
    entity: ProjectedEntity;
    match_key: string;
    canonical_id: string | null;
    is_there: boolean;
  }>(
    `select entity, match_key, min(canonical_id) filter (where state <> 'pending') as canonical_id,
       bool_or(state = 'pending') as is_there
     from projection
     where target = $1 and match_key = any($2::text[])
       and (state in ('writing', 'in_doubt') or state = 'pending' and reason_code = '${keyThere}')
     group by entity, match_key`,
    [target, wanted.map((each) => each.matchKey)],
    'match-busy',
  );
  const [, rows] = await Promise.all([locked, asking]);
  const makers = rows.flatMap(({ entity, match_key, canonical_id: canonicalId }) =>
    canonicalId === null ? [] : [[`${entity} ${match_key}`, keyOf({ entity, canonicalId })] as const],
  );
  const there = rows.flatMap((row) => (row.is_there ? [`${row.entity} ${row.match_key}`] : []));
  return { makers: new Map(makers), there: new Set(there) };
}

/** A key with which no record is being made any more. */
export interface ReleasedKey {
  readonly entity: ProjectedEntity;
  readonly matchKey: string;
  /** The target has a record with it. */
  readonly isThere: boolean;
}

/** Makes due what waits for these keys, and remembers whether there is something to be found. */
export async function releaseMatchKeys(tx: Tx, target: string, released: readonly ReleasedKey[]): Promise<void> {
  if (released.length === 0) return;
  // A row that somebody has locked is being decided about; it comes back by itself after a second.
  await tx.query(
    `update projection p
     set next_at = least(p.next_at, now()), reason_code = k.code
     from (
       select w.entity, w.canonical_id, r.code
       from (
         select entity, "matchKey", case when bool_or("isThere") then '${keyThere}' else '${sameKey}' end as code
         from json_to_recordset($2::json) as r(entity text, "matchKey" text, "isThere" boolean)
         group by entity, "matchKey"
       ) r
       join projection w on w.target = $1 and w.entity = r.entity and w.match_key = r."matchKey" and w.state = 'pending'
         and (w.next_at > now() or w.reason_code is distinct from r.code)
       order by w.entity, w.canonical_id
       for update of w skip locked
     ) k
     where p.target = $1 and p.entity = k.entity and p.canonical_id = k.canonical_id`,
    [target, JSON.stringify(released)],
    'match-release',
  );
}
