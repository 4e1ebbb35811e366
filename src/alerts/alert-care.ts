/**
 * What people do with alerts, rules and channels: each in one transaction. In: what was asked, checked for its form. Out: ids, or a
 * KoppelError that says what is wrong. What the hub does by itself is in watch.ts and notify.ts.
 */
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { AlertRuleKindName } from '../schema/alert.js';
import type { AlertChannelRow } from '../store/alert-channels.js';
import type { AlertRuleRow } from '../store/alert-rules.js';
import type { Database, Tx } from '../store/database.js';
import { mailHint, type Deliver } from './deliver.js';
import { measureOf, requireScope } from './rule-kinds.js';
import { emailTarget, shownTarget, webhookSecret, webhookTarget } from './targets.js';

export interface RuleEdit extends Pick<
  AlertRuleRow,
  'name' | 'severity' | 'flows' | 'systems' | 'channels' | 'isEnabled'
> {
  /** Null: a new one. */
  readonly of: Edited | null;
  readonly kind: AlertRuleKindName;
  readonly threshold: number | null;
  readonly windowMinutes: number | null;
}

/** What is edited, and the version that was read. */
export interface Edited {
  readonly id: string;
  readonly version: number;
}

export interface ChannelEdit {
  readonly of: Edited | null;
  readonly name: string;
  /** Null: it stays. */
  readonly target: { readonly email?: string | undefined; readonly webhook?: string | undefined } | null;
  /** Null: it stays; empty: none any more. */
  readonly webhookSecret: string | null;
  readonly language: string;
}

/** From whom mail comes; null: it cannot be sent. */
export type MailSender = string | null;

export interface AlertCare {
  readonly mailFrom: MailSender;
  /** What to set when mail cannot be sent. */
  readonly mailHint: string;
  acknowledge(id: string, note: string | null, by: string): Promise<void>;
  snooze(id: string, until: Date): Promise<void>;
  /** Ends it; nothing begins anew before its condition has ended, or its rule was saved. */
  resolve(id: string, note: string | null): Promise<void>;
  /** Returns the id of the rule. */
  saveRule(edit: RuleEdit): Promise<string>;
  deleteRule(of: Edited): Promise<void>;
  /** Returns the id of the channel. */
  saveChannel(edit: ChannelEdit): Promise<string>;
  deleteChannel(of: Edited): Promise<void>;
  /** Sends a message now. Throws ALERT_NOT_DELIVERED with what was answered. */
  testChannel(id: string): Promise<void>;
}

export interface AlertCareDeps {
  readonly database: Database;
  readonly store: typeof import('../store/alerts.js') &
    typeof import('../store/alert-rules.js') &
    typeof import('../store/alert-channels.js');
  readonly sealSecrets: (channel: { readonly id: string }, secrets: Document) => Buffer;
  readonly openSecrets: (channel: Pick<AlertChannelRow, 'id' | 'secrets'>) => Document;
  readonly deliver: Deliver;
  readonly mailFrom: MailSender;
}

const longestName = 100;

export function makeAlertCare(deps: AlertCareDeps): AlertCare {
  const { database, store } = deps;
  /** Of an alert that goes on. */
  const open = async (tx: Tx, id: string): Promise<void> => {
    const found = await store.lockAlert(tx, id);
    if (found === undefined) throw new KoppelError('ALERT_UNKNOWN', { id });
    if (found.resolvedAt !== null) throw new KoppelError('ALERT_OVER', { id });
  };
  const rule = async (tx: Tx, { id, version }: Edited): Promise<AlertRuleRow> => {
    const found = await store.lockRule(tx, id);
    if (found === undefined) throw new KoppelError('ALERT_RULE_UNKNOWN', { id });
    requireVersion(found, version);
    return found;
  };
  const channel = async (tx: Tx, { id, version }: Edited): Promise<AlertChannelRow> => {
    const found = await store.lockChannel(tx, id);
    if (found === undefined) throw new KoppelError('ALERT_CHANNEL_UNKNOWN', { id });
    requireVersion(found, version);
    return found;
  };
  /** What a channel holds after an edit, and whether that is something else than before. */
  const held = (before: AlertChannelRow | null, edit: ChannelEdit, id: string) => {
    const kept = before === null ? {} : deps.openSecrets(before);
    if (edit.target?.email !== undefined) {
      const target = emailTarget(edit.target.email);
      return { kind: 'EMAIL' as const, target, secrets: null, hasSecret: false, isOther: before?.target !== target };
    }
    const given = edit.target?.webhook?.trim();
    if (before?.kind === 'EMAIL' && given === undefined)
      return { kind: before.kind, target: before.target, secrets: null, hasSecret: false, isOther: false };
    const isKept = before?.kind === 'WEBHOOK' && (given === undefined || given === before.target);
    if (!isKept && given === undefined)
      throw new KoppelError('ALERT_CHANNEL_INVALID', { field: 'target', what: 'it is missing' }, { path: 'target' });
    const url = isKept ? String(kept['url']) : webhookTarget(given!).href;
    const { webhookSecret: asked } = edit;
    const secret = asked === null ? kept['secret'] : asked === '' ? undefined : webhookSecret(asked);
    const document = { url, ...(secret === undefined ? {} : { secret }) };
    const isOther = url !== kept['url'] || secret !== kept['secret'];
    return {
      kind: 'WEBHOOK' as const,
      target: shownTarget(new URL(url)),
      secrets: deps.sealSecrets({ id }, document),
      hasSecret: secret !== undefined,
      isOther,
    };
  };

  return {
    mailFrom: deps.mailFrom,
    mailHint,
    acknowledge: (id, note, by) =>
      database.tx(async (tx) => {
        await open(tx, id);
        await store.acknowledgeAlert(tx, id, note, by);
      }),
    snooze: (id, until) =>
      database.tx(async (tx) => {
        await open(tx, id);
        await store.snoozeAlert(tx, id, until);
      }),
    resolve: (id, note) =>
      database.tx(async (tx) => {
        await open(tx, id);
        await store.endAlert(tx, id, { note, rests: true });
      }),
    saveRule: (edit) =>
      database.tx(async (tx) => {
        const name = requireName(edit.name, 'ALERT_RULE_INVALID');
        requireScope(edit.kind, edit);
        const { of, ...rest } = { ...edit, ...measureOf(edit.kind, edit), name };
        const before = of === null ? null : await rule(tx, of);
        const id = of?.id ?? newId('alert_rule');
        if (before === null) await store.insertRule(tx, { id, ...rest });
        else await store.updateRule(tx, { id, ...rest });
        await store.wakeSubjects(tx, id);
        // What another kind or nobody looks at any more would go on for ever.
        if (before !== null && (!rest.isEnabled || before.kind !== rest.kind)) await store.endAlertsOfRule(tx, id);
        return id;
      }),
    deleteRule: (of) =>
      database.tx(async (tx) => {
        await rule(tx, of);
        await store.endAlertsOfRule(tx, of.id);
        await store.deleteRule(tx, of.id);
      }),
    saveChannel: (edit) =>
      database.tx(async (tx) => {
        const name = requireName(edit.name, 'ALERT_CHANNEL_INVALID');
        const { of, language } = edit;
        const before = of === null ? null : await channel(tx, of);
        const id = of?.id ?? newId('alert_channel');
        const { isOther, ...rest } = held(before, edit, id);
        if (before === null) await store.insertChannel(tx, { id, name, language, ...rest });
        else await store.updateChannel(tx, { id, name, language, ...rest }, isOther);
        return id;
      }),
    deleteChannel: (of) =>
      database.tx(async (tx) => {
        await channel(tx, of);
        await store.deleteChannel(tx, of.id);
      }),
    async testChannel(id) {
      const found = await store.findChannel(database, id);
      if (found === undefined) throw new KoppelError('ALERT_CHANNEL_UNKNOWN', { id });
      const { error } = await deps.deliver(found, { id: newId('alert_notification'), reason: 'TEST', alert: null });
      await store.noteDelivery(database, found, error);
      if (error !== null) throw new KoppelError('ALERT_NOT_DELIVERED', { what: error.replace(/\.$/, '') });
    },
  };
}

function requireVersion(
  { name, version: found }: { readonly name: string; readonly version: number },
  expected: number,
) {
  if (found !== expected) throw new KoppelError('EDIT_OUTDATED', { key: name, found, expected });
}

function requireName(text: string, code: 'ALERT_RULE_INVALID' | 'ALERT_CHANNEL_INVALID'): string {
  const name = text.trim();
  const refuse = (what: string): never => {
    throw new KoppelError(code, { field: 'name', what }, { path: 'name' });
  };
  if (name === '') refuse('it is empty');
  if (name.length > longestName) refuse('it has more than 100 characters');
  return name;
}
