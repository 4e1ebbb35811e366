/** Comparisons of two systems by way of the hub: what agrees, what does not, and putting it right. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Json } from '../base/document.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { Flow } from './flow.js';
import { Job, JobStatus } from './job.js';
import { connectionOf } from './page.js';
import { Payload } from './payloads.js';
import { repeatable } from './repeatable.js';
import { DateTime, JsonValue } from './scalars.js';
import { Node } from './syncable.js';
import { EntityType } from './system.js';

export const ReconciliationState = enumeration(
  'ReconciliationState',
  'How a record of two systems stands that is not simply the same in both.',
  [
    'DIFFERENT',
    'MISSED',
    'MISSING_IN_TARGET',
    'MISSING_IN_SOURCE',
    'ONLY_IN_TARGET',
    'DUPLICATE',
    'KNOWN',
    'IN_FLIGHT',
  ],
  {
    DIFFERENT: 'The target holds something else than the hub would write.',
    MISSED: 'A system says something that the hub has not taken in.',
    MISSING_IN_TARGET: 'The hub knows the record to be in the target, which does not show it any more.',
    MISSING_IN_SOURCE: 'The hub knows the record from the source, which does not show it any more.',
    ONLY_IN_TARGET: 'The target has it; the hub knows nothing of it.',
    DUPLICATE: 'The system has a second record for the same one.',
    KNOWN: 'It is not the same, and the hub says why: a problem, a wait, a pause.',
    IN_FLIGHT: 'It is on its way now.',
  },
);

/** Whose words its fields are in. */
export interface RecordOfSystem {
  readonly entity: string;
  /** Key of the system. */
  readonly system: string;
}

@ObjectType({ description: 'How many records stand how.', simpleResolvers: true })
export class ReconciliationCounts {
  @Field(() => Int, { description: 'Records that were looked at, those left out on purpose not counted.' })
  compared!: number;

  @Field(() => Int, { description: 'The same in both systems.' })
  equal!: number;

  @Field(() => Int, { description: 'The target holds something else than the hub would write.' })
  different!: number;

  @Field(() => Int, { description: 'A system says something that the hub has not taken in.' })
  missed!: number;

  @Field(() => Int, { description: 'The target does not show them any more.' })
  missingInTarget!: number;

  @Field(() => Int, { description: 'The source does not show them any more.' })
  missingInSource!: number;

  @Field(() => Int, { description: 'The target has them; the hub knows nothing of them.' })
  onlyInTarget!: number;

  @Field(() => Int, { description: 'Second records for the same one.' })
  duplicates!: number;

  @Field(() => Int, { description: 'Not the same, and the hub says why.' })
  known!: number;

  @Field(() => Int, { description: 'On their way now.' })
  inFlight!: number;

  @Field(() => Int, { description: 'Records that a rule leaves out on purpose.' })
  leftOut!: number;

  @Field(() => Int, { description: 'Those of which a repair was asked for since.' })
  repaired!: number;
}

@ObjectType({ description: 'A comparison of the two systems of a flow.', implements: Node, simpleResolvers: true })
export class Reconciliation extends Node {
  @Field(() => EntityType, { description: 'Kind of records that the flow is about.' })
  entityType!: string;

  @Field(() => JobStatus)
  status!: string;

  @Field(() => String, { nullable: true, description: 'Why it failed.' })
  error!: string | null;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  startedAt!: Date;

  @Field(() => DateTime, { nullable: true })
  finishedAt!: Date | null;

  @Field(() => ReconciliationCounts, { description: 'All zero until it has ended well.' })
  counts!: ReconciliationCounts;

  jobId!: string;
  flowKey!: string;
  sourceKey!: string;
  targetKey!: string;
  startedById!: string;
}

@ObjectType({ description: 'A field that is not the same.', simpleResolvers: true })
export class ReconciliationChange {
  @Field(() => String, { description: 'Name of the field.' })
  path!: string;

  @Field(() => String, { nullable: true, description: 'Its name for people; null when it has none.' })
  label!: string | null;

  @Field(() => JsonValue, { nullable: true, description: 'What is held now: by the target, or by the hub.' })
  before!: Json;

  @Field(() => JsonValue, { nullable: true, description: 'What the hub would write, or what the system says.' })
  after!: Json;

  about!: RecordOfSystem;
}

@ObjectType({ description: 'A record that is not simply the same.', implements: Node, simpleResolvers: true })
export class ReconciliationItem extends Node {
  @Field(() => ReconciliationState)
  state!: ValueOf<typeof ReconciliationState>;

  @Field(() => EntityType)
  entityType!: string;

  @Field(() => String, { description: 'What people know it by.' })
  label!: string;

  @Field(() => String, { nullable: true, description: 'What the system calls it.' })
  externalId!: string | null;

  @Field(() => [ReconciliationChange], { description: 'None when who asks may not see such values.' })
  changes!: readonly ReconciliationChange[];

  reason!: string | null;

  @Field(() => Boolean, { description: 'Whether the hub can put it right.' })
  isRepairable!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When a repair was asked for.' })
  repairAskedAt!: Date | null;

  systemKey!: string;
  canonicalId!: string | null;
  about!: RecordOfSystem;
}

export const ReconciliationConnection = connectionOf('Reconciliation', () => Reconciliation);
export const ReconciliationItemConnection = connectionOf('ReconciliationItem', () => ReconciliationItem);

@InputType({ description: 'What to compare.' })
export class ReconciliationStartInput {
  @Field(() => ID, { description: 'Id of a flow that is in use.' })
  flowId!: string;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@InputType({ description: 'What to put right.' })
export class ReconciliationRepairInput {
  @Field(() => ID, { description: 'Id of the comparison.' })
  id!: string;

  @Field(() => [ID], { nullable: true, description: 'Which of its items; all that can be put right when left out.' })
  itemIds?: string[] | null;

  @Field(() => [ReconciliationState], { nullable: true, description: 'Only items in these states.' })
  states?: string[] | null;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@InputType({ description: 'How often a flow is compared by itself.' })
export class ReconciliationScheduleInput {
  @Field(() => ID)
  flowId!: string;

  @Field(() => Int, { nullable: true, description: '1 to 720; null: only when somebody asks.' })
  everyHours?: number | null;
}

@ObjectType({ description: 'A comparison that was started.', simpleResolvers: true })
export class ReconciliationStartPayload extends Payload {
  @Field(() => Reconciliation, { nullable: true, description: 'Null when it was refused.' })
  reconciliation!: Reconciliation | null;
}

@ObjectType({ description: 'How often a flow is compared now.', simpleResolvers: true })
export class ReconciliationSchedulePayload extends Payload {
  @Field(() => Flow, { nullable: true })
  flow!: Flow | null;
}

@ObjectType({ description: 'A repair that was started.', simpleResolvers: true })
export class ReconciliationRepairPayload extends Payload {
  @Field(() => Job, { nullable: true })
  job!: Job | null;
}
