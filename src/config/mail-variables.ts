/** The variables with which the hub sends e-mail: both or none. */
import { z } from 'zod';
import { define } from './variable.js';

export const mailVariables = {
  KOPPEL_SMTP_URL: define({
    schema: z.string().refine(isServer),
    standard: undefined,
    expected: 'smtp:// or smtps:// with a host, and with user, password and port where they are needed',
    example: 'smtp://koppel:password@mail.example.com:587',
    meaning:
      'mail server over which alerts are sent; with a user, and outside of this machine, only over an encrypted connection',
    isSecret: true,
  }),
  KOPPEL_MAIL_FROM: define({
    schema: z.string().regex(/^(?:[^\s@<>",;:]+@[^\s@<>",;:]+|[^<>",;:\r\n]{1,100} <[^\s@<>",;:]+@[^\s@<>",;:]+>)$/),
    standard: undefined,
    expected: 'an e-mail address, or a name and an address in <>',
    example: 'Koppel <koppel@example.com>',
    meaning: 'from whom mail of the hub comes',
  }),
} as const;

/** How mail is sent. */
export interface MailConfig {
  readonly url: string;
  readonly from: string;
}

function isServer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash } = new URL(text);
  return /^smtps?:$/.test(protocol) && hostname !== '' && /^\/?$/.test(pathname) && `${search}${hash}` === '';
}
