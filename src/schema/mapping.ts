/** Mappings: how fields of one system become fields of the hub (INBOUND) or the other way (OUTBOUND). */
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Json } from '../base/document.js';
import type { MappingDefinition } from '../mapping/mapping.js';
import { enumeration } from './enumeration.js';
import { FieldRule } from './field-rule.js';
import { DateTime, JsonValue } from './scalars.js';
import { Node } from './syncable.js';
import { ChangeKind, VersionState } from './versions.js';

export const MappingDirection = enumeration('MappingDirection', 'Which way a mapping goes.', ['INBOUND', 'OUTBOUND']);
@ObjectType({ description: 'The rules as they are at one time.', simpleResolvers: true })
export class MappingVersion {
  @Field(() => Int, { nullable: true, description: 'Null: the draft.' })
  number!: number | null;

  @Field(() => VersionState)
  state!: string;

  @Field(() => [FieldRule])
  rules!: readonly FieldRule[];

  @Field(() => JsonValue, { nullable: true, description: 'Records for which it does not hold are left out.' })
  includeWhen!: Json;

  @Field(() => String, { nullable: true })
  note!: string | null;

  @Field(() => DateTime, { nullable: true })
  publishedAt!: Date | null;

  publishedById!: string | null;
  definition!: MappingDefinition;
}

@ObjectType({ description: 'A rule that differs between two versions.', simpleResolvers: true })
export class RuleChange {
  @Field(() => ChangeKind)
  kind!: string;

  @Field(() => String)
  target!: string;

  @Field(() => FieldRule, { nullable: true })
  before!: FieldRule | null;

  @Field(() => FieldRule, { nullable: true })
  after!: FieldRule | null;
}

@ObjectType({ description: 'A field that a rule can read or write.', simpleResolvers: true })
export class FieldDescriptor {
  @Field(() => String)
  path!: string;

  @Field(() => String, { description: 'Its name for people, without what explains it.' })
  name!: string;

  @Field(() => String)
  label!: string;

  @Field(() => String)
  type!: string;

  @Field(() => Boolean)
  isList!: boolean;

  @Field(() => Boolean)
  isRequired!: boolean;

  @Field(() => Boolean)
  isReadOnly!: boolean;

  @Field(() => [String], { nullable: true })
  enumValues!: readonly string[] | null;
}

@ObjectType({ description: 'What the rules of a mapping leave out.', simpleResolvers: true })
export class MappingCoverage {
  @Field(() => Int)
  mappedTargets!: number;

  @Field(() => Int)
  totalTargets!: number;

  @Field(() => [FieldDescriptor], { description: 'Fields of the record that is read, which no rule reads.' })
  unusedSources!: readonly FieldDescriptor[];
}

@ObjectType({
  description: 'How fields of one kind of system become fields of the hub, or the other way.',
  implements: Node,
  simpleResolvers: true,
})
export class Mapping extends Node {
  @Field(() => String)
  key!: string;

  @Field(() => String, {
    description: 'What people call it; of a shipped one what it carries, and from or to which system.',
  })
  name?: string;

  @Field(() => Boolean, { description: 'It came with its connector; false: people made it.' })
  isShipped!: boolean;

  @Field(() => String, { description: 'Kind of system.' })
  connectorKey!: string;

  @Field(() => String, { description: 'Kind of record of the hub.' })
  entity!: string;

  @Field(() => String, { description: 'Kind of record of the system.' })
  record!: string;

  @Field(() => MappingDirection)
  direction!: string;

  @Field(() => Int)
  publishedVersion!: number;

  @Field(() => Boolean)
  hasUnpublishedChanges!: boolean;

  @Field(() => Int, { description: 'To be given with every change.' })
  draftRevision!: number;

  @Field(() => MappingVersion, { description: 'As it is being edited; without changes that are the rules in use.' })
  draft!: MappingVersion;

  @Field(() => MappingVersion)
  published!: MappingVersion;

  @Field(() => DateTime)
  updatedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Null while people can use it.' })
  deletedAt!: Date | null;
}

@ObjectType({ description: 'A record to try a mapping on.', simpleResolvers: true })
export class MappingSample {
  @Field(() => ID)
  entityId!: string;

  @Field(() => String, { description: 'What people call it.' })
  label!: string;

  @Field(() => DateTime)
  updatedAt!: Date;
}
