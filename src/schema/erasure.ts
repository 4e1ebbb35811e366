/** Erasing a customer: what is asked for, what would go, and what went. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Json } from '../base/document.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { Job } from './job.js';
import { Payload } from './payloads.js';
import { repeatable } from './repeatable.js';
import { JsonValue } from './scalars.js';
import { System } from './system.js';

export const ErasureReach = enumeration('ErasureReach', 'How far an erasure goes.', ['HUB_ONLY', 'HUB_AND_SYSTEMS'], {
  HUB_ONLY: 'Only what the hub holds; the systems keep theirs.',
  HUB_AND_SYSTEMS: 'The systems to which the hub writes customers are told a placeholder first.',
});

export const ErasureState = enumeration(
  'ErasureState',
  'What becomes of the record that a system has of the customer.',
  ['TOLD', 'LEFT', 'BY_HAND', 'SHARED'],
  {
    TOLD: 'It is told a placeholder: what the hub writes of name, addresses and ways to reach the customer is gone. What people have entered there beside it, they remove.',
    LEFT: 'It was not to be told.',
    BY_HAND: 'The hub does not write it there: somebody removes it in the system.',
    SHARED: 'It stands for another customer of the hub as well: somebody decides in the system.',
  },
);

export const ErasedStore = enumeration('ErasedStore', 'Where the hub keeps something of people.', [
  'CUSTOMER',
  'ORDERS',
  'CHANGES',
  'EVENTS',
  'JOURNAL',
  'PROBLEMS',
  'PROJECTIONS',
  'DEFERRED',
  'CONFLICTS',
  'EXPORTS',
  'JOBS',
  'MAPPING_TESTS',
  'ANSWERS',
  'AUDIT',
  'ALERTS',
  'STATES',
]);

@ObjectType({ description: 'One place where the hub keeps something of people.', simpleResolvers: true })
export class ErasureStore {
  @Field(() => ErasedStore, { description: 'Which one.' })
  store!: ValueOf<typeof ErasedStore>;

  @Field(() => Int, { description: 'Entries from which something of the person is removed.' })
  removed!: number;

  @Field(() => Int, { description: 'Entries that stay without the person: amounts, dates, VAT, that something happened.' })
  retained!: number;
} // prettier-ignore

@ObjectType({ description: 'What becomes of a system that has a record of the customer.', simpleResolvers: true })
export class ErasureOutcome {
  @Field(() => System, { nullable: true, description: 'Null when it is not connected any more.' })
  system!: System | null;

  @Field(() => String, { nullable: true, description: 'What the system calls the customer.' })
  externalId!: string | null;

  @Field(() => ErasureState)
  state!: ValueOf<typeof ErasureState>;

  @Field(() => String, { nullable: true, description: 'Why it could not be told, when something is known of it.' })
  reason!: string | null;
}

@ObjectType({ description: 'What an erasure has removed, by store and system.', simpleResolvers: true })
export class ErasureReport {
  @Field(() => ID)
  customerId!: string;

  @Field(() => ErasureReach, { description: 'How far it went.' })
  reach!: ValueOf<typeof ErasureReach>;

  @Field(() => [ErasureStore], { description: 'Every place where the hub keeps something of people.' })
  stores!: readonly ErasureStore[];

  @Field(() => [ErasureOutcome], { description: 'The systems that have a record of the customer.' })
  systems!: readonly ErasureOutcome[];

  @Field(() => Boolean, {
    description: 'The change log is in Kafka: what it holds already is deleted there by age, not by this.',
  })
  isLogInKafka!: boolean;
}

@ObjectType({ description: 'What an erasure would remove. Nothing is changed yet.', simpleResolvers: true })
export class ErasurePlan {
  @Field(() => String, { description: 'Send it with customerErase: it is refused when something has changed since.' })
  planHash!: string;

  @Field(() => String, { description: 'What has to be typed: the number of the customer, else the name or the id.' })
  confirmation!: string;

  @Field(() => Int, { description: 'Orders that are neither completed nor cancelled; their addresses go too.' })
  openOrders!: number;

  @Field(() => [ErasureStore], { description: 'Every place where the hub keeps something of people.' })
  stores!: readonly ErasureStore[];

  @Field(() => [ErasureOutcome], { description: 'The systems that have a record of the customer.' })
  systems!: readonly ErasureOutcome[];

  @Field(() => Boolean, {
    description: 'The change log is in Kafka: what it holds already is deleted there by age, not by this.',
  })
  isLogInKafka!: boolean;
}

@InputType({ description: 'A customer who is to be erased.' })
export class CustomerEraseInput {
  @Field(() => ID)
  id!: string;

  @Field(() => ErasureReach, { description: 'How far it goes.' })
  reach!: ValueOf<typeof ErasureReach>;

  @Field(() => Boolean, { defaultValue: false, description: 'True only gives the plan.' })
  isDryRun!: boolean;

  @Field(() => String, { nullable: true, description: 'What the plan asks for, typed; needed unless it is a dry run.' })
  confirmation?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of the plan that was looked at; needed unless it is a dry run.',
  })
  planHash?: string | null;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'Result of customerErase.', simpleResolvers: true })
export class CustomerErasePayload extends Payload {
  @Field(() => Job, { nullable: true, description: 'Null for a dry run, and when it was refused.' })
  job!: Job | null;

  @Field(() => ErasurePlan, { nullable: true })
  plan!: ErasurePlan | null;
}

@InputType({ description: 'A customer who asks what is held of him.' })
export class CustomerExportInput {
  @Field(() => ID)
  id!: string;
}

@ObjectType({ description: 'Result of customerExport.', simpleResolvers: true })
export class CustomerExportPayload extends Payload {
  @Field(() => JsonValue, { nullable: true, description: 'All that the hub holds of the customer, by store.' })
  document!: Json | null;
}
