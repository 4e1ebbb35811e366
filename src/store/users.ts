/** People who may sign in, as rows. Addresses are compared by their key, so that one belongs to one person only. */
import { newId } from '../base/ids.js';
import type { RoleName } from '../schema/access.js';
import type { User } from '../schema/user.js';
import type { Query, Tx } from './database.js';
import { selected } from './sql.js';

export interface StoredUser extends User {
  readonly email: string;
}

/** What signing in looks at; it never leaves the security folder. */
export interface UserWithPassword extends StoredUser {
  readonly passwordHash: string | null;
}

const columns = `u.id, u.version, u.name, u.email, u.role, u.language, not u.is_disabled as "isActive", u.created_at as "createdAt",
  u.created_by as "createdById", u.last_seen_at as "lastSeenAt", u.password_hash is not null as "hasPassword"`;

/** In small letters and one form of Unicode. */
const keyOfEmail = (email: string): string => email.normalize('NFKC').toLowerCase();

export const findUsers = (query: Query, ids: readonly string[]): Promise<StoredUser[]> =>
  selected(query, `select ${columns} from app_user u where u.id = any($1::text[])`, [ids]);

export const findUser = async (query: Query, id: string): Promise<StoredUser | null> =>
  (await findUsers(query, [id]))[0] ?? null;

export const listUsers = (query: Query): Promise<StoredUser[]> =>
  selected(query, `select ${columns} from app_user u order by u.email_key`);

export async function findUserToSignIn(query: Query, email: string): Promise<UserWithPassword | null> {
  const rows = await selected<UserWithPassword>(
    query,
    `select ${columns}, u.password_hash as "passwordHash" from app_user u where u.email_key = $1`,
    [keyOfEmail(email)],
  );
  return rows[0] ?? null;
}

export const findPasswordOf = async (query: Query, id: string): Promise<string | null> =>
  (await query.query<{ hash: string | null }>('select password_hash as hash from app_user where id = $1', [id]))[0]
    ?.hash ?? null;

export async function hasUsers(query: Query): Promise<boolean> {
  return (await query.query('select 1 as found from app_user limit 1')).length > 0;
}

export interface NewUser {
  readonly name: string;
  readonly email: string;
  readonly role: RoleName;
  readonly language: string;
  readonly isActive: boolean;
  readonly createdBy: string | null;
  readonly passwordHash: string | null;
  readonly invitationHash: string | null;
}

const insertUserText = `insert into app_user as u
    (id, name, email, email_key, role, language, is_disabled, created_by, password_hash, invitation_hash, invitation_expires_at)
  select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text, case when $10::text is null then null else now() + interval '7 days' end`;

const valuesOf = (user: NewUser): unknown[] => [
  newId('user'),
  user.name,
  user.email,
  keyOfEmail(user.email),
  user.role,
  user.language,
  !user.isActive,
  user.createdBy,
  user.passwordHash,
  user.invitationHash,
];

/** Null when somebody has the address already. */
export async function insertUser(query: Query, user: NewUser): Promise<StoredUser | null> {
  const text = `${insertUserText} on conflict (email_key) do nothing returning ${columns}`;
  return (await selected<StoredUser>(query, text, valuesOf(user)))[0] ?? null;
}

/** Null when there is any user already; several may try at once, and one succeeds. */
export async function insertFirstUser(tx: Tx, user: NewUser): Promise<StoredUser | null> {
  // The lock is a statement of its own, so that the next one sees what another process has just committed.
  await tx.query('select pg_advisory_xact_lock(5606738)');
  const text = `${insertUserText} where not exists (select 1 from app_user) returning ${columns}`;
  return (await selected<StoredUser>(tx, text, valuesOf(user)))[0] ?? null;
}

export interface UserChange {
  readonly name: string;
  readonly email: string;
  readonly role: RoleName;
  readonly language: string;
  readonly isActive: boolean;
}

/** The user as it is, held until the transaction ends. */
export async function lockUser(tx: Tx, id: string): Promise<StoredUser | null> {
  return (
    (await selected<StoredUser>(tx, `select ${columns} from app_user u where u.id = $1 for update`, [id]))[0] ?? null
  );
}

/** Administrators who can sign in, held until the transaction ends, so that two cannot each remove the other one. */
export async function lockAdministrators(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from app_user where role = 'ADMIN' and not is_disabled and password_hash is not null order by id for update`,
  );
  return rows.map(({ id }) => id);
}

/** `taken` when somebody else has the address. */
export async function updateUser(tx: Tx, id: string, change: UserChange): Promise<StoredUser | 'taken'> {
  const [other] = await tx.query('select 1 as found from app_user where email_key = $2 and id <> $1', [
    id,
    keyOfEmail(change.email),
  ]);
  if (other !== undefined) return 'taken';
  const rows = await selected<StoredUser>(
    tx,
    `update app_user as u set name = $2, email = $3, email_key = $4, role = $5, language = $6, is_disabled = $7, version = version + 1
     where u.id = $1 returning ${columns}`,
    [id, change.name, change.email, keyOfEmail(change.email), change.role, change.language, !change.isActive],
  );
  return rows[0]!;
}

/** Another invitation in place of the one before. */
export async function setInvitation(query: Query, id: string, invitationHash: string): Promise<StoredUser | null> {
  const rows = await selected<StoredUser>(
    query,
    `update app_user as u set invitation_hash = $2, invitation_expires_at = now() + interval '7 days', version = version + 1
     where u.id = $1 and not u.is_disabled returning ${columns}`,
    [id, invitationHash],
  );
  return rows[0] ?? null;
}

export const findInvited = async (query: Query, invitationHash: string): Promise<StoredUser | null> =>
  (
    await selected<StoredUser>(query, `select ${columns} from app_user u where ${openInvitation}`, [invitationHash])
  )[0] ?? null;

const openInvitation = 'u.invitation_hash = $1 and u.invitation_expires_at > now() and not u.is_disabled';

/** Sets the password and uses the invitation up; null when that has happened already. */
export async function acceptInvitation(
  tx: Tx,
  invitationHash: string,
  passwordHash: string,
): Promise<StoredUser | null> {
  const rows = await selected<StoredUser>(
    tx,
    `update app_user as u set password_hash = $2, invitation_hash = null, invitation_expires_at = null, version = version + 1
     where ${openInvitation} returning ${columns}`,
    [invitationHash, passwordHash],
  );
  return rows[0] ?? null;
}

/** Replaces what is kept of a password, when it is still the one that was looked at. */
export async function replacePassword(query: Query, id: string, before: string, after: string): Promise<boolean> {
  const rows = await query.query(
    `update app_user set password_hash = $3 where id = $1 and password_hash = $2 returning 1 as replaced`,
    [id, before, after],
  );
  return rows.length > 0;
}

/** People who may deal with problems. */
export const listAssignees = (query: Query): Promise<StoredUser[]> =>
  selected(
    query,
    `select ${columns} from app_user u where u.role <> 'VIEWER' and not u.is_disabled order by u.name, u.id`,
  );
