/**
 * Sessions of people who have signed in. In: the token of a cookie. Out: the caller, or null. A session ends by age, by rest, by
 * signing out, and with its user; each request asks the database, so that all of these count at once in every process.
 */
import { createHash, randomBytes } from 'node:crypto';
import { languages } from '../base/languages.js';
import type { Query } from '../store/database.js';
import * as store from '../store/sessions.js';
import type { Caller } from './caller.js';

/** How long sessions last after signing in, and how long without being used. */
export interface SessionLife {
  readonly lifeMs: number;
  readonly idleMs: number;
}

/** A quarter of the life may pass without a sign of the person. */
export const sessionLife = (lifeMs: number): SessionLife => ({ lifeMs, idleMs: lifeMs / 4 });

export interface Sessions {
  readonly lifeMs: number;
  authenticate(token: string): Promise<Caller | null>;
  /** Begins one; the token is in no list and can be read back nowhere. */
  begin(query: Query, userId: string): Promise<string>;
  /** Ends the one of this token; whose it was. */
  end(token: string): Promise<string | null>;
  /** Those of these callers whose session has ended or whose role is another one by now. */
  ended(callers: readonly Caller[]): Promise<ReadonlySet<string>>;
}

const tokenForm = /^[A-Za-z0-9_-]{43}$/;

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** 32 random bytes as text. */
export const makeToken = (): string => randomBytes(32).toString('base64url');

export function makeSessions(deps: { readonly database: Query }, { lifeMs, idleMs }: SessionLife): Sessions {
  const { database } = deps;
  const touchEveryMs = Math.min(60_000, idleMs / 10);
  return {
    lifeMs,
    async authenticate(token) {
      if (!tokenForm.test(token)) return null;
      const hash = hashOfToken(token);
      const found = await store.findSession(database, hash, idleMs);
      if (found === null) return null;
      // When this fails the session ends early; the next request tries again.
      if (found.idleMs >= touchEveryMs) store.touchSession(database, hash).catch(() => undefined);
      const { userId, name, role } = found;
      const language = languages.find((each) => each === found.language) ?? null;
      const scopes = new Set(found.scopes);
      return { actorId: userId, session: hash, name, role, scopes, language, trustedDocumentsOnly: false };
    },
    async begin(query, userId) {
      const token = makeToken();
      await store.insertSession(query, hashOfToken(token), userId, lifeMs);
      return token;
    },
    end: (token) => (tokenForm.test(token) ? store.deleteSession(database, hashOfToken(token)) : Promise.resolve(null)),
    async ended(callers) {
      const sessions = callers.flatMap(({ session, role }) => (session === null ? [] : [{ hash: session, role }]));
      return new Set(sessions.length === 0 ? [] : await store.endedSessions(database, sessions, idleMs));
    },
  };
}
