/**
 * Which rows of a target a round of planning takes. In: rows that are due. Out: some of them, locked. Every class of
 * records has its share of a round, so that a large change of one class (a thousand new prices) never keeps the others from
 * going out; what a class does not need goes to the others, customers and orders first. What comes too early waits for its references.
 */
import type { Document } from '../base/document.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import type { Query, Row, Tx } from './database.js';
import type { Projection, ProjectionKey, ProjectionState } from './projections.js';

/** In the order in which they are served: orders find their customers as they are now. Inside a class, what others refer to is first. */
const classes: readonly (readonly ProjectedEntity[])[] = [
  ['customer', 'contact'],
  ['order'],
  ['stock'],
  ['category', 'product', 'variant'],
];

/** Due, and not resting: what is under way is settled at its time, whatever has happened to its record since. */
const isDue = (row: string): string =>
  `${row}.next_at <= now() and (${row}.rests_until is null or ${row}.rests_until <= now() or ${row}.state in ('writing', 'in_doubt'))`;

/** What a row is made from. */
export const projectionColumns = `entity, canonical_id, flow, state, reason_code, external_id, wanted, held, drifted, revision, attempt,
  epoch, trace_id, match_key, sent, approved_at is not null as is_approved, changed_at is not null as has_changed,
  (extract(epoch from clock_timestamp() - doubted_since) * 1000)::float8 as doubted_for`;

/** How many rows of each entity a round takes, in the order of the classes; empty when nothing is due. */
export type Shares = ReadonlyMap<ProjectedEntity, number>;

/** What a round of at most `limit` rows would take of what is due now. */
export const sharesOfDue = async (query: Query, target: string, limit: number): Promise<Shares> =>
  sharesOf(await countDue(query, target, limit), limit);

/** Locks as many rows that are due, skipping those that another worker has; settled rows among them keep their state. */
export async function claimDue(tx: Tx, target: string, shares: Shares): Promise<readonly Projection[]> {
  const claim = ([entity, share]: [ProjectedEntity, number]): Promise<Row[]> =>
    tx.query(
      `select ${projectionColumns}
       from projection p
       where target = $1 and entity = $2 and ${isDue('p')}
       order by next_at
       limit $3
       for update skip locked`,
      [target, entity, share],
      'projection-claim',
    );
  return (await Promise.all([...shares].map(claim))).flat().map(toProjection);
}

/** The same of rows that are named. */
export async function claimThese(
  tx: Tx,
  target: string,
  keys: readonly ProjectionKey[],
): Promise<readonly Projection[]> {
  const rows = await tx.query(
    `select ${projectionColumns}
     from projection p
     where target = $1 and (entity, canonical_id) in (select * from unnest($2::text[], $3::text[])) and ${isDue('p')}
     order by next_at
     for update skip locked`,
    [target, keys.map((key) => key.entity), keys.map((key) => key.canonicalId)],
    'projection-claim-these',
  );
  return rows.map(toProjection);
}

/** How many rows of each entity are due, counted no further than a round can take. */
async function countDue(query: Query, target: string, limit: number): Promise<ReadonlyMap<string, number>> {
  const rows = await query.query<{ entity: string; due: number }>(
    `select e.entity, (
       select count(*)::int from (
         select from projection p
         where p.target = $1 and p.entity = e.entity and ${isDue('p')}
         order by p.next_at -- so that the index is used, however many rows there are
         limit $3) d) as due
     from unnest($2::text[]) as e(entity)`,
    [target, classes.flat(), limit],
    'projection-count-due',
  );
  return new Map(rows.map((row) => [row.entity, row.due]));
}

function sharesOf(due: ReadonlyMap<string, number>, limit: number): Shares {
  const dueOf = (entity: ProjectedEntity): number => due.get(entity) ?? 0;
  const wanted = classes.map((entities) => entities.reduce((sum, entity) => sum + dueOf(entity), 0));
  const share = Math.max(1, Math.floor(limit / Math.max(1, wanted.filter((count) => count > 0).length)));
  let rest = limit;
  const give = (most: number): number => {
    const given = Math.min(most, rest);
    rest -= given;
    return given;
  };
  const own = wanted.map((count) => give(Math.min(count, share)));
  const shares = new Map<ProjectedEntity, number>();
  for (const [i, entities] of classes.entries()) {
    let left = (own[i] ?? 0) + give((wanted[i] ?? 0) - (own[i] ?? 0));
    for (const entity of entities) {
      const taken = Math.min(left, dueOf(entity));
      if (taken > 0) shares.set(entity, taken);
      left -= taken;
    }
  }
  return shares;
}

export function toProjection(row: Row): Projection {
  return {
    entity: row['entity'] as ProjectedEntity,
    canonicalId: row['canonical_id'] as string,
    flow: row['flow'] as string,
    state: row['state'] as ProjectionState,
    reasonCode: row['reason_code'] as string | null,
    externalId: row['external_id'] as string | null,
    wanted: row['wanted'] as Document | null,
    held: row['held'] as Document | null,
    drifted: row['drifted'] as string[],
    revision: row['revision'] as number,
    attempt: row['attempt'] as number,
    epoch: BigInt(row['epoch'] as string),
    traceId: row['trace_id'] as string | null,
    matchKey: row['match_key'] as string | null,
    sent: row['sent'] as Document | null,
    isApproved: row['is_approved'] === true,
    hasChanged: row['has_changed'] === true,
    doubtedForMs: row['doubted_for'] as number | null,
  };
}
