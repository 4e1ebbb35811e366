/** What people have said of who owns a field of the canonical model. */
import type { FieldOwner } from '../canonical/ownership.js';
import type { Query, Tx } from './database.js';

export async function loadFieldOwners(query: Query): Promise<readonly FieldOwner[]> {
  const rows = await query.query<FieldOwner & Record<string, unknown>>(
    'select entity, field, policy, owner from field_owner order by entity, field',
    [],
    'field-owners',
  );
  return rows.map(({ entity, field, policy, owner }) => ({ entity, field, policy, owner }));
}

/** Stores what is said of fields; `forget`: those that follow their flows again. */
export async function saveFieldOwners(
  tx: Tx,
  owners: readonly FieldOwner[],
  forget: readonly Pick<FieldOwner, 'entity' | 'field'>[],
): Promise<void> {
  await tx.query(
    `delete from field_owner where (entity, field) in (select * from unnest($1::text[], $2::text[]))`,
    [forget.map(({ entity }) => entity), forget.map(({ field }) => field)],
    'field-owners-forget',
  );
  await tx.query(
    `insert into field_owner (entity, field, policy, owner)
     select * from json_to_recordset($1::json) as o(entity text, field text, policy text, owner text)
     on conflict (entity, field) do update
     set policy = excluded.policy, owner = excluded.owner, updated_at = now()`,
    [JSON.stringify(owners)],
    'field-owners-save',
  );
}
