/** Tests of mappings: a record, and what should come of it. */
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Json } from '../base/document.js';
import type { ValueOf } from './enumeration.js';
import { FieldRuleInput } from './field-rule.js';
import { SampleInput, WriteOperation } from './mapping-inputs.js';
import { Payload } from './payloads.js';
import { JsonValue } from './scalars.js';

@ObjectType({
  description: 'A saved record that must keep giving the same result; a publication runs them all.',
  simpleResolvers: true,
})
export class MappingTest {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => WriteOperation)
  operation!: string;

  @Field(() => JsonValue, { description: 'The record that the mapping reads.' })
  input!: Json;

  @Field(() => JsonValue, {
    description: 'What it makes of it; `{ "excluded": reason }` or `{ "failed": [problems] }` when it makes nothing.',
  })
  expected!: Json;

  @Field(() => JsonValue, { nullable: true, description: 'What the draft makes of it; null when it cannot be used.' })
  actual!: Json;

  @Field(() => Boolean, { nullable: true, description: 'Whether the draft passes.' })
  isPassed!: boolean | null;
}

@InputType({ description: 'A test; one of the same name is replaced.' })
export class MappingTestSaveInput {
  @Field(() => ID)
  mappingId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => WriteOperation, { defaultValue: 'CREATE' })
  operation!: ValueOf<typeof WriteOperation>;

  @Field(() => SampleInput)
  sample!: SampleInput;

  @Field(() => JsonValue, { nullable: true, description: 'Left out: what the draft makes of it now.' })
  expected?: Json;
}

@InputType({ description: 'A test.' })
export class MappingTestDeleteInput {
  @Field(() => ID)
  id!: string;
}

@ObjectType({ description: 'A test that was saved.', simpleResolvers: true })
export class MappingTestSavePayload extends Payload {
  @Field(() => MappingTest, { nullable: true })
  test!: MappingTest | null;
}

@ObjectType({ description: 'A test that was removed.', simpleResolvers: true })
export class MappingTestDeletePayload extends Payload {
  @Field(() => ID, { nullable: true })
  deletedId!: string | null;
}

@InputType({ description: 'Tests that are to be run.' })
export class MappingTestsRunInput {
  @Field(() => ID)
  mappingId!: string;

  @Field(() => [FieldRuleInput], { nullable: true, description: 'Rules that are not saved; the draft when left out.' })
  rules?: FieldRuleInput[] | null;
}

@ObjectType({ description: 'How rules stand to the saved tests.', simpleResolvers: true })
export class MappingTestsRunPayload extends Payload {
  @Field(() => [MappingTest], { description: 'All saved tests of the mapping.' })
  tests!: readonly MappingTest[];
}
