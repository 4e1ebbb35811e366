/** Configuration as a file over the API: what a file would change, and what is asked. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Json } from '../base/document.js';
import { repeatable } from './repeatable.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { Payload, UserError } from './payloads.js';
import { JsonValue } from './scalars.js';
import { AfterPublish } from './versions.js';
import { ChangeKind } from './versions.js';

export const ConfigFormat = enumeration('ConfigFormat', 'How a configuration file is written.', ['YAML']);

@ObjectType({ description: 'A value that differs.', simpleResolvers: true })
export class FieldChange {
  @Field(() => ChangeKind)
  kind!: string;

  @Field(() => String, { description: '`settings.order.employee`, `entries.21 BE`, `rules.taxCode`.' })
  path!: string;

  @Field(() => JsonValue, { nullable: true })
  before!: Json;

  @Field(() => JsonValue, { nullable: true })
  after!: Json;

  @Field(() => String, {
    nullable: true,
    description: 'Of fields of a record: what people call it; null when it has no name.',
  })
  label?: string | null;

  /** The kind of record that has the field, and whose words it is in; absent of what is no field of a record. */
  about?: { readonly entity: string | null; readonly system: string | null; readonly isOurs?: boolean };
}

@ObjectType({ description: 'A code in the values of a change, and what people call it.', simpleResolvers: true })
export class ChangedCode {
  @Field(() => String, { description: 'Name of the field in which it stands, without what that is a part of.' })
  field!: string;

  @Field(() => String, { description: 'As it stands in the value.' })
  code!: string;

  @Field(() => String, { description: 'What people call it: a word of the hub, or the name that the system lists.' })
  name!: string;

  @Field(() => ID, { nullable: true, description: 'The record of the hub that it names; null when it names none.' })
  recordId!: string | null;

  /** Said by the hub, so that it is said in every language. */
  isOurs!: boolean;
}

@ObjectType({ description: 'A part of the configuration that differs.', simpleResolvers: true })
export class ConfigChange {
  @Field(() => ChangeKind)
  kind!: string;

  @Field(() => String, {
    description:
      '`System`, `Flow`, `FieldOwner`, `Mapping`, `ValueMap`, `Reconciliation`, `AlertChannel` or `AlertRule`.',
  })
  subjectType!: string;

  @Field(() => String, { description: 'Of owners of fields: the entity; of comparisons: the flow.' })
  key!: string;

  @Field(() => [FieldChange], {
    description: 'Of value lists each row, of mappings each rule, of owners each field.',
  })
  changes!: readonly FieldChange[];
}

@ObjectType({ description: 'What a configuration file changes.', simpleResolvers: true })
export class ConfigPlan {
  @Field(() => String, {
    nullable: true,
    description: 'Names exactly this plan; applying asks for it. Null while there are errors.',
  })
  planHash!: string | null;

  @Field(() => [ConfigChange])
  changes!: readonly ConfigChange[];

  @Field(() => Int, {
    description: 'Lists, rows, rules, owners and settings that are not in the file and stay, without prune.',
  })
  keptCount!: number;

  @Field(() => [UserError], { description: 'Why it cannot be applied, with the lines of the file.' })
  errors!: readonly UserError[];

  @Field(() => Boolean)
  isApplied!: boolean;
}

@InputType({ description: 'A configuration file.' })
export class ConfigImportInput {
  @Field(() => String, { description: 'YAML as configExport gives it; parts may be left out.' })
  document!: string;

  @Field(() => Boolean, { defaultValue: true, description: 'True shows the plan, false applies the one of planHash.' })
  isDryRun!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'Removes what the file does not mention.' })
  prune!: boolean;

  @Field(() => String, { nullable: true, description: 'Of the plan that is to be applied; another one is refused.' })
  planHash?: string | null;

  @Field(() => AfterPublish, { defaultValue: 'REPLAY_DEAD_LETTERS' })
  then!: ValueOf<typeof AfterPublish>;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'Result of configImport.', simpleResolvers: true })
export class ConfigImportPayload extends Payload {
  @Field(() => ConfigPlan)
  plan!: ConfigPlan;

  @Field(() => Int, { description: 'Problems that are being tried again.' })
  replayedCount!: number;

  @Field(() => Int, { description: 'Records that are looked at again; those that come out the same are not sent.' })
  backfilledCount!: number;
}
