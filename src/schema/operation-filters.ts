/** Typed filters of flows, events and problems. */
import { Field, ID, InputType } from 'type-graphql';
import { DateTimeFilter, IdFilter, StringFilter } from './filters.js';
import { FlowState, RunStatus, RunTrigger } from './flow.js';
import { JobKind, JobStatus } from './job.js';
import { ReferenceOrigin } from './sync-status.js';
import { DeadLetterStatus, ErrorClassification, SyncAction, SyncOutcome } from './sync-event.js';
import { EntityType } from './system.js';

const optional = { nullable: true } as const;

@InputType({ description: 'Which flows.' })
export class FlowFilter {
  @Field(() => ID, optional)
  systemId?: string | null;

  @Field(() => [EntityType], optional)
  entityType?: string[] | null;

  @Field(() => [FlowState], optional)
  state?: string[] | null;
}

@InputType({ description: 'Which jobs.' })
export class JobFilter {
  @Field(() => [JobKind], optional)
  kind?: string[] | null;

  @Field(() => [JobStatus], optional)
  status?: string[] | null;
}

@InputType({ description: 'Which events of the activity log.' })
export class SyncEventFilter {
  @Field(() => IdFilter, optional)
  flowId?: IdFilter | null;

  @Field(() => ID, optional)
  systemId?: string | null;

  @Field(() => [EntityType], optional)
  entityType?: string[] | null;

  @Field(() => IdFilter, optional)
  entityId?: IdFilter | null;

  @Field(() => StringFilter, optional)
  externalId?: StringFilter | null;

  @Field(() => [SyncAction], optional)
  action?: string[] | null;

  @Field(() => [SyncOutcome], optional)
  outcome?: string[] | null;

  @Field(() => String, optional)
  correlationId?: string | null;

  @Field(() => DateTimeFilter, optional)
  occurredAt?: DateTimeFilter | null;

  @Field(() => Boolean, {
    ...optional,
    description: 'True: only those by which the hub took over a change of a record; false: only the others.',
  })
  isChange?: boolean | null;

  /** Not part of the graph: only this step of journeys. */
  step?: string;
}

@InputType({ description: 'Which problems.' })
export class DeadLetterFilter {
  @Field(() => [DeadLetterStatus], optional)
  status?: string[] | null;

  @Field(() => IdFilter, optional)
  flowId?: IdFilter | null;

  @Field(() => ID, optional)
  systemId?: string | null;

  @Field(() => [EntityType], optional)
  entityType?: string[] | null;

  @Field(() => [ErrorClassification], optional)
  classification?: string[] | null;

  @Field(() => String, optional)
  fingerprint?: string | null;

  @Field(() => ID, { ...optional, description: 'Id of the user who deals with them.' })
  assigneeId?: string | null;

  @Field(() => DateTimeFilter, optional)
  firstFailedAt?: DateTimeFilter | null;
}

@InputType({ description: 'Which runs.' })
export class FlowRunFilter {
  @Field(() => IdFilter, optional)
  flowId?: IdFilter | null;

  @Field(() => [RunStatus], optional)
  status?: string[] | null;

  @Field(() => [RunTrigger], { ...optional, description: 'By what they were started.' })
  trigger?: string[] | null;

  @Field(() => DateTimeFilter, optional)
  startedAt?: DateTimeFilter | null;
}

@InputType({ description: 'Which identities of records in systems.' })
export class ExternalReferenceFilter {
  @Field(() => IdFilter, optional)
  systemId?: IdFilter | null;

  @Field(() => [EntityType], optional)
  entityType?: string[] | null;

  @Field(() => StringFilter, optional)
  externalId?: StringFilter | null;

  @Field(() => [ReferenceOrigin], { ...optional, description: 'How record and identity found each other.' })
  origin?: string[] | null;

  @Field(() => DateTimeFilter, { ...optional, description: 'When the system showed it last.' })
  lastSeenAt?: DateTimeFilter | null;
}
