/** What a record of the hub holds, field by field, as its history changes them. */
import { Field, ObjectType } from 'type-graphql';
import type { Json } from '../base/document.js';
import { JsonValue } from './scalars.js';

@ObjectType({
  description: 'A part of a field that holds records of its own: lines, addresses.',
  simpleResolvers: true,
})
export class RecordFieldPart {
  @Field(() => String, { description: 'Name of the part within the value.' })
  path!: string;

  @Field(() => String, { description: 'What people call it.' })
  label!: string;
}

@ObjectType({ description: 'One field of a record of the hub, as it is now.', simpleResolvers: true })
export class RecordField {
  @Field(() => String, { description: 'Name of the field, as the changes of its history say it.' })
  path!: string;

  @Field(() => String, { description: 'What people call it.' })
  label!: string;

  @Field(() => JsonValue, { nullable: true, description: 'Null when it is empty.' })
  value!: Json;

  @Field(() => [RecordFieldPart], { description: 'Of what its value is made; empty for a plain value.' })
  parts!: readonly RecordFieldPart[];
}
