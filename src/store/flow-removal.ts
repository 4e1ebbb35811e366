/** What goes with a flow that is deleted, and what stays. */
import type { Query, Tx } from './database.js';
import { finishCheck } from './restore-check-ends.js';
import { removeHolds } from './write-holds.js';

export interface FlowRemains {
  /** Problems that are open. */
  readonly problems: number;
  /** Records that the target has by it; they stay there. */
  readonly records: number;
  /** Writes whose outcome is not known. */
  readonly underWay: number;
}

export async function remainsOfFlow(query: Query, key: string): Promise<FlowRemains> {
  const [row] = await query.query<FlowRemains & Record<string, unknown>>(
    `select (select count(*)::integer from parked where flow = $1 and status in ('OPEN', 'REPLAYING')) as problems,
       count(*) filter (where external_id is not null)::integer as records,
       count(*) filter (where state in ('writing', 'in_doubt'))::integer as "underWay"
     from projection where flow = $1`,
    [key],
  );
  return row!;
}

/**
 * Deletes a flow. What the hub knows of records that the target has is kept and rests, so that another flow goes on from there; of
 * the others nothing is kept. Open problems are put aside. Runs and events stay as they were. A check after a restore
 * that waited for no other flow is over.
 */
export async function removeFlow(tx: Tx, key: string, note: string): Promise<void> {
  await tx.query('delete from projection_wait w using projection p where p.flow = $1 and w.target = p.target and w.entity = p.entity and w.canonical_id = p.canonical_id', [key]); // prettier-ignore
  await tx.query('delete from projection where flow = $1 and external_id is null and held is null', [key]);
  await tx.query(
    `update projection set state = 'excluded', since = now(), reason = $2, reason_code = 'FLOW_DELETED', next_at = null, attempt = 0
     where flow = $1`,
    [key, note],
  );
  await tx.query(
    `update parked set status = 'DISCARDED', resolved_at = now(), resolution = 'not_needed', note = $2
     where flow = $1 and status in ('OPEN', 'REPLAYING')`,
    [key, note],
  );
  await removeHolds(tx, key);
  await tx.query('delete from flow where key = $1', [key]);
  await finishCheck(tx);
}
