/**
 * Rules and channels of alerts, made, changed and deleted in the transaction of whoever asks: a person, or a configuration file. In: what
 * they are to be. Out: ids, or a KoppelError that says what is wrong.
 */
import type { Document } from '../base/document.js';
import { asKoppelError, KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { AlertRuleKindName } from '../schema/alert.js';
import type { AlertChannelRow } from '../store/alert-channels.js';
import type { AlertRuleRow } from '../store/alert-rules.js';
import type { Tx } from '../store/database.js';
import { measureOf, requireScope } from './rule-kinds.js';
import { emailTarget, shownTarget, webhookSecret, webhookTarget } from './targets.js';

export interface RuleEdit extends Pick<
  AlertRuleRow,
  'name' | 'severity' | 'flows' | 'systems' | 'channels' | 'isEnabled'
> {
  /** Null: a new one. */
  readonly of: Edited | null;
  /** Of a new one; left out, it gets one from its name. */
  readonly key?: string;
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
  readonly key?: string;
  readonly name: string;
  /** Null: it stays. */
  readonly target: { readonly email?: string | undefined; readonly webhook?: string | undefined } | null;
  /** Null: it stays; empty: none any more. */
  readonly webhookSecret: string | null;
  readonly language: string;
}

export interface AlertEdits {
  /** Returns the id of the rule. */
  saveRule(tx: Tx, edit: RuleEdit): Promise<string>;
  deleteRule(tx: Tx, of: Edited): Promise<void>;
  /** Returns the id of the channel. */
  saveChannel(tx: Tx, edit: ChannelEdit): Promise<string>;
  deleteChannel(tx: Tx, of: Edited): Promise<void>;
}

export interface AlertEditsDeps {
  readonly store: Pick<typeof import('../store/alerts.js'), 'wakeSubjects' | 'endAlertsOfRule'> &
    Pick<typeof import('../store/alert-rules.js'), 'lockRule' | 'insertRule' | 'updateRule' | 'deleteRule'> &
    Pick<
      typeof import('../store/alert-channels.js'),
      'lockChannel' | 'insertChannel' | 'updateChannel' | 'deleteChannel'
    >;
  readonly sealSecrets: (channel: { readonly id: string }, secrets: Document) => Buffer;
  readonly openSecrets: (channel: Pick<AlertChannelRow, 'id' | 'secrets'>) => Document;
}

const longestName = 100;

export function makeAlertEdits(deps: AlertEditsDeps): AlertEdits {
  const { store } = deps;
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
    async saveRule(tx, edit) {
      const name = requireName(edit.name, 'ALERT_RULE_INVALID');
      requireScope(edit.kind, edit);
      const { of, key = null, ...rest } = { ...edit, ...measureOf(edit.kind, edit), name };
      const before = of === null ? null : await rule(tx, of);
      const id = of?.id ?? newId('alert_rule');
      if (before === null) await store.insertRule(tx, { id, ...rest }, key);
      else await store.updateRule(tx, { id, ...rest });
      await store.wakeSubjects(tx, id);
      // What another kind or nobody looks at any more would go on for ever.
      if (before !== null && (!rest.isEnabled || before.kind !== rest.kind)) await store.endAlertsOfRule(tx, id);
      return id;
    },
    async deleteRule(tx, of) {
      await rule(tx, of);
      await store.endAlertsOfRule(tx, of.id);
      await store.deleteRule(tx, of.id);
    },
    async saveChannel(tx, edit) {
      const name = requireName(edit.name, 'ALERT_CHANNEL_INVALID');
      const { of, key = null, language } = edit;
      const before = of === null ? null : await channel(tx, of);
      const id = of?.id ?? newId('alert_channel');
      const { isOther, ...rest } = held(before, edit, id);
      if (before === null) await store.insertChannel(tx, { id, name, language, ...rest }, key);
      else await store.updateChannel(tx, { id, name, language, ...rest }, isOther);
      return id;
    },
    async deleteChannel(tx, of) {
      await channel(tx, of);
      await store.deleteChannel(tx, of.id);
    },
  };
}

type RuleShape = Pick<RuleEdit, 'kind' | 'flows' | 'systems'> & {
  readonly threshold?: number | null;
  readonly windowMinutes?: number | null;
};

/** Why a rule or an address could not be saved, before anything is: undefined when it could. */
export const alertChecks = {
  ruleProblem: ({ threshold = null, windowMinutes = null, ...rule }: RuleShape): string | undefined =>
    problemOf(() => {
      requireScope(rule.kind, rule);
      measureOf(rule.kind, { threshold, windowMinutes });
    }),
  addressProblem: (email: string): string | undefined => problemOf(() => emailTarget(email)),
};

function problemOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (thrown) {
    return asKoppelError(thrown).message;
  }
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
