/** Sessions of people who have signed in, as rows: only hashes of their tokens are kept. */
import { scopesOfRole, type RoleName, type ScopeName } from '../schema/access.js';
import type { Query } from './database.js';
import { selected } from './sql.js';

export interface StoredSession {
  readonly userId: string;
  readonly name: string;
  readonly role: RoleName;
  readonly scopes: readonly ScopeName[];
  readonly language: string;
  /** Since it was last used. */
  readonly idleMs: number;
}

const alive = `s.expires_at > now() and s.last_seen_at > now() - $2::float8 * interval '1 ms' and not u.is_disabled`;

/** The session, when it has not ended: neither by age nor by rest, and its user may still sign in. */
export async function findSession(query: Query, hash: string, idleMs: number): Promise<StoredSession | null> {
  const [row] = await selected<Omit<StoredSession, 'scopes'>>(
    query,
    `select u.id as "userId", u.name, u.role, u.language, (extract(epoch from now() - s.last_seen_at) * 1000)::float8 as "idleMs"
     from session s join app_user u on u.id = s.user_id where s.hash = $1 and ${alive}`,
    [hash, idleMs],
  );
  return row === undefined ? null : { ...row, scopes: scopesOfRole[row.role] };
}

/** Those that have ended, or whose user has another role by now. */
export async function endedSessions(
  query: Query,
  sessions: readonly { readonly hash: string; readonly role: RoleName }[],
  idleMs: number,
): Promise<readonly string[]> {
  const rows = await query.query<{ hash: string }>(
    `select i.hash from unnest($1::text[], $3::text[]) as i(hash, role)
     left join (session s join app_user u on u.id = s.user_id and ${alive}) on s.hash = i.hash and u.role = i.role
     where s.hash is null`,
    [sessions.map(({ hash }) => hash), idleMs, sessions.map(({ role }) => role)],
  );
  return rows.map(({ hash }) => hash);
}

/** Begins a session and forgets those that are over. */
export async function insertSession(query: Query, hash: string, userId: string, lifeMs: number): Promise<void> {
  await query.query('delete from session where expires_at < now()');
  await query.query(
    `insert into session (hash, user_id, expires_at) values ($1, $2, now() + $3::float8 * interval '1 ms')`,
    [hash, userId, lifeMs],
  );
  await query.query('update app_user set last_seen_at = now() where id = $1', [userId]);
}

export async function touchSession(query: Query, hash: string): Promise<void> {
  await query.query(
    `with used as (update session set last_seen_at = now() where hash = $1 returning user_id)
     update app_user u set last_seen_at = now() from used where u.id = used.user_id`,
    [hash],
  );
}

/** The user whose session it was; null when there was none. */
export async function deleteSession(query: Query, hash: string): Promise<string | null> {
  const rows = await query.query<{ user_id: string }>('delete from session where hash = $1 returning user_id', [hash]);
  return rows[0]?.user_id ?? null;
}

export async function deleteSessionsOf(query: Query, userId: string): Promise<void> {
  await query.query('delete from session where user_id = $1', [userId]);
}
