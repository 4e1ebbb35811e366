/** Rules by which the hub notices what needs somebody (table `alert_rule`). Flows and systems are named by their keys. */
import type { AlertRule, AlertRuleKindName } from '../schema/alert.js';
import type { Query, Tx } from './database.js';
import { selected } from './sql.js';

export interface AlertRuleRow {
  readonly id: string;
  /** What a configuration file calls it; stays when its name changes. */
  readonly key: string;
  readonly name: string;
  readonly kind: AlertRuleKindName;
  readonly severity: AlertRule['severity'];
  readonly threshold: number | null;
  readonly windowMinutes: number | null;
  /** Empty = all, here and for systems. */
  readonly flows: readonly string[];
  readonly systems: readonly string[];
  /** Ids. */
  readonly channels: readonly string[];
  readonly isEnabled: boolean;
  readonly version: number;
  readonly updatedAt: Date;
}

/** What people set of a rule. */
export type NewAlertRule = Omit<AlertRuleRow, 'key' | 'version' | 'updatedAt'>;

const columns = `id, key, name, kind, severity, threshold, window_minutes as "windowMinutes", flows, systems, channels,
  is_enabled as "isEnabled", version, updated_at as "updatedAt"`;

/** All of them; there are few. */
export const listRules = (query: Query): Promise<AlertRuleRow[]> =>
  selected(query, `select ${columns} from alert_rule order by created_at, id`);

/** Until COMMIT nobody else changes one of those that are there. */
export const lockRules = (tx: Tx): Promise<unknown> =>
  tx.query('select 1 from alert_rule order by id for no key update');

/** The rule, locked until COMMIT. */
export async function lockRule(tx: Tx, id: string): Promise<AlertRuleRow | undefined> {
  const [row] = await selected<AlertRuleRow>(tx, `select ${columns} from alert_rule where id = $1 for update`, [id]);
  return row;
}

const values = (rule: NewAlertRule): readonly unknown[] => [
  rule.id,
  rule.name,
  rule.kind,
  rule.severity,
  rule.threshold,
  rule.windowMinutes,
  rule.flows,
  rule.systems,
  rule.channels,
  rule.isEnabled,
];

/** Without a key it gets one from its name. */
export async function insertRule(tx: Tx, rule: NewAlertRule, key: string | null): Promise<void> {
  await tx.query(
    `insert into alert_rule (id, name, kind, severity, threshold, window_minutes, flows, systems, channels, is_enabled, key)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [...values(rule), key],
  );
}

export async function updateRule(tx: Tx, rule: NewAlertRule): Promise<void> {
  await tx.query(
    `update alert_rule
     set name = $2, kind = $3, severity = $4, threshold = $5, window_minutes = $6, flows = $7, systems = $8, channels = $9,
       is_enabled = $10, version = version + 1, updated_at = now()
     where id = $1`,
    values(rule),
  );
}

export async function deleteRule(tx: Tx, id: string): Promise<void> {
  await tx.query('delete from alert_rule where id = $1', [id]);
}

/** Switches off those whose flows or systems are all gone: without a name left they would be about everything. */
export async function disableOrphans(tx: Tx): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return tx.query<{ id: string; name: string }>(
    `update alert_rule r set is_enabled = false, version = version + 1, updated_at = now()
     where r.is_enabled
       and ((cardinality(r.flows) > 0 and not exists (select from flow f where f.key = any(r.flows)))
         or (cardinality(r.systems) > 0 and not exists (select from system s where s.key = any(r.systems))))
     returning r.id, r.name`,
  );
}
