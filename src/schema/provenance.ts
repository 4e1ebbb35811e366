/** Where the value of a field comes from, and what a record held at another moment. */
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Document } from '../base/document.js';
import type { PlacedRule } from '../mapping/making.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { RecordField } from './record-field.js';
import { DateTime, JsonObject } from './scalars.js';
import { EntityType } from './system.js';

export const ProvenanceRule = enumeration(
  'ProvenanceRule',
  'Why a field holds what it holds.',
  ['SYSTEM_OF_RECORD', 'LAST_WRITER', 'DEFAULT', 'COMPUTED', 'MANUAL'],
  {
    SYSTEM_OF_RECORD: 'The field belongs to one system, and it said so.',
    LAST_WRITER: 'Several systems may change the field, and this one did last.',
    DEFAULT: 'No system said it: a constant or default of the mapping stands there, or the one of the hub.',
    COMPUTED: 'It was worked out: by an expression or condition of the mapping, or by the hub from what several systems say.',
    MANUAL: 'A person decided: ended a conflict, took a change back, or had a person erased.',
  },
); // prettier-ignore

@ObjectType({ description: 'Where the value of one field of a record comes from.', simpleResolvers: true })
export class FieldProvenance {
  @Field(() => String, { description: 'Name of the field, as `fields` says it.' })
  path!: string;

  @Field(() => String, { description: 'What people call it.' })
  label!: string;

  @Field(() => ProvenanceRule, { description: 'The owner of the field is asked as it is now.' })
  rule!: ValueOf<typeof ProvenanceRule>;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the hub took the value over; null when the journal does not reach back so far. The event says it in detail.',
  })
  changedAt!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Version of the mapping by which it was translated; null when that is not known, or none was.',
  })
  mappingVersion!: number | null;

  /** Null: a person, the hub, or nobody. */
  systemKey!: string | null;
  eventId!: string | null;
  mappingKey!: string | null;
  /** The rule of that version that made it. */
  made!: PlacedRule | null;
  entity!: string;
}

export const TimeBasis = enumeration(
  'TimeBasis',
  'What a moment means: what the hub knew then, or what was so in the systems then.',
  ['KNOWN_TO_HUB', 'TRUE_IN_SOURCE'],
  {
    KNOWN_TO_HUB: 'What the hub held at that moment.',
    TRUE_IN_SOURCE:
      'What was so in the systems at that moment, as far as the hub has learned since: each change counts from the time that its system tells of it, else from when the system showed it.',
  },
);
export type TimeBasisName = ValueOf<typeof TimeBasis>;

@ObjectType({ description: 'A record as it was at a moment.', simpleResolvers: true })
export class EntitySnapshot {
  @Field(() => ID)
  entityId!: string;

  @Field(() => EntityType)
  entityType!: string;

  @Field(() => DateTime, { description: 'The moment; the present one when a later one was asked for.' })
  at!: Date;

  @Field(() => TimeBasis, { description: 'What the moment means.' })
  basis!: TimeBasisName;

  @Field(() => Int, { description: 'Version of the record after the last change that counts at that moment.' })
  version!: number;

  @Field(() => [RecordField], {
    description: 'What it held, field by field. Empty for customers who were erased.',
  })
  fields!: readonly RecordField[];

  @Field(() => JsonObject, { description: 'The same by name, without fields that were empty.' })
  data!: Document;

  @Field(() => Boolean, { description: 'Whether something of it may not be seen, or was erased.' })
  isMasked!: boolean;

  /** Null when the last change that counts is not kept. */
  eventId!: string | null;
}
