/** Claiming messages that are due, and writing down what came of them (table `alert_notification`). */
import type { AlertNotification, AlertRuleKindName } from '../schema/alert.js';
import type { AlertChannelRow, ToldChannel } from './alert-channels.js';
import type { Query, Tx } from './database.js';
import { selected } from './sql.js';

export interface DueSubject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

/** A message that this process sends now, with what it is about. */
export interface DueMessage {
  readonly id: string;
  readonly reason: AlertNotification['reason'];
  readonly attempts: number;
  readonly channel: ToldChannel;
  readonly alert: {
    readonly id: string;
    readonly rule: string | null;
    readonly kind: AlertRuleKindName;
    readonly severity: string;
    readonly title: string;
    readonly description: string;
    readonly startedAt: Date;
    readonly resolvedAt: Date | null;
    readonly path: string | null;
    readonly flow: DueSubject | null;
    readonly system: DueSubject | null;
  };
}

/**
 * Takes messages that are due for `leaseMs`. The end of an alert waits while its beginning is on its way; the beginning of what is
 * over is not sent any more.
 */
export async function claimMessages(tx: Tx, owner: string, leaseMs: number, limit: number): Promise<DueMessage[]> {
  await tx.query(
    `update alert_notification n set given_up_at = now()
     from alert a where a.id = n.alert and a.resolved_at is not null and n.reason <> 'RESOLVED' and n.delivered_at is null
       and n.given_up_at is null and n.claimed_until < clock_timestamp()`,
  );
  const claimed = await tx.query<{ id: string }>(
    `update alert_notification
     set claimed_by = $1, claimed_until = clock_timestamp() + $2 * interval '1 millisecond', attempts = attempts + 1,
       tried_at = clock_timestamp(), last_error = null
     where id in (
       select n.id from alert_notification n join alert a on a.id = n.alert
       where n.delivered_at is null and n.given_up_at is null and n.channel is not null and n.due_at <= clock_timestamp()
         and n.claimed_until < clock_timestamp()
         and (n.reason = 'RESOLVED' or a.snoozed_until is null or a.snoozed_until <= clock_timestamp())
         and not (n.reason = 'RESOLVED' and exists (
           select from alert_notification s where s.alert = n.alert and s.channel = n.channel and s.reason <> 'RESOLVED'
             and s.delivered_at is null and s.given_up_at is null and s.claimed_until >= clock_timestamp()))
       order by n.due_at, n.id limit $3 for update of n skip locked)
     returning id`,
    [owner, leaseMs, limit],
  );
  return dueMessages(
    tx,
    claimed.map(({ id }) => id),
  );
}

type Flat = Omit<DueMessage, 'channel' | 'alert'> &
  Omit<DueMessage['alert'], 'id'> & {
    readonly alertId: string;
    readonly channelId: string;
    readonly channelKind: AlertChannelRow['kind'];
    readonly channelName: string;
  } & Pick<AlertChannelRow, 'target' | 'secrets' | 'hasSecret' | 'language' | 'version'>;

async function dueMessages(query: Query, ids: readonly string[]): Promise<DueMessage[]> {
  const rows = await selected<Flat>(
    query,
    `select n.id, n.reason, n.attempts, a.id as "alertId", r.name as rule, a.kind, a.severity, a.title, a.description,
       a.started_at as "startedAt", a.resolved_at as "resolvedAt", a.path,
       case when f.id is not null then json_build_object('id', f.id, 'key', f.key, 'name', f.name) end as flow,
       case when s.id is not null then json_build_object('id', s.id, 'key', s.key, 'name', s.name) end as system,
       c.id as "channelId", c.kind as "channelKind", c.name as "channelName", c.target, c.secrets, c.has_secret as "hasSecret",
       c.language, c.version
     from alert_notification n
     join alert a on a.id = n.alert
     join alert_channel c on c.id = n.channel
     left join alert_rule r on r.id = a.rule
     left join flow f on f.key = a.flow
     left join system s on s.key = a.system
     where n.id = any($1::text[]) order by n.due_at, n.id`,
    [ids],
  );
  return rows.map(
    ({ id, reason, attempts, alertId, channelId, channelKind, channelName, target, secrets, hasSecret, language, version, ...alert }) => ({
      ...{ id, reason, attempts },
      channel: { id: channelId, kind: channelKind, name: channelName, target, secrets, hasSecret, language, version },
      alert: { id: alertId, ...alert },
    }),
  ); // prettier-ignore
}

/** The other side has taken it. */
export async function messageSent(query: Query, id: string): Promise<void> {
  await query.query(
    'update alert_notification set delivered_at = now(), last_error = null, given_up_at = null where id = $1',
    [id],
  );
}

/** It did not go through; returns whether nobody tries again, because it is too old. */
export async function messageFailed(
  query: Query,
  { id, owner, error }: { readonly id: string; readonly owner: string; readonly error: string },
  { againMs, longestMs }: { readonly againMs: number; readonly longestMs: number },
): Promise<boolean> {
  const rows = await query.query<{ over: boolean }>(
    `update alert_notification
     set last_error = $3, claimed_until = '-infinity', due_at = now() + $4 * interval '1 millisecond',
       given_up_at = case when created_at < now() - $5 * interval '1 millisecond' then now() end
     where id = $1 and claimed_by = $2 and delivered_at is null
     returning given_up_at is not null as over`,
    [id, owner, error, againMs, longestMs],
  );
  return rows[0]?.over ?? false;
}
