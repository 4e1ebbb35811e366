/** The activity log, journeys, problems, and the live feed. */
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root, Subscription } from 'type-graphql';
import { FieldChange } from '../schema/configuration-file.js';
import { DeadLetterConnection, DeadLetterGroupConnection, SyncEventConnection } from '../schema/connections.js';
import type { Customer } from '../schema/customer.js';
import { displayNameOf } from '../schema/customer-shapes.js';
import { Flow } from '../schema/flow.js';
import { DeadLetterFilter, SyncEventFilter } from '../schema/operation-filters.js';
import { PageArgs } from '../schema/page.js';
import { SyncEventRecordedPayload } from '../schema/payloads.js';
import { JsonValue } from '../schema/scalars.js';
import { DeadLetterSort } from '../schema/sorts.js';
import { DeadLetter, DeadLetterGroup, JourneyStep, SyncEvent } from '../schema/sync-event.js';
import { Syncable, typeOfId } from '../schema/syncable.js';
import { System } from '../schema/system.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';

const outbound = new Set(['planned', 'intent', 'written', 'failed', 'in_doubt', 'released', 'drift', 'repaired']);

@Resolver(() => SyncEvent)
export class SyncEventResolver {
  @Query(() => SyncEventConnection, { description: 'The activity log, newest first.' })
  syncEvents(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Arg('filter', () => SyncEventFilter, { nullable: true }) filter: SyncEventFilter | null,
    @Ctx() { reads }: Context,
  ) {
    return reads.syncEvents(search, filter, page);
  }

  @Query(() => SyncEvent, { nullable: true, description: 'One event of the activity log.' })
  syncEvent(@Arg('id', () => ID) id: string, @Ctx() { reads }: Context) {
    return reads.event(id);
  }

  @Subscription(() => SyncEventRecordedPayload, {
    description:
      'The live activity log. With `since`, first replays what was missed after that cursor, then goes on live.',
    subscribe: ({ args, context }) =>
      (context as Context).feed.open(
        context as Context,
        args as { since?: string; filter?: SyncEventFilter; search?: string },
      ),
  })
  syncEventRecorded(
    @Root() recorded: SyncEventRecordedPayload,
    @Arg('filter', () => SyncEventFilter, { nullable: true }) _filter?: SyncEventFilter,
    @Arg('since', () => String, { nullable: true }) _since?: string,
    @Arg('search', () => String, { nullable: true }) _search?: string,
  ): SyncEventRecordedPayload {
    return recorded;
  }

  @FieldResolver(() => Flow, { nullable: true })
  flow(@Root() event: SyncEvent, @Ctx() { reads }: Context) {
    return event.flowKey === null ? null : reads.flowByKey(event.flowKey);
  }

  @FieldResolver(() => System, { nullable: true })
  async source(@Root() event: SyncEvent, @Ctx() { reads }: Context) {
    const flow = event.flowKey === null ? null : await reads.flowByKey(event.flowKey);
    return reads.systemByKey(flow?.sourceKey ?? (outbound.has(event.step) ? '' : (event.systemKey ?? '')));
  }

  @FieldResolver(() => System, { nullable: true })
  async target(@Root() event: SyncEvent, @Ctx() { reads }: Context) {
    const flow = event.flowKey === null ? null : await reads.flowByKey(event.flowKey);
    return reads.systemByKey(flow?.targetKey ?? (outbound.has(event.step) ? (event.systemKey ?? '') : ''));
  }

  @FieldResolver(() => Syncable, { nullable: true })
  entity(@Root() event: SyncEvent, @Ctx() { reads, caller }: Context) {
    const id = event.canonicalId ?? '';
    return accessOfType(caller, typeOfId(id)) && typeOfId(id) !== 'StockLocation' ? reads.node(id) : null;
  }

  @FieldResolver(() => String, { description: 'Readable name of the record.' })
  async entityLabel(@Root() event: SyncEvent, @Ctx() { reads, caller }: Context) {
    const id = event.canonicalId ?? '';
    const record = accessOfType(caller, typeOfId(id)) ? await reads.node(id) : null;
    if (record !== null && typeOfId(id) === 'Customer') return displayNameOf(record as Customer);
    const { sku, name, number } = (record ?? {}) as { sku?: string; name?: string | null; number?: string | null };
    const called = event.detail?.['called'];
    return (
      name ?? sku ?? number ?? (typeof called === 'string' ? called : (event.externalId ?? event.canonicalId ?? ''))
    );
  }

  @FieldResolver(() => [JourneyStep], { description: 'All steps of the change that this event belongs to.' })
  journey(@Root() event: SyncEvent, @Ctx() { reads }: Context) {
    return reads.journeyOf(event.traceId, event.canonicalId);
  }

  @FieldResolver(() => [FieldChange], {
    description:
      'What a change that was taken over or written made different, field by field; empty for other events, and when it may not be seen.',
  })
  async changes(@Root() event: SyncEvent, @Ctx() { reads }: Context): Promise<readonly FieldChange[]> {
    const about = { entity: event.entity, system: event.systemKey, isOurs: event.step === 'applied' };
    return (await reads.changesOf(event)).map((change) => ({ ...change, about }));
  }

  @FieldResolver(() => JsonValue, {
    nullable: true,
    description:
      "The record as its system showed it, in that system's words; null for events about no reading, when it is not kept (as with the log in Kafka), and when it may not be seen.",
  })
  seenRecord(@Root() event: SyncEvent, @Ctx() { reads }: Context) {
    return reads.seenIn(event);
  }

  @FieldResolver(() => DeadLetter, { nullable: true })
  async deadLetter(@Root() event: SyncEvent, @Ctx() { reads }: Context) {
    const problems = await reads.load.problemsOfTrace.load(event.traceId);
    return problems.find((one) => one.canonicalId === event.canonicalId || one.externalId === event.externalId) ?? null;
  }
}

@Resolver(() => JourneyStep)
export class JourneyStepResolver {
  @FieldResolver(() => System, { nullable: true })
  system(@Root() step: JourneyStep, @Ctx() { reads }: Context) {
    return step.systemKey === null ? null : reads.systemByKey(step.systemKey);
  }
}

@Resolver(() => DeadLetter)
export class DeadLetterResolver {
  @Query(() => DeadLetterConnection, { description: 'Problems in pages, the latest failure first.' })
  deadLetters(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Arg('filter', () => DeadLetterFilter, { nullable: true }) filter: DeadLetterFilter | null,
    @Arg('sort', () => DeadLetterSort, { nullable: true }) sort: DeadLetterSort | null,
    @Ctx() { reads }: Context,
  ) {
    return reads.deadLetters({ search, filter, sort }, page);
  }

  @Query(() => DeadLetter, { nullable: true, description: 'A problem by its id.' })
  deadLetter(@Arg('id', () => ID) id: string, @Ctx() { reads }: Context) {
    return reads.load.problem.load(id);
  }

  @Query(() => DeadLetterGroupConnection, { description: 'Problems by their cause, the latest failure first.' })
  deadLetterGroups(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => DeadLetterFilter, { nullable: true }) filter: DeadLetterFilter | null,
    @Ctx() { reads }: Context,
  ) {
    return reads.deadLetterGroups(filter, page);
  }

  @FieldResolver(() => Flow, { nullable: true })
  flow(@Root() problem: DeadLetter, @Ctx() { reads }: Context) {
    return problem.flowKey === null ? null : reads.flowByKey(problem.flowKey);
  }

  @FieldResolver(() => System, { nullable: true })
  system(@Root() problem: DeadLetter, @Ctx() { reads }: Context) {
    return reads.systemByKey(problem.systemKey);
  }

  @FieldResolver(() => Syncable, { nullable: true })
  entity(@Root() problem: DeadLetter, @Ctx() { reads, caller }: Context) {
    const type = typeOfId(problem.canonicalId ?? '');
    return accessOfType(caller, type) && type !== 'StockLocation' ? reads.node(problem.canonicalId!) : null;
  }

  @FieldResolver(() => [JourneyStep], { description: 'The way of the change until it failed.' })
  journey(@Root() problem: DeadLetter, @Ctx() { reads }: Context) {
    return reads.journeyOf(problem.traceId, problem.canonicalId);
  }
}

@Resolver(() => DeadLetterGroup)
export class DeadLetterGroupResolver {
  @FieldResolver(() => DeadLetter)
  example(@Root() group: DeadLetterGroup, @Ctx() { reads }: Context) {
    return reads.load.problem.load(group.exampleId);
  }

  @FieldResolver(() => Flow, { nullable: true })
  flow(@Root() group: DeadLetterGroup, @Ctx() { reads }: Context) {
    return group.flowKey === null ? null : reads.flowByKey(group.flowKey);
  }
}
