/** The audit over the API, who made a key, and what the caller may still ask for. */
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ApiKey } from '../schema/access.js';
import { Actor, AuditEntry, AuditEntryConnection, AuditFilter, RateLimit } from '../schema/audit.js';
import { PageArgs } from '../schema/page.js';
import { Node, typeOfId } from '../schema/syncable.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';
import { shownKey } from './key-commands.js';

/** Whoever has this id; what is no key is a part of the hub. */
async function actorOf({ reads }: Context, id: string) {
  const key = await reads.apiKey(id);
  return key === null ? { name: id } : shownKey(key);
}

@Resolver(() => AuditEntry)
export class AuditResolver {
  @Query(() => AuditEntryConnection, { description: 'Who did what through the API, the newest first.' })
  auditEntries(
    @Arg('filter', () => AuditFilter, { nullable: true }) filter: AuditFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: Context,
  ) {
    return reads.auditEntries(filter, page);
  }

  @Query(() => RateLimit, { description: 'What the caller may still ask for.' })
  rateLimit(@Ctx() { cost, now }: Context): RateLimit {
    const { limit, remaining, requested, restoreRate } = cost;
    const resetsAt = new Date(now().getTime() + ((limit - remaining) / restoreRate) * 1000);
    return { limit, remaining, cost: requested, restoreRate, resetsAt };
  }

  @FieldResolver(() => Actor)
  actor(@Root() entry: AuditEntry, @Ctx() context: Context) {
    return actorOf(context, entry.actorId);
  }

  @FieldResolver(() => Node, { nullable: true, description: 'What it was about, when that is there and may be seen.' })
  subject(@Root() { subjectId }: AuditEntry, @Ctx() { reads, caller }: Context) {
    return accessOfType(caller, typeOfId(subjectId)) ? reads.node(subjectId) : null;
  }
}

@Resolver(() => ApiKey)
export class ApiKeyResolver {
  @FieldResolver(() => Actor, { nullable: true, description: 'Null for the key of the first start.' })
  createdBy(@Root() key: ApiKey, @Ctx() context: Context) {
    return key.createdById === null ? null : actorOf(context, key.createdById);
  }
}
