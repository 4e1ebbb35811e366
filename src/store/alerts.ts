/** Alerts as people deal with them (table `alert`), and what ends with them. What the watch does is in alert-rounds.ts. */
import { queueEnds } from './alert-notifications.js';
import type { Tx } from './database.js';

/** The alert, locked until COMMIT. */
export async function lockAlert(tx: Tx, id: string): Promise<{ readonly resolvedAt: Date | null } | undefined> {
  const [row] = await tx.query<{ resolvedAt: Date | null }>(
    'select resolved_at as "resolvedAt" from alert where id = $1 for update',
    [id],
  );
  return row;
}

/** Somebody deals with it. A note of before stays when none is given. */
export async function acknowledgeAlert(tx: Tx, id: string, note: string | null, by: string): Promise<void> {
  await tx.query(
    `update alert set acknowledged_at = now(), acknowledged_by = $2, note = coalesce($3, note), snoozed_until = null
     where id = $1`,
    [id, by, note],
  );
}

/** It fires again afterwards, so whoever dealt with it does not any more. */
export async function snoozeAlert(tx: Tx, id: string, until: Date): Promise<void> {
  await tx.query('update alert set snoozed_until = $2, acknowledged_at = null, acknowledged_by = null where id = $1', [
    id,
    until,
  ]);
}

/** Ends an alert and tells those who were told that it began. `rests`: its condition still holds. */
export async function endAlert(
  tx: Tx,
  id: string,
  { note = null, rests }: { readonly note?: string | null; readonly rests: boolean },
): Promise<void> {
  await tx.query(
    `update alert set resolved_at = now(), note = coalesce($2, note), rests = $3, snoozed_until = null where id = $1`,
    [id, note, rests],
  );
  await queueEnds(tx, [id]);
}

/** The rule looks for them no more; nobody is told, because it is not known whether they are over. */
export async function endAlertsOfRule(tx: Tx, rule: string): Promise<void> {
  await tx.query(
    `with ended as (
       update alert set resolved_at = now(), snoozed_until = null where rule = $1 and resolved_at is null returning id
     )
     update alert_notification n set given_up_at = now()
     from ended where n.alert = ended.id and n.delivered_at is null and n.given_up_at is null`,
    [rule],
  );
}

/** What a person has ended may begin anew. */
export async function wakeSubjects(tx: Tx, rule: string): Promise<void> {
  await tx.query('update alert set rests = false where rule = $1 and rests', [rule]);
}

/** Alerts that have been over for as long as anything is looked back at. */
export async function forgetAlerts(query: Pick<Tx, 'query'>): Promise<void> {
  await query.query(`delete from alert where resolved_at < now() - interval '400 days'`);
}
