/** The value lists of relations and sales, with the codes of an ordinary installation; people extend them. */
import { alpha3Of } from '../../base/country-codes.js';
import type { ValueList, ValueListEntry } from '../../mapping/mapping.js';

const entries = (...pairs: readonly (readonly [from: string, to: string])[]): readonly ValueListEntry[] =>
  pairs.map(([from, to]) => ({ from, to }));

/** Relations and addresses name countries as people write them. */
const countryNames: Readonly<Record<string, readonly string[]>> = {
  NL: ['Nederland', 'NL', 'NLD', 'The Netherlands', 'Netherlands', 'Pays-Bas', 'Niederlande'],
  BE: ['België', 'BE', 'BEL', 'Belgie', 'Belgique', 'Belgium', 'Belgien'],
  FR: ['France', 'FR', 'FRA', 'Frankrijk', 'Frankreich'],
  DE: ['Duitsland', 'DE', 'DEU', 'Deutschland', 'Germany', 'Allemagne'],
  LU: ['Luxemburg', 'LU', 'LUX', 'Luxembourg', 'Lëtzebuerg'],
};

export const saleValueLists: readonly ValueList[] = [
  {
    key: 'mpluskassa-payment-method',
    name: 'Payment method of MplusKASSA → payment method',
    kind: 'PAYMENT_METHOD',
    whenUnmapped: 'default',
    defaultValue: 'OTHER',
    entries: entries(
      ['CONTANT', 'CASH'],
      ['PIN', 'CARD'],
      ['IDEAL', 'IDEAL'],
      ['BANCONTACT', 'BANCONTACT'],
      ['CARD', 'CREDIT_CARD'],
      ['PAYPAL', 'PAYPAL'],
      ['BANK', 'BANK_TRANSFER'],
      ['OP-REKENING', 'ON_ACCOUNT'],
      ['BON', 'GIFT_CARD'],
      ['ONLINE', 'OTHER'],
    ),
  },
  {
    key: 'mpluskassa-payment-method-out',
    name: 'Payment method → payment method of MplusKASSA',
    kind: 'PAYMENT_METHOD',
    whenUnmapped: 'fail',
    entries: entries(
      ['CASH', 'CONTANT'],
      ['CARD', 'PIN'],
      ['IDEAL', 'IDEAL'],
      ['BANCONTACT', 'PIN'],
      ['CREDIT_CARD', 'CARD'],
      ['PAYPAL', 'ONLINE'],
      ['BANK_TRANSFER', 'OP-REKENING'],
      ['DIRECT_DEBIT', 'OP-REKENING'],
      ['GIFT_CARD', 'BON'],
      ['ON_ACCOUNT', 'OP-REKENING'],
      ['OTHER', 'ONLINE'],
    ),
  },
  {
    key: 'mpluskassa-delivery-method',
    name: 'Delivery method of MplusKASSA → shipping method',
    kind: 'SHIPPING_METHOD',
    whenUnmapped: 'default',
    defaultValue: 'OTHER',
    entries: entries(['AFHALEN', 'PICKUP'], ['POST', 'STANDARD'], ['KOERIER', 'COURIER'], ['FIETS', 'COURIER']),
  },
  {
    key: 'mpluskassa-delivery-method-out',
    name: 'Shipping method → delivery method of MplusKASSA',
    kind: 'SHIPPING_METHOD',
    whenUnmapped: 'default',
    defaultValue: 'POST',
    entries: entries(
      ['PICKUP', 'AFHALEN'],
      ['STANDARD', 'POST'],
      ['MAILBOX', 'POST'],
      ['EXPRESS', 'KOERIER'],
      ['COURIER', 'KOERIER'],
    ),
  },
  {
    key: 'mpluskassa-order-status',
    name: 'State of cancellation and of completion of an order in MplusKASSA → status',
    kind: 'ORDER_STATUS',
    whenUnmapped: 'default',
    defaultValue: 'OPEN',
    entries: [
      ...entries(
        ['ORDER-CANCEL-STATE-COMPLETE', 'CANCELLED'],
        ['ORDER-CANCEL-STATE-PARTIAL', 'PARTIALLY_CANCELLED'],
        ['ORDER-CANCEL-STATE-NOTHING', 'OPEN'],
        ['ORDER-COMPLETE-STATE-NOTHING', 'OPEN'],
        ['ORDER-COMPLETE-STATE-PARTIAL', 'OPEN'],
        ['ORDER-COMPLETE-STATE-PARTIAL-DELIVERY-PENDING', 'OPEN'],
        ['ORDER-COMPLETE-STATE-COMPLETE', 'COMPLETED'],
      ),
      { from: 'ORDER-CANCEL-STATE-NOTHING', secondKey: 'ORDER-COMPLETE-STATE-COMPLETE', to: 'COMPLETED' },
      { from: 'ORDER-CANCEL-STATE-PARTIAL', secondKey: 'ORDER-COMPLETE-STATE-COMPLETE', to: 'COMPLETED' },
    ],
  },
  {
    key: 'mpluskassa-delivery-status',
    name: 'State of delivery of an order in MplusKASSA → fulfilment status',
    kind: 'ORDER_STATUS',
    whenUnmapped: 'default',
    defaultValue: 'UNFULFILLED',
    entries: entries(
      ['ORDER-DELIVERY-STATE-NOTHING', 'UNFULFILLED'],
      ['ORDER-DELIVERY-STATE-PARTIAL', 'PARTIALLY_FULFILLED'],
      ['ORDER-DELIVERY-STATE-COMPLETE', 'FULFILLED'],
    ),
  },
  {
    key: 'mpluskassa-invoice-status',
    name: 'State of an invoice in MplusKASSA → status',
    kind: 'ORDER_STATUS',
    whenUnmapped: 'default',
    defaultValue: 'OPEN',
    entries: entries(
      ['INVOICE-STATE-OUTSTANDING', 'OPEN'],
      ['INVOICE-STATE-PARTLY-PAID', 'OPEN'],
      ['INVOICE-STATE-OUTSTANDING-CREDIT', 'OPEN'],
      ['INVOICE-STATE-PAID', 'COMPLETED'],
      ['INVOICE-STATE-HANDLED', 'COMPLETED'],
    ),
  },
  {
    key: 'mpluskassa-country',
    name: 'Name of a country in MplusKASSA → country (ISO 3166-1)',
    kind: 'CUSTOM',
    whenUnmapped: 'omit',
    entries: Object.entries(countryNames).flatMap(([to, names]) => names.map((from) => ({ from, to }))),
  },
  {
    key: 'mpluskassa-country-out',
    name: 'Country (ISO 3166-1) → name of the country in MplusKASSA',
    kind: 'CUSTOM',
    whenUnmapped: 'pass',
    entries: Object.entries(countryNames).map(([from, [to = from]]) => ({ from, to })),
  },
  // Without an entry the VAT would be that of the branch: whose VAT it is is never guessed.
  {
    key: 'mpluskassa-vat-country',
    name: 'Country of VAT (ISO 3166-1 alpha-3 → alpha-2)',
    kind: 'CUSTOM',
    whenUnmapped: 'fail',
    entries: [...alpha3Of].map(([to, from]) => ({ from, to })),
  },
  {
    key: 'mpluskassa-vat-country-out',
    name: 'Country of VAT (ISO 3166-1 alpha-2 → alpha-3)',
    kind: 'CUSTOM',
    whenUnmapped: 'fail',
    entries: [...alpha3Of].map(([from, to]) => ({ from, to })),
  },
];
