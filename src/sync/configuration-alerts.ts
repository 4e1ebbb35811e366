/**
 * Comparisons and alerts of a configuration file: as they are in use, and carried out as a plan says. In: rows, the planned parts, a
 * transaction. Rules and channels are set as people set them; secrets and where webhooks lead stay as they are.
 */
import type { AlertChannelRow } from '../store/alert-channels.js';
import type { AlertRuleRow } from '../store/alert-rules.js';
import type { PublishedRows } from '../store/configuration-file.js';
import type { Tx } from '../store/database.js';
import type { AlertChannelPart, AlertRulePart, FileContent } from './configuration-file.js';
import type { AlertChecks, PlannedParts } from './configuration-planned.js';

interface Edited {
  readonly id: string;
  readonly version: number;
}

/** How rules and channels are made, changed and deleted. */
export interface AlertEdits {
  saveRule(tx: Tx, edit: RuleEdit): Promise<string>;
  deleteRule(tx: Tx, of: Edited): Promise<void>;
  saveChannel(tx: Tx, edit: ChannelEdit): Promise<string>;
  deleteChannel(tx: Tx, of: Edited): Promise<void>;
}

interface RuleEdit extends Omit<AlertRuleRow, 'id' | 'version' | 'updatedAt'> {
  readonly of: Edited | null;
}

interface ChannelEdit extends Pick<AlertChannelRow, 'key' | 'name' | 'language'> {
  readonly of: Edited | null;
  readonly target: { readonly email: string } | null;
  /** It stays. */
  readonly webhookSecret: null;
}

export interface ConfiguredAlertsDeps {
  readonly alerts: AlertEdits & { readonly checks: AlertChecks };
  readonly comparisons: Pick<typeof import('../store/comparisons.js'), 'scheduleComparisons'>;
}

type AlertContent = Pick<FileContent, 'comparisons' | 'alertChannels' | 'alertRules'>;

/** By keys, without ids and secrets. */
export function alertContentOf({ comparisons, alertChannels, alertRules }: PublishedRows): AlertContent {
  const keys = new Map(alertChannels.map(({ id, key }) => [id, key]));
  return {
    comparisons: new Map(comparisons.map(({ flow, everyHours }) => [flow, { everyHours }])),
    alertChannels: new Map(alertChannels.map((row) => [row.key, channelPart(row)])),
    alertRules: new Map(alertRules.map((row) => [row.key, rulePart(row, keys)])),
  };
}

const channelPart = ({ kind, name, target, hasSecret, language }: AlertChannelRow): AlertChannelPart =>
  kind === 'EMAIL'
    ? { name, email: target, language }
    : { name, webhook: new URL(target).origin, isSigned: hasSecret, language };

function rulePart(
  { name, kind, severity, threshold, windowMinutes, flows, systems, channels, isEnabled }: AlertRuleRow,
  keys: ReadonlyMap<string, string>,
): AlertRulePart {
  return {
    ...{ name, kind, severity, isEnabled },
    ...(threshold === null ? {} : { threshold }),
    ...(windowMinutes === null ? {} : { windowMinutes }),
    flows: [...flows].sort(),
    systems: [...systems].sort(),
    channels: channels.flatMap((id) => keys.get(id) ?? []).sort(),
  };
}

/** After flows: rules and schedules name them. Channels are there before the rules that name them, and go after them. */
export async function carryOutAlerts(
  { alerts, comparisons }: ConfiguredAlertsDeps,
  tx: Tx,
  rows: PublishedRows,
  parts: PlannedParts,
): Promise<void> {
  for (const { key, after } of parts.comparisons)
    await comparisons.scheduleComparisons(tx, key, after?.everyHours ?? null);
  const ids = new Map(rows.alertChannels.map(({ key, id }) => [key, id]));
  for (const { key, before, after } of parts.alertChannels) {
    if (after === null) continue;
    const { name, language, email } = after;
    const target = email === undefined || email === before?.email ? null : { email };
    const edit = { of: editedIn(rows.alertChannels, key), key, name, language, target, webhookSecret: null };
    ids.set(key, await alerts.saveChannel(tx, edit));
  }
  for (const { key, after } of parts.alertRules) {
    const of = editedIn(rows.alertRules, key);
    if (after !== null) {
      const { threshold = null, windowMinutes = null, channels, ...rest } = after;
      const named = channels.flatMap((channel) => ids.get(channel) ?? []);
      await alerts.saveRule(tx, { ...rest, of, key, threshold, windowMinutes, channels: named });
    } else if (of !== null) await alerts.deleteRule(tx, of);
  }
  for (const { key, after } of parts.alertChannels) {
    const of = editedIn(rows.alertChannels, key);
    if (after === null && of !== null) await alerts.deleteChannel(tx, of);
  }
}

function editedIn(rows: readonly (Edited & { readonly key: string })[], wanted: string): Edited | null {
  const row = rows.find(({ key }) => key === wanted);
  return row === undefined ? null : { id: row.id, version: row.version };
}
