/** Orders, invoices and credit notes: queries, their parts and the edges to customers, variants and systems. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { Address } from '../schema/address.js';
import { OrderConnection, OrderLineConnection } from '../schema/connections.js';
import { Customer } from '../schema/customer.js';
import { OrderBy } from '../schema/inputs.js';
import { Money, TaxedMoney } from '../schema/money.js';
import { SalesOrder } from '../schema/order.js';
import * as amounts from '../schema/order-money.js';
import {
  CustomerSnapshot,
  OrderAdjustment,
  OrderLine,
  OrderNote,
  Payment,
  PaymentMethod,
  PaymentTerm,
  ShippingMethod,
  SourceStatus,
  TaxLine,
} from '../schema/order-parts.js';
import * as shapes from '../schema/order-shapes.js';
import { PageArgs } from '../schema/page.js';
import { ProductVariant } from '../schema/product-variant.js';
import { RelatedOrder } from '../schema/related-order.js';
import { OrderFilter } from '../schema/sales-filters.js';
import { OrderSort } from '../schema/sorts.js';
import { StockLocation } from '../schema/stock-location.js';
import { System } from '../schema/system.js';
import type { Context } from './context.js';
import { alongOrders, recordsToWrite, recordToWrite } from './look-ahead.js';

@Resolver(() => SalesOrder)
export class OrderResolver {
  @Query(() => OrderConnection, { description: 'Orders, invoices and credit notes in pages, the latest first.' })
  orders(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Arg('filter', () => OrderFilter, { nullable: true }) filter: OrderFilter | null,
    @Arg('sort', () => OrderSort, { nullable: true }) sort: OrderSort | null,
    @Ctx() { reads }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reads.orders({ search, filter, sort }, page, alongOrders(info), recordsToWrite(info));
  }

  @Query(() => SalesOrder, {
    nullable: true,
    description: 'One order, invoice or credit note by exactly one of its keys.',
  })
  order(@Arg('by', () => OrderBy) by: OrderBy, @Ctx() { reads }: Context, @Info() info: GraphQLResolveInfo) {
    return reads.order(by, recordToWrite(info));
  }

  @FieldResolver(() => [SourceStatus], {
    description: 'What each system said last of the states, as far as it is known.',
  })
  sourceStatuses(@Root() order: SalesOrder, @Ctx() { reads }: Context) {
    return reads.statementsOf(order.id);
  }

  @FieldResolver(() => [RelatedOrder], { description: 'Order to invoice, invoice to credit note, and back.' })
  relatedOrders(@Root() order: SalesOrder, @Ctx() { reads }: Context) {
    return reads.relatedTo(order.id);
  }

  @FieldResolver(() => Customer, {
    nullable: true,
    description: 'Of merged ones the survivor. Null for a guest, or until the customer has been read.',
  })
  customer(@Root() order: SalesOrder, @Ctx() { reads }: Context) {
    return order.customerId === null ? null : reads.buyerOf(order.customerId);
  }

  @FieldResolver(() => CustomerSnapshot, { nullable: true })
  customerSnapshot(@Root() order: SalesOrder) {
    return order.customerSnapshot === null ? null : shapes.snapshotOf(order.customerSnapshot);
  }

  @FieldResolver(() => Address, { nullable: true })
  billingAddress(@Root() order: SalesOrder) {
    return order.billingAddress === null ? null : shapes.addressOf(order.billingAddress);
  }

  @FieldResolver(() => Address, { nullable: true })
  shippingAddress(@Root() order: SalesOrder) {
    return order.shippingAddress === null ? null : shapes.addressOf(order.shippingAddress);
  }

  @FieldResolver(() => StockLocation, { nullable: true })
  location(@Root() order: SalesOrder, @Ctx() { reads }: Context) {
    return order.locationId === null ? null : reads.load.location.load(order.locationId);
  }

  @FieldResolver(() => OrderLineConnection, { description: 'Lines in their order, shipping costs included.' })
  lines(@Root() order: SalesOrder, @Args(() => PageArgs) page: PageArgs, @Ctx() { reads }: Context) {
    return reads.linesOf(order, page);
  }

  @FieldResolver(() => [OrderAdjustment], { description: 'Rounding of the whole order; discounts are on the lines.' })
  adjustments(@Root() order: SalesOrder) {
    return shapes.adjustmentsOf(order);
  }

  @FieldResolver(() => ShippingMethod, { nullable: true })
  shippingMethod(@Root() order: SalesOrder) {
    return shapes.shippingMethodOf(order.shippingMethod);
  }

  @FieldResolver(() => TaxedMoney, { nullable: true, description: 'Sum of the shipping lines; null without any.' })
  shippingPrice(@Root() order: SalesOrder) {
    return amounts.shippingPriceOf(order);
  }

  @FieldResolver(() => [TaxLine], { description: 'VAT per rate.' })
  taxes(@Root() order: SalesOrder) {
    return amounts.taxesOf(order);
  }

  @FieldResolver(() => TaxedMoney, {
    nullable: true,
    description: 'Sum of the lines without shipping costs and rounding. Null when a VAT rate is not known.',
  })
  subtotal(@Root() order: SalesOrder) {
    return amounts.subtotalOf(order);
  }

  @FieldResolver(() => TaxedMoney, {
    nullable: true,
    description: 'As it was stated, else the sum of the lines. Null when neither is known.',
  })
  total(@Root() order: SalesOrder) {
    return amounts.totalOf(order);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'Stated total minus the sum of the lines and their VAT, normally a few cents at most.',
  })
  roundingDifference(@Root() order: SalesOrder) {
    return amounts.roundingDifferenceOf(order);
  }

  @FieldResolver(() => Money)
  paid(@Root() order: SalesOrder) {
    return amounts.paidOf(order);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'Total minus paid; negative when too much was paid.' })
  outstanding(@Root() order: SalesOrder) {
    return amounts.outstandingOf(order);
  }

  @FieldResolver(() => [Payment], { description: 'From all systems.' })
  payments(@Root() order: SalesOrder) {
    return shapes.paymentsOf(order);
  }

  @FieldResolver(() => PaymentMethod, { nullable: true, description: 'How the customer meant to pay.' })
  paymentMethod(@Root() order: SalesOrder) {
    return shapes.paymentMethodOf(order.paymentMethod);
  }

  @FieldResolver(() => PaymentTerm, { nullable: true })
  paymentTerm(@Root() order: SalesOrder) {
    return shapes.paymentTermOf(order.paymentTerm);
  }

  @FieldResolver(() => [OrderNote])
  notes(@Root() order: SalesOrder) {
    return order.note === null ? [] : [{ text: order.note }];
  }
}

@Resolver(() => OrderLine)
export class OrderLineResolver {
  @FieldResolver(() => ProductVariant, {
    nullable: true,
    description: 'Null when the product was never synced or is gone; the copied texts stay.',
  })
  variant(@Root() line: OrderLine, @Ctx() { reads }: Context) {
    return line.variantId === null ? null : reads.load.variant.load(line.variantId);
  }
}

@Resolver(() => SourceStatus)
export class SourceStatusResolver {
  @FieldResolver(() => System, { nullable: true })
  system(@Root() status: SourceStatus, @Ctx() { reads }: Context) {
    return reads.systemByKey(status.systemKey);
  }
}
