/** API keys as rows: only hashes are kept, a key itself cannot be read back. */
import { newId } from '../base/ids.js';
import { roleFor, scopesOfRole, type ApiKey, type RoleName, type ScopeName } from '../schema/access.js';
import type { Query, Tx } from './database.js';
import { selected } from './sql.js';

/** `scopes` is what the key may do: its own list, or all scopes of its role when it has none. */
export interface StoredKey extends ApiKey {
  readonly hash: string;
  readonly createdById: string | null;
}

type KeyRow = Omit<StoredKey, 'scopes'> & { readonly scopes: readonly ScopeName[] | null };

const stored = (row: KeyRow): StoredKey => ({ ...row, scopes: row.scopes ?? scopesOfRole[row.role] });

const columns = `k.id, k.name, k.prefix, k.hash, k.role, k.scopes, k.created_at as "createdAt", k.last_used_at as "lastUsedAt",
  k.expires_at as "expiresAt", k.revoked_at as "revokedAt", k.created_by as "createdById",
  k.trusted_documents_only as "isLimitedToTrustedDocuments"`;

export async function findKeyByHash(query: Query, hash: string): Promise<StoredKey | null> {
  const rows = await selected<KeyRow>(query, `select ${columns} from api_key k where k.hash = $1`, [hash]);
  return rows[0] === undefined ? null : stored(rows[0]);
}

export async function findKey(query: Query, id: string): Promise<StoredKey | null> {
  const rows = await selected<KeyRow>(query, `select ${columns} from api_key k where k.id = $1`, [id]);
  return rows[0] === undefined ? null : stored(rows[0]);
}

export const findKeys = async (query: Query, ids: readonly string[]): Promise<StoredKey[]> =>
  (await selected<KeyRow>(query, `select ${columns} from api_key k where k.id = any($1::text[])`, [ids])).map(stored);

/** Those that are revoked, expired or gone. */
export async function endedKeys(query: Query, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await query.query<{ id: string }>(
    `select i.id from unnest($1::text[]) as i(id)
     left join api_key k on k.id = i.id and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
     where k.id is null`,
    [ids],
  );
  return rows.map(({ id }) => id);
}

export const listKeys = async (query: Query): Promise<StoredKey[]> =>
  (await selected<KeyRow>(query, `select ${columns} from api_key k order by k.id`)).map(stored);

export interface NewKey {
  readonly name: string;
  readonly prefix: string;
  readonly hash: string;
}

export interface ScopedKey extends NewKey {
  readonly scopes: readonly ScopeName[];
  readonly expiresAt: Date | null;
  readonly trustedDocumentsOnly: boolean;
  readonly createdBy: string;
}

export async function insertKey(query: Query, key: ScopedKey): Promise<StoredKey> {
  const rows = await selected<KeyRow>(
    query,
    `insert into api_key as k (id, name, prefix, hash, role, scopes, expires_at, trusted_documents_only, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${columns}`,
    [
      newId('api_key'),
      key.name,
      key.prefix,
      key.hash,
      roleFor(key.scopes),
      key.scopes,
      key.expiresAt,
      key.trustedDocumentsOnly,
      key.createdBy,
    ],
  );
  return stored(rows[0]!);
}

/** Inserts an administrator's key only when there is none yet; several processes may try at once. True when it was this one. */
export async function insertFirstKey(tx: Tx, key: NewKey): Promise<boolean> {
  // The lock is a statement of its own, so that the next one sees what another process has just committed.
  await tx.query('select pg_advisory_xact_lock(5606737)');
  const rows = await tx.query(
    `insert into api_key (id, name, prefix, hash, role)
     select $1, $2, $3, $4, $5 where not exists (select 1 from api_key) returning id`,
    [newId('api_key'), key.name, key.prefix, key.hash, 'ADMIN' satisfies RoleName],
  );
  return rows.length > 0;
}

/** Ends a key. Null when there is no such key. Ending it twice keeps the first moment. */
export async function revokeKey(query: Query, id: string): Promise<StoredKey | null> {
  const rows = await selected<KeyRow>(
    query,
    `update api_key as k set revoked_at = coalesce(k.revoked_at, now()) where k.id = $1 returning ${columns}`,
    [id],
  );
  return rows[0] === undefined ? null : stored(rows[0]);
}

/** Notes that a key was used; callers do that at most once a minute. */
export async function touchKey(query: Query, id: string): Promise<void> {
  await query.query(`update api_key set last_used_at = now() where id = $1`, [id]);
}
