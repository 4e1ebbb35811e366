/**
 * Messages about alerts (table `alert_notification`). One per alert, channel and reason; whoever has claimed one sends it, and a
 * claim that is not answered for runs out. A message that was under way when its process ended is therefore sent again.
 */
import { newId } from '../base/ids.js';
import type { Tx } from './database.js';

/** Messages that a channel is owed, as rows. */
async function insertMessages(
  tx: Tx,
  reason: 'STARTED' | 'REMINDER' | 'RESOLVED',
  owed: readonly { readonly alert: string; readonly channel: string; readonly dueAt?: Date | null }[],
): Promise<void> {
  if (owed.length === 0) return;
  await tx.query(
    `insert into alert_notification (id, alert, channel, reason, due_at)
     select m.id, m.alert, c.id, $4, greatest(coalesce(m.due_at, now()), now())
     from unnest($1::text[], $2::text[], $3::text[], $5::timestamptz[]) as m(id, alert, channel, due_at)
     join alert_channel c on c.id = m.channel
     on conflict (alert, channel, reason) where reason <> 'REMINDER' do nothing`,
    [
      owed.map(() => newId('alert_notification')),
      owed.map(({ alert }) => alert),
      owed.map(({ channel }) => channel),
      reason,
      owed.map(({ dueAt }) => dueAt ?? null),
    ],
  );
}

/**
 * The alerts are over: who was told that they began is told, or may have been told when that is not known. What did not go out
 * by now is no news any more.
 */
export async function queueEnds(tx: Tx, alerts: readonly string[]): Promise<void> {
  const told = await tx.query<{ alert: string; channel: string }>(
    `select alert, channel from alert_notification
     where alert = any($1::text[]) and reason = 'STARTED' and channel is not null
       and (delivered_at is not null or (attempts > 0 and last_error is null and given_up_at is null))`,
    [alerts],
  );
  await tx.query(
    `delete from alert_notification
     where alert = any($1::text[]) and attempts = 0 and delivered_at is null and reason <> 'RESOLVED'`,
    [alerts],
  );
  await tx.query(
    `update alert_notification set given_up_at = now()
     where alert = any($1::text[]) and delivered_at is null and given_up_at is null and last_error is not null
       and reason <> 'RESOLVED'`,
    [alerts],
  );
  await insertMessages(tx, 'RESOLVED', told);
}

/** So soon after the last message about the same subject nothing is sent again: what flickers would fill mailboxes. */
const quietMinutes = 5;

/** The alert has begun: each channel is told, later when it was told of the same a moment ago. */
export async function queueStart(tx: Tx, alert: string, channels: readonly string[]): Promise<void> {
  const rows = await tx.query<{ channel: string; at: Date }>(
    `select n.channel, max(coalesce(n.delivered_at, n.tried_at)) + $2 * interval '1 minute' as at
     from alert a join alert before on before.rule = a.rule and before.subject = a.subject
     join alert_notification n on n.alert = before.id
     where a.id = $1 and n.channel is not null and n.tried_at is not null
     group by 1`,
    [alert, quietMinutes],
  );
  const dueAt = (channel: string): Date | null => rows.find((row) => row.channel === channel)?.at ?? null;
  await insertMessages(
    tx,
    'STARTED',
    channels.map((channel) => ({ alert, channel, dueAt: dueAt(channel) })),
  );
}

/** They were snoozed and go on: the channels of their rules are told once more. */
export async function queueReminders(tx: Tx, alerts: readonly string[]): Promise<void> {
  const owed = await tx.query<{ alert: string; channel: string }>(
    `select a.id as alert, c.channel from alert a join alert_rule r on r.id = a.rule, unnest(r.channels) as c(channel)
     where a.id = any($1::text[])`,
    [alerts],
  );
  await insertMessages(tx, 'REMINDER', owed);
}
