/**
 * Who a key belongs to and what it may do. In: the key as a client sent it. Out: the caller, or null. Answers are kept for
 * two seconds, so that a key that is revoked anywhere stops working everywhere within that time, also on open sockets.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import { isFirstKey, nameOfFirstKey } from '../base/first-key.js';
import type { ScopeName } from '../schema/access.js';
import * as store from '../store/api-keys.js';
import type { Database } from '../store/database.js';
import type { Caller } from './caller.js';

export interface Keyring {
  /** Those of these keys that are not valid any more, in one statement. */
  ended(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** The caller of `kpl_…`, or null when there is no such key or it has ended. */
  authenticate(key: string): Promise<Caller | null>;
  create(input: {
    readonly name: string;
    readonly scopes: readonly ScopeName[];
    readonly expiresAt: Date | null;
    readonly trustedDocumentsOnly: boolean;
    /** Id of the user or key that makes it. */
    readonly createdBy: string;
  }): Promise<{
    readonly stored: store.StoredKey;
    readonly secret: string;
  }>;
  revoke(id: string): Promise<store.StoredKey | null>;
  find(id: string): Promise<store.StoredKey | null>;
  list(): Promise<readonly store.StoredKey[]>;
}

/** What can be a key at all: it is looked up only then. Those that we make look like kpl_<8>_<43>. */
const keyForm = /^[\x21-\x7e]{8,200}$/;
const remembered = 2_000;
const rememberedMost = 10_000;
const touchEveryMs = 60_000;

export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** A new key; its first part is shown in lists. */
export function makeKey(): string {
  const prefix = randomBytes(16).toString('base64url').replace(/[_-]/g, '').slice(0, 8).padEnd(8, '0');
  return `kpl_${prefix}_${randomBytes(32).toString('base64url')}`;
}

const prefixOf = (key: string): string => (/^kpl_[A-Za-z0-9]{8}_/.test(key) ? key.slice(0, 12) : `${key.slice(0, 3)}…`);

function sameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
}

interface Owner {
  readonly stored: store.StoredKey;
  readonly caller: Caller;
}

const callerOf = (stored: store.StoredKey): Caller => ({
  actorId: stored.id,
  session: null,
  language: null,
  name: stored.name,
  role: stored.role,
  scopes: new Set(stored.scopes),
  trustedDocumentsOnly: stored.isLimitedToTrustedDocuments,
});

export function makeKeyring(deps: { readonly database: Database; readonly clock: Clock }): Keyring {
  const { database, clock } = deps;
  /** By the key as it was sent: hashing it for every request would cost more than most of what is asked. */
  const known = new Map<string, { readonly owner: Owner | null; readonly until: number }>();
  const touched = new Map<string, number>();

  async function lookUp(key: string): Promise<Owner | null> {
    const now = clock.monotonic();
    const entry = known.get(key);
    if (entry !== undefined && entry.until > now) return entry.owner;
    const hash = hashOfKey(key);
    const stored = await store.findKeyByHash(database, hash);
    const owner = stored === null || !sameHash(stored.hash, hash) ? null : { stored, caller: callerOf(stored) };
    if (known.size >= rememberedMost) known.clear();
    known.set(key, { owner, until: now + remembered });
    return owner;
  }

  function touch(id: string): void {
    const now = clock.monotonic();
    if (now - (touched.get(id) ?? -Infinity) < touchEveryMs) return;
    touched.set(id, now);
    // When this fails the key still works; the moment of use is for people only.
    store.touchKey(database, id).catch(() => touched.delete(id));
  }

  return {
    async authenticate(key) {
      if (!keyForm.test(key)) return null;
      const owner = await lookUp(key);
      if (owner === null) return null;
      const { stored, caller } = owner;
      if (stored.revokedAt !== null) return null;
      if (stored.expiresAt !== null && stored.expiresAt <= clock.now()) return null;
      touch(stored.id);
      return caller;
    },
    ended: async (ids) => new Set(await store.endedKeys(database, ids)),
    async create({ name, scopes, expiresAt, trustedDocumentsOnly, createdBy }) {
      const secret = makeKey();
      const stored = await store.insertKey(database, {
        name,
        prefix: prefixOf(secret),
        hash: hashOfKey(secret),
        scopes,
        expiresAt,
        trustedDocumentsOnly,
        createdBy,
      });
      return { stored, secret };
    },
    async revoke(id) {
      const ended = await store.revokeKey(database, id);
      known.clear();
      return ended;
    },
    find: (id) => store.findKey(database, id),
    list: () => store.listKeys(database),
  };
}

/**
 * Makes the administrator's key at the first start: the given one, or a new one that is returned once and must be printed.
 * Does nothing when there is any key already. Throws API_KEY_MALFORMED for one that could be guessed.
 */
export async function ensureFirstKey(database: Database, given?: string): Promise<{ readonly printed?: string }> {
  if (given !== undefined && !isFirstKey(given)) throw new KoppelError('API_KEY_MALFORMED');
  const key = given ?? makeKey();
  const made = await database.tx((tx) =>
    store.insertFirstKey(tx, {
      name: nameOfFirstKey,
      prefix: prefixOf(key),
      hash: hashOfKey(key),
    }),
  );
  return made && given === undefined ? { printed: key } : {};
}
