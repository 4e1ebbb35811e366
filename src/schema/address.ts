/** Addresses as systems wrote them, with the parts that were found in them; and what is odd about stored data. */
import { Field, ObjectType } from 'type-graphql';
import { enumeration, type ValueOf } from './enumeration.js';
import { CountryCode } from './scalars.js';

/** As it is stored; whatever a system does not give is absent. */
export interface StoredAddress {
  readonly role?: ValueOf<typeof AddressRole>;
  readonly name?: string;
  readonly company?: string;
  readonly line1?: string;
  readonly line2?: string;
  readonly street?: string;
  readonly houseNumber?: string;
  readonly addition?: string;
  readonly postalCode?: string;
  readonly city?: string;
  readonly region?: string;
  readonly country?: string;
  readonly countryText?: string;
}

export const AddressRole = enumeration('AddressRole', 'What an address is for.', ['BILLING', 'SHIPPING', 'VISITING']);

@ObjectType({
  description: 'An address. line1 is what people wrote; its parts were found in it.',
  simpleResolvers: true,
})
export class Address {
  @Field(() => String, { nullable: true })
  name!: string | null;

  @Field(() => String, { nullable: true })
  companyName!: string | null;

  @Field(() => String, { nullable: true, description: 'The full first line as it would be printed.' })
  line1!: string | null;

  @Field(() => String, { nullable: true })
  line2!: string | null;

  @Field(() => String, { nullable: true, description: 'Parsed from line1 when possible; some systems want it apart.' })
  street!: string | null;

  @Field(() => String, { nullable: true })
  houseNumber!: string | null;

  @Field(() => String, { nullable: true })
  houseNumberAddition!: string | null;

  @Field(() => String, { nullable: true })
  postalCode!: string | null;

  @Field(() => String, { nullable: true })
  city!: string | null;

  @Field(() => String, { nullable: true })
  region!: string | null;

  @Field(() => CountryCode, {
    nullable: true,
    description: "Null when the source's country text could not be recognised; see countryText.",
  })
  country!: string | null;

  @Field(() => String, { nullable: true })
  countryText!: string | null;
}

@ObjectType({ description: 'An address of a customer and what it is for.', simpleResolvers: true })
export class CustomerAddress {
  @Field(() => [AddressRole])
  roles!: readonly string[];

  @Field(() => Address)
  address!: Address;
}

export const Severity = enumeration('Severity', 'How bad it is.', ['INFO', 'WARNING', 'ERROR', 'CRITICAL']);

@ObjectType({ description: 'Something odd about stored data; it is kept as it is.', simpleResolvers: true })
export class DataIssue {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => String)
  path!: string;

  @Field(() => Severity)
  severity!: ValueOf<typeof Severity>;
}
