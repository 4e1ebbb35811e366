/** An order, invoice or credit note: one type, because their structure is the same. It keeps its own copy of names, prices and VAT. */
import { ObjectType } from 'type-graphql';
import { Entity } from 'typeorm/decorator/entity/Entity.js';
import type { StoredAddress } from './address.js';
import { enumeration } from './enumeration.js';
import type { StoredDelivery, StoredLine, StoredPayment, StoredTax } from './order-parts.js';
import { Node, Syncable } from './syncable.js';
import { Amount, CalendarDay, Country, CurrencyText, EnumText, Instant, Structure, Text } from './vocabulary.js';

export const OrderType = enumeration('OrderType', 'Which kind of document it is.', ['ORDER', 'INVOICE', 'CREDIT_NOTE']);
export const OrderStatus = enumeration('OrderStatus', 'State of the document.', [
  'DRAFT',
  'OPEN',
  'ON_HOLD',
  'COMPLETED',
  'PARTIALLY_CANCELLED',
  'CANCELLED',
]);
export const OrderPaymentStatus = enumeration('OrderPaymentStatus', 'State of payment.', [
  'UNPAID',
  'AUTHORIZED',
  'PARTIALLY_PAID',
  'PAID',
  'OVERPAID',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'VOIDED',
]);
export const OrderFulfillmentStatus = enumeration('OrderFulfillmentStatus', 'State of delivery.', [
  'NOT_APPLICABLE',
  'UNFULFILLED',
  'PARTIALLY_FULFILLED',
  'FULFILLED',
  'PARTIALLY_RETURNED',
  'RETURNED',
]);
export const TaxMethod = enumeration(
  'TaxMethod',
  'How VAT stands to the prices of the lines.',
  ['INCLUSIVE', 'EXCLUSIVE', 'REVERSE_CHARGED', 'NONE'],
  {
    INCLUSIVE: 'Line prices include VAT; VAT is taken out of them.',
    EXCLUSIVE: 'VAT is added to line prices.',
    REVERSE_CHARGED: 'VAT is moved to the buyer.',
  },
);

/** The customer as it is stored with an order. */
export interface StoredSnapshot {
  readonly kind?: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly vatNumber?: string;
}

@Entity('sales_order')
@ObjectType('Order', {
  description: 'An order, invoice or credit note. Its state has three axes: document, payment, delivery.',
  implements: [Node, Syncable],
  simpleResolvers: true,
})
export class SalesOrder extends Syncable {
  @EnumText(OrderType)
  type!: string;

  @Text({ nullable: true, description: 'The number by which people know it.' })
  number!: string | null;

  @Text({ nullable: true, description: "The buyer's or the other system's reference." })
  reference!: string | null;

  @Structure<readonly string[]>()
  settles!: readonly string[];

  @Text({ nullable: true, graph: false })
  creditsId!: string | null;

  @EnumText(OrderStatus)
  status!: string;

  @EnumText(OrderPaymentStatus)
  paymentStatus!: string;

  @EnumText(OrderFulfillmentStatus)
  fulfillmentStatus!: string;

  @Text({ nullable: true, graph: false })
  customerId!: string | null;

  @Structure<StoredSnapshot>({ nullable: true })
  customerSnapshot!: StoredSnapshot | null;

  @Structure<StoredAddress>({ nullable: true })
  billingAddress!: StoredAddress | null;

  @Structure<StoredAddress>({ nullable: true })
  shippingAddress!: StoredAddress | null;

  @Instant()
  placedAt!: Date;

  @Text({ nullable: true, description: 'As the system wrote it: local time with its offset.' })
  placedAtLocal!: string | null;

  @CalendarDay({ nullable: true, description: 'The financial date; null when no system states one.' })
  documentDate!: string | null;

  @CalendarDay({ nullable: true })
  deliveryDate!: string | null;

  @CalendarDay({ nullable: true })
  dueDate!: string | null;

  @Text({ nullable: true, graph: false })
  locationId!: string | null;

  @CurrencyText()
  currency!: string;

  @EnumText(TaxMethod)
  taxMethod!: string;

  @Country({ nullable: true, description: 'Country whose VAT applies.' })
  taxCountry!: string | null;

  @Structure<readonly StoredLine[]>()
  lines!: readonly StoredLine[];

  @Structure<readonly StoredDelivery[]>()
  deliveries!: readonly StoredDelivery[];

  @Text({ nullable: true, graph: false })
  shippingMethod!: string | null;

  @Structure<readonly StoredTax[]>()
  taxes!: readonly StoredTax[];

  @Amount({ nullable: true, graph: false })
  totalExcl!: string | null;

  @Amount({ nullable: true, graph: false })
  totalTax!: string | null;

  @Amount({ nullable: true, graph: false })
  totalIncl!: string | null;

  @Amount({ nullable: true, graph: false })
  paidAmount!: string | null;

  @Structure<readonly StoredPayment[]>()
  payments!: readonly StoredPayment[];

  @Text({ nullable: true, graph: false })
  paymentMethod!: string | null;

  @Text({ nullable: true, graph: false })
  paymentTerm!: string | null;

  @Text({ nullable: true, graph: false })
  note!: string | null;
}
