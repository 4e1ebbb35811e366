/** Typed filters of customers and orders. */
import { Field, InputType } from 'type-graphql';
import { CustomerKind } from './customer.js';
import { DateTimeFilter, DecimalFilter, IdFilter, StringFilter, SyncFilter } from './filters.js';
import { OrderFulfillmentStatus, OrderPaymentStatus, OrderStatus, OrderType } from './order.js';
import { CountryCode, Day } from './scalars.js';

const optional = { nullable: true } as const;

@InputType({ description: 'A span of days, both ends included.' })
export class DateFilter {
  @Field(() => Day, optional)
  from?: string | null;

  @Field(() => Day, optional)
  to?: string | null;

  @Field(() => Boolean, optional)
  isNull?: boolean | null;
}

@InputType({ description: 'Which customers.' })
export class CustomerFilter {
  @Field(() => [CustomerFilter], optional)
  and?: CustomerFilter[] | null;

  @Field(() => [CustomerFilter], optional)
  or?: CustomerFilter[] | null;

  @Field(() => CustomerFilter, optional)
  not?: CustomerFilter | null;

  @Field(() => IdFilter, optional)
  id?: IdFilter | null;

  @Field(() => CustomerKind, optional)
  kind?: string | null;

  @Field(() => StringFilter, optional)
  number?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'On displayName.' })
  name?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'Capitals make no difference.' })
  email?: StringFilter | null;

  @Field(() => StringFilter, optional)
  vatNumber?: StringFilter | null;

  @Field(() => [CountryCode], { nullable: true, description: 'Of one of the addresses.' })
  country?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether `issues` lists anything.' })
  hasIssues?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether another customer stands for it. Where this is not said at the top of the filter, and nothing is searched for, those are left out.',
  })
  isMerged?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether `possibleDuplicates` names anybody.' })
  hasPossibleDuplicates?: boolean | null;

  @Field(() => DateTimeFilter, optional)
  updatedAt?: DateTimeFilter | null;

  @Field(() => SyncFilter, optional)
  sync?: SyncFilter | null;
}

@InputType({ description: 'Which orders, invoices and credit notes.' })
export class OrderFilter {
  @Field(() => [OrderFilter], optional)
  and?: OrderFilter[] | null;

  @Field(() => [OrderFilter], optional)
  or?: OrderFilter[] | null;

  @Field(() => OrderFilter, optional)
  not?: OrderFilter | null;

  @Field(() => IdFilter, optional)
  id?: IdFilter | null;

  @Field(() => [OrderType], optional)
  type?: string[] | null;

  @Field(() => StringFilter, optional)
  number?: StringFilter | null;

  @Field(() => StringFilter, optional)
  reference?: StringFilter | null;

  @Field(() => [OrderStatus], optional)
  status?: string[] | null;

  @Field(() => [OrderPaymentStatus], optional)
  paymentStatus?: string[] | null;

  @Field(() => [OrderFulfillmentStatus], optional)
  fulfillmentStatus?: string[] | null;

  @Field(() => IdFilter, {
    nullable: true,
    description: 'The customer that they count for; of merged ones the survivor.',
  })
  customerId?: IdFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'One of the lines has such a SKU.' })
  sku?: StringFilter | null;

  @Field(() => DecimalFilter, { nullable: true, description: 'The stated total including VAT.' })
  total?: DecimalFilter | null;

  @Field(() => DateTimeFilter, optional)
  placedAt?: DateTimeFilter | null;

  @Field(() => DateFilter, optional)
  documentDate?: DateFilter | null;

  @Field(() => DateTimeFilter, optional)
  updatedAt?: DateTimeFilter | null;

  @Field(() => IdFilter, { nullable: true, description: 'The system in which it was placed.' })
  originSystemId?: IdFilter | null;

  @Field(() => SyncFilter, optional)
  sync?: SyncFilter | null;
}
