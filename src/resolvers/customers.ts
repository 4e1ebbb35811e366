/** Customers: queries and the edges to their orders. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { CustomerAddress, DataIssue } from '../schema/address.js';
import { CustomerConnection, OrderConnection } from '../schema/connections.js';
import { CompanyDetails, Contact, Customer, PersonDetails } from '../schema/customer.js';
import * as shapes from '../schema/customer-shapes.js';
import { CustomerBy } from '../schema/inputs.js';
import { PaymentTerm } from '../schema/order-parts.js';
import { paymentTermOf } from '../schema/order-shapes.js';
import { PageArgs } from '../schema/page.js';
import { CustomerFilter, OrderFilter } from '../schema/sales-filters.js';
import { CustomerSort, OrderSort } from '../schema/sorts.js';
import type { Context } from './context.js';
import { recordsToWrite, recordToWrite } from './look-ahead.js';

@Resolver(() => Customer)
export class CustomerResolver {
  @Query(() => CustomerConnection, { description: 'Customers in pages.' })
  customers(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Arg('filter', () => CustomerFilter, { nullable: true }) filter: CustomerFilter | null,
    @Arg('sort', () => CustomerSort, { nullable: true }) sort: CustomerSort | null,
    @Ctx() { reads }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reads.customers({ search, filter, sort }, page, recordsToWrite(info));
  }

  @Query(() => Customer, { nullable: true, description: 'One customer by exactly one of its keys.' })
  customer(@Arg('by', () => CustomerBy) by: CustomerBy, @Ctx() { reads }: Context, @Info() info: GraphQLResolveInfo) {
    return reads.customer(by, recordToWrite(info));
  }

  @FieldResolver(() => String, {
    description: "Company name, else the person's name, else the number: never empty.",
  })
  displayName(@Root() customer: Customer) {
    return shapes.displayNameOf(customer);
  }

  @FieldResolver(() => CompanyDetails, { nullable: true, description: 'Filled when kind is COMPANY.' })
  company(@Root() customer: Customer) {
    return shapes.companyOf(customer);
  }

  @FieldResolver(() => PersonDetails, { nullable: true, description: 'Filled when kind is PERSON.' })
  person(@Root() customer: Customer) {
    return shapes.personOf(customer);
  }

  @FieldResolver(() => [Contact])
  contacts(@Root() customer: Customer) {
    return shapes.contactsOf(customer);
  }

  @FieldResolver(() => [CustomerAddress])
  addresses(@Root() customer: Customer) {
    return shapes.addressesOf(customer);
  }

  @FieldResolver(() => PaymentTerm, { nullable: true })
  paymentTerm(@Root() customer: Customer) {
    return paymentTermOf(customer.paymentTerm, customer.paymentDays);
  }

  @FieldResolver(() => Boolean, { description: 'A flow lets it stand in for customers that orders lack.' })
  isDefaultDebtor(@Root() customer: Customer, @Ctx() { reads }: Context) {
    return reads.isDefaultDebtor(customer.id);
  }

  @FieldResolver(() => [DataIssue], { description: 'What is odd about the stored data; it is kept as it is.' })
  issues(@Root() customer: Customer, @Ctx() { caller }: Context) {
    return caller.scopes.has('READ_CUSTOMERS') ? shapes.issuesOf(customer) : [];
  }

  @FieldResolver(() => OrderConnection, { description: 'The latest first.' })
  orders(
    @Root() customer: Customer,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => OrderFilter, { nullable: true }) filter: OrderFilter | null,
    @Arg('sort', () => OrderSort, { nullable: true }) sort: OrderSort | null,
    @Ctx() { reads }: Context,
  ) {
    return reads.ordersOf(customer.id, { filter, sort }, page);
  }
}
