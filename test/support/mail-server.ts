/** A real mail server on loopback that keeps what it takes, and refuses or drops on request. */
import { SMTPServer } from 'smtp-server';
import type { MailSettings } from '../../src/alerts/mail.js';

export interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came, decoded from quoted-printable and base64 where it is so sent. */
  readonly text: string;
}

export interface MailServer {
  readonly settings: MailSettings;
  /** What was taken, in order. */
  readonly letters: Letter[];
  /** How often somebody began to send. */
  begun(): number;
  /** What it answers from now on; null: it takes everything. */
  refuse(answer: string | null): void;
  close(): Promise<void>;
}

export interface MailServerOptions {
  /** Who may send; without it anybody. */
  readonly login?: { readonly user: string; readonly password: string };
}

export async function openMailServer({ login }: MailServerOptions = {}): Promise<MailServer> {
  const letters: Letter[] = [];
  let refusal: string | null = null;
  let begun = 0;
  const server = new SMTPServer({
    authOptional: login === undefined,
    // It offers STARTTLS with a certificate that nobody vouches for, about which it would warn.
    logger: false,
    allowInsecureAuth: true,
    disabledCommands: login === undefined ? ['AUTH'] : [],
    onAuth({ username, password }, _, callback) {
      const isKnown = username === login?.user && password === login?.password;
      callback(isKnown ? null : new Error('Invalid username or password'), { user: username });
    },
    onMailFrom(_, __, callback) {
      begun++;
      callback();
    },
    onRcptTo(_, __, callback) {
      if (refusal === null) callback();
      else callback(Object.assign(new Error(refusal.slice(4)), { responseCode: Number(refusal.slice(0, 3)) }));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        letters.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text: decoded(Buffer.concat(chunks).toString('utf8')),
        });
        callback();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as { port: number };
  return {
    settings: { url: `smtp://127.0.0.1:${port}`, from: 'Koppel <koppel@example.com>' },
    letters,
    begun: () => begun,
    refuse: (answer) => (refusal = answer),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Subject and text as people read them. */
function decoded(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const encoding = /^content-transfer-encoding: (\S+)/im.exec(head)?.[1]?.toLowerCase();
  const text =
    encoding === 'base64' ? Buffer.from(body, 'base64').toString('utf8')
    : encoding === 'quoted-printable' ? quoted(body.replace(/=\r\n/g, ''))
    : body; // prettier-ignore
  const unfolded = head.replace(/\r\n[ \t]+/g, ' ').replace(/\?= =\?/g, '?==?');
  const words = unfolded.replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
    kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString('utf8') : quoted(word.replaceAll('_', ' ')),
  );
  return `${words}\n\n${text.replaceAll('\r\n', '\n')}`;
}

const quoted = (text: string): string =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
