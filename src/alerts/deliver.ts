/** Sends one message over one channel. In: the channel as it is stored, the message. Out: what was answered when it did not go through. */
import type { Clock } from '../base/clock.js';
import type { Document } from '../base/document.js';
import { asKoppelError } from '../base/errors.js';
import { languages, type Language } from '../base/languages.js';
import type { Names } from '../base/sentences/say.js';
import type { AlertChannelRow, ToldChannel } from '../store/alert-channels.js';
import { mailText, webhookBody, type AlertMessage, type MailText, type PublicUrl } from './message.js';
import type { Webhook } from './webhook.js';

/** How e-mail is sent. */
export interface Mail {
  readonly from: string;
  /** A sentence with what was answered; null: it was taken. Never throws. */
  send(to: string, message: MailText & { readonly id: string }): Promise<string | null>;
}

export interface Delivered {
  /** A sentence; null when the other side has taken the message. */
  readonly error: string | null;
}

/** Never throws. */
export type Deliver = (channel: ToldChannel, message: AlertMessage) => Promise<Delivered>;

export interface DeliverDeps {
  readonly clock: Clock;
  /** Null: the hub knows no mail server. */
  readonly mail: Mail | null;
  readonly webhook: Webhook;
  readonly openSecrets: (channel: Pick<AlertChannelRow, 'id' | 'secrets'>) => Document;
  readonly publicUrl: PublicUrl;
  /** What people call fields and value lists, as the pages say it. */
  readonly namesIn: (language: Language) => Names;
}

/** What to set so that mail can be sent. */
export const mailHint = 'Set KOPPEL_SMTP_URL and KOPPEL_MAIL_FROM, and start the hub again.';

const spoken = (text: string): Language => languages.find((language) => language === text) ?? 'en';

export function makeDeliver({ clock, mail, webhook, openSecrets, publicUrl, namesIn }: DeliverDeps): Deliver {
  const send = async (channel: ToldChannel, message: AlertMessage): Promise<string | null> => {
    const language = spoken(channel.language);
    const readership = { language, publicUrl, names: namesIn(language) };
    if (channel.kind === 'EMAIL') {
      if (mail === null) return `No mail server is set up. ${mailHint}`;
      return mail.send(channel.target, { id: message.id, ...mailText(message, readership) });
    }
    const { url, secret = null } = openSecrets(channel);
    const at = clock.now();
    const body = JSON.stringify(webhookBody(message, { ...readership, at }));
    return webhook.send({ url: new URL(String(url)), secret: secret === null ? null : String(secret), body, id: message.id, at }); // prettier-ignore
  };
  return async (channel, message) => {
    try {
      return { error: await send(channel, message) };
    } catch (thrown) {
      // A secret that does not open, or a bug: the channel says so, and the others go on.
      return { error: asKoppelError(thrown).message };
    }
  };
}
