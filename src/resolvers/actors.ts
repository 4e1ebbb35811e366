/** Who did something, wherever the graph says so: a person, a program with its key, or a part of the hub. */
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ApiKey } from '../schema/access.js';
import { Actor, AuditEntry } from '../schema/audit.js';
import { FieldConflict } from '../schema/field-owner.js';
import { Job } from '../schema/job.js';
import { MappingVersion } from '../schema/mapping.js';
import { DeadLetter, SyncEvent } from '../schema/sync-event.js';
import { User, Viewer } from '../schema/user.js';
import { ValueMapVersion } from '../schema/value-map.js';
import type { Context } from './context.js';
import { shownKey } from './key-commands.js';

/** Whoever has this id; what is neither a person nor a key is a part of the hub. */
async function actorOf({ reads }: Context, id: string) {
  const user = await reads.user(id);
  if (user !== null) return user;
  const key = await reads.apiKey(id);
  return key === null ? { name: id } : shownKey(key);
}

/** Null stays null. */
export const nobodyOr = (context: Context, id: string | null) => (id === null ? null : actorOf(context, id));

const optional = (description: string) => ({ nullable: true, description });

@Resolver(() => AuditEntry)
class AuditActorResolver {
  @FieldResolver(() => Actor)
  actor(@Root() entry: AuditEntry, @Ctx() context: Context) {
    return actorOf(context, entry.actorId);
  }
}

@Resolver(() => ApiKey)
class ApiKeyActorResolver {
  @FieldResolver(() => Actor, optional('Null for the key of the first start.'))
  createdBy(@Root() key: ApiKey, @Ctx() context: Context) {
    return nobodyOr(context, key.createdById);
  }
}

@Resolver(() => User)
class UserResolver {
  @FieldResolver(() => String, optional('Shown to administrators and to the person; null for others.'))
  email(@Root() user: User, @Ctx() { caller }: Context) {
    return caller.scopes.has('ADMIN') || caller.actorId === user.id ? user.email : null;
  }

  @FieldResolver(() => Actor, optional('Null for the first account.'))
  createdBy(@Root() user: User, @Ctx() context: Context) {
    return nobodyOr(context, user.createdById);
  }
}

@Resolver(() => Viewer)
class ViewerActorResolver {
  @FieldResolver(() => Actor, { description: 'The person, or the key.' })
  actor(@Root() viewer: Viewer, @Ctx() context: Context) {
    return actorOf(context, viewer.actorId);
  }
}

@Resolver(() => MappingVersion)
class MappingVersionActorResolver {
  @FieldResolver(() => Actor, optional('Who published it; null: shipped with the product.'))
  publishedBy(@Root() version: MappingVersion, @Ctx() context: Context) {
    return nobodyOr(context, version.publishedById);
  }
}

@Resolver(() => ValueMapVersion)
class ValueMapVersionActorResolver {
  @FieldResolver(() => Actor, optional('Who published it; null: shipped with the product.'))
  publishedBy(@Root() version: ValueMapVersion, @Ctx() context: Context) {
    return nobodyOr(context, version.publishedById);
  }
}

@Resolver(() => Job)
class JobActorResolver {
  @FieldResolver(() => Actor, { description: 'Who started it.' })
  createdBy(@Root() job: Job, @Ctx() context: Context) {
    return actorOf(context, job.createdById);
  }
}

@Resolver(() => FieldConflict)
class FieldConflictActorResolver {
  @FieldResolver(() => Actor, optional('Who ended it; null while it is open, or when the hub did.'))
  resolvedBy(@Root() conflict: FieldConflict, @Ctx() context: Context) {
    return nobodyOr(context, conflict.resolvedById);
  }
}

@Resolver(() => SyncEvent)
class SyncEventActorResolver {
  @FieldResolver(() => Actor, optional('Who did it by hand; null for what the hub did by itself.'))
  actor(@Root() event: SyncEvent, @Ctx() context: Context) {
    return nobodyOr(context, event.actorId);
  }
}

@Resolver(() => DeadLetter)
class DeadLetterActorResolver {
  @FieldResolver(() => User, optional('Who deals with it.'))
  assignee(@Root() problem: DeadLetter, @Ctx() { reads }: Context) {
    return problem.assigneeId === null ? null : reads.user(problem.assigneeId);
  }

  @FieldResolver(() => Actor, optional('Who put it aside; null while it is open, or when it ended by itself.'))
  resolvedBy(@Root() problem: DeadLetter, @Ctx() context: Context) {
    return nobodyOr(context, problem.resolvedById);
  }
}

export const actorResolvers = [
  AuditActorResolver,
  ApiKeyActorResolver,
  UserResolver,
  ViewerActorResolver,
  MappingVersionActorResolver,
  ValueMapVersionActorResolver,
  JobActorResolver,
  FieldConflictActorResolver,
  SyncEventActorResolver,
  DeadLetterActorResolver,
];
