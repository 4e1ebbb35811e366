/** Long work that was started by a mutation. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Document, Json } from '../base/document.js';
import type { MappingDefinition } from '../mapping/mapping.js';
import { enumeration } from './enumeration.js';
import { FieldRuleInput } from './field-rule.js';
import { Payload } from './payloads.js';
import { repeatable } from './repeatable.js';
import { DateTime, Duration, JsonValue } from './scalars.js';
import type { SpokenAbout } from './sync-event.js';
import { Node } from './syncable.js';

export const JobKind = enumeration(
  'JobKind',
  'What a job does.',
  ['IMPACT_ANALYSIS', 'BACKFILL', 'REPLAY', 'TRIAL', 'RECONCILIATION', 'REPAIR', 'UNDO', 'ERASURE', 'EXPORT'],
  {
    BACKFILL: 'Sends records of a flow again.',
    REPLAY: 'Sends records again, by their ids.',
    TRIAL: 'Finds out what flows would do; writes nothing.',
    RECONCILIATION: 'Finds out whether the systems of a flow agree; writes nothing.',
    REPAIR: 'Puts right what a comparison has found.',
    UNDO: 'Takes changes back.',
    ERASURE: 'Removes what the hub holds of a customer.',
    EXPORT: 'Writes what a list shows into a file.',
  },
);
export const JobStatus = enumeration('JobStatus', 'How a job stands.', [
  'QUEUED',
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLING',
  'CANCELLED',
]);
export const ImpactOutcome = enumeration(
  'ImpactOutcome',
  'What would become of a record.',
  ['WRITE', 'FAIL', 'EXCLUDE'],
  { WRITE: 'It would be written.', FAIL: 'It would wait for a person.', EXCLUDE: 'It would be left out.' },
);

@ObjectType({ description: 'A value that would become another one.', simpleResolvers: true })
export class ValueShift {
  @Field(() => String)
  before!: string;

  @Field(() => String)
  after!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: 'What would change in one field.', simpleResolvers: true })
export class FieldImpact {
  @Field(() => String)
  field!: string;

  @Field(() => String, { nullable: true, description: 'What people call it; null when nobody has said.' })
  label?: string | null;

  @Field(() => Int)
  changed!: number;

  @Field(() => Int)
  failing!: number;

  @Field(() => [ValueShift], { description: 'The most frequent ones.' })
  shifts!: readonly ValueShift[];

  about!: SpokenAbout;
}

@ObjectType({ description: 'One record that would come out differently.', simpleResolvers: true })
export class ImpactSample {
  @Field(() => ID, { description: 'The record of the hub.' })
  entityId!: string;

  @Field(() => String, { description: 'Key of the system.' })
  systemKey!: string;

  @Field(() => ImpactOutcome)
  outcome!: string;

  @Field(() => JsonValue, {
    description: 'Field → values before and after; the reason when it would fail or be left out.',
  })
  changes!: Json;
}

@ObjectType({ description: 'What a mapping would do to all records.', simpleResolvers: true })
export class ImpactReport {
  @Field(() => String, {
    description: 'Send it with mappingPublish: the publish is refused when rules or records have changed since.',
  })
  planHash!: string;

  @Field(() => Int)
  evaluated!: number;

  @Field(() => Int)
  unchanged!: number;

  @Field(() => Int, { description: 'Records that would be written.' })
  changed!: number;

  @Field(() => Int, { description: 'Calls that this takes.' })
  calls!: number;

  @Field(() => Duration, {
    nullable: true,
    description: 'How long they would take, by what such calls took lately; null when there were none.',
  })
  estimatedDuration!: string | null;

  @Field(() => Int)
  newlyFailing!: number;

  @Field(() => Int)
  newlyPassing!: number;

  @Field(() => Int)
  newlyExcluded!: number;

  @Field(() => Int)
  newlyIncluded!: number;

  @Field(() => Int, { description: 'Under way already.' })
  inFlight!: number;

  @Field(() => Int, { description: 'They wait for other records.' })
  waiting!: number;

  @Field(() => [FieldImpact])
  byField!: readonly FieldImpact[];
}

@ObjectType({ description: 'Long work that was started by a mutation.', implements: Node, simpleResolvers: true })
export class Job extends Node {
  @Field(() => JobKind)
  kind!: string;

  @Field(() => JobStatus)
  status!: string;

  @Field(() => Int)
  done!: number;

  @Field(() => Int, { nullable: true, description: 'Null until it is known.' })
  total!: number | null;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true })
  startedAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  finishedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'What it is for, in the words of who started it.' })
  name!: string | null;

  @Field(() => Int, {
    description:
      'Of BACKFILL and REPLAY: records that are in order now; of UNDO: records that were put back. Known when it has ended.',
  })
  succeeded!: number;

  @Field(() => Int, { description: 'Records that wait for a person; known when it has ended.' })
  failed!: number;

  @Field(() => Int, {
    description:
      'Records that are left out, held back or tried again later; of UNDO: records that were left alone because somebody has changed them since the plan. Known when it has ended.',
  })
  skipped!: number;

  @Field(() => String, { nullable: true, description: 'Why it failed.' })
  error!: string | null;

  @Field(() => ImpactReport, { nullable: true })
  impact!: ImpactReport | null;

  createdById!: string;
  /** What is analysed. */
  definition!: MappingDefinition | null;
  /** What a trial run has found, as it is stored. */
  trialReport!: Document | null;
  /** The comparison that it makes. */
  comparisonId!: string | null;
  /** What an erasure has removed, as it is stored. */
  erasureReport!: Document | null;
  /** What an export was asked for, as it is stored. */
  exportOrder!: Document | null;
  /** Values of its records are kept from who asks. */
  isKept!: boolean;
}

@InputType({ description: 'What to analyse.' })
export class MappingImpactAnalyzeInput {
  @Field(() => ID)
  mappingId!: string;

  @Field(() => [FieldRuleInput], { nullable: true, description: 'Rules that are not saved; the draft when left out.' })
  rules?: FieldRuleInput[] | null;

  @Field(() => JsonValue, { nullable: true })
  includeWhen?: Json;

  @Field(() => ID, {
    nullable: true,
    description:
      'What choosing the mapping for this system would do: of records of this system only, and with the rules that are in use unless others are given.',
  })
  systemId?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'With value lists as they are being edited.' })
  withDraftValueMaps!: boolean;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@InputType({ description: 'A job.' })
export class JobCancelInput {
  @Field(() => ID)
  id!: string;
}

@ObjectType({ description: 'A job that was started or ended.', simpleResolvers: true })
export class JobPayload extends Payload {
  @Field(() => Job, { nullable: true })
  job!: Job | null;
}
