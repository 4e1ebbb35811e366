/** Who owns a field, and where systems do not agree on one about which people decide. */
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Json } from '../base/document.js';
import { connectionOf } from './page.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { Payload } from './payloads.js';
import { DateTime, JsonValue } from './scalars.js';
import { Node } from './syncable.js';
import { EntityType, System } from './system.js';

export const OwnershipPolicy = enumeration(
  'OwnershipPolicy',
  'Who decides what a field holds when several systems can change it.',
  ['SYSTEM', 'LAST_WRITER', 'MANUAL'],
  {
    SYSTEM: 'One system: the one that is named, else the source of the flow, else the one that made the record.',
    LAST_WRITER: 'Whichever system changed it last.',
    MANUAL: 'The last writer, unless several systems have changed it since they last agreed: then a person.',
  },
);

@ObjectType({ description: 'Who decides about a field when several systems can change it.', simpleResolvers: true })
export class FieldOwner {
  @Field(() => EntityType)
  entityType!: string;

  @Field(() => String, { description: 'Name of the field.' })
  path!: string;

  @Field(() => String, { description: 'Its name for people.' })
  label!: string;

  @Field(() => OwnershipPolicy, { description: 'Who decides.' })
  policy!: ValueOf<typeof OwnershipPolicy>;

  @Field(() => [System], {
    description: 'With SYSTEM: whose the field is; none = whichever system said it first.',
  })
  systems!: readonly System[];

  @Field(() => Boolean, { description: 'Whether people have said so, and not a flow or the shipped rules.' })
  isOwn!: boolean;

  @Field(() => Boolean, { description: 'Whether it can be set: what identifies a record cannot.' })
  isEditable!: boolean;

  @Field(() => OwnershipPolicy, { description: 'Who decides as long as people have said nothing.' })
  defaultPolicy!: ValueOf<typeof OwnershipPolicy>;

  @Field(() => [System], {
    description: 'With the default SYSTEM: whose the field is; none = whichever said it first.',
  })
  defaultSystems!: readonly System[];

  @Field(() => [System], {
    description: 'Systems from which flows bring such records in. What another system says never counts.',
  })
  sources!: readonly System[];
}

@ObjectType({ description: 'What one system says of a field on which systems do not agree.', simpleResolvers: true })
export class ConflictValue {
  systemKey!: string;

  @Field(() => JsonValue, { nullable: true })
  value!: Json;

  @Field(() => DateTime, { nullable: true, description: 'When it was seen; null = the hub held it already.' })
  changedAt!: Date | null;
}

export const FieldConflictResolution = enumeration('FieldConflictResolution', 'How a conflict ended.', [
  'AGREED',
  'CHOSEN',
  'POLICY',
], {
  AGREED: 'The systems came to say the same.',
  CHOSEN: 'A person chose.',
  POLICY: 'The field got another owner.',
}); // prettier-ignore

@ObjectType({
  description: 'Several systems have changed a field since they last agreed, and its policy is MANUAL.',
  implements: Node,
  simpleResolvers: true,
})
export class FieldConflict extends Node {
  @Field(() => EntityType)
  entityType!: string;

  @Field(() => String, { description: 'Name of the field.' })
  path!: string;

  @Field(() => JsonValue, { nullable: true, description: 'What they last agreed on; null also when they never did.' })
  base!: Json;

  @Field(() => Boolean, { description: 'Whether the systems ever agreed on it; else `base` says nothing.' })
  hasAgreed!: boolean;

  @Field(() => [ConflictValue])
  values!: readonly ConflictValue[];

  @Field(() => DateTime, { description: 'When the second change was seen.' })
  detectedAt!: Date;

  @Field(() => DateTime, { nullable: true })
  resolvedAt!: Date | null;

  @Field(() => FieldConflictResolution, { nullable: true })
  resolution!: ValueOf<typeof FieldConflictResolution> | null;

  @Field(() => JsonValue, {
    nullable: true,
    description: 'What the field became; null while it is open, and when the systems came to agree.',
  })
  value!: Json;

  canonicalId!: string;
  resolvedById!: string | null;
}

export const FieldConflictConnection = connectionOf('FieldConflict', () => FieldConflict);

@InputType({ description: 'Who is to decide about a field.' })
export class FieldOwnerInput {
  @Field(() => String)
  path!: string;

  @Field(() => OwnershipPolicy, { description: 'Who is to decide.' })
  policy!: ValueOf<typeof OwnershipPolicy>;

  @Field(() => ID, {
    nullable: true,
    description: 'With SYSTEM: id or key; without one the field follows its flows again.',
  })
  systemId?: string | null;
}

@InputType({ description: 'Owners of fields of one kind of record; fields that are not named keep theirs.' })
export class FieldOwnersSaveInput {
  @Field(() => EntityType)
  entityType!: string;

  @Field(() => [FieldOwnerInput], { description: 'One entry a field.' })
  owners!: FieldOwnerInput[];
}

@InputType({ description: "A system's word, or another value. Exactly one." })
export class ConflictChoice {
  @Field(() => ID, { nullable: true, description: 'Id or key.' })
  takeFromSystemId?: string | null;

  @Field(() => JsonValue, { nullable: true, description: 'As records show the field.' })
  value?: Json;
}

@InputType({ description: 'How a conflict ends.' })
export class FieldConflictResolveInput {
  @Field(() => ID)
  id!: string;

  @Field(() => ConflictChoice)
  resolution!: ConflictChoice;
}

@ObjectType({ description: 'Result of fieldOwnersSave.', simpleResolvers: true })
export class FieldOwnersSavePayload extends Payload {
  @Field(() => [FieldOwner], { description: 'All fields of the kind of record, as they are now.' })
  owners!: readonly FieldOwner[];
}

@ObjectType({ description: 'Result of fieldConflictResolve.', simpleResolvers: true })
export class FieldConflictResolvePayload extends Payload {
  @Field(() => FieldConflict, { nullable: true, description: 'The conflict as it is now; null when it was refused.' })
  conflict!: FieldConflict | null;
}
