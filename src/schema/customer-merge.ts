/** Customers that are one: who stands for whom, what merging them would do, and who may be one. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Customer } from './customer.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { Payload } from './payloads.js';
import { repeatable } from './repeatable.js';
import { DateTime } from './scalars.js';

export const MergedRecordFate = enumeration(
  'MergedRecordFate',
  'What becomes of a record that a system has of a customer when another one stands for it.',
  ['MOVES', 'STAYS', 'SAME', 'SHARED'],
  {
    MOVES: 'It becomes the record of the surviving customer, who has none in that system.',
    STAYS: 'Both have one in that system: it is left as it is, and nothing is written to it any more.',
    SAME: 'It is the record of the surviving customer already.',
    SHARED: 'It belongs to a third customer, and goes on standing for both.',
  },
);

@ObjectType({ description: 'A record that a system has of a customer.', simpleResolvers: true })
export class MergedRecord {
  systemKey!: string;

  @Field(() => String, { description: 'Key that the system itself uses.' })
  externalId!: string;

  @Field(() => String, { nullable: true, description: 'By which people know it there, when they do.' })
  key!: string | null;

  @Field(() => MergedRecordFate, { description: 'What becomes of it.' })
  fate!: ValueOf<typeof MergedRecordFate>;
}

@ObjectType({ description: 'One of the customers that would be merged into another.', simpleResolvers: true })
export class CustomersMergeItem {
  customerId!: string;

  @Field(() => String, { nullable: true, description: 'Why this cannot be; null when it can.' })
  refusal!: string | null;

  @Field(() => Int, { description: 'Orders and invoices that count with the surviving customer from then on.' })
  orders!: number;

  @Field(() => [MergedRecord], { description: 'What becomes of the records that systems have of it.' })
  records!: readonly MergedRecord[];
}

@ObjectType({ description: 'What merging customers would do now.', simpleResolvers: true })
export class CustomersMergePlan {
  @Field(() => String, { description: 'Send it with customersMerge, which does exactly this or refuses.' })
  planHash!: string;

  survivorId!: string;

  @Field(() => [CustomersMergeItem], { description: 'One for each customer that would be merged into the survivor.' })
  items!: readonly CustomersMergeItem[];
}

@ObjectType({ description: 'A link that went over to the surviving customer.', simpleResolvers: true })
export class MovedReference {
  systemKey!: string;

  @Field(() => String, { description: 'Key that the system itself uses.' })
  externalId!: string;
}

@ObjectType({ description: 'A customer for whom another one stands, since when and why.', simpleResolvers: true })
export class CustomerMerge {
  duplicateId!: string;
  mergedById!: string;

  @Field(() => DateTime, { description: 'Since when.' })
  mergedAt!: Date;

  @Field(() => String, { description: 'Why, in the words of whoever did it.' })
  reason!: string;

  @Field(() => [MovedReference], { description: 'Links that go back when the two are taken apart.' })
  moved!: readonly MovedReference[];
}

export const DuplicateSign = enumeration('DuplicateSign', 'Why two customers are perhaps one.', ['EMAIL', 'VAT_NUMBER', 'NAME_AND_POSTCODE'], {
  EMAIL: 'They have one e-mail address.',
  VAT_NUMBER: 'They have one VAT number.',
  NAME_AND_POSTCODE: 'They have one name and one postcode.',
}); // prettier-ignore

@ObjectType({ description: 'A customer that is perhaps the same one.', simpleResolvers: true })
export class PossibleDuplicate {
  customerId!: string;

  @Field(() => [DuplicateSign], { description: 'What they have in common.' })
  signs!: readonly ValueOf<typeof DuplicateSign>[];
}

@InputType({ description: 'Customers that are one.' })
export class CustomersMergeSelection {
  @Field(() => ID, { description: 'The customer that goes on and stands for the others.' })
  survivorId!: string;

  @Field(() => [ID], { description: 'Those that it stands for, at most 10.' })
  duplicateIds!: string[];
}

@InputType({ description: 'Merges customers as a plan has said.' })
export class CustomersMergeInput {
  @Field(() => ID, { description: 'The customer that goes on and stands for the others.' })
  survivorId!: string;

  @Field(() => [ID], { description: 'Those that it stands for, at most 10.' })
  duplicateIds!: string[];

  @Field(() => String, { description: 'Of the plan that was shown; another one is refused with VERSION_CONFLICT.' })
  planHash!: string;

  @Field(() => String, { description: 'Why; stands in the history of each customer and in the audit.' })
  reason!: string;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'Result of customersMerge.', simpleResolvers: true })
export class CustomersMergePayload extends Payload {
  @Field(() => Customer, { nullable: true, description: 'The one that survives; null when it was refused.' })
  customer!: Customer | null;
}

@InputType({ description: 'A customer who is another one after all.' })
export class CustomersUnmergeInput {
  @Field(() => ID, { description: 'The customer that was merged into another.' })
  id!: string;

  @Field(() => String, { description: 'Why; stands in the history of both customers and in the audit.' })
  reason!: string;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'Result of customersUnmerge.', simpleResolvers: true })
export class CustomersUnmergePayload extends Payload {
  @Field(() => Customer, { nullable: true, description: 'The one that stands for itself again; null when refused.' })
  customer!: Customer | null;
}
