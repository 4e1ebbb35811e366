/**
 * Accounts of people: signing in, the first one, invitations, passwords, roles. In: what a person typed. Out: a session, or a
 * sentence why not. An address that nobody has and a wrong password give the same answer in the same time.
 */
import { languages } from '../base/languages.js';
import { KoppelError } from '../base/errors.js';
import type { RoleName } from '../schema/access.js';
import type { Database, Tx } from '../store/database.js';
import { deleteSessionsOf } from '../store/sessions.js';
import * as store from '../store/users.js';
import type { StoredUser } from '../store/users.js';
import { requireGoodPassword, type Passwords } from './passwords.js';
import { hashOfToken, makeToken, type Sessions } from './sessions.js';

export type { StoredUser } from '../store/users.js';

export interface SignedIn {
  readonly user: StoredUser;
  readonly token: string;
}

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly language: string;
}

export interface UserEdit {
  readonly id: string;
  readonly expectedVersion: number;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly role?: RoleName | undefined;
  readonly language?: string | undefined;
  readonly isActive?: boolean | undefined;
}

export interface Invited {
  readonly user: StoredUser;
  /** Shown once. */
  readonly invitation: string;
}

/** Every function throws a KoppelError that says what is wrong. */
export interface Accounts {
  /** Throws SIGN_IN_REFUSED, whatever the reason is. */
  signIn(email: string, password: string): Promise<SignedIn>;
  needsFirst(): Promise<boolean>;
  /** Whoever asks has proved to be the one who set up the hub. */
  makeFirst(person: Person, password: string): Promise<SignedIn>;
  acceptInvitation(invitation: string, password: string): Promise<SignedIn>;
  /** Ends all sessions of the user. */
  changePassword(userId: string, present: string, next: string): Promise<void>;
  invite(person: Person & { readonly role: RoleName; readonly isActive: boolean }, by: string): Promise<Invited>;
  inviteAgain(id: string): Promise<Invited>;
  edit(edit: UserEdit): Promise<StoredUser>;
  list(): Promise<readonly StoredUser[]>;
  assignees(): Promise<readonly StoredUser[]>;
}

export interface AccountsDeps {
  readonly database: Database;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
}

export function makeAccounts({ database, passwords, sessions }: AccountsDeps): Accounts {
  /** Strong parameters come to everybody with the next signing in. */
  async function renewHash(id: string, kept: string, password: string): Promise<void> {
    if (passwords.isOutdated(kept)) await store.replacePassword(database, id, kept, await passwords.hash(password));
  }

  return {
    async signIn(email, password) {
      const found = await store.findUserToSignIn(database, email);
      const fits = await passwords.verify(password, found?.passwordHash ?? null);
      if (found === null || !fits || !found.isActive) throw new KoppelError('SIGN_IN_REFUSED');
      const { passwordHash, ...user } = found;
      await renewHash(user.id, passwordHash!, password);
      return { user, token: await sessions.begin(database, user.id) };
    },
    needsFirst: async () => !(await store.hasUsers(database)),
    async makeFirst(person, password) {
      const name = requirePerson(person);
      requireGoodPassword(password, person.email);
      if (await store.hasUsers(database)) throw new KoppelError('FIRST_ACCOUNT_EXISTS');
      const passwordHash = await passwords.hash(password);
      const made = { ...person, name, role: 'ADMIN', isActive: true, createdBy: null, invitationHash: null } as const;
      return database.tx(async (tx) => {
        const user = await store.insertFirstUser(tx, { ...made, passwordHash });
        if (user === null) throw new KoppelError('FIRST_ACCOUNT_EXISTS');
        return { user, token: await sessions.begin(tx, user.id) };
      });
    },
    async acceptInvitation(invitation, password) {
      const invitationHash = hashOfToken(invitation);
      const invited = await store.findInvited(database, invitationHash);
      if (invited === null) throw new KoppelError('INVITATION_REFUSED');
      requireGoodPassword(password, invited.email);
      const passwordHash = await passwords.hash(password);
      return database.tx(async (tx) => {
        const user = await store.acceptInvitation(tx, invitationHash, passwordHash);
        if (user === null) throw new KoppelError('INVITATION_REFUSED');
        await deleteSessionsOf(tx, user.id);
        return { user, token: await sessions.begin(tx, user.id) };
      });
    },
    async changePassword(userId, present, next) {
      const user = await store.findUser(database, userId);
      if (user === null) throw new KoppelError('USER_UNKNOWN', { id: userId });
      requireGoodPassword(next, user.email);
      const kept = await store.findPasswordOf(database, userId);
      if (!(await passwords.verify(present, kept))) throw new KoppelError('PASSWORD_WRONG');
      const passwordHash = await passwords.hash(next);
      await database.tx(async (tx) => {
        const isReplaced = await store.replacePassword(tx, userId, kept!, passwordHash);
        if (!isReplaced) throw new KoppelError('PASSWORD_WRONG');
        await deleteSessionsOf(tx, userId);
      });
    },
    async invite(person, by) {
      const name = requirePerson(person);
      const invitation = makeToken();
      const made = { ...person, name, createdBy: by, passwordHash: null, invitationHash: hashOfToken(invitation) };
      const user = await store.insertUser(database, made);
      if (user === null) throw new KoppelError('EMAIL_TAKEN');
      return { user, invitation };
    },
    async inviteAgain(id) {
      const invitation = makeToken();
      const user = await store.setInvitation(database, id, hashOfToken(invitation));
      if (user === null) throw new KoppelError('USER_UNKNOWN', { id });
      return { user, invitation };
    },
    edit: (edit) => database.tx((tx) => editUser(tx, edit)),
    list: () => store.listUsers(database),
    assignees: () => store.listAssignees(database),
  };
}

async function editUser(tx: Tx, edit: UserEdit): Promise<StoredUser> {
  // Administrators first and in one order, so that two edits never wait for each other.
  const administrators = await store.lockAdministrators(tx);
  const before = await store.lockUser(tx, edit.id);
  if (before === null) throw new KoppelError('USER_UNKNOWN', { id: edit.id });
  if (before.version !== edit.expectedVersion) {
    const { id, expectedVersion: expected } = edit;
    throw new KoppelError('USER_CHANGED', { id, found: before.version, expected });
  }
  const { name, email, role, language, isActive } = before;
  const after = {
    name: edit.name ?? name,
    email: edit.email ?? email,
    role: edit.role ?? role,
    language: edit.language ?? language,
    isActive: edit.isActive ?? isActive,
  };
  const isLast = administrators.length === 1 && administrators[0] === edit.id;
  if (isLast && (after.role !== 'ADMIN' || !after.isActive)) throw new KoppelError('LAST_ADMINISTRATOR');
  const user = await store.updateUser(tx, edit.id, { ...after, name: requirePerson(after) });
  if (user === 'taken') throw new KoppelError('EMAIL_TAKEN');
  if (!user.isActive) await deleteSessionsOf(tx, user.id);
  return user;
}

/** Throws ACCOUNT_FIELD_INVALID; gives the name without what surrounds it. */
function requirePerson({ name, email, language }: Person): string {
  const refuse = (field: string, what: string): never => {
    throw new KoppelError('ACCOUNT_FIELD_INVALID', { field, what }, { path: field });
  };
  const trimmed = name.trim();
  if (trimmed === '') refuse('name', 'it is empty');
  if (trimmed.length > 100) refuse('name', 'it has more than 100 characters');
  if (email.length > 254) refuse('email', 'it has more than 254 characters');
  if (!/^[^\s@<>"]+@[^\s@<>"]+$/.test(email)) refuse('email', 'it is not the address of one person');
  if (!languages.some((each) => each === language)) refuse('language', 'the hub speaks nl, fr and en');
  return trimmed;
}
