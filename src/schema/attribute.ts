/** Characteristics and options: typed pairs with a definition, no free bag of data. */
import { Field, Int, ObjectType } from 'type-graphql';
import { enumeration, type ValueOf } from './enumeration.js';
import { JsonValue } from './scalars.js';

export const AttributeRole = enumeration('AttributeRole', 'What an attribute is for.', ['OPTION', 'CHARACTERISTIC'], {
  OPTION: 'Tells variants apart.',
  CHARACTERISTIC: 'Describes the product.',
});

@ObjectType({ description: 'A characteristic or option that records can have a value for.' })
export class Attribute {
  @Field(() => String)
  code!: string;

  @Field(() => AttributeRole)
  role!: ValueOf<typeof AttributeRole>;

  @Field(() => String, { nullable: true })
  unitCode!: string | null;
}

@ObjectType({ description: 'A value of an attribute.', simpleResolvers: true })
export class AttributeValue {
  @Field(() => String, { nullable: true, description: 'Stable code for choices; null for free values.' })
  code!: string | null;

  @Field(() => JsonValue)
  value!: string;
}

@ObjectType({ description: 'The values that a product has for one characteristic.', simpleResolvers: true })
export class AttributeAssignment {
  @Field(() => Attribute)
  attribute!: Attribute;

  @Field(() => [AttributeValue])
  values!: AttributeValue[];
}

@ObjectType({ description: 'An attribute that tells the variants of a product apart.', simpleResolvers: true })
export class ProductOption {
  @Field(() => Attribute)
  attribute!: Attribute;

  @Field(() => [AttributeValue])
  values!: AttributeValue[];

  @Field(() => Int)
  position!: number;
}

@ObjectType({ description: 'The value that makes a variant this one.', simpleResolvers: true })
export class SelectedOption {
  @Field(() => Attribute)
  attribute!: Attribute;

  @Field(() => AttributeValue)
  value!: AttributeValue;
}

@ObjectType({ description: 'A code that a scanner reads.', simpleResolvers: true })
export class Barcode {
  @Field(() => String)
  value!: string;

  @Field(() => Boolean)
  isValidGtin!: boolean;
}
