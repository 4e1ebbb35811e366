/** Results of mutations and subscriptions: the changed object, or why a person has to change what was asked. */
import { Field, Int, ObjectType } from 'type-graphql';
import type { Json } from '../base/document.js';
import { ApiKey } from './access.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { Flow, FlowRun } from './flow.js';
import { DateTime, JsonValue } from './scalars.js';
import { Count } from './page.js';
import { DeadLetter, SyncEvent } from './sync-event.js';
import { SystemTestResult } from './system.js';

export const UserErrorCode = enumeration('UserErrorCode', 'Why a mutation did not do what was asked.', [
  'BLANK',
  'INVALID',
  'NOT_FOUND',
  'TOO_LONG',
  'TOO_MANY',
  'OUT_OF_RANGE',
  'INVALID_STATE',
  'VERSION_CONFLICT',
  'IDEMPOTENCY_KEY_REUSED',
  'MAPPING_TEST_FAILED',
  'NOT_ALLOWED',
  'SYSTEM_UNREACHABLE',
  'TAKEN',
  'IN_USE',
  'CONFIRMATION_REQUIRED',
]);

@ObjectType({ description: 'What a person can correct.', simpleResolvers: true })
export class UserError {
  @Field(() => UserErrorCode)
  code!: ValueOf<typeof UserErrorCode>;

  @Field(() => String)
  message!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The code of `docs/errors.md` that says more exactly what is wrong; null when there is none.',
  })
  reason!: string | null;

  @Field(() => JsonValue, {
    description: 'The values in the message, by their names; the same in every language.',
  })
  params!: Json;

  @Field(() => [String], { nullable: true, description: "Path into the mutation's arguments." })
  field!: readonly string[] | null;
}

@ObjectType({ description: 'What every result of a mutation carries.' })
export abstract class Payload {
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@ObjectType({ description: 'Result of flowPause.', simpleResolvers: true })
export class FlowPausePayload extends Payload {
  @Field(() => Flow, { nullable: true })
  flow!: Flow | null;
}

@ObjectType({ description: 'Result of flowResume.', simpleResolvers: true })
export class FlowResumePayload extends Payload {
  @Field(() => Flow, { nullable: true })
  flow!: Flow | null;
}

@ObjectType({ description: 'Result of flowRun.', simpleResolvers: true })
export class FlowRunPayload extends Payload {
  @Field(() => FlowRun, { nullable: true, description: 'Null until the flow has taken the request up.' })
  run!: FlowRun | null;
}

@ObjectType({ description: 'How many of the problems are of one flow.' })
export class FlowCount {
  @Field(() => Int, { description: 'How many.' })
  count!: number;

  flowKey!: string | null;
}

@ObjectType({ description: 'What trying problems again would mean.', simpleResolvers: true })
export class ReplayPlan {
  @Field(() => Count, { description: 'How many problems are meant.' })
  count!: Count;

  @Field(() => [FlowCount], { description: 'The same by flow, the most first.' })
  byFlow!: readonly FlowCount[];

  @Field(() => DateTime, { nullable: true, description: 'When the first of them failed first.' })
  oldest!: Date | null;

  @Field(() => Int, { description: 'Records that have reached their target since; trying them again changes nothing.' })
  alreadyDelivered!: number;

  @Field(() => [String], { description: 'Sentences about what would keep it from helping.' })
  warnings!: readonly string[];
}

@ObjectType({ description: 'Result of deadLettersReplay.', simpleResolvers: true })
export class DeadLettersReplayPayload extends Payload {
  @Field(() => ReplayPlan, { nullable: true })
  plan!: ReplayPlan | null;

  @Field(() => Int, { description: 'Problems that are being tried again.' })
  replayedCount!: number;
}

@ObjectType({ description: 'Result of deadLettersDiscard.', simpleResolvers: true })
export class DeadLettersDiscardPayload extends Payload {
  @Field(() => Int)
  discardedCount!: number;
}

@ObjectType({ description: 'Result of systemTest.', simpleResolvers: true })
export class SystemTestPayload extends Payload {
  @Field(() => SystemTestResult, { nullable: true })
  result!: SystemTestResult | null;
}

@ObjectType({ description: 'Result of systemFieldsDiscover.', simpleResolvers: true })
export class SystemFieldsDiscoverPayload extends Payload {
  @Field(() => Boolean, { description: 'Whether it has other fields than before.' })
  isChanged!: boolean;
}

@ObjectType({ description: 'Result of apiKeyCreate.', simpleResolvers: true })
export class ApiKeyCreatePayload extends Payload {
  @Field(() => ApiKey, { nullable: true })
  apiKey!: ApiKey | null;

  @Field(() => String, { nullable: true, description: 'Shown once; the hub keeps only a hash.' })
  secret!: string | null;
}

@ObjectType({ description: 'Result of apiKeyRevoke.', simpleResolvers: true })
export class ApiKeyRevokePayload extends Payload {
  @Field(() => ApiKey, { nullable: true })
  apiKey!: ApiKey | null;
}

@ObjectType({ description: 'A problem that has arisen, changed or ended.', simpleResolvers: true })
export class DeadLetterChangedPayload {
  @Field(() => DeadLetter, { description: 'The problem as it is now.' })
  deadLetter!: DeadLetter;

  @Field(() => Int, {
    description: 'How many open problems the filter means, whatever it says of the status; 10,000 when there are more.',
  })
  openCount!: number;
}

@ObjectType({ description: 'A record that the hub has taken a change of over.', simpleResolvers: true })
export class EntityChangedPayload {
  @Field(() => SyncEvent, { description: 'The event by which it was recorded.' })
  event!: SyncEvent;

  @Field(() => [String], { description: 'Names of the fields that have changed; of a new record those that it has.' })
  changedFields!: readonly string[];

  @Field(() => String, { description: 'Keep the last one to pass as `since` after a reconnect.' })
  cursor!: string;

  @Field(() => Boolean, { description: 'True while catching up.' })
  isReplayed!: boolean;
}

@ObjectType({ description: 'An event of the activity log as it is recorded.', simpleResolvers: true })
export class SyncEventRecordedPayload {
  @Field(() => SyncEvent)
  event!: SyncEvent;

  @Field(() => String, { description: 'Keep the last one to pass as `since` after a reconnect.' })
  cursor!: string;

  @Field(() => Boolean, { description: 'True while catching up.' })
  isReplayed!: boolean;
}
