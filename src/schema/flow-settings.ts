/** What people set for a flow: as it is shown, and as it is given. What an input leaves out stays as it is. */
import { Field, Int, InputType, ObjectType } from 'type-graphql';
import { enumeration } from './enumeration.js';
import { DateTime } from './scalars.js';

export const StockCalculation = enumeration(
  'StockCalculation',
  'Which number a target is told as stock.',
  ['AVAILABLE', 'ON_HAND', 'ON_HAND_MINUS_RESERVED_MINUS_SAFETY', 'AVAILABLE_PLUS_INCOMING'],
  { AVAILABLE: 'On hand minus reservations minus safety stock.', ON_HAND: 'What is on the shelf.' },
);
export const FlowStart = enumeration(
  'FlowStart',
  'Where a source is read from when it has never been read.',
  ['BEGINNING', 'NOW'],
  { NOW: 'Only what changes from now on; orders that the hub knew before are not sent.' },
);
export const DocumentType = enumeration('DocumentType', 'Kinds of sales documents.', [
  'ORDER',
  'INVOICE',
  'CREDIT_NOTE',
]);
export const DefaultCustomerUse = enumeration(
  'DefaultCustomerUse',
  'When the default customer stands in.',
  ['WHEN_MISSING', 'ALWAYS'],
  { WHEN_MISSING: 'The order has no customer, or one that the target cannot take.' },
);
export const CustomerMatch = enumeration(
  'CustomerMatch',
  'By what a customer that the target has already is recognised.',
  ['EMAIL', 'NONE'],
  { EMAIL: 'The whole address, whatever its case.', NONE: 'Only by the mark of the hub.' },
);
export const ArticleNumberMode = enumeration(
  'ArticleNumberMode',
  'What becomes of SKUs that are not digits only, where a target takes numbers only.',
  ['DIGITS_ONLY', 'ALLOCATE'],
  {
    DIGITS_ONLY: 'Such products become problems; nothing is sent.',
    ALLOCATE: 'They get a number of their own, linked for ever and never used again.',
  },
);

const optional = { nullable: true } as const;

@ObjectType({ description: 'Settings that concern orders and their customers.', simpleResolvers: true })
export class OrderFlowSettings {
  @Field(() => [DocumentType], { description: 'Kinds of documents that are taken from the source.' })
  types!: readonly string[];

  @Field(() => DocumentType, { description: 'What they become in the target.' })
  documentType!: string;

  @Field(() => String, { ...optional, description: 'Employee who books; the target’s usual one when empty.' })
  employee!: string | null;

  @Field(() => String, { ...optional, description: 'Branch that gets turnover and stock movement.' })
  branch!: string | null;

  @Field(() => String, optional)
  entryBranch!: string | null;

  @Field(() => String, optional)
  workplace!: string | null;

  @Field(() => String, optional)
  orderCategory!: string | null;

  @Field(() => String, { ...optional, description: 'Article that stands for shipping costs.' })
  shippingArticle!: string | null;

  @Field(() => String, { ...optional, description: 'Article for rounding lines; empty = no such lines.' })
  roundingArticle!: string | null;

  @Field(() => String, { ...optional, description: "The target's own id of the default customer." })
  defaultCustomer!: string | null;

  @Field(() => DefaultCustomerUse)
  useDefaultCustomer!: string;

  @Field(() => CustomerMatch)
  matchCustomersBy!: string;
}

@ObjectType({ description: 'Numbers for products whose SKU the target cannot hold.', simpleResolvers: true })
export class ArticleNumberSettings {
  @Field(() => ArticleNumberMode)
  mode!: string;

  @Field(() => String, { ...optional, description: 'First number of the range.' })
  from!: string | null;
}

@ObjectType({
  description:
    'From when on updates that take something away from records of the target are held and shown instead of sent.',
  simpleResolvers: true,
})
export class WriteGuard {
  @Field(() => Boolean)
  isOn!: boolean;

  @Field(() => Int, { description: 'So many records may lose something within five minutes, whatever their share.' })
  maxRecords!: number;

  @Field(() => Int, { description: 'And so many per cent of the records that the flow updates within five minutes.' })
  maxPercent!: number;

  @Field(() => String, {
    description: 'A price jumps when it becomes more than so many times as high, or lower than one so many-th.',
  })
  maxPriceFactor!: string;
}

@ObjectType({ description: 'What people have set for a flow.', simpleResolvers: true })
export class FlowSettings {
  @Field(() => Int, { description: 'Records per run (amount to process).' })
  batchSize!: number;

  @Field(() => Boolean)
  createMissing!: boolean;

  @Field(() => Boolean)
  updateExisting!: boolean;

  @Field(() => StockCalculation)
  stockCalculation!: string;

  @Field(() => String, { description: 'Country of the shop (ISO 3166-1 alpha-2).' })
  country!: string;

  @Field(() => String, { description: 'Currency of the shop (ISO 4217).' })
  currency!: string;

  @Field(() => [String], { description: 'Fields that belong to the source of this flow alone.' })
  ownedFields!: readonly string[];

  @Field(() => FlowStart)
  start!: string;

  @Field(() => DateTime, { ...optional, description: 'Orders placed earlier are left out.' })
  startFrom!: Date | null;

  @Field(() => DateTime, {
    ...optional,
    description:
      'Orders placed earlier go without confirmation and reservation; when nothing is set, the moment in which the flow is enabled.',
  })
  liveFrom!: Date | null;

  @Field(() => OrderFlowSettings)
  order!: OrderFlowSettings;

  @Field(() => ArticleNumberSettings)
  articleNumbers!: ArticleNumberSettings;

  @Field(() => WriteGuard)
  guard!: WriteGuard;
}

@InputType({ description: 'Settings that concern orders; what is left out stays, null empties.' })
export class OrderFlowSettingsInput {
  @Field(() => [DocumentType], optional)
  types?: string[] | null;

  @Field(() => DocumentType, optional)
  documentType?: string | null;

  @Field(() => String, optional)
  employee?: string | null;

  @Field(() => String, optional)
  branch?: string | null;

  @Field(() => String, optional)
  entryBranch?: string | null;

  @Field(() => String, optional)
  workplace?: string | null;

  @Field(() => String, optional)
  orderCategory?: string | null;

  @Field(() => String, optional)
  shippingArticle?: string | null;

  @Field(() => String, optional)
  roundingArticle?: string | null;

  @Field(() => String, optional)
  defaultCustomer?: string | null;

  @Field(() => DefaultCustomerUse, optional)
  useDefaultCustomer?: string | null;

  @Field(() => CustomerMatch, optional)
  matchCustomersBy?: string | null;
}

@InputType({ description: 'Numbers for products whose SKU the target cannot hold.' })
export class ArticleNumberSettingsInput {
  @Field(() => ArticleNumberMode)
  mode!: string;

  @Field(() => String, { ...optional, description: 'Digits; needed for ALLOCATE.' })
  from?: string | null;
}

@InputType({ description: 'When updates are held; what is left out stays, null takes the default.' })
export class WriteGuardInput {
  @Field(() => Boolean, optional)
  isOn?: boolean | null;

  @Field(() => Int, { ...optional, description: '0 to 1000000; 20 when nothing is set.' })
  maxRecords?: number | null;

  @Field(() => Int, { ...optional, description: '0 to 100; 5 when nothing is set.' })
  maxPercent?: number | null;

  @Field(() => String, { ...optional, description: '1.1 to 1000, with two decimals at most; 3 when nothing is set.' })
  maxPriceFactor?: string | null;
}

@InputType({ description: 'Settings of a flow; what is left out stays as it is, null takes the default.' })
export class FlowSettingsInput {
  @Field(() => Int, optional)
  batchSize?: number | null;

  @Field(() => Boolean, optional)
  createMissing?: boolean | null;

  @Field(() => Boolean, optional)
  updateExisting?: boolean | null;

  @Field(() => StockCalculation, optional)
  stockCalculation?: string | null;

  @Field(() => String, optional)
  country?: string | null;

  @Field(() => String, optional)
  currency?: string | null;

  @Field(() => [String], optional)
  ownedFields?: string[] | null;

  @Field(() => FlowStart, {
    ...optional,
    description: 'NOW: nothing of the past. Set to an earlier start later, the source is read again.',
  })
  start?: string | null;

  @Field(() => DateTime, optional)
  startFrom?: Date | null;

  @Field(() => DateTime, optional)
  liveFrom?: Date | null;

  @Field(() => OrderFlowSettingsInput, optional)
  order?: OrderFlowSettingsInput | null;

  @Field(() => ArticleNumberSettingsInput, optional)
  articleNumbers?: ArticleNumberSettingsInput | null;

  @Field(() => WriteGuardInput, optional)
  guard?: WriteGuardInput | null;
}
