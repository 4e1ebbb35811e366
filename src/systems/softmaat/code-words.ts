/** What the shop's own words are called by people: values of its enumerations, and which fields hold codes that the shop lists. */
import type { CodeWords } from '../code-words.js';

/** See `CodeWords`. */
export const codeWords: CodeWords = {
  fixed: {
    new: 'New',
    confirmed: 'Confirmed',
    partially_shipped: 'Partly shipped',
    shipped: 'Shipped',
    completed: 'Completed',
    cancelled: 'Cancelled',
    open: 'To be paid',
    partially_paid: 'Partly paid',
    paid: 'Paid',
    refunded: 'Refunded',
    simple: 'Simple product',
    configurable: 'Product with variants',
    variant: 'Variant',
    company: 'Company',
    person: 'Person',
    billing: 'For bills',
    shipping: 'For parcels',
  },
  listed: {
    taxCode: 'softmaat-tax-code',
    methodCode: 'softmaat-payment-method-out',
    paymentMethodCode: 'softmaat-payment-method-out',
    shippingMethodCode: 'softmaat-shipping-method-out',
    paymentTermCode: 'softmaat-payment-term-out',
    revenueAccount: 'softmaat-revenue-account',
    warehouseCode: 'softmaat-warehouse',
  },
  held: { taxClass: 'softmaat-tax-code', revenueAccount: 'softmaat-revenue-account' },
};
