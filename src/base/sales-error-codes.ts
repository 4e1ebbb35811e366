/** Codes about orders, customers and numbers of articles; part of the catalogue in error-codes.ts. */
import type { ErrorDefinition } from './error-definition.js';

export const salesErrorCodes = {
  DUPLICATE_IN_SYSTEM: {
    class: 'data',
    message: 'Two records of {system} carry the mark of one record of the hub: {first} and {second}.',
    hint: 'Keep one of them in {system} and remove the other or its mark; then replay.',
  },
  MARK_UNKNOWN: {
    class: 'data',
    message: 'A record of {system} carries the mark of a record that the hub does not know (yet): {mark}.',
    hint: 'It is taken in by itself once the hub has read that record. When another hub made the mark, replay it as a record of its own (mode AS_OWN).',
  },
  TOTALS_DIFFER: {
    class: 'data',
    message: 'The totals of the order would not agree in {system}: {what}.',
    hint: 'Compare the calculation with the order; allow a rounding line in the flow, or correct the order, then replay.',
  },
  CANCELLED_COUNTED: {
    class: 'data',
    message:
      'Of the order was cancelled: {what}; and the total that is stated of it still counts that. Nothing of it is told to {system}, which would take it for sold.',
    hint: 'Correct the total of the order where it was placed, or take what was cancelled out of its lines there; then replay.',
  },
  CURRENCY_DIFFERS: {
    class: 'data',
    message:
      'The amounts of {record} are in {currency}, and those of {system} are in {accepted} only: nothing of it was written there.',
    hint: 'Say the amounts in {accepted} where the record is kept, or keep it out of the flow. When the administration of {system} is in another currency than {accepted}, correct its setting "currency". Then replay.',
  },
  SENT_WITHOUT_LINE: {
    class: 'data',
    message:
      '{system} has sent {what} of the order, and in the system that it came from the order has no line for it. Both stay as they are.',
    hint: 'Put the line back into the order where it was taken out, or take back in {system} what was sent; then replay. Whatever else has changed in the order still arrives; what {system} refuses of that, it says in its own words.',
  },
  PAYMENT_BOOKED_OTHERWISE: {
    class: 'data',
    message:
      'What {system} has booked of the payments of the order is not what they say by now: {what}. It changes no payment that is booked.',
    hint: 'Where the payment was changed, put it back as it was booked and enter the correction as a payment of its own, a negative one for money that goes back: that one travels. Or correct it in {system}. Then replay.',
  },
  SKU_NOT_NUMERIC: {
    class: 'data',
    message: '{system} takes numbers only, and {skus} cannot be one.',
    hint: 'Give the product a SKU of digits, or let the flow allocate article numbers; then replay.',
  },
  ARTICLE_NUMBER_TAKEN: {
    class: 'data',
    message: 'The hub has given the article number {skus} of {system} to another variant.',
    hint: 'Give the product a SKU that no other article has as its number there, or let the flow allocate article numbers; then replay.',
  },
  SHIPPING_ARTICLE_MISSING: {
    class: 'data',
    message: 'The order has shipping costs, and the flow does not say which article of {system} stands for them.',
    hint: 'Name it in the settings of the flow (order.shippingArticle), then replay.',
  },
  SHIPPING_COSTS_UNFIT: {
    class: 'data',
    message:
      'The shipping costs of the order cannot be told to {system}: it takes one amount that is not negative, at one rate of VAT, and these are given back or have several rates.',
    hint: 'Enter the order in {system} by hand, or change its shipping costs where it was placed; then replay.',
  },
  ADDRESS_INCOMPLETE: {
    class: 'data',
    message: 'The delivery address of the order has a street and no city, and {system} takes none without.',
    hint: 'Enter the city in the address of the order where it was placed; the order then goes on by itself.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
