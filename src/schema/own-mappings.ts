/** Making, copying, choosing and deleting mappings that people make beside the shipped ones. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { type ValueOf } from './enumeration.js';
import { Mapping, MappingDirection } from './mapping.js';
import { MappingPublishPayload } from './mapping-inputs.js';
import { Payload } from './payloads.js';
import { repeatable } from './repeatable.js';
import { AfterPublish } from './versions.js';

const newKey = 'Small letters, digits and dashes, 1 to 63; never changes, and is not given again.';
const newName = 'What people call it.';

@InputType({ description: 'A new mapping; no system uses it until it is chosen for one.' })
export class MappingCreateInput {
  @Field(() => String, { description: newKey })
  key!: string;

  @Field(() => String, { description: newName })
  name!: string;

  @Field(() => ID, { description: 'A system of the kind that it is for.' })
  systemId!: string;

  @Field(() => MappingDirection)
  direction!: ValueOf<typeof MappingDirection>;

  @Field(() => String, { description: 'Kind of record of the hub, as `Mapping.entity` says it.' })
  entity!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Kind of record of the system, as `Mapping.record` says it; needed where there are several.',
  })
  record?: string | null;

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'With the rules that the connector proposes; false begins without rules.',
  })
  fromTemplate!: boolean;
}

@InputType({ description: 'A copy of a mapping, as it is in use.' })
export class MappingDuplicateInput {
  @Field(() => ID, { description: 'Id or key of the mapping that is copied.' })
  id!: string;

  @Field(() => String, { description: newKey })
  key!: string;

  @Field(() => String, { description: newName })
  name!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Its saved tests come along.' })
  withTests!: boolean;
}

@InputType({ description: 'A mapping that people made and that no system uses any more.' })
export class MappingDeleteInput {
  @Field(() => ID, { description: 'Id or key of the mapping.' })
  id!: string;

  @Field(() => String, { description: 'The key of the mapping, typed once more.' })
  confirmation!: string;
}

@InputType({ description: 'Which mapping a system is to use from now on.' })
export class MappingChooseInput {
  @Field(() => ID, { description: 'Id or key of the mapping; that of the shipped one goes back to it.' })
  id!: string;

  @Field(() => ID, { description: 'The system that is to use it. Others of its kind stay with theirs.' })
  systemId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Of an analysis with the same `systemId`; refused with VERSION_CONFLICT when rules or records have changed since.',
  })
  planHash?: string | null;

  @Field(() => AfterPublish, { defaultValue: 'APPLY_TO_NEW' })
  then!: ValueOf<typeof AfterPublish>;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'Result of mappingDuplicate.', simpleResolvers: true })
export class MappingDuplicatePayload extends Payload {
  @Field(() => Mapping, { nullable: true })
  mapping!: Mapping | null;

  @Field(() => Int, { description: 'Saved tests that came along.' })
  testCount!: number;
}

@ObjectType({ description: 'Result of mappingDelete.', simpleResolvers: true })
export class MappingDeletePayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the mapping that is gone; null when it was refused.' })
  deletedId!: string | null;
}

@ObjectType({ description: 'Result of mappingChoose.', simpleResolvers: true })
export class MappingChoosePayload extends MappingPublishPayload {}
