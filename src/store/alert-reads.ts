/** What the graph asks about alerts, rules and channels, for one request. */
import DataLoader from 'dataloader';
import type { Alert, AlertChannel, AlertFilter, AlertNotification, AlertRule } from '../schema/alert.js';
import type { PageArgs } from '../schema/page.js';
import { listRules } from './alert-rules.js';
import { listConnection, logCountCap, type CursorCodec } from './connections.js';
import type { Query } from './database.js';
import { grouped } from './grouped.js';
import type { List } from './pages.js';
import { raw, selected, sql } from './sql.js';

const status = `case when a.resolved_at is not null then 'RESOLVED' when a.snoozed_until > now() then 'SNOOZED'
  when a.acknowledged_at is not null then 'ACKNOWLEDGED' else 'FIRING' end`;
const rank = `case ${status} when 'FIRING' then 2 when 'RESOLVED' then 0 else 1 end`;

const columns = `a.id, a.rule as "ruleId", a.kind, ${status} as status, a.severity, a.title, a.description, a.path,
  a.flow as "flowKey", a.system as "systemKey", a.started_at as "startedAt", a.acknowledged_at as "acknowledgedAt",
  a.acknowledged_by as "acknowledgedById", a.note, case when a.snoozed_until > now() then a.snoozed_until end as "snoozedUntil",
  a.resolved_at as "resolvedAt"`;

/** Those that fire first, then those that somebody knows of, then those that are over; the newest first. */
const alertList = (filter: AlertFilter | null | undefined): List => {
  const { status: wanted, ruleId, systemId, flowId, since } = filter ?? {};
  return {
    select: raw(columns),
    from: raw('alert a'),
    where: [
      ...(wanted == null ? [] : [sql`${raw(status)} = any(${wanted}::text[])`]),
      ...(ruleId == null ? [] : [sql`a.rule = ${ruleId}`]),
      ...(systemId == null ? [] : [sql`a.system = (select s.key from system s where s.id = ${systemId})`]),
      ...(since == null ? [] : [sql`coalesce(a.resolved_at, 'infinity') >= ${since}::timestamptz`]),
      ...(flowId == null ? [] : [sql`a.flow = (select f.key from flow f where f.id = ${flowId})`]),
    ],
    order: {
      name: 'firing',
      keys: [
        { expression: rank, type: 'integer' },
        { expression: 'a.started_at', type: 'timestamptz' },
        { expression: 'a.id', type: 'text' },
      ],
      descending: true,
    },
  };
};

const readNotifications = (query: Query, alerts: readonly string[]) =>
  selected<AlertNotification>(
    query,
    `select n.alert as "alertId", n.channel as "channelId", n.reason, coalesce(n.delivered_at, n.tried_at, n.due_at) as at,
       n.delivered_at is not null as "isDelivered", n.last_error as error
     from alert_notification n where n.alert = any($1::text[]) order by n.created_at, n.id`,
    [alerts],
  );

async function readRules(query: Query): Promise<readonly AlertRule[]> {
  const rows = await listRules(query);
  return rows.map(
    ({ flows, systems, channels, ...rest }) =>
      ({ ...rest, flowKeys: flows, systemKeys: systems, channelIds: channels }) as unknown as AlertRule,
  );
}

const readChannels = (query: Query): Promise<AlertChannel[]> =>
  selected(
    query,
    `select c.id, c.kind, c.name, c.target, c.verified_at is not null as "isVerified", c.has_secret as "hasSecret",
       c.last_error as "lastError", c.version
     from alert_channel c order by c.created_at, c.id`,
  );

export function alertReads({ query, cursors }: { readonly query: Query; readonly cursors: CursorCodec }) {
  let rules: Promise<readonly AlertRule[]> | undefined;
  let channels: Promise<readonly AlertChannel[]> | undefined;
  const alertRules = () => (rules ??= readRules(query));
  const alertChannels = () => (channels ??= readChannels(query));
  const notifications = new DataLoader<string, readonly AlertNotification[]>(async (alerts) => {
    const found = grouped(await readNotifications(query, alerts), ({ alertId }) => alertId);
    return alerts.map((alert) => found.get(alert) ?? []);
  });
  return {
    alerts: (filter: AlertFilter | null | undefined, page: PageArgs) =>
      listConnection<Alert, Alert>(query, cursors, alertList(filter), page, {
        name: 'alerts',
        shown: (row) => row,
        cap: logCountCap,
      }),
    async alert(id: string): Promise<Alert | null> {
      const [row = null] = await selected<Alert>(query, `select ${columns} from alert a where a.id = $1`, [id]);
      return row;
    },
    alertRules,
    alertRule: async (id: string) => (await alertRules()).find((rule) => rule.id === id) ?? null,
    alertChannels,
    alertChannel: async (id: string) => (await alertChannels()).find((channel) => channel.id === id) ?? null,
    notificationsOf: (alert: string) => notifications.load(alert),
    async firingAlerts(): Promise<number> {
      const rows = await query.query<{ n: number }>(
        `select count(*)::integer as n from alert a where a.resolved_at is null and ${status} = 'FIRING'`,
      );
      return rows[0]!.n;
    },
  };
}
