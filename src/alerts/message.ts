/** Messages about alerts. Pure: in an alert and why it is told, out what an e-mail says and what a webhook is posted. Never data of records. */
import type { Document } from '../base/document.js';
import { mailWords } from '../base/sentences/alert-mail.js';
import { said, type Names } from '../base/sentences/say.js';
import type { Language } from '../base/languages.js';
import type { AlertNotification, AlertRuleKindName } from '../schema/alert.js';
import { ruleKinds } from './rule-kinds.js';

/** A flow or a system, as people and programs know it. */
export interface NamedSubject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

/** What is told of an alert; sentences are English here. */
export interface ToldAlert {
  readonly id: string;
  /** Name of its rule; null when that was deleted. */
  readonly rule: string | null;
  readonly kind: AlertRuleKindName;
  readonly severity: string;
  readonly title: string;
  readonly description: string;
  readonly startedAt: Date;
  readonly resolvedAt: Date | null;
  /** Page of the dashboard. */
  readonly path: string | null;
  readonly flow: NamedSubject | null;
  readonly system: NamedSubject | null;
}

export type MessageReason = AlertNotification['reason'] | 'TEST';

export interface AlertMessage {
  /** The same when a message is sent again, because it is not known whether it arrived. */
  readonly id: string;
  readonly reason: MessageReason;
  /** Null in a test. */
  readonly alert: ToldAlert | null;
}

/** Where the hub is opened in a browser; undefined: only paths are known. */
export type PublicUrl = string | undefined;

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** For whom a message is written. */
export interface Readership {
  readonly language: Language;
  readonly publicUrl: PublicUrl;
  /** What people call the fields and value lists that sentences name, as on the pages; left out, they stay as they are. */
  readonly names?: Names;
}

/** An e-mail about an alert, or one that only shows that it arrives. */
export function mailText({ reason, alert }: AlertMessage, { language, publicUrl, names }: Readership): MailText {
  const words = mailWords[language];
  const link = (path: string): string => `${publicUrl ?? ''}${path}`;
  if (alert === null) return { subject: `[Koppel] ${words.test}`, text: `${words.testText}\n\n${link('/alerts')}\n` };
  const title = said(language, alert.title);
  // The numbers of the last look say nothing any more.
  const isOver = reason === 'RESOLVED';
  const moment = (at: Date): string =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long' }).format(at);
  const lines: readonly (readonly [string, string | null])[] = [
    [words.began, moment(alert.startedAt)],
    [words.ended, alert.resolvedAt === null ? null : moment(alert.resolvedAt)],
    [words.rule, alert.rule === null ? null : `${alert.rule} (${words.severities[alert.severity] ?? alert.severity})`],
    [words.advice, isOver ? null : said(language, ruleKinds[alert.kind].advice)],
    [words.link, alert.path === null ? null : link(alert.path)],
  ];
  const known = lines.filter(([, value]) => value !== null).map(([label, value]) => `${label}${words.colon}${value}`);
  const beginning = words.beginnings[reason];
  return {
    subject: oneLine(`[Koppel] ${beginning === '' ? '' : `${beginning}${words.colon}`}${title}`),
    text: `${title}\n${isOver ? '' : `${said(language, alert.description, names)}\n`}\n${known.join('\n')}\n\n-- \n${words.why}\n`,
  };
}

/** Names that people have given may hold anything. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What a webhook is posted, as docs/operations.md says it. */
export function webhookBody(
  { id, reason, alert }: AlertMessage,
  { language, publicUrl, names, at }: Readership & { readonly at: Date },
): Document {
  return {
    id,
    reason,
    at: at.toISOString(),
    alert: alert && {
      id: alert.id,
      rule: alert.rule,
      kind: alert.kind,
      severity: alert.severity,
      title: said(language, alert.title),
      description: said(language, alert.description, names),
      startedAt: alert.startedAt.toISOString(),
      resolvedAt: alert.resolvedAt?.toISOString() ?? null,
      path: alert.path,
      url: alert.path === null || publicUrl === undefined ? null : `${publicUrl}${alert.path}`,
      flow: alert.flow && { ...alert.flow },
      system: alert.system && { ...alert.system },
    },
  };
}
