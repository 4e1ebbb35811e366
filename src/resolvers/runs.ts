/** What trying problems again would mean, runs of all flows, and identities of records in all systems. */
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { ExternalReferenceConnection, FlowRunConnection } from '../schema/connections.js';
import { Flow, FlowRun } from '../schema/flow.js';
import { DeadLetterSelection } from '../schema/inputs.js';
import { ExternalReferenceFilter, FlowRunFilter } from '../schema/operation-filters.js';
import { PageArgs } from '../schema/page.js';
import { FlowCount, ReplayPlan } from '../schema/payloads.js';
import type { Context } from './context.js';
import { planReplay } from './problem-commands.js';

@Resolver(() => FlowCount)
export class ReplayPlanResolver {
  @Query(() => ReplayPlan, { description: 'What trying problems again would mean. Nothing is done.' })
  replayPlan(
    @Arg('selection', () => DeadLetterSelection, { description: 'Which problems.' }) selection: DeadLetterSelection,
    @Ctx() context: Context,
  ) {
    return planReplay(context, selection);
  }

  @FieldResolver(() => Flow, { nullable: true })
  flow(@Root() { flowKey }: FlowCount, @Ctx() { reads }: Context) {
    return flowKey === null ? null : reads.flowByKey(flowKey);
  }
}

@Resolver()
export class RunResolver {
  @Query(() => FlowRunConnection, { description: 'Runs of all flows in pages, the latest first.' })
  flowRuns(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => FlowRunFilter, { nullable: true }) filter: FlowRunFilter | null,
    @Ctx() { reads }: Context,
  ) {
    return reads.flowRuns(filter, page);
  }

  @Query(() => FlowRun, { nullable: true, description: 'A run by its id.' })
  flowRun(@Arg('id', () => ID) id: string, @Ctx() { reads }: Context) {
    return reads.load.run.load(id);
  }

  @Query(() => ExternalReferenceConnection, {
    description: 'What systems call the records of the hub, in pages, in the order of systems and their ids.',
  })
  externalReferences(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ExternalReferenceFilter, { nullable: true }) filter: ExternalReferenceFilter | null,
    @Ctx() { reads }: Context,
  ) {
    return reads.externalReferences(filter, page);
  }
}
