/** Documents that belong together: an invoice and the orders that it is of, a credit note and what it takes back. */
import { Field, ObjectType } from 'type-graphql';
import { enumeration, type ValueOf } from './enumeration.js';
import { SalesOrder } from './order.js';

export const OrderRelation = enumeration(
  'OrderRelation',
  'How a document stands to another one.',
  ['INVOICED_BY', 'INVOICES', 'CREDITED_BY', 'CREDITS'],
  {
    INVOICED_BY: 'The other one is its invoice.',
    INVOICES: 'It is the invoice of the other one.',
    CREDITED_BY: 'The other one takes it back.',
    CREDITS: 'It takes the other one back.',
  },
);

@ObjectType({ description: 'Another document of the same sale.', simpleResolvers: true })
export class RelatedOrder {
  @Field(() => OrderRelation)
  relation!: ValueOf<typeof OrderRelation>;

  @Field(() => SalesOrder)
  order!: SalesOrder;
}
