/** What flows would do, found out before they are enabled. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { enumeration } from './enumeration.js';
import { PreviewChange } from './mapping-inputs.js';
import { Duration } from './scalars.js';
import { Flow } from './flow.js';
import { repeatable } from './repeatable.js';
import { EntityType, System } from './system.js';
import { ValueMap } from './value-map.js';

export const TrialOperation = enumeration(
  'TrialOperation',
  'What would become of a record.',
  ['CREATE', 'MATCH', 'UPDATE', 'NO_CHANGE', 'EXCLUDE', 'BLOCK', 'FAIL'],
  {
    MATCH: 'The target has one with the same key; it would be linked and compared.',
    BLOCK: 'It would wait for records that were not read or cannot be written.',
    FAIL: 'It would wait for a person.',
  },
);

@ObjectType({ description: 'How much of a system was read.', simpleResolvers: true })
export class TrialRead {
  @Field(() => System, { nullable: true })
  system!: System | null;

  @Field(() => EntityType)
  entityType!: string;

  @Field(() => Int)
  count!: number;

  @Field(() => Boolean, { description: 'False when the system has more than was looked at.' })
  isComplete!: boolean;
}

@ObjectType({ description: 'How many records of a kind would end so.', simpleResolvers: true })
export class TrialOutcome {
  @Field(() => EntityType)
  entityType!: string;

  @Field(() => TrialOperation)
  operation!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: 'Why records would be left out, wait or fail.', simpleResolvers: true })
export class TrialCause {
  @Field(() => String)
  message!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: 'One record as the flow would carry it.', simpleResolvers: true })
export class TrialSample {
  @Field(() => EntityType)
  entityType!: string;

  @Field(() => String, { description: 'What people know it by.' })
  label!: string;

  @Field(() => TrialOperation)
  operation!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why it is left out, waits or fails; null when who asks may not see values of such records.',
  })
  reason!: string | null;

  @Field(() => [PreviewChange], { description: 'What would be written.' })
  changes!: readonly PreviewChange[];
}

@ObjectType({ description: 'What a flow would do.', simpleResolvers: true })
export class TrialFlow {
  @Field(() => Flow, { nullable: true })
  flow!: Flow | null;

  @Field(() => [TrialOutcome], { description: 'What would become of its records.' })
  outcomes!: readonly TrialOutcome[];

  @Field(() => [TrialCause], {
    description: 'The most frequent ones first; none when who asks may not see values of such records.',
  })
  causes!: readonly TrialCause[];

  @Field(() => Int, { description: 'Calls to the target, at most.' })
  calls!: number;

  @Field(() => Duration, {
    nullable: true,
    description: 'How long they would take, by how long calls to the target took; null when it was not called.',
  })
  estimatedDuration!: string | null;

  @Field(() => [TrialSample], { description: 'The first records that it is about.' })
  samples!: readonly TrialSample[];
}

@ObjectType({ description: 'A key of a record, with its name.', simpleResolvers: true })
export class TrialKey {
  @Field(() => String)
  key!: string;

  @Field(() => String)
  label!: string;
}

@ObjectType({ description: 'Keys of one system.', simpleResolvers: true })
export class TrialSide {
  @Field(() => System, { nullable: true })
  system!: System | null;

  @Field(() => Int, { description: 'Different keys.' })
  keys!: number;

  @Field(() => Boolean, { description: 'False when the system has more than was looked at.' })
  isComplete!: boolean;

  @Field(() => Int, { description: 'Keys that the other system does not have, as far as it was read.' })
  onlyHere!: number;

  @Field(() => [TrialKey], { description: 'The first of them.' })
  onlyHereExamples!: readonly TrialKey[];

  @Field(() => Int, { description: 'Keys that the other system cannot hold, because it takes digits only.' })
  notNumeric!: number;

  @Field(() => [TrialKey], { description: 'The first of them.' })
  notNumericExamples!: readonly TrialKey[];
}

@ObjectType({ description: 'How two systems know the same records.', simpleResolvers: true })
export class TrialMatch {
  @Field(() => EntityType, { description: 'Products by SKU, customers by e-mail address.' })
  entityType!: string;

  @Field(() => Int, { description: 'Keys that both systems have.' })
  matched!: number;

  @Field(() => [TrialSide], { description: 'The two systems.' })
  sides!: readonly TrialSide[];
}

@ObjectType({ description: 'A code that occurs and has no entry.', simpleResolvers: true })
export class TrialUnmapped {
  @Field(() => ValueMap, { nullable: true })
  valueMap!: ValueMap | null;

  @Field(() => String)
  value!: string;

  @Field(() => String, { nullable: true, description: 'A second code, such as a country.' })
  secondKey!: string | null;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: 'What flows would do with what their systems have.', simpleResolvers: true })
export class TrialReport {
  @Field(() => [TrialRead], { description: 'How much was looked at.' })
  reads!: readonly TrialRead[];

  @Field(() => [TrialFlow])
  flows!: readonly TrialFlow[];

  @Field(() => [TrialMatch], { description: 'Which records both systems have.' })
  matches!: readonly TrialMatch[];

  @Field(() => [TrialUnmapped], { description: 'The most frequent ones first.' })
  unmapped!: readonly TrialUnmapped[];
}

@InputType({ description: 'Flows to try together.' })
export class FlowsTryInput {
  @Field(() => [ID], { description: 'Ids of the flows, enabled or not.' })
  flowIds!: string[];

  @Field(() => Int, { defaultValue: 1000, description: 'Most records that are read of one kind; 25 to 5,000.' })
  most!: number;

  @Field(() => Int, { defaultValue: 25, description: 'Records of each flow that are shown; 1 to 100.' })
  samples!: number;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}
