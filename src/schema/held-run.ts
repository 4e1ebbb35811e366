/** What the write guard holds of a run, and how people let it go on or drop it. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Json } from '../base/document.js';
import { enumeration } from './enumeration.js';
import { FlowRun } from './flow.js';
import { Payload } from './payloads.js';
import { DateTime, JsonValue } from './scalars.js';
import { EntityType } from './system.js';

export const HarmKind = enumeration(
  'HarmKind',
  'What a record of the target would lose; one that would lose several is counted by the first of these.',
  ['ENDED', 'ZEROED', 'REPRICED', 'BLANKED', 'RESTORED'],
  {
    ENDED: 'It would be switched off.',
    ZEROED: 'Its stock would go to zero.',
    REPRICED: 'Its price would jump.',
    BLANKED: 'A filled field would be emptied.',
    RESTORED:
      'After a restore: what the target holds would be replaced, or a record made, and nothing explains what is there.',
  },
);
export const HoldEnding = enumeration('HoldEnding', 'How it came that nothing is held any more.', ['RELEASED', 'DROPPED', 'GONE'], {
  RELEASED: 'Somebody let the held writes go on.',
  DROPPED: 'Somebody left the target as it is.',
  GONE: 'The source took the changes back, or a rule was mended.',
}); // prettier-ignore

@ObjectType({ description: 'How many records are held for one reason.', simpleResolvers: true })
export class HeldCount {
  @Field(() => HarmKind)
  kind!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: 'A value that would be lost.', simpleResolvers: true })
export class HeldChange {
  @Field(() => String)
  path!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The field at the path, in words; null when it has no name.',
  })
  field?: string | null;

  @Field(() => String, { nullable: true, description: 'What identifies the item of the list that it is in.' })
  item!: string | null;

  @Field(() => JsonValue, { nullable: true })
  before!: Json;

  @Field(() => JsonValue, { nullable: true })
  after!: Json;

  /** Which kind of record of which system it is about. */
  about!: { readonly entity: string; readonly system: string | null };
}

@ObjectType({ description: 'One record whose write is held.', simpleResolvers: true })
export class HeldSample {
  @Field(() => EntityType)
  entityType!: string;

  @Field(() => ID, { description: 'The record of the hub; of stock, that of its variant.' })
  entityId!: string;

  @Field(() => String, { nullable: true, description: 'What people know it by.' })
  label!: string | null;

  @Field(() => HarmKind)
  kind!: string;

  @Field(() => [HeldChange], { description: 'What the system holds, and what it would be told.' })
  changes!: readonly HeldChange[];
}

@ObjectType({ description: 'What the write guard holds of a run, or held.', simpleResolvers: true })
export class RunHold {
  @Field(() => String, { description: 'Why, with the limits of the flow at that time.' })
  reason!: string;

  @Field(() => DateTime)
  heldAt!: Date;

  @Field(() => Int, { description: 'Records whose writes are held; of a hold that has ended, were held.' })
  affectedCount!: number;

  @Field(() => [HeldCount], { description: 'The same by what they would lose.' })
  affected!: readonly HeldCount[];

  @Field(() => [HeldSample], { description: 'The first ten of them.' })
  samples!: readonly HeldSample[];

  @Field(() => DateTime, { nullable: true, description: 'Null while it holds.' })
  endedAt!: Date | null;

  @Field(() => HoldEnding, { nullable: true })
  ending!: string | null;

  @Field(() => String, { nullable: true, description: 'What whoever ended it wrote.' })
  note!: string | null;
}

@InputType({ description: 'What becomes of the writes that a run holds.' })
export class FlowRunReleaseInput {
  @Field(() => ID)
  runId!: string;

  @Field(() => Boolean, {
    description: 'True sends them. False drops them: the target stays as it is until the records change again.',
  })
  isApproved!: boolean;

  @Field(() => String, { nullable: true, description: 'Why, for the audit and the run.' })
  reason?: string | null;
}

@ObjectType({ description: 'Result of flowRunRelease.', simpleResolvers: true })
export class FlowRunReleasePayload extends Payload {
  @Field(() => FlowRun, { nullable: true })
  run!: FlowRun | null;

  @Field(() => Int, { description: 'Records whose writes were held.' })
  affectedCount!: number;
}
