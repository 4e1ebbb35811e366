/**
 * The cookie of a session, and whether a request that carries it comes from a page of this hub. Browsers send cookies along
 * whoever's page asks; so it counts only with an origin that is ours.
 */
import type { IncomingMessage } from 'node:http';
import { KoppelError } from '../base/errors.js';

export interface OwnAddress {
  /** What people enter in the browser; undefined: whatever address the request names. */
  readonly publicUrl: string | undefined;
  /** Origins besides our own that browsers may come from. */
  readonly allowedOrigins: readonly string[];
}

const isSecure = ({ publicUrl }: OwnAddress): boolean => publicUrl?.startsWith('https:') === true;

/** With the prefix the browser takes it over https only, for this host only, and from nobody else. */
const nameOf = (own: OwnAddress): string => (isSecure(own) ? '__Host-koppel-session' : 'koppel-session');

const attributes = (own: OwnAddress): string => `Path=/; HttpOnly; SameSite=Strict${isSecure(own) ? '; Secure' : ''}`;

export const setCookie = (own: OwnAddress, token: string, lifeMs: number): string =>
  `${nameOf(own)}=${token}; Max-Age=${Math.floor(lifeMs / 1000)}; ${attributes(own)}`;

export const clearCookie = (own: OwnAddress): string => `${nameOf(own)}=; Max-Age=0; ${attributes(own)}`;

/** The token that the request carries; null when there is none. */
export function cookieOf(request: IncomingMessage, own: OwnAddress): string | null {
  const wanted = `${nameOf(own)}=`;
  const parts = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
  const found = parts.find((part) => part.startsWith(wanted))?.slice(wanted.length);
  return found === undefined || found === '' ? null : found;
}

/** Whether an origin is that of our own pages. */
export function isOwnOrigin(request: IncomingMessage, origin: string, own: OwnAddress): boolean {
  const ours =
    own.publicUrl === undefined
      ? [`http://${request.headers.host}`, `https://${request.headers.host}`]
      : [new URL(own.publicUrl).origin];
  return ours.includes(origin) || own.allowedOrigins.includes(origin);
}

/**
 * Throws ORIGIN_REFUSED for a request of another page. `isRequired`: also when no page is named, which browsers leave out only
 * where a page of ours reads something.
 */
export function requireOwnOrigin(request: IncomingMessage, own: OwnAddress, isRequired: boolean): void {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isForeign = origin !== undefined && !isOwnOrigin(request, origin, own);
  const isFromElsewhere = site !== undefined && site !== 'same-origin' && !(origin !== undefined && !isForeign);
  if (isForeign || isFromElsewhere || (isRequired && origin === undefined)) {
    throw new KoppelError('ORIGIN_REFUSED', { origin: (origin ?? 'an unknown address').slice(0, 200) });
  }
}
