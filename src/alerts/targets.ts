/** Where messages may go. In: what a person typed. Out: an address that can be used, or ALERT_CHANNEL_INVALID. Pure. */
import { KoppelError } from '../base/errors.js';

const refuse = (field: string, what: string): never => {
  throw new KoppelError('ALERT_CHANNEL_INVALID', { field, what }, { path: field });
};

/** The address of one person or list. */
export function emailTarget(text: string): string {
  const email = text.trim();
  if (email.length > 254) refuse('email', 'it has more than 254 characters');
  if (!/^[^\s@<>",;:]+@[^\s@<>",;:]+$/.test(email)) refuse('email', 'it is not the address of one person');
  return email;
}

/**
 * As the addresses of systems: encrypted outside of this machine, without credentials in it. Never repeats the value, which may hold
 * a token.
 */
export function webhookTarget(text: string): URL {
  const trimmed = text.trim();
  if (trimmed.length > 2_000) refuse('webhook', 'it has more than 2000 characters');
  if (!URL.canParse(trimmed)) return refuse('webhook', 'it is not an address');
  const url = new URL(trimmed);
  const isPlain = url.protocol === 'http:' && isThisMachine(url.hostname);
  if (url.protocol !== 'https:' && !isPlain) refuse('webhook', 'it must start with https:// outside of this machine');
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    refuse('webhook', 'it must hold neither credentials nor a fragment; messages can be signed with a secret');
  return url;
}

/** The URL as it is shown: tokens usually stand in the query. */
export const shownTarget = (url: URL): string => `${url.origin}${url.pathname}`;

/** With what messages are signed. */
export function webhookSecret(text: string): string {
  if (!/^[\x21-\x7e]{8,200}$/.test(text))
    refuse('webhookSecret', 'it has 8 to 200 letters, digits and signs, without spaces');
  return text;
}

const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
