/** Rules of mappings: how one field of the receiving record gets its value. */
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { Json } from '../base/document.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { JsonValue } from './scalars.js';
import type { SpokenAbout } from './sync-event.js';

export const FieldRuleKind = enumeration('FieldRuleKind', 'Where the value of a rule comes from.', [
  'COPY',
  'CONSTANT',
  'EXPRESSION',
  'VALUE_MAP',
  'CONDITION',
  'LIST',
]);
export const DefaultWhen = enumeration('DefaultWhen', 'When the default of a rule stands in.', [
  'NEVER',
  'EMPTY',
  'FORCED',
]);
export const EmptyPolicy = enumeration(
  'EmptyPolicy',
  'What a rule that yields nothing does.',
  ['OMIT', 'CLEAR', 'FAIL'],
  { OMIT: 'The field is left out, so the target keeps its value.', CLEAR: 'The field is emptied in the target.' },
);
/** Fields of a rule that input and output have in common. */
const notes = {
  conditions: 'Rows tried from top to bottom; the first that holds wins.',
  when: 'A condition as docs/mappings.md shows it: a comparison, `all`, `any`, `not`, or an expression.',
  then: 'A value: `{ "copy": path }`, `{ "constant": value }`, `{ "translate": { source, list } }` or `{ "expression": text }`.',
};

@ObjectType({ description: 'A row of a condition table.', simpleResolvers: true })
export class ConditionRow {
  @Field(() => JsonValue, { description: notes.when })
  when!: Json;

  @Field(() => JsonValue, { description: notes.then })
  then!: Json;
}

@ObjectType({ description: 'How one field of the receiving record gets its value.', simpleResolvers: true })
export class FieldRule {
  @Field(() => String, { description: 'Its place: `rules.3.rules.0`. Problems name rules by it.' })
  at!: string;

  @Field(() => Boolean)
  isEnabled!: boolean;

  @Field(() => String, {
    description: 'Dotted path in the receiving record; in the rules of a list it starts at the item.',
  })
  target!: string;

  @Field(() => FieldRuleKind)
  kind!: string;

  @Field(() => String, { nullable: true, description: 'Path in the record that is read, of COPY, VALUE_MAP and LIST.' })
  source!: string | null;

  @Field(() => String, { nullable: true, description: 'Path of the second key, of VALUE_MAP.' })
  secondKey!: string | null;

  @Field(() => JsonValue, { nullable: true })
  constant!: Json;

  @Field(() => String, { nullable: true })
  expression!: string | null;

  @Field(() => [ConditionRow], { description: notes.conditions })
  conditions!: readonly ConditionRow[];

  @Field(() => JsonValue, { nullable: true, description: 'The value when no row holds.' })
  otherwise!: Json;

  @Field(() => String, { nullable: true, description: 'Key of the value list, of VALUE_MAP.' })
  valueMapKey!: string | null;

  @Field(() => JsonValue, { nullable: true })
  default!: Json;

  @Field(() => DefaultWhen)
  defaultWhen!: string;

  @Field(() => Boolean)
  onCreate!: boolean;

  @Field(() => Boolean)
  onUpdate!: boolean;

  @Field(() => EmptyPolicy)
  whenEmpty!: string;

  @Field(() => String, { nullable: true })
  note!: string | null;

  @Field(() => JsonValue, { nullable: true, description: 'Which items a LIST takes.' })
  includeWhen!: Json;

  @Field(() => [FieldRule], { description: 'Of LIST: how the fields of an item get their values.' })
  rules!: readonly FieldRule[];
}

@ObjectType({ description: 'Characters of a text, from `from` up to and without `to`.', simpleResolvers: true })
export class TextRange {
  @Field(() => Int)
  from!: number;

  @Field(() => Int)
  to!: number;
}

@ObjectType({
  description: 'What is wrong with a mapping, or with a record that it was tried on.',
  simpleResolvers: true,
})
export class MappingProblem {
  @Field(() => String)
  code!: string;

  @Field(() => String, { nullable: true, description: 'The place of the rule, or the path of the field.' })
  at!: string | null;

  @Field(() => String)
  message!: string;

  @Field(() => TextRange, { nullable: true, description: 'Within the expression, for the editor to underline.' })
  range!: TextRange | null;

  /** Set when it is about a record, whose fields are then called as people call them; rules are edited by paths. */
  about?: SpokenAbout;
}

@InputType({ description: 'A row of a condition table.' })
export class ConditionRowInput {
  @Field(() => JsonValue, { description: notes.when })
  when!: Json;

  @Field(() => JsonValue, { description: notes.then })
  then!: Json;
}

@InputType({ description: 'A rule, as FieldRule shows it.' })
export class FieldRuleInput {
  @Field(() => Boolean, { defaultValue: true })
  isEnabled!: boolean;

  @Field(() => String)
  target!: string;

  @Field(() => FieldRuleKind)
  kind!: ValueOf<typeof FieldRuleKind>;

  @Field(() => String, { nullable: true })
  source?: string | null;

  @Field(() => String, { nullable: true })
  secondKey?: string | null;

  @Field(() => JsonValue, { nullable: true })
  constant?: Json;

  @Field(() => String, { nullable: true })
  expression?: string | null;

  @Field(() => [ConditionRowInput], { nullable: true })
  conditions?: ConditionRowInput[] | null;

  @Field(() => JsonValue, { nullable: true })
  otherwise?: Json;

  @Field(() => String, { nullable: true })
  valueMapKey?: string | null;

  @Field(() => JsonValue, { nullable: true })
  default?: Json;

  @Field(() => DefaultWhen, { defaultValue: 'NEVER' })
  defaultWhen!: ValueOf<typeof DefaultWhen>;

  @Field(() => Boolean, { defaultValue: true })
  onCreate!: boolean;

  @Field(() => Boolean, { defaultValue: true })
  onUpdate!: boolean;

  @Field(() => EmptyPolicy, { defaultValue: 'OMIT' })
  whenEmpty!: ValueOf<typeof EmptyPolicy>;

  @Field(() => String, { nullable: true })
  note?: string | null;

  @Field(() => JsonValue, { nullable: true })
  includeWhen?: Json;

  @Field(() => [FieldRuleInput], { nullable: true })
  rules?: FieldRuleInput[] | null;
}
