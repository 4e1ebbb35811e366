/** What happened to records on their way: lines of the activity log, their journeys, and problems that wait for a person. */
import { Field, Int, ObjectType } from 'type-graphql';
import type { Json } from '../base/document.js';
import type { Happened } from '../base/sentences/event-sentence.js';
import { enumeration } from './enumeration.js';
import { DateTime, JsonValue } from './scalars.js';
import { Node } from './syncable.js';
import { EntityType } from './system.js';

export const SyncAction = enumeration('SyncAction', 'What was done.', ['CREATE', 'UPDATE', 'DELETE', 'LINK', 'NONE']);
export const SyncOutcome = enumeration('SyncOutcome', 'How it ended.', [
  'SUCCEEDED',
  'UNCHANGED',
  'EXCLUDED',
  'RETRYING',
  'BLOCKED',
  'FAILED',
  'DISCARDED',
]);
export const JourneyStage = enumeration('JourneyStage', 'The fixed stages of a journey.', [
  'RECEIVED',
  'MAPPED_TO_HUB',
  'VALIDATED',
  'MATCHED',
  'MERGED',
  'MAPPED_TO_TARGET',
  'SENT',
  'CONFIRMED',
]);
export const StepStatus = enumeration('StepStatus', 'How a step stands.', [
  'WAITING',
  'RUNNING',
  'SUCCEEDED',
  'SKIPPED',
  'FAILED',
]);
export const ErrorClassification = enumeration('ErrorClassification', 'What kind of trouble it is.', [
  'VALUE',
  'MISSING',
  'REFERENCE',
  'UNMAPPED',
  'DUPLICATE',
  'CONFLICT',
  'PARSE',
  'TOO_LARGE',
  'CREDENTIALS',
  'PERMISSION',
  'RATE_LIMIT',
  'TIMEOUT',
  'UNREACHABLE',
  'INTERNAL',
]);

/** Kind of record, as mappings and the database call it, and key of the system. */
export interface SpokenAbout {
  readonly entity: string | null;
  readonly system: string | null;
  /** Any system of this kind, where no single one is meant. */
  readonly connector?: string;
  /** It is said in the words of the hub. */
  readonly isOurs?: boolean;
}

@ObjectType({ description: 'What went wrong with a record.', simpleResolvers: true })
export class SyncError {
  @Field(() => ErrorClassification)
  classification!: string;

  @Field(() => String)
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => JsonValue, {
    description:
      'The values in the message, by their names; the same in every language. Empty when they are not known.',
  })
  params?: Json;

  @Field(() => String, { nullable: true, description: "The system's own words." })
  originalMessage!: string | null;

  @Field(() => String, { nullable: true })
  path!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The field at the path, in words; null when none is named or it has no name.',
  })
  field?: string | null;

  @Field(() => Boolean)
  isRetryable!: boolean;

  /** Which kind of record of which system it is about; absent when it is about none. */
  about?: SpokenAbout | null;
}

@ObjectType({ description: 'One stage of the way of a change.', simpleResolvers: true })
export class JourneyStep {
  @Field(() => JourneyStage)
  stage!: string;

  @Field(() => StepStatus)
  status!: string;

  @Field(() => DateTime, { nullable: true })
  startedAt!: Date | null;

  @Field(() => Int, { nullable: true })
  durationMs!: number | null;

  @Field(() => String, { nullable: true })
  message?: string | null;

  @Field(() => SyncError, { nullable: true })
  error!: SyncError | null;

  systemKey!: string | null;
  /** What the message is made of when it is asked for; null when there is none. */
  happened!: Happened | null;
}

@ObjectType({
  description: 'One thing that happened to one record on its way: a line of the activity log.',
  implements: Node,
  simpleResolvers: true,
})
export class SyncEvent extends Node {
  @Field(() => DateTime)
  occurredAt!: Date;

  @Field(() => EntityType, { nullable: true })
  entityType!: string | null;

  @Field(() => String, { nullable: true })
  externalId!: string | null;

  @Field(() => SyncAction)
  action!: string;

  @Field(() => SyncOutcome)
  outcome!: string;

  @Field(() => String, { description: 'One sentence for people.' })
  summary?: string;

  @Field(() => Int, { nullable: true })
  durationMs!: number | null;

  @Field(() => SyncError, { nullable: true })
  error!: SyncError | null;

  @Field(() => String, { description: 'Shared by everything that came from the same original change.' })
  correlationId!: string;

  @Field(() => String)
  traceId!: string;

  @Field(() => [String], {
    description: 'Fields of the record that a change was taken over of; empty for all other events.',
  })
  changedFields!: readonly string[];

  /** Who did it by hand; null for what the hub did, and where it may not be seen. */
  actorId!: string | null;
  /** What the journal notes beside; null where it may not be seen. */
  detail!: Readonly<Record<string, unknown>> | null;
  position!: string;
  /** What the summary is made of when it is asked for. */
  happened!: Happened;
  step!: string;
  flowKey!: string | null;
  systemKey!: string | null;
  entity!: string | null;
  canonicalId!: string | null;
}

export const DeadLetterStatus = enumeration('DeadLetterStatus', 'How a problem stands.', [
  'OPEN',
  'REPLAYING',
  'RESOLVED',
  'DISCARDED',
]);
export const DeadLetterResolution = enumeration('DeadLetterResolution', 'How a problem ended.', [
  'REPLAYED',
  'SUPERSEDED',
  'FIXED_IN_TARGET',
  'NOT_NEEDED',
]);

@ObjectType({
  description: 'A record that waits for a person, with the reason.',
  implements: Node,
  simpleResolvers: true,
})
export class DeadLetter extends Node {
  @Field(() => DeadLetterStatus)
  status!: string;

  @Field(() => EntityType, { nullable: true })
  entityType!: string | null;

  @Field(() => String, { nullable: true })
  externalId!: string | null;

  @Field(() => SyncError)
  error!: SyncError;

  @Field(() => String, { description: 'What to do about it.' })
  hint!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Where the value stands in the record that was read, which is the one of the hub when it was to be written; the path of the error is that of the record that was to be made. Null when no single field is meant.',
  })
  sourcePath!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The field at the source path, in words; null when none is named or it has no name.',
  })
  sourceField?: string | null;

  @Field(() => JsonValue, {
    nullable: true,
    description: 'The value that the problem is about; null when it is empty, not known, or no field is named.',
  })
  value!: Json | null;

  @Field(() => String, { description: 'Same text for failures with the same cause.' })
  fingerprint!: string;

  @Field(() => JsonValue, { description: 'What was to be taken over or written, and what is known beside it.' })
  payload!: Json;

  @Field(() => DateTime)
  firstFailedAt!: Date;

  @Field(() => DateTime)
  lastFailedAt!: Date;

  @Field(() => Int)
  attemptCount!: number;

  @Field(() => String, { nullable: true })
  note!: string | null;

  @Field(() => DeadLetterResolution, { nullable: true })
  resolution!: string | null;

  @Field(() => DateTime, { nullable: true })
  resolvedAt!: Date | null;

  @Field(() => [String], { description: 'Words under which people file it.' })
  tags!: readonly string[];

  traceId!: string;
  flowKey!: string | null;
  systemKey!: string;
  canonicalId!: string | null;
  assigneeId!: string | null;
  resolvedById!: string | null;
  stage!: 'capture' | 'ingest' | 'project';
  /** As mappings and the database call it. */
  entityName!: string;
  recordKey!: string;
}

@ObjectType({ description: 'Problems with the same cause.', simpleResolvers: true })
export class DeadLetterGroup {
  @Field(() => String)
  fingerprint!: string;

  @Field(() => String)
  title!: string;

  @Field(() => ErrorClassification)
  classification!: string;

  @Field(() => Int)
  count!: number;

  @Field(() => DateTime)
  firstSeenAt!: Date;

  @Field(() => DateTime)
  lastSeenAt!: Date;

  exampleId!: string;
  flowKey!: string | null;
  entityType!: string | null;
  about!: SpokenAbout;
}
