/** What is asked of mappings and what comes of it: previews, edits, publications. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Json } from '../base/document.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { FieldRule, FieldRuleInput, MappingProblem } from './field-rule.js';
import { Mapping } from './mapping.js';
import { Payload } from './payloads.js';
import { repeatable } from './repeatable.js';
import { JsonValue } from './scalars.js';
import { ValueMapEntryInput } from './value-map.js';
import { AfterPublish, DraftEdit, RollbackInput } from './versions.js';

export const PreviewOperation = enumeration('PreviewOperation', 'What would be done with a record.', [
  'CREATE',
  'UPDATE',
  'NO_CHANGE',
  'EXCLUDE',
  'BLOCK',
  'FAIL',
]);
export const WriteOperation = enumeration('WriteOperation', 'What a mapping is asked for.', ['CREATE', 'UPDATE']);

@ObjectType({ description: 'A field that would change.', simpleResolvers: true })
export class PreviewChange {
  @Field(() => String)
  path!: string;

  @Field(() => JsonValue, { nullable: true })
  before!: Json;

  @Field(() => JsonValue, { nullable: true })
  after!: Json;

  @Field(() => String, {
    nullable: true,
    description: 'What people call the field; null when it has no name.',
  })
  label?: string | null;

  /** The kind of record that has the field, and in which system's words it is. */
  about!: { readonly entity: string | null; readonly system: string | null };
}

@ObjectType({ description: 'What one rule gave.', simpleResolvers: true })
export class RuleResult {
  @Field(() => String, { description: 'The place of the rule.' })
  at!: string;

  @Field(() => String)
  target!: string;

  @Field(() => JsonValue, { nullable: true, description: 'What it read, when that is one field.' })
  input!: Json;

  @Field(() => JsonValue, { nullable: true })
  output!: Json;

  @Field(() => Boolean)
  usedDefault!: boolean;

  @Field(() => MappingProblem, { nullable: true })
  problem!: MappingProblem | null;
}

@ObjectType({
  description: 'What a mapping would do with one record. Nothing is written anywhere.',
  simpleResolvers: true,
})
export class MappingPreview {
  @Field(() => PreviewOperation, {
    nullable: true,
    description: 'Null when the rules cannot be used or there is no such record.',
  })
  operation!: string | null;

  @Field(() => String, { nullable: true })
  reason!: string | null;

  @Field(() => JsonValue, { nullable: true, description: 'What the mapping reads.' })
  source!: Json;

  @Field(() => JsonValue, { nullable: true, description: 'What it makes of it.' })
  result!: Json;

  @Field(() => JsonValue, { nullable: true, description: 'What the target holds, when the record is there.' })
  current!: Json;

  @Field(() => [PreviewChange])
  changes!: readonly PreviewChange[];

  @Field(() => [RuleResult])
  ruleResults!: readonly RuleResult[];

  @Field(() => [MappingProblem])
  problems!: readonly MappingProblem[];

  @Field(() => Int)
  durationMs!: number;
}

@InputType({ description: 'The rules of the draft, all of them.' })
export class MappingDraftSaveInput extends DraftEdit {
  @Field(() => [FieldRuleInput])
  rules!: FieldRuleInput[];

  @Field(() => JsonValue, { nullable: true })
  includeWhen?: Json;
}

@InputType({ description: 'Makes the draft the version in use.' })
export class MappingPublishInput extends DraftEdit {
  @Field(() => String)
  note!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Publish although saved tests give another result.' })
  overrideFailedTests!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Of an analysis; refused with VERSION_CONFLICT when rules or records have changed since.',
  })
  planHash?: string | null;

  @Field(() => AfterPublish, { defaultValue: 'APPLY_TO_NEW' })
  then!: ValueOf<typeof AfterPublish>;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@InputType({ description: 'Makes an earlier version the one in use, as a new version.' })
export class MappingRollbackInput extends RollbackInput {
  @Field(() => AfterPublish, { defaultValue: 'APPLY_TO_NEW' })
  then!: ValueOf<typeof AfterPublish>;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@InputType({ description: 'Exactly one record to try a mapping on.' })
export class SampleInput {
  @Field(() => ID, { nullable: true, description: 'A record of the hub.' })
  entityId?: string;

  @Field(() => String, { nullable: true, description: 'What people call it: a SKU, a number, an e-mail address.' })
  code?: string;

  @Field(() => String, { nullable: true, description: 'What a system calls it: of `systemId`, or of any system.' })
  externalId?: string;

  @Field(() => ID, { nullable: true, description: 'The record of a problem.' })
  deadLetterId?: string;

  @Field(() => ID, { nullable: true, description: 'The record of an event.' })
  syncEventId?: string;

  @Field(() => ID, { nullable: true, description: 'The record of a saved test.' })
  testId?: string;

  @Field(() => JsonValue, { nullable: true, description: 'A record in the words that the mapping reads.' })
  payload?: Json;
}

@InputType({ description: 'An expression, and where it would stand.' })
export class ExpressionCheckInput {
  @Field(() => ID, { description: 'Id or key of the mapping.' })
  mappingId!: string;

  @Field(() => String)
  expression!: string;

  @Field(() => String, { description: 'The field that it would be the value of.' })
  target!: string;
}

@InputType({ description: 'Entries of a value list that are not saved.' })
export class TriedEntries {
  @Field(() => ID, { description: 'Id or key of the value list.' })
  valueMapId!: string;

  @Field(() => [ValueMapEntryInput])
  entries!: ValueMapEntryInput[];
}

@InputType({ description: 'What to try.' })
export class MappingPreviewInput {
  @Field(() => ID)
  mappingId!: string;

  @Field(() => [FieldRuleInput], { nullable: true, description: 'Rules that are not saved; the draft when left out.' })
  rules?: FieldRuleInput[] | null;

  @Field(() => JsonValue, { nullable: true })
  includeWhen?: Json;

  @Field(() => SampleInput)
  sample!: SampleInput;

  @Field(() => WriteOperation, {
    defaultValue: 'CREATE',
    description: 'For a pasted record; for others it is seen whether they are there.',
  })
  operation!: ValueOf<typeof WriteOperation>;

  @Field(() => ID, {
    nullable: true,
    description: 'The system that would be written to, when several are of the kind.',
  })
  systemId?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: 'With value lists as they are being edited.' })
  withDraftValueMaps!: boolean;

  @Field(() => [TriedEntries], {
    nullable: true,
    description: 'Entries to try beside those of the lists, in place of those with the same keys.',
  })
  entries?: TriedEntries[] | null;
}

@ObjectType({ description: 'A mapping after a change.', simpleResolvers: true })
export class MappingPayload extends Payload {
  @Field(() => Mapping, { nullable: true })
  mapping!: Mapping | null;
}

@ObjectType({ description: 'Result of publishing a mapping.', simpleResolvers: true })
export class MappingPublishPayload extends Payload {
  @Field(() => Mapping, { nullable: true })
  mapping!: Mapping | null;

  @Field(() => Int, { description: 'Problems that are being tried again.' })
  replayedCount!: number;

  @Field(() => Int, { description: 'Records that are looked at again; those that come out the same are not sent.' })
  backfilledCount!: number;
}

const ruleAt =
  'Place of a rule of the draft as `FieldRule.at` gives it: `rules.3`, or `rules.3.rules.0` inside a list.';

@InputType({ description: 'One rule of a draft.' })
export class MappingRuleSaveInput {
  @Field(() => ID)
  mappingId!: string;

  @Field(() => Int, {
    description: 'Revision of the draft that was read; another one means that somebody else has changed it.',
  })
  expectedRevision!: number;

  @Field(() => FieldRuleInput, { description: 'The rule as it is to be.' })
  rule!: FieldRuleInput;

  @Field(() => String, { nullable: true, description: `${ruleAt} The rule there is replaced; left out, one is added.` })
  at?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Before which rule one is added; behind all of them when left out. Only without `at`.',
  })
  position?: number | null;
}

@InputType({ description: 'One rule of a draft that is to go.' })
export class MappingRuleDeleteInput {
  @Field(() => ID)
  mappingId!: string;

  @Field(() => Int, {
    description: 'Revision of the draft that was read; another one means that somebody else has changed it.',
  })
  expectedRevision!: number;

  @Field(() => String, { description: ruleAt })
  at!: string;
}

@ObjectType({ description: 'Result of mappingRuleSave and mappingRuleDelete.', simpleResolvers: true })
export class MappingRulePayload extends Payload {
  @Field(() => Mapping, { nullable: true })
  mapping!: Mapping | null;

  @Field(() => FieldRule, { nullable: true, description: 'The rule that was saved; null for one that is gone.' })
  rule!: FieldRule | null;
}
