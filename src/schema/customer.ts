/** A customer: who buys. One type for persons and companies, because records change kind when a company name appears. */
import { Field, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm/decorator/entity/Entity.js';
import type { StoredAddress } from './address.js';
import { enumeration } from './enumeration.js';
import { Node, Syncable } from './syncable.js';
import { EnumText, Flag, Instant, Language, Structure, Text, Whole } from './vocabulary.js';

export const CustomerKind = enumeration('CustomerKind', 'Who buys.', ['PERSON', 'COMPANY']);

/** A contact as it is stored. */
export interface StoredContact {
  readonly fullName?: string;
  readonly firstName?: string;
  readonly infix?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly mobile?: string;
  readonly jobTitle?: string;
  readonly isPrimary?: boolean;
}

@Entity('customer')
@ObjectType({
  description: 'A customer of the shop: a person, or a company with its contacts.',
  implements: [Node, Syncable],
  simpleResolvers: true,
})
export class Customer extends Syncable {
  @EnumText(CustomerKind)
  kind!: string;

  @Text({ nullable: true, description: 'The number by which people know the customer.' })
  number!: string | null;

  @Text({ nullable: true, graph: false })
  companyName!: string | null;

  @Text({ nullable: true, graph: false })
  fullName!: string | null;

  @Text({ nullable: true, graph: false })
  firstName!: string | null;

  @Text({ nullable: true, graph: false })
  infix!: string | null;

  @Text({ nullable: true, graph: false })
  lastName!: string | null;

  @Text({ nullable: true, description: 'As the systems hold it; may be malformed, see issues.' })
  email!: string | null;

  @Text({ nullable: true })
  phone!: string | null;

  @Text({ nullable: true })
  mobile!: string | null;

  @Text({ nullable: true })
  website!: string | null;

  @Language({ nullable: true })
  language!: string | null;

  @Text({ nullable: true, graph: false })
  vatNumber!: string | null;

  @Text({ nullable: true, graph: false })
  registrationNumber!: string | null;

  @Text({ nullable: true })
  priceList!: string | null;

  @Text({ nullable: true, graph: false })
  paymentTerm!: string | null;

  @Whole({ nullable: true, graph: false })
  paymentDays!: number | null;

  @Flag()
  isActive!: boolean;

  @Flag()
  isBlocked!: boolean;

  @Text({ nullable: true, graph: false })
  note!: string | null;

  @Structure<readonly StoredAddress[]>()
  addresses!: readonly StoredAddress[];

  @Structure<readonly StoredContact[]>()
  contacts!: readonly StoredContact[];

  @Instant({
    nullable: true,
    description: 'Set once the customer was erased; names, addresses and ways to reach him are gone.',
  })
  erasedAt!: Date | null;

  @Text({ nullable: true, graph: false })
  mergedIntoId!: string | null;
}

@ObjectType({ description: 'What is known of a company.', simpleResolvers: true })
export class CompanyDetails {
  @Field(() => String)
  legalName!: string;

  @Field(() => String, { nullable: true })
  vatNumber!: string | null;

  @Field(() => String, { nullable: true, description: 'Chamber of commerce, KBO or SIREN/SIRET number.' })
  registrationNumber!: string | null;
}

@ObjectType({ description: 'The name of a person. fullName is what people wrote.', simpleResolvers: true })
export class PersonDetails {
  @Field(() => String, { nullable: true })
  fullName!: string | null;

  @Field(() => String, { nullable: true })
  firstName!: string | null;

  @Field(() => String, { nullable: true, description: 'Dutch tussenvoegsel, French particle.' })
  namePrefix!: string | null;

  @Field(() => String, { nullable: true })
  lastName!: string | null;
}

@ObjectType({ description: 'A person of a company.', simpleResolvers: true })
export class Contact {
  @Field(() => PersonDetails)
  person!: PersonDetails;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => String, { nullable: true })
  phone!: string | null;

  @Field(() => String, { nullable: true })
  mobile!: string | null;

  @Field(() => String, { nullable: true })
  jobTitle!: string | null;

  @Field(() => Boolean)
  isPrimary!: boolean;
}
