/** People who sign in, and who is asking. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Scope, UserRole, type RoleName, type ScopeName } from './access.js';
import { Payload } from './payloads.js';
import { DateTime, Locale } from './scalars.js';
import { Node } from './syncable.js';

const optional = { nullable: true } as const;

@ObjectType({ description: 'A person who may sign in.', implements: Node, simpleResolvers: true })
export class User extends Node {
  @Field(() => String, { description: 'By which colleagues know the person.' })
  name!: string;

  @Field(() => UserRole)
  role!: RoleName;

  @Field(() => Locale, { description: 'In which the person wants to read.' })
  language!: string;

  @Field(() => Boolean, { description: 'False: the person cannot sign in any more.' })
  isActive!: boolean;

  @Field(() => Boolean, { description: 'False until an invitation was accepted.' })
  hasPassword!: boolean;

  @Field(() => Int)
  version!: number;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the person used the hub last; null = never.' })
  lastSeenAt!: Date | null;

  /** Shown to administrators and to the person. */
  email!: string;
  createdById!: string | null;
}

@ObjectType({ description: 'Who is asking.', simpleResolvers: true })
export class Viewer {
  @Field(() => UserRole)
  role!: RoleName;

  @Field(() => [Scope])
  scopes!: readonly ScopeName[];

  @Field(() => Locale)
  language!: string;

  actorId!: string;
}

@InputType({ description: 'A person who may sign in, as it is to be. What is left out stays as it is.' })
export class UserSaveInput {
  @Field(() => ID, { nullable: true, description: 'Whom to change; left out, a new user is made and invited.' })
  id?: string | null;

  @Field(() => Int, { nullable: true, description: 'Of the user as it was looked at; needed with an id.' })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'At most 100 characters; needed for a new user.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Needed for a new user; belongs to one user only.' })
  email?: string | null;

  @Field(() => UserRole, { nullable: true, description: 'Needed for a new user.' })
  role?: RoleName | null;

  @Field(() => Locale, optional)
  language?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'False ends all sessions of the user at once.' })
  isActive?: boolean | null;
}

@ObjectType({ description: 'Result of userSave.', simpleResolvers: true })
export class UserSavePayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The user as it is now.' })
  user!: User | null;

  @Field(() => String, {
    nullable: true,
    description: 'For a new user: with this the person sets a password, once and within seven days. Shown only here.',
  })
  invitation!: string | null;
}

@InputType({ description: 'Whom to give a new invitation, for a password that was forgotten or never set.' })
export class UserInviteInput {
  @Field(() => ID)
  id!: string;
}

@ObjectType({ description: 'Result of userInvite.', simpleResolvers: true })
export class UserInvitePayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The user as it is now.' })
  user!: User | null;

  @Field(() => String, {
    nullable: true,
    description: 'With this the person sets a password, once and within seven days. Shown only here.',
  })
  invitation!: string | null;
}

@InputType({ description: 'Another password for the person who asks.' })
export class PasswordChangeInput {
  @Field(() => String, { description: 'The one of now.' })
  currentPassword!: string;

  @Field(() => String, { description: '12 to 256 characters.' })
  newPassword!: string;
}

@ObjectType({ description: 'Result of passwordChange.', simpleResolvers: true })
export class PasswordChangePayload extends Payload {
  @Field(() => Boolean, { description: 'True: all sessions of the person have ended, this one too.' })
  isChanged!: boolean;
}
