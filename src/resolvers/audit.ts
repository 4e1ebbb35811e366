/** The audit over the API, and what the caller may still ask for. */
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { AuditEntry, AuditEntryConnection, AuditFilter, RateLimit } from '../schema/audit.js';
import { RuleChange } from '../schema/mapping.js';
import { PageArgs } from '../schema/page.js';
import { Node, typeOfId } from '../schema/syncable.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';
import { ruleChangesIn } from './noted-rules.js';
import { subjectLabelOf } from './subject-label.js';

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

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What people call that which it was about, also when it is gone; null when it has no name.',
  })
  subjectLabel(@Root() entry: AuditEntry, @Ctx() context: Context) {
    return subjectLabelOf(context, entry);
  }

  @FieldResolver(() => [RuleChange], {
    description: 'Of entries about the rules of a mapping: each rule that was changed, before and after; else empty.',
  })
  ruleChanges(@Root() { detail }: AuditEntry) {
    return ruleChangesIn(detail);
  }

  @FieldResolver(() => Node, { nullable: true, description: 'What it was about, when that is there and may be seen.' })
  subject(@Root() { subjectId }: AuditEntry, @Ctx() { reads, caller }: Context) {
    return accessOfType(caller, typeOfId(subjectId)) ? reads.node(subjectId) : null;
  }
}
