/** The parts of an order: lines, VAT per rate, payments, and codes with their names. */
import { Field, Int, ObjectType } from 'type-graphql';
import { enumeration, type ValueOf } from './enumeration.js';
import { Money, TaxClass, TaxedMoney } from './money.js';
import { CountryCode, DateTime, Decimal } from './scalars.js';
import { CustomerKind } from './customer.js';
import { Node } from './syncable.js';

/** A line as it is stored; amounts are in the basis that the order's tax method names. */
export interface StoredLine {
  readonly key: string;
  readonly kind?: string;
  readonly variant?: string;
  readonly sku?: string;
  readonly description?: string;
  readonly quantity: string;
  readonly quantityCancelled?: string;
  readonly unitCode?: string;
  readonly unitPrice: string;
  readonly discountAmount?: string;
  readonly total?: string;
  readonly taxRate?: string;
  readonly taxClass?: string;
  readonly taxCategory?: ValueOf<typeof TaxCategory>;
  readonly revenueAccount?: string;
}

/** What is delivered of a line. */
export interface StoredDelivery {
  readonly key: string;
  readonly quantity: string;
}

export interface StoredTax {
  readonly rate: string;
  readonly taxClass?: string;
  readonly taxCategory?: ValueOf<typeof TaxCategory>;
  readonly base: string;
  readonly amount: string;
}

export interface StoredPayment {
  readonly key: string;
  readonly method?: string;
  readonly amount: string;
  readonly paidAt?: string;
  readonly reference?: string;
}

export const AdjustmentKind = enumeration('AdjustmentKind', 'What changes an amount.', ['DISCOUNT', 'ROUNDING']);

@ObjectType({
  description: 'A discount, as the positive amount that it takes off, or a rounding with its sign.',
  simpleResolvers: true,
})
export class OrderAdjustment {
  @Field(() => AdjustmentKind)
  kind!: ValueOf<typeof AdjustmentKind>;

  @Field(() => String)
  label!: string;

  @Field(() => TaxedMoney, { nullable: true, description: 'Null when the VAT rate is not known.' })
  amount!: TaxedMoney | null;
}

export const TaxCategory = enumeration('TaxCategory', 'VAT category of EN 16931, spelled out.', [
  'STANDARD',
  'ZERO_RATED',
  'EXEMPT',
  'REVERSE_CHARGE',
  'INTRA_COMMUNITY',
  'EXPORT',
  'OUT_OF_SCOPE',
]);

@ObjectType({ description: 'VAT of one rate.', simpleResolvers: true })
export class TaxLine {
  @Field(() => TaxClass, { nullable: true })
  taxClass!: TaxClass | null;

  @Field(() => TaxCategory, { nullable: true, description: 'Null for a rate of 0 whose reason no system states.' })
  category!: ValueOf<typeof TaxCategory> | null;

  @Field(() => CountryCode, { nullable: true })
  country!: string | null;

  @Field(() => Decimal, { description: 'Percentage points: 21 means 21 %.' })
  ratePercent!: string;

  @Field(() => Money)
  taxable!: Money;

  @Field(() => Money)
  tax!: Money;

  @Field(() => Boolean, { description: 'False: computed from the lines, because no system stated it.' })
  isStated!: boolean;
}

export const OrderLineKind = enumeration('OrderLineKind', 'What a line is for.', [
  'PRODUCT',
  'SHIPPING',
  'FEE',
  'GIFT_CARD',
  'DEPOSIT',
  'TEXT',
]);

@ObjectType({
  description: 'A line of an order. The texts are copies of the moment of ordering.',
  implements: Node,
  simpleResolvers: true,
})
export class OrderLine extends Node {
  @Field(() => Int, { description: 'From 1 on.' })
  position!: number;

  @Field(() => OrderLineKind)
  kind!: string;

  @Field(() => String, { nullable: true })
  sku!: string | null;

  @Field(() => String)
  description!: string;

  @Field(() => Decimal, { description: 'Negative for a return.' })
  quantity!: string;

  @Field(() => Decimal, { nullable: true, description: 'Null when no system tells.' })
  quantityFulfilled!: string | null;

  @Field(() => Decimal, { nullable: true, description: 'Null when no system tells.' })
  quantityCancelled!: string | null;

  @Field(() => String, { description: 'Sales unit; C62 is a piece.' })
  unitCode!: string;

  @Field(() => TaxedMoney, {
    nullable: true,
    description: 'Before discounts, up to six decimals. Null when the VAT rate is not known.',
  })
  unitPrice!: TaxedMoney | null;

  @Field(() => [OrderAdjustment])
  discounts!: readonly OrderAdjustment[];

  @Field(() => TaxedMoney, { nullable: true, description: 'After discounts. Null when the VAT rate is not known.' })
  total!: TaxedMoney | null;

  @Field(() => [TaxLine])
  taxes!: readonly TaxLine[];

  @Field(() => String, { nullable: true })
  revenueAccount!: string | null;

  variantId!: string | null;
}

@ObjectType({ description: 'A way of paying.', simpleResolvers: true })
export class PaymentMethod {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType({ description: 'A way of bringing goods to the customer.', simpleResolvers: true })
export class ShippingMethod {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType({ description: 'Within how many days to pay.', simpleResolvers: true })
export class PaymentTerm {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Int, { nullable: true })
  days!: number | null;
}

@ObjectType({ description: 'Money that was paid, or paid back.', implements: Node, simpleResolvers: true })
export class Payment extends Node {
  @Field(() => String, { description: 'The same in all systems: `<where it was first seen>:<its id there>`.' })
  key!: string;

  @Field(() => PaymentMethod, { nullable: true })
  method!: PaymentMethod | null;

  @Field(() => Money, { description: 'Negative for a refund.' })
  amount!: Money;

  @Field(() => DateTime, { nullable: true })
  paidAt!: string | null;

  @Field(() => String, { nullable: true })
  reference!: string | null;
}

@ObjectType({
  description: 'The customer as it was when the order was placed; does not follow later edits.',
  simpleResolvers: true,
})
export class CustomerSnapshot {
  @Field(() => CustomerKind, { nullable: true })
  kind!: string | null;

  @Field(() => String, { nullable: true })
  displayName!: string | null;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => String, { nullable: true })
  phone!: string | null;

  @Field(() => String, { nullable: true })
  vatNumber!: string | null;
}

@ObjectType({ description: 'A remark on an order.', simpleResolvers: true })
export class OrderNote {
  @Field(() => String)
  text!: string;
}

export const StatusAxis = enumeration('StatusAxis', 'Which of the states of an order.', [
  'DOCUMENT',
  'PAYMENT',
  'FULFILLMENT',
]);

@ObjectType({ description: 'What one system said last of one state of an order.', simpleResolvers: true })
export class SourceStatus {
  @Field(() => StatusAxis)
  axis!: ValueOf<typeof StatusAxis>;

  @Field(() => String, {
    nullable: true,
    description:
      "In the system's own words, several of them separated by commas. Null when it has no word for that state.",
  })
  value!: string | null;

  @Field(() => String, { nullable: true, description: 'What people call these words; null when nobody has said.' })
  label?: string | null;

  @Field(() => String, { description: 'What it means: a value of the enum of that state.' })
  meaning!: string;

  @Field(() => DateTime)
  observedAt!: Date;

  systemKey!: string;
}
