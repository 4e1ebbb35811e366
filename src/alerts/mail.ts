/**
 * E-mail over a mail server. In: the address of the server, from whom mail comes, a message. Out: nothing when the server has taken it,
 * else its answer as a sentence. Passwords go over encrypted connections only, outside of this machine.
 */
import { createTransport, type SMTPTransportOptions } from 'nodemailer';
import type { Mail } from './deliver.js';

export interface MailSettings {
  /** smtp:// or smtps://, with user and password where the server wants them. */
  readonly url: string;
  readonly from: string;
}

const longestMs = 10_000;

export function makeMail({ url, from }: MailSettings): Mail {
  const transport = createTransport(serverOf(new URL(url)));
  return {
    from,
    async send(to, { id, subject, text }) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          // The same when it is sent again, so that mail programs show it once.
          messageId: `<${id}@koppel>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return null;
      } catch (thrown) {
        return answerOf(thrown as Partial<MailFailure>);
      }
    },
  };
}

function serverOf({ protocol, hostname, port, username, password }: URL): SMTPTransportOptions {
  const secure = protocol === 'smtps:';
  const isHere = hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
  const user = decodeURIComponent(username);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && user !== '' && !isHere,
    // A mail server of this machine has a certificate that nobody vouches for, and needs none.
    ignoreTLS: !secure && isHere,
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(password) } }),
    // What is sent are our own texts; nothing in them may name a file or an address to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: longestMs,
    greetingTimeout: longestMs,
    socketTimeout: longestMs,
    dnsTimeout: longestMs,
  };
}

interface MailFailure {
  readonly message: string;
  readonly code: string;
  /** What the server said. */
  readonly response: string;
}

function answerOf({ response, code, message }: Partial<MailFailure>): string {
  if (response !== undefined && response !== '') return `The mail server answered: ${said(response)}`;
  return `The mail server could not be used: ${said(message ?? code ?? 'it gave no answer')}`;
}

const said = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 300);
