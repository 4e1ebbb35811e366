/** Inputs and results of sending records again. */
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Job } from './job.js';
import { MappingPreview } from './mapping-inputs.js';
import { Count } from './page.js';
import { Payload } from './payloads.js';
import { repeatable } from './repeatable.js';
import { DateTime } from './scalars.js';
import { SyncEvent } from './sync-event.js';

@InputType({ description: 'Which records of a flow are sent again. Exactly one.' })
export class BackfillSelection {
  @Field(() => Boolean, { nullable: true, description: 'True: all that the source of the flow knows.' })
  all?: boolean;

  @Field(() => [ID], { nullable: true, description: 'Those with these ids, at most 1,000.' })
  entityIds?: string[];

  @Field(() => [String], { nullable: true, description: 'Those that the source of the flow calls so, at most 1,000.' })
  externalIds?: string[];

  @Field(() => DateTime, { nullable: true, description: 'Those that the hub has changed since.' })
  changedSince?: Date;
}

@InputType({ description: 'Records of a flow that are to be sent again.' })
export class FlowBackfillInput {
  @Field(() => ID)
  id!: string;

  @Field(() => BackfillSelection)
  selection!: BackfillSelection;

  @Field(() => Boolean, { defaultValue: false, description: 'True only gives the plan.' })
  isDryRun!: boolean;

  @Field(() => String, { nullable: true, description: 'What it is for; shown with the job.' })
  name?: string | null;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'What sending records of a flow again would do.', simpleResolvers: true })
export class BackfillPlan {
  @Field(() => Count, { description: 'Records that are meant.' })
  count!: Count;

  @Field(() => Count, {
    description: 'Of them those that the target is known to have: it is asked for each, and what differs is written.',
  })
  known!: Count;

  @Field(() => [String], { description: 'Sentences about what would keep it from helping.' })
  warnings!: readonly string[];
}

@ObjectType({ description: 'Result of flowBackfill.', simpleResolvers: true })
export class FlowBackfillPayload extends Payload {
  @Field(() => Job, { nullable: true, description: 'Null for a dry run, and when it was refused.' })
  job!: Job | null;

  @Field(() => BackfillPlan, { nullable: true })
  plan!: BackfillPlan | null;
}

@InputType({ description: 'Records that are to be looked at again.' })
export class EntityResyncInput {
  @Field(() => [ID], { description: 'At most 1,000.' })
  entityIds!: string[];

  @Field(() => [ID], { nullable: true, description: 'Only these targets, 1 to 100; all when left out.' })
  systemIds?: string[] | null;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'Result of entityResync.', simpleResolvers: true })
export class EntityResyncPayload extends Payload {
  @Field(() => Job, { nullable: true })
  job!: Job | null;
}

@InputType({ description: 'An event whose record is to go its way again.' })
export class SyncEventReplayInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'True only gives the preview.' })
  isDryRun!: boolean;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'Result of syncEventReplay.', simpleResolvers: true })
export class SyncEventReplayPayload extends Payload {
  @Field(() => SyncEvent, { nullable: true, description: 'The event that was meant; what follows are new ones.' })
  event!: SyncEvent | null;

  @Field(() => Job, { nullable: true, description: 'Null for a dry run, and when it was refused.' })
  job!: Job | null;

  @Field(() => MappingPreview, {
    nullable: true,
    description: 'For a dry run: what the target of the event would be sent; null when it has none.',
  })
  preview!: MappingPreview | null;
}
