/** What the watch writes: its lease, and the steps of alerts (tables `alert_watch`, `alert`). Moments are the database's. */
import { newId } from '../base/ids.js';
import { queueReminders, queueStart } from './alert-notifications.js';
import { listRules, type AlertRuleRow } from './alert-rules.js';
import { endAlert } from './alerts.js';
import type { Query, Tx } from './database.js';
import { selected } from './sql.js';

/** Nobody looked for longer than this: looking begins anew. */
const gapMs = 60_000;

/** Takes or keeps the watch for `leaseMs`; undefined while another process has it. */
export async function takeWatch(
  query: Query,
  owner: string,
  leaseMs: number,
): Promise<{ readonly now: Date; readonly since: Date } | undefined> {
  const [row] = await selected<{ now: Date; since: Date }>(
    query,
    `update alert_watch
     set owner = $1, lease_until = clock_timestamp() + $2 * interval '1 millisecond',
       since = case when lease_until < clock_timestamp() - $3 * interval '1 millisecond' then clock_timestamp() else since end
     where owner = $1 or lease_until < clock_timestamp()
     returning clock_timestamp() as now, since`,
    [owner, leaseMs, gapMs],
  );
  return row;
}

/** Gives the watch back, so that another process goes on at once. */
export async function leaveWatch(query: Query, owner: string): Promise<void> {
  await query.query('update alert_watch set lease_until = clock_timestamp() where owner = $1', [owner]);
}

export const enabledRules = async (query: Query): Promise<readonly AlertRuleRow[]> =>
  (await listRules(query)).filter(({ isEnabled }) => isEnabled);

export interface StandingRow {
  readonly rule: string;
  readonly id: string;
  readonly subject: string;
  readonly rests: boolean;
  readonly endedAt: Date | null;
  readonly missed: number;
  readonly title: string;
  readonly description: string;
  readonly path: string | null;
}

/** Alerts that go on, and the last of each subject that a person has ended and whose condition holds. */
export const standingAlerts = (query: Query): Promise<StandingRow[]> =>
  selected(
    query,
    `select distinct on (rule, subject) rule, id, subject, rests, resolved_at as "endedAt", missed, title, description, path
     from alert where rule is not null and (resolved_at is null or rests)
     order by rule, subject, rests, started_at desc`,
  );

export interface NewAlert {
  readonly subject: string;
  readonly flow: string | null;
  readonly system: string | null;
  readonly title: string;
  readonly description: string;
  readonly path: string;
}

/** Begins an alert, if its rule is still as it was looked at and it has none; returns whether it did. */
export async function beginAlert(
  tx: Tx,
  rule: Pick<AlertRuleRow, 'id' | 'version' | 'channels'>,
  { subject, flow, system, title, description, path }: NewAlert,
): Promise<boolean> {
  const id = newId('alert');
  const rows = await tx.query(
    `insert into alert (id, rule, kind, severity, subject, flow, system, title, description, path)
     select $1, r.id, r.kind, r.severity, $4, $5, $6, $7, $8, $9
     from alert_rule r where r.id = $2 and r.version = $3 and r.is_enabled for share
     on conflict (rule, subject) where resolved_at is null do nothing
     returning 1 as begun`,
    [id, rule.id, rule.version, subject, flow, system, title, description, path],
  );
  if (rows.length === 0) return false;
  await queueStart(tx, id, rule.channels);
  return true;
}

/** Its condition holds still; what is said of it, and where it leads, is as it was found last. */
export async function keepAlert(
  tx: Tx,
  id: string,
  { title, description, path }: Pick<StandingRow, 'title' | 'description' | 'path'>,
): Promise<void> {
  await tx.query('update alert set missed = 0, title = $2, description = $3, path = $4 where id = $1', [
    ...[id, title, description, path],
  ]);
}

export async function missAlert(tx: Tx, id: string): Promise<void> {
  await tx.query('update alert set missed = missed + 1 where id = $1', [id]);
}

/** Ends an alert whose condition is over, unless somebody was first; returns whether it did. */
export async function finishAlert(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query('select 1 as open from alert where id = $1 and resolved_at is null for update', [id]);
  if (rows.length > 0) await endAlert(tx, id, { rests: false });
  return rows.length > 0;
}

export async function wakeAlert(tx: Tx, id: string): Promise<void> {
  await tx.query('update alert set rests = false where id = $1', [id]);
}

/** Alerts whose snooze is over fire again, and people are reminded; returns how many. */
export async function endSnoozes(tx: Tx): Promise<number> {
  const rows = await tx.query<{ id: string }>(
    `update alert set snoozed_until = null where resolved_at is null and snoozed_until <= now() returning id`,
  );
  await queueReminders(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.length;
}
