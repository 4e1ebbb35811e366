/** Value lists: tables that turn codes of one system into codes of another, as drafts and versions. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { ValueListBody } from '../mapping/mapping.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { Payload } from './payloads.js';
import { AfterPublish, ChangeKind, DraftEdit, VersionState } from './versions.js';
import { repeatable } from './repeatable.js';
import { DateTime } from './scalars.js';
import { Node } from './syncable.js';

export const ValueMapKind = enumeration('ValueMapKind', 'What the codes of a list stand for.', [
  'TAX_CODE',
  'REVENUE_ACCOUNT',
  'SHIPPING_METHOD',
  'PAYMENT_METHOD',
  'PAYMENT_TERM',
  'ORDER_STATUS',
  'CUSTOM',
]);
export const UnmappedPolicy = enumeration(
  'UnmappedPolicy',
  'What becomes of a code without an entry.',
  ['FAIL', 'USE_DEFAULT', 'PASS_THROUGH', 'LEAVE_OUT'],
  { FAIL: 'The record waits for a person.', PASS_THROUGH: 'The code itself is taken.' },
);
@ObjectType({ description: 'One row of a value list.', simpleResolvers: true })
export class ValueMapEntry {
  @Field(() => String)
  sourceValue!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Country or other second code; null holds for each that has no row of its own.',
  })
  secondKey!: string | null;

  @Field(() => String)
  targetValue!: string;
}

@ObjectType({ description: 'What a code without an entry may well become.', simpleResolvers: true })
export class EntryProposal {
  @Field(() => String)
  targetValue!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'The version of the list that had this entry; null: the code becomes this with every other second key.',
  })
  version!: number | null;
}

@ObjectType({ description: 'A code that a system lists itself.', simpleResolvers: true })
export class CodeChoice {
  @Field(() => String)
  value!: string;

  @Field(() => String, { nullable: true, description: 'What people call it there.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'The country that it is for, when it is for one only.' })
  country!: string | null;
}

@ObjectType({ description: 'What a system lists of the codes that a value list leads to.', simpleResolvers: true })
export class CodeChoices {
  @Field(() => [CodeChoice], { description: 'As they were read last; empty when they never could be.' })
  codes!: readonly CodeChoice[];

  @Field(() => DateTime, { nullable: true, description: 'When they were; null: never yet.' })
  readAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why they are not known, or not as of now.' })
  problem!: string | null;

  systemKey!: string;
}

@ObjectType({ description: 'An entry of a value list that records wait for.', simpleResolvers: true })
export class MissingEntry {
  @Field(() => String)
  value!: string;

  @Field(() => String, { nullable: true })
  secondKey!: string | null;

  @Field(() => Int, { description: 'How many problems lack it.' })
  count!: number;

  list!: string;
}

@ObjectType({ description: 'A code that came by and has no entry.', simpleResolvers: true })
export class UnmappedValue {
  @Field(() => String)
  value!: string;

  @Field(() => String, { nullable: true })
  secondKey!: string | null;

  @Field(() => Int)
  count!: number;

  @Field(() => DateTime)
  lastSeenAt!: Date;

  list!: string;
}

@ObjectType({ description: 'A row that differs between two versions.', simpleResolvers: true })
export class ValueMapChange {
  @Field(() => ChangeKind)
  kind!: string;

  @Field(() => ValueMapEntry, { nullable: true })
  before!: ValueMapEntry | null;

  @Field(() => ValueMapEntry, { nullable: true })
  after!: ValueMapEntry | null;
}

@ObjectType({ description: 'A state of a value list that was in use.', simpleResolvers: true })
export class ValueMapVersion {
  @Field(() => Int)
  number!: number;

  @Field(() => VersionState)
  state!: string;

  @Field(() => String, { nullable: true })
  note!: string | null;

  @Field(() => DateTime)
  publishedAt!: Date;

  @Field(() => Int)
  entryCount!: number;

  @Field(() => [ValueMapChange], { description: 'What it changed in the version before it.' })
  changes!: readonly ValueMapChange[];

  publishedById!: string | null;
}

@ObjectType({
  description: 'A table that turns codes of one system into codes of another.',
  implements: Node,
  simpleResolvers: true,
})
export class ValueMap extends Node {
  @Field(() => String)
  key!: string;

  @Field(() => String)
  name!: string;

  @Field(() => ValueMapKind)
  kind!: string;

  @Field(() => Int)
  publishedVersion!: number;

  @Field(() => Boolean)
  hasUnpublishedChanges!: boolean;

  @Field(() => Int, { description: 'To be given with every change.' })
  draftRevision!: number;

  @Field(() => UnmappedPolicy, { description: 'As it is being edited.' })
  whenUnmapped!: string;

  @Field(() => String, { nullable: true })
  defaultValue!: string | null;

  @Field(() => DateTime)
  updatedAt!: Date;

  draft!: ValueListBody | null;
  published!: ValueListBody;
}

@InputType({ description: 'A row of a value list.' })
export class ValueMapEntryInput {
  @Field(() => String)
  sourceValue!: string;

  @Field(() => String, { nullable: true })
  secondKey?: string | null;

  @Field(() => String)
  targetValue!: string;
}

@InputType({ description: 'The keys of a row.' })
export class ValueMapEntryKey {
  @Field(() => String)
  sourceValue!: string;

  @Field(() => String, { nullable: true })
  secondKey?: string | null;
}

@InputType({ description: 'A new value list.' })
export class ValueMapCreateInput {
  @Field(() => String)
  key!: string;

  @Field(() => String)
  name!: string;

  @Field(() => ValueMapKind)
  kind!: ValueOf<typeof ValueMapKind>;

  @Field(() => UnmappedPolicy, { defaultValue: 'FAIL' })
  whenUnmapped!: ValueOf<typeof UnmappedPolicy>;

  @Field(() => String, { nullable: true })
  defaultValue?: string | null;
}

@InputType({ description: 'What becomes of codes without an entry.' })
export class ValueMapUpdateInput extends DraftEdit {
  @Field(() => UnmappedPolicy)
  whenUnmapped!: ValueOf<typeof UnmappedPolicy>;

  @Field(() => String, { nullable: true })
  defaultValue?: string | null;
}

@InputType({ description: 'Rows to add or change.' })
export class ValueMapEntriesSaveInput extends DraftEdit {
  @Field(() => [ValueMapEntryInput], { nullable: true })
  entries?: ValueMapEntryInput[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'The rows as CSV with the columns sourceValue, secondKey, targetValue.',
  })
  csv?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'True replaces the table; false adds and changes.' })
  isReplacement!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'True shows what would change and saves nothing.' })
  isDryRun!: boolean;
}

@InputType({ description: 'Rows to remove.' })
export class ValueMapEntriesDeleteInput extends DraftEdit {
  @Field(() => [ValueMapEntryKey])
  entries!: ValueMapEntryKey[];
}

@InputType({ description: 'Makes the draft the version in use.' })
export class ValueMapPublishInput extends DraftEdit {
  @Field(() => String)
  note!: string;

  @Field(() => AfterPublish, { defaultValue: 'REPLAY_DEAD_LETTERS' })
  then!: ValueOf<typeof AfterPublish>;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@InputType({ description: 'A value list.' })
export class ValueMapDeleteInput {
  @Field(() => ID)
  id!: string;
}

@ObjectType({ description: 'A value list after a change.', simpleResolvers: true })
export class ValueMapPayload extends Payload {
  @Field(() => ValueMap, { nullable: true })
  valueMap!: ValueMap | null;

  @Field(() => [ValueMapChange], { description: 'What the draft changes in the published version, or would change.' })
  changes!: readonly ValueMapChange[];
}

@ObjectType({ description: 'Result of publishing a value list.', simpleResolvers: true })
export class ValueMapPublishPayload extends Payload {
  @Field(() => ValueMap, { nullable: true })
  valueMap!: ValueMap | null;

  @Field(() => Int, { description: 'Problems that are being tried again.' })
  replayedCount!: number;

  @Field(() => Int, { description: 'Records that are looked at again.' })
  backfilledCount!: number;
}

@ObjectType({ description: 'Result of valueMapDelete.', simpleResolvers: true })
export class ValueMapDeletePayload extends Payload {
  @Field(() => ID, { nullable: true })
  deletedId!: string | null;
}
