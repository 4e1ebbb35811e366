/** People who may sign in: who there are, inviting and changing them, and one's own password. */
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Document } from '../base/document.js';
import {
  PasswordChangeInput,
  PasswordChangePayload,
  User,
  UserInviteInput,
  UserInvitePayload,
  UserSaveInput,
  UserSavePayload,
} from '../schema/user.js';
import { changesBetween } from './audit-changes.js';
import type { Context } from './context.js';
import { refusal, userError } from './user-errors.js';

@Resolver(() => User)
export class UsersResolver {
  @Query(() => [User], { description: 'All people who may sign in, and those who may not any more.' })
  users(@Ctx() { people }: Context) {
    return people.list();
  }

  @Query(() => [User], { description: 'People who may deal with problems, by name.' })
  assignees(@Ctx() { people }: Context) {
    return people.assignees();
  }

  @Mutation(() => UserSavePayload, { description: 'Invites somebody, or changes a user.' })
  async userSave(
    @Arg('input', () => UserSaveInput) input: UserSaveInput,
    @Ctx() context: Context,
  ): Promise<UserSavePayload> {
    try {
      return await (input.id == null ? invite(context, input) : edit(context, input.id, input));
    } catch (thrown) {
      return { user: null, invitation: null, userErrors: [refusal(thrown, fieldOf(thrown))] };
    }
  }

  @Mutation(() => UserInvitePayload, {
    description: 'Makes a new invitation in place of the one before. The present password works until it is used.',
  })
  async userInvite(
    @Arg('input', () => UserInviteInput) { id }: UserInviteInput,
    @Ctx() context: Context,
  ): Promise<UserInvitePayload> {
    try {
      const invited = await context.people.inviteAgain(id);
      await context.audit('userInvite', id, { name: invited.user.name });
      return { ...invited, userErrors: [] };
    } catch (thrown) {
      return { user: null, invitation: null, userErrors: [refusal(thrown, ['id'])] };
    }
  }

  @Mutation(() => PasswordChangePayload, {
    description: 'Changes the password of the person who asks and ends all sessions of that person, this one too.',
  })
  async passwordChange(
    @Arg('input', () => PasswordChangeInput) { currentPassword, newPassword }: PasswordChangeInput,
    @Ctx() context: Context,
  ): Promise<PasswordChangePayload> {
    const { caller, people } = context;
    if (caller.session === null) {
      const message = 'A key has no password. Sign in to change yours.';
      return { isChanged: false, userErrors: [userError('NOT_ALLOWED', message, [])] };
    }
    try {
      await context.attempt(caller.actorId, () => people.changePassword(caller.actorId, currentPassword, newPassword));
    } catch (thrown) {
      return { isChanged: false, userErrors: [refusal(thrown, fieldOf(thrown))] };
    }
    await context.audit('passwordChange', caller.actorId, {});
    return { isChanged: true, userErrors: [] };
  }
}

async function invite(context: Context, input: UserSaveInput): Promise<UserSavePayload> {
  const { name, email, role, language, isActive } = input;
  const missing = Object.entries({ name, email, role }).filter(([, value]) => value == null);
  if (name == null || email == null || role == null) {
    const errors = missing.map(([field]) => userError('BLANK', `A new user needs ${field}.`, [field]));
    return { user: null, invitation: null, userErrors: errors };
  }
  const person = { name, email, role, language: language ?? context.language, isActive: isActive ?? true };
  const { user, invitation } = await context.people.invite(person, context.caller.actorId);
  await context.audit('userSave', user.id, { isNew: true, name: user.name, role: user.role });
  return { user, invitation, userErrors: [] };
}

async function edit(context: Context, id: string, input: UserSaveInput): Promise<UserSavePayload> {
  const { expectedVersion, name, email, role, language, isActive } = input;
  if (expectedVersion == null) {
    const message = 'Say from which version the change was made.';
    return { user: null, invitation: null, userErrors: [userError('BLANK', message, ['expectedVersion'])] };
  }
  const before = await context.reads.user(id);
  const user = await context.people.edit({
    ...{ id, expectedVersion },
    name: name ?? undefined,
    email: email ?? undefined,
    role: role ?? undefined,
    language: language ?? undefined,
    isActive: isActive ?? undefined,
  });
  const set = ({ name, email, role, language, isActive }: User): Document => ({
    name,
    email,
    role,
    language,
    isActive,
  });
  await context.audit('userSave', id, { changes: changesBetween(before === null ? {} : set(before), set(user)) });
  return { user, invitation: null, userErrors: [] };
}

const fields: Readonly<Record<string, string>> = {
  EMAIL_TAKEN: 'email',
  USER_UNKNOWN: 'id',
  USER_CHANGED: 'expectedVersion',
  LAST_ADMINISTRATOR: 'role',
  PASSWORD_WRONG: 'currentPassword',
  PASSWORD_TOO_SHORT: 'newPassword',
  PASSWORD_TOO_LONG: 'newPassword',
  PASSWORD_COMMON: 'newPassword',
  PASSWORD_IS_EMAIL: 'newPassword',
};

/** What of the input is meant. */
function fieldOf(thrown: unknown): readonly string[] {
  const { code, path } = thrown as { readonly code?: string; readonly path?: string };
  const field = path ?? fields[code ?? ''];
  return field === undefined ? [] : [field];
}
