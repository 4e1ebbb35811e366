/**
 * What the hub knows of a record of a target, when that becomes the record of another customer: what was asked of it and what it
 * held goes with it, so that what is written next is exactly what differs.
 */
import type { Tx } from './database.js';
import type { MovedRecord } from './customer-merges.js';

/** Targets to which a write of one of the customers is under way; none begins until the transaction ends. */
export async function busyTargets(tx: Tx, customerIds: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.query<{ target: string; state: string }>(
    `select target, state from projection where canonical_id = any($1::text[]) and entity in ('customer', 'contact')
     order by target, entity, canonical_id for update`,
    [customerIds],
  );
  const busy = rows.filter(({ state }) => state === 'writing' || state === 'in_doubt');
  return [...new Set(busy.map(({ target }) => target))];
}

/** The record is looked at in the target before anything is written to it. */
export async function moveProjection(tx: Tx, moved: MovedRecord, from: string, to: string): Promise<void> {
  await tx.query(
    `with gone as (
       select p.* from projection p where p.target = $1 and p.entity = $2 and p.canonical_id = $4 for update)
     update projection p
     set external_id = $3, wanted = g.wanted, wanted_hash = g.wanted_hash, held = g.held,
       mapping_version = g.mapping_version, drifted = '{*}', state = 'pending', since = now(), reason = null, reason_code = null,
       next_at = now(), attempt = 0, match_key = null, epoch = p.epoch + 1
     from (select 1) one left join gone g on true
     where p.target = $1 and p.entity = $2 and p.canonical_id = $5`,
    [moved.system, moved.entity, moved.externalId, from, to],
  );
  await tx.query(
    `update projection p
     set external_id = null, wanted = null, wanted_hash = null, held = null, drifted = '{}', state = 'pending',
       since = now(), reason = null, reason_code = null, next_at = now(), attempt = 0, match_key = null, epoch = p.epoch + 1
     where p.target = $1 and p.entity = $2 and p.canonical_id = $3`,
    [moved.system, moved.entity, from],
  );
}

/** Makes due what is not yet in its target of the orders of these customers: they may name another record there from now on. */
export async function lookAtOrders(tx: Tx, customerIds: readonly string[]): Promise<number> {
  const rows = await tx.query(
    `update projection p
     set state = 'pending', since = now(), reason = null, reason_code = null, next_at = now(), attempt = 0
     from (select p.target, p.entity, p.canonical_id from projection p
       join sales_order o on o.id = p.canonical_id
       where p.entity = 'order' and o.customer_id = any($1::text[]) and p.state in ('waiting_for', 'parked', 'excluded')
       order by p.target, p.entity, p.canonical_id for update of p) k
     where p.target = k.target and p.entity = k.entity and p.canonical_id = k.canonical_id
     returning 1 as due`,
    [customerIds],
  );
  return rows.length;
}

/** Nothing of these customers is written any more: problems of writing them are over. */
export async function endWritingProblems(tx: Tx, customerIds: readonly string[]): Promise<void> {
  await tx.query(
    `update parked set status = 'RESOLVED', resolved_at = now(), resolution = 'the customer was merged into another one'
     where stage = 'project' and entity in ('customer', 'contact') and canonical_id = any($1::text[]) and status in ('OPEN', 'REPLAYING')`,
    [customerIds],
  );
}
