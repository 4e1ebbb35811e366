/**
 * Who is asking, for both transports. In: the key or session as it was sent, and the address it came from. Out: the caller. What
 * is wrong is counted for each address: when there was too much, only what has worked lately is looked at.
 */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import type { Caller, Credential } from '../security/caller.js';
import type { Keyring } from '../security/keyring.js';
import { hashOfToken, type Sessions } from '../security/sessions.js';
import { makeBuckets } from './budget.js';
import { cookieOf, requireOwnOrigin, type OwnAddress } from './session-cookie.js';

export interface SignIn {
  /** Throws UNAUTHENTICATED or KEYS_THROTTLED. */
  caller(credential: Credential | null, address: string): Promise<Caller>;
  /** Throws UNAUTHENTICATED when the caller is not any more who it was; answers are kept for two seconds. */
  recheck(credential: Credential, caller: Caller): Promise<void>;
}

export const wrongKeys = { limit: 20, restoreRate: 0.2 };
/** Browsers go on sending a session that has ended, so more of them are nobody's fault. */
const wrongSessions = { limit: 200, restoreRate: 5 };
const mostRemembered = 10_000;
const recheckedMs = 2_000;

export function makeSignIn(deps: {
  readonly keyring: Keyring;
  readonly sessions: Sessions;
  readonly clock: Clock;
}): SignIn {
  const tries = { key: makeBuckets(deps.clock, wrongKeys), session: makeBuckets(deps.clock, wrongSessions) };
  const worked = new Set<string>();
  const rechecked = new Map<string, { readonly caller: Caller | null; readonly until: number }>();
  const authenticate = (credential: Credential): Promise<Caller | null> =>
    credential.kind === 'key'
      ? deps.keyring.authenticate(credential.key)
      : deps.sessions.authenticate(credential.token);

  return {
    async caller(credential, address) {
      if (credential === null) throw new KoppelError('UNAUTHENTICATED', { what: 'none was sent' });
      const { kind } = credential;
      const name = nameOf(credential);
      if (tries[kind].points(address) < 1 && !worked.has(name)) {
        const values = { seconds: 1 / wrongKeys.restoreRate };
        throw new KoppelError('KEYS_THROTTLED', values, { retryAfterMs: tries[kind].waitMs(address, 1) });
      }
      const caller = await authenticate(credential);
      if (caller === null) {
        worked.delete(name);
        tries[kind].take(address, 1);
        const what = kind === 'key' ? 'it is unknown, revoked or expired' : 'the session has ended';
        throw new KoppelError('UNAUTHENTICATED', { what });
      }
      if (worked.size >= mostRemembered) worked.clear();
      worked.add(name);
      return caller;
    },
    async recheck(credential, caller) {
      const name = nameOf(credential);
      const now = deps.clock.monotonic();
      let found = rechecked.get(name);
      if (found === undefined || found.until <= now) {
        if (rechecked.size >= mostRemembered) rechecked.clear();
        found = { caller: await authenticate(credential), until: now + recheckedMs };
        rechecked.set(name, found);
      }
      if (found.caller?.role === caller.role) return;
      throw new KoppelError('UNAUTHENTICATED', { what: 'it has ended, or its role has changed' });
    },
  };
}

/** Tokens are remembered by their hash, keys as they are. */
const nameOf = (credential: Credential): string =>
  credential.kind === 'key' ? credential.key : hashOfToken(credential.token);

/** The key of `Authorization: Bearer <key>`. */
export function bearerOf(header: unknown): string | null {
  const found = typeof header === 'string' ? /^Bearer +(\S+)$/i.exec(header.trim()) : null;
  return found?.[1] ?? null;
}

/**
 * What a request proves itself with: its key, or else the cookie of a session, which counts only when it comes from a page of
 * ours (ORIGIN_REFUSED). A request with a header for keys never counts by its cookie.
 */
export function credentialOf(request: IncomingMessage, own: OwnAddress): Credential | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const key = bearerOf(authorization);
    return key === null ? null : { kind: 'key', key };
  }
  return sessionOf(request, own, request.method !== 'GET');
}

/** The session of the cookie; null when there is none. Throws ORIGIN_REFUSED. */
export function sessionOf(request: IncomingMessage, own: OwnAddress, isOriginRequired: boolean): Credential | null {
  const token = cookieOf(request, own);
  if (token === null) return null;
  requireOwnOrigin(request, own, isOriginRequired);
  return { kind: 'session', token };
}

/**
 * The address that a request comes from: of the client when a proxy that we trust says so, else of the socket. Addresses of
 * version 6 count by their network, because everybody has a whole one.
 */
export function addressOf(request: IncomingMessage, trustedProxies: readonly string[] = []): string {
  const socket = plain(request.socket.remoteAddress ?? '');
  if (trustedProxies.length === 0 || !trustedProxies.includes(socket)) return network(socket);
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => plain(part.trim()))
    .filter((part) => part !== '');
  return network(forwarded.findLast((address) => !trustedProxies.includes(address)) ?? socket);
}

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

function network(address: string): string {
  if (!address.includes(':')) return address.slice(0, 45);
  const [head = '', tail = ''] = address.split('%')[0]!.split('::');
  const before = head.split(':').filter((part) => part !== '');
  const after = tail.split(':').filter((part) => part !== '');
  const zeros = address.includes('::') ? Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0') : [];
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
