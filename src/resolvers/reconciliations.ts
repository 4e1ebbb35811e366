/** Comparisons over the API: starting them, what they have found, and putting it right. */
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { kindWord } from '../base/sentences/event-sentence.js';
import { Actor } from '../schema/audit.js';
import { Flow } from '../schema/flow.js';
import { Job } from '../schema/job.js';
import { PageArgs } from '../schema/page.js';
import {
  Reconciliation,
  ReconciliationChange,
  ReconciliationConnection,
  ReconciliationItem,
  ReconciliationItemConnection,
  ReconciliationRepairInput,
  ReconciliationRepairPayload,
  ReconciliationScheduleInput,
  ReconciliationSchedulePayload,
  ReconciliationStartInput,
  ReconciliationStartPayload,
  ReconciliationState,
} from '../schema/reconciliation.js';
import { Syncable, typeOfId } from '../schema/syncable.js';
import { System } from '../schema/system.js';
import { accessOfType } from './access.js';
import { nobodyOr } from './actors.js';
import type { Context } from './context.js';
import { shownJob } from './jobs.js';
import { isHidden } from './personal-mappings.js';
import { refusal, userError } from './user-errors.js';

@Resolver(() => Reconciliation)
export class ReconciliationResolver {
  @Query(() => ReconciliationConnection, { description: 'Comparisons in pages, the newest first.' })
  reconciliations(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('flowId', () => ID, { nullable: true, description: 'Only those of one flow.' }) flowId: string | null,
    @Ctx() { reads }: Context,
  ) {
    return reads.reconciliations(flowId ?? null, page);
  }

  @Query(() => Reconciliation, { nullable: true, description: 'A comparison by its id.' })
  reconciliation(@Arg('id', () => ID) id: string, @Ctx() { reads }: Context) {
    return reads.reconciliation(id);
  }

  @FieldResolver(() => Flow, { nullable: true, description: 'Null when it was deleted since.' })
  flow(@Root() { flowKey }: Reconciliation, @Ctx() { reads }: Context) {
    return reads.flowByKey(flowKey);
  }

  @FieldResolver(() => System, { nullable: true, description: 'From which the flow reads.' })
  source(@Root() { sourceKey }: Reconciliation, @Ctx() { reads }: Context) {
    return reads.systemByKey(sourceKey);
  }

  @FieldResolver(() => System, { nullable: true, description: 'To which it writes.' })
  target(@Root() { targetKey }: Reconciliation, @Ctx() { reads }: Context) {
    return reads.systemByKey(targetKey);
  }

  @FieldResolver(() => Job, { nullable: true, description: 'How far it is, and by which it is cancelled.' })
  async job(@Root() { jobId }: Reconciliation, @Ctx() context: Context) {
    const found = await context.reads.job(jobId);
    return found && shownJob(context, found);
  }

  @FieldResolver(() => Actor, {
    nullable: true,
    description: 'Who asked for it: a person, a program, or the schedule.',
  })
  startedBy(@Root() { startedById }: Reconciliation, @Ctx() context: Context) {
    return nobodyOr(context, startedById);
  }

  @FieldResolver(() => ReconciliationItemConnection, {
    description: 'Records that are not simply the same, in the order in which they were found.',
  })
  items(
    @Root() { id }: Reconciliation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('states', () => [ReconciliationState], { nullable: true }) states: string[] | null,
    @Ctx() { reads }: Context,
  ) {
    return reads.reconciliationItems(id, states ?? null, page);
  }

  @Mutation(() => ReconciliationStartPayload, {
    description:
      'Reads both systems of a flow again, as a whole, and tells what is not the same. Writes nothing. One that is running already is given back.',
  })
  async reconciliationStart(
    @Arg('input', () => ReconciliationStartInput) { flowId }: ReconciliationStartInput,
    @Ctx() context: Context,
  ): Promise<ReconciliationStartPayload> {
    const flow = await context.reads.flow(flowId);
    if (flow === null) return { reconciliation: null, userErrors: [noFlow(flowId)] };
    try {
      const id = await context.commands.comparisons.start(flow.key, context.caller.actorId);
      await context.audit('reconciliationStart', id, { flow: flow.key });
      return { reconciliation: await context.fresh().reconciliation(id), userErrors: [] };
    } catch (thrown) {
      return { reconciliation: null, userErrors: [refusal(thrown, ['flowId'])] };
    }
  }

  @Mutation(() => ReconciliationRepairPayload, {
    description:
      'Puts right what a comparison has found: by the ordinary way of the flow, which looks at each record again.',
  })
  async reconciliationRepair(
    @Arg('input', () => ReconciliationRepairInput) { id, itemIds, states }: ReconciliationRepairInput,
    @Ctx() context: Context,
  ): Promise<ReconciliationRepairPayload> {
    try {
      const wanted = { items: itemIds ?? null, states: states ?? null };
      const { job, count } = await context.commands.comparisons.repair(id, wanted, context.caller.actorId);
      await context.audit('reconciliationRepair', id, { job, records: count });
      const found = await context.fresh().job(job);
      return { job: found && shownJob(context, found), userErrors: [] };
    } catch (thrown) {
      return { job: null, userErrors: [refusal(thrown, ['id'])] };
    }
  }

  @Mutation(() => ReconciliationSchedulePayload, { description: 'Says how often a flow is compared by itself.' })
  async reconciliationSchedule(
    @Arg('input', () => ReconciliationScheduleInput) { flowId, everyHours }: ReconciliationScheduleInput,
    @Ctx() context: Context,
  ): Promise<ReconciliationSchedulePayload> {
    const flow = await context.reads.flow(flowId);
    if (flow === null) return { flow: null, userErrors: [noFlow(flowId)] };
    const hours = everyHours ?? null;
    if (hours !== null && (hours < 1 || hours > 720)) {
      const message = 'A flow is compared every 1 to 720 hours, or only when somebody asks.';
      return { flow: null, userErrors: [userError('INVALID', message, ['everyHours'])] };
    }
    await context.commands.comparisons.schedule(flow.key, hours);
    await context.audit('reconciliationSchedule', flow.id, { flow: flow.key, everyHours: hours });
    return { flow: await context.fresh().flow(flowId), userErrors: [] };
  }
}

const noFlow = (id: string) => userError('NOT_FOUND', `There is no flow ${id}.`, ['flowId']);

@Resolver(() => ReconciliationItem)
export class ReconciliationItemResolver {
  @FieldResolver(() => String)
  async label(@Root() item: ReconciliationItem, @Ctx() { reads, language }: Context) {
    return (await reads.labelOfItem(item)) ?? kindWord(language, item.about.entity!);
  }

  @FieldResolver(() => System, { nullable: true, description: 'Whose record it is that differs or lacks.' })
  system(@Root() { systemKey }: ReconciliationItem, @Ctx() { reads }: Context) {
    return reads.systemByKey(systemKey);
  }

  @FieldResolver(() => Syncable, {
    nullable: true,
    description: 'The record of the hub; null when it has none, and when who asks may not see it.',
  })
  entity(@Root() { canonicalId }: ReconciliationItem, @Ctx() { reads, caller }: Context) {
    return canonicalId === null || !accessOfType(caller, typeOfId(canonicalId)) ? null : reads.node(canonicalId);
  }

  @FieldResolver(() => [ReconciliationChange])
  changes(@Root() { about, changes }: ReconciliationItem, @Ctx() context: Context) {
    return isHidden(context, about.entity!) ? [] : changes;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why it is not the same, when the hub knows; null when who asks may not see such values.',
  })
  reason(@Root() { about, reason }: ReconciliationItem, @Ctx() context: Context) {
    return isHidden(context, about.entity!) ? null : reason;
  }
}

/** What a job says of the comparison that it makes. */
@Resolver(() => Job)
export class JobReconciliationResolver {
  @FieldResolver(() => Reconciliation, {
    nullable: true,
    description: 'Of RECONCILIATION: the comparison; null when it is kept no more.',
  })
  reconciliation(@Root() { comparisonId }: Job, @Ctx() { reads }: Context) {
    return comparisonId === null ? null : reads.reconciliation(comparisonId);
  }
}

/** What a flow says of its comparisons. */
@Resolver(() => Flow)
export class FlowReconciliationResolver {
  @FieldResolver(() => Reconciliation, { nullable: true, description: 'The last comparison that ended well.' })
  lastReconciliation(@Root() { key }: Flow, @Ctx() { reads }: Context) {
    return reads.lastReconciliation(key);
  }

  @FieldResolver(() => Reconciliation, { nullable: true, description: 'One that waits or runs now.' })
  runningReconciliation(@Root() { key }: Flow, @Ctx() { reads }: Context) {
    return reads.runningReconciliation(key);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'After how many hours it is compared by itself; null: only when somebody asks.',
  })
  compareEveryHours(@Root() { key }: Flow, @Ctx() { reads }: Context) {
    return reads.compareEveryHours(key);
  }
}
