/**
 * Who is asking, for both transports. In: the key as it was sent, and the address it came from. Out: the caller. Wrong keys are
 * counted for each address: when there were too many, only keys that have worked lately are looked at.
 */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import type { Caller, Keyring } from '../security/keyring.js';
import { makeBuckets } from './budget.js';

/** Throws UNAUTHENTICATED or KEYS_THROTTLED. */
export type SignIn = (key: string | null, address: string) => Promise<Caller>;

export const wrongKeys = { limit: 20, restoreRate: 0.2 };
const mostRemembered = 10_000;

export function makeSignIn(deps: { readonly keyring: Keyring; readonly clock: Clock }): SignIn {
  const tries = makeBuckets(deps.clock, wrongKeys);
  const worked = new Set<string>();
  return async (key, address) => {
    if (key === null) throw new KoppelError('UNAUTHENTICATED', { what: 'none was sent' });
    if (tries.points(address) < 1 && !worked.has(key)) {
      const values = { seconds: 1 / wrongKeys.restoreRate };
      throw new KoppelError('KEYS_THROTTLED', values, { retryAfterMs: tries.waitMs(address, 1) });
    }
    const caller = await deps.keyring.authenticate(key);
    if (caller === null) {
      worked.delete(key);
      tries.take(address, 1);
      throw new KoppelError('UNAUTHENTICATED', { what: 'it is unknown, revoked or expired' });
    }
    if (worked.size >= mostRemembered) worked.clear();
    worked.add(key);
    return caller;
  };
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
