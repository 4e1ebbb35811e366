/** API keys as rows: only hashes are kept, a key itself cannot be read back. */
import { newId } from '../base/ids.js';
import type { ApiKey, RoleName, ScopeName } from '../schema/access.js';
import type { Query, Tx } from './database.js';
import { selected } from './sql.js';

export interface StoredKey extends Omit<ApiKey, 'scopes'> {
  readonly hash: string;
  readonly scopes: readonly ScopeName[] | null;
}

const columns = `k.id, k.name, k.prefix, k.hash, k.role, k.scopes, k.created_at as "createdAt", k.last_used_at as "lastUsedAt",
  k.expires_at as "expiresAt", k.revoked_at as "revokedAt"`;

export async function findKeyByHash(query: Query, hash: string): Promise<StoredKey | null> {
  const rows = await selected<StoredKey>(query, `select ${columns} from api_key k where k.hash = $1`, [hash]);
  return rows[0] ?? null;
}

export async function findKey(query: Query, id: string): Promise<StoredKey | null> {
  const rows = await selected<StoredKey>(query, `select ${columns} from api_key k where k.id = $1`, [id]);
  return rows[0] ?? null;
}

export const listKeys = (query: Query): Promise<StoredKey[]> =>
  selected(query, `select ${columns} from api_key k order by k.id`);

export interface NewKey {
  readonly name: string;
  readonly prefix: string;
  readonly hash: string;
  readonly role: RoleName;
  readonly scopes: readonly ScopeName[] | null;
  readonly expiresAt: Date | null;
}

export async function insertKey(query: Query, key: NewKey): Promise<StoredKey> {
  const rows = await selected<StoredKey>(
    query,
    `insert into api_key as k (id, name, prefix, hash, role, scopes, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
    [newId('api_key'), key.name, key.prefix, key.hash, key.role, key.scopes, key.expiresAt],
  );
  return rows[0]!;
}

/** Inserts a key only when there is none yet; several processes may try at once. True when it was this one. */
export async function insertFirstKey(tx: Tx, key: NewKey): Promise<boolean> {
  // The lock is a statement of its own, so that the next one sees what another process has just committed.
  await tx.query('select pg_advisory_xact_lock(5606737)');
  const rows = await tx.query(
    `insert into api_key (id, name, prefix, hash, role)
     select $1, $2, $3, $4, $5 where not exists (select 1 from api_key) returning id`,
    [newId('api_key'), key.name, key.prefix, key.hash, key.role],
  );
  return rows.length > 0;
}

/** Ends a key. Null when there is no such key. Ending it twice keeps the first moment. */
export async function revokeKey(query: Query, id: string): Promise<StoredKey | null> {
  const rows = await selected<StoredKey>(
    query,
    `update api_key as k set revoked_at = coalesce(k.revoked_at, now()) where k.id = $1 returning ${columns}`,
    [id],
  );
  return rows[0] ?? null;
}

/** Notes that a key was used; callers do that at most once a minute. */
export async function touchKey(query: Query, id: string): Promise<void> {
  await query.query(`update api_key set last_used_at = now() where id = $1`, [id]);
}
