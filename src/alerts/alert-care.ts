/**
 * What people do with alerts, rules and channels: each in one transaction. In: what was asked, checked for its form. Out: ids, or a
 * KoppelError that says what is wrong. How rules and channels are written is in alert-edits.ts, what the hub does by itself in watch.ts
 * and notify.ts.
 */
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { Database, Tx } from '../store/database.js';
import type { AlertEdits, ChannelEdit, Edited, RuleEdit } from './alert-edits.js';
import { mailHint, type Deliver } from './deliver.js';

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
    Pick<typeof import('../store/alert-channels.js'), 'findChannel' | 'noteDelivery'>;
  readonly edits: AlertEdits;
  readonly deliver: Deliver;
  readonly mailFrom: MailSender;
}

export function makeAlertCare(deps: AlertCareDeps): AlertCare {
  const { database, store, edits } = deps;
  /** Of an alert that goes on. */
  const open = async (tx: Tx, id: string): Promise<void> => {
    const found = await store.lockAlert(tx, id);
    if (found === undefined) throw new KoppelError('ALERT_UNKNOWN', { id });
    if (found.resolvedAt !== null) throw new KoppelError('ALERT_OVER', { id });
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
    saveRule: (edit) => database.tx((tx) => edits.saveRule(tx, edit)),
    deleteRule: (of) => database.tx((tx) => edits.deleteRule(tx, of)),
    saveChannel: (edit) => database.tx((tx) => edits.saveChannel(tx, edit)),
    deleteChannel: (of) => database.tx((tx) => edits.deleteChannel(tx, of)),
    async testChannel(id) {
      const found = await store.findChannel(database, id);
      if (found === undefined) throw new KoppelError('ALERT_CHANNEL_UNKNOWN', { id });
      const { error } = await deps.deliver(found, { id: newId('alert_notification'), reason: 'TEST', alert: null });
      await store.noteDelivery(database, found, error);
      if (error !== null) throw new KoppelError('ALERT_NOT_DELIVERED', { what: error.replace(/\.$/, '') });
    },
  };
}
