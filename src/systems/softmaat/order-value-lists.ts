/**
 * Codes of customers and orders: payment, shipping, terms, revenue. Canonical codes are those of the hub; payment terms are
 * days. Each direction has a list of its own, because several codes here can be one there.
 */
import type { ValueList, ValueListEntry } from '../../mapping/mapping.js';

const pairs = (texts: string): readonly ValueListEntry[] =>
  texts.split(' ').map((text) => {
    const [from = '', to = ''] = text.split('>');
    return { from, to };
  });

const revenueAccounts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  NL: { '21': '8000', '9': '8010', '0': '8020' },
  BE: { '21': '700000', '12': '700000', '6': '700000', '0': '700000' },
  FR: { '20': '707000', '10': '707000', '5.5': '707000', '2.1': '707000', '0': '707000' },
  DE: { '19': '8400', '7': '8400', '0': '8400' },
  LU: { '17': '702000', '14': '702000', '8': '702000', '3': '702000', '0': '702000' },
};

/** Where there is no VAT: an account of its own where sales without VAT have one. */
const revenueWithoutVat = pairs('NL>8020 BE>700000 FR>707000 DE>8400 LU>702000');

/** What the status becomes where something is delivered; `cancelled` and `completed` say so themselves. */
const shipped = ['DRAFT', 'OPEN', 'ON_HOLD', 'PARTIALLY_CANCELLED'].flatMap((from) => [
  ...['FULFILLED', 'PARTIALLY_RETURNED', 'RETURNED'].map((secondKey) => ({ from, secondKey, to: 'shipped' })),
  { from, secondKey: 'PARTIALLY_FULFILLED', to: 'partially_shipped' },
]);
const partlyShipped = ['new', 'confirmed', 'cancelled'].map((from) => ({
  from,
  secondKey: 'true',
  to: 'PARTIALLY_FULFILLED',
}));

interface TaxEntry extends ValueListEntry {
  /** The country. */
  readonly secondKey: string;
}

/** `rates` and `reasons`: VAT rate, or why there is none, and country → code. */
export const makeOrderValueLists = (
  rates: readonly TaxEntry[],
  reasons: readonly TaxEntry[],
): readonly ValueList[] => {
  // The code of the rate 0 is that of one of the reasons.
  const taxed = rates.filter(({ from }) => from !== '0');
  return [
  { key: 'softmaat-order-status-in', name: 'Status of Softmaat → status', kind: 'ORDER_STATUS', whenUnmapped: 'default', defaultValue: 'OPEN', entries: pairs('new>OPEN confirmed>OPEN partially_shipped>OPEN shipped>OPEN completed>COMPLETED cancelled>CANCELLED') },
  { key: 'softmaat-fulfillment-status-in', name: 'Status of Softmaat, and whether lines are shipped → fulfilment status', kind: 'ORDER_STATUS', whenUnmapped: 'default', defaultValue: 'UNFULFILLED', entries: [...pairs('new>UNFULFILLED confirmed>UNFULFILLED partially_shipped>PARTIALLY_FULFILLED shipped>FULFILLED completed>FULFILLED cancelled>UNFULFILLED'), ...partlyShipped] },
  { key: 'softmaat-order-status-out', name: 'Status and fulfilment status → status of Softmaat', kind: 'ORDER_STATUS', whenUnmapped: 'default', defaultValue: 'confirmed', entries: [...pairs('DRAFT>new ON_HOLD>new OPEN>confirmed PARTIALLY_CANCELLED>confirmed COMPLETED>completed CANCELLED>cancelled'), ...shipped] },
  { key: 'softmaat-payment-method-in', name: 'Payment method of Softmaat → payment method', kind: 'PAYMENT_METHOD', whenUnmapped: 'default', defaultValue: 'OTHER', entries: pairs('IDEAL>IDEAL BANCONTACT>BANCONTACT CARD>CREDIT_CARD PIN>CARD CASH>CASH INVOICE>ON_ACCOUNT PAYPAL>PAYPAL TRANSFER>BANK_TRANSFER DEBIT>DIRECT_DEBIT VOUCHER>GIFT_CARD OTHER>OTHER') },
  { key: 'softmaat-payment-method-out', name: 'Payment method → payment method of Softmaat', kind: 'PAYMENT_METHOD', whenUnmapped: 'default', defaultValue: 'OTHER', entries: pairs('IDEAL>IDEAL BANCONTACT>BANCONTACT CREDIT_CARD>CARD CARD>PIN CASH>CASH ON_ACCOUNT>INVOICE PAYPAL>PAYPAL BANK_TRANSFER>TRANSFER DIRECT_DEBIT>DEBIT GIFT_CARD>VOUCHER OTHER>OTHER') },
  { key: 'softmaat-shipping-method-in', name: 'Shipping method of Softmaat → shipping method', kind: 'SHIPPING_METHOD', whenUnmapped: 'default', defaultValue: 'OTHER', entries: pairs('POSTNL>STANDARD BPOST>STANDARD COLISSIMO>STANDARD DHL>STANDARD EXPRESS>EXPRESS MAILBOX>MAILBOX COURIER>COURIER PICKUP>PICKUP OTHER>OTHER') },
  {
    key: 'softmaat-shipping-method-out', name: 'Shipping method and country of the shop → shipping method of Softmaat', kind: 'SHIPPING_METHOD', whenUnmapped: 'default', defaultValue: 'OTHER',
    entries: [...pairs('STANDARD>POSTNL EXPRESS>EXPRESS MAILBOX>MAILBOX COURIER>COURIER PICKUP>PICKUP OTHER>OTHER'), { from: 'STANDARD', secondKey: 'BE', to: 'BPOST' }, { from: 'STANDARD', secondKey: 'FR', to: 'COLISSIMO' }],
  },
  { key: 'softmaat-country', name: 'Country as people wrote it → country of Softmaat (ISO 3166-1)', kind: 'CUSTOM', whenUnmapped: 'fail', entries: [] },
  { key: 'softmaat-payment-term-in', name: 'Payment term of Softmaat → days', kind: 'PAYMENT_TERM', whenUnmapped: 'omit', entries: pairs('DIRECT>0 N8>8 N14>14 N30>30 N60>60') },
  { key: 'softmaat-payment-term-out', name: 'Days → payment term of Softmaat', kind: 'PAYMENT_TERM', whenUnmapped: 'omit', entries: pairs('0>DIRECT 8>N8 14>N14 30>N30 60>N60') },
  { key: 'softmaat-price-list-in', name: 'Price list of Softmaat → price list', kind: 'CUSTOM', whenUnmapped: 'pass', entries: [] },
  { key: 'softmaat-price-list-out', name: 'Price list → price list of Softmaat', kind: 'CUSTOM', whenUnmapped: 'omit', entries: [] },
  { key: 'softmaat-payment-status-in', name: 'Payment status of Softmaat → payment status', kind: 'ORDER_STATUS', whenUnmapped: 'default', defaultValue: 'UNPAID', entries: pairs('open>UNPAID partially_paid>PARTIALLY_PAID paid>PAID refunded>REFUNDED') },
  { key: 'softmaat-payment-status-out', name: 'Payment status → payment status of Softmaat', kind: 'ORDER_STATUS', whenUnmapped: 'default', defaultValue: 'open', entries: pairs('UNPAID>open AUTHORIZED>open VOIDED>open PARTIALLY_PAID>partially_paid PAID>paid OVERPAID>paid PARTIALLY_REFUNDED>paid REFUNDED>refunded') },
  {
    key: 'softmaat-revenue-account', name: 'VAT rate and country → revenue account of Softmaat', kind: 'REVENUE_ACCOUNT', whenUnmapped: 'omit',
    entries: [
      ...Object.entries(revenueAccounts).flatMap(([secondKey, accounts]) => Object.entries(accounts).map(([from, to]) => ({ from, secondKey, to }))),
      ...reasons.map(({ from, secondKey }) => ({ from, secondKey, to: revenueWithoutVat.find((one) => one.from === secondKey)?.to ?? '' })),
    ],
  },
  {
    // Without an entry the VAT would be that of the branch or the shop: whose VAT it is is never guessed.
    key: 'softmaat-tax-country', name: 'Tax code of Softmaat → country', kind: 'TAX_CODE', whenUnmapped: 'fail',
    entries: [...taxed, ...reasons].map(({ to, secondKey }) => ({ from: to, to: secondKey })),
  },
  {
    key: 'softmaat-tax-category', name: 'Tax code of Softmaat → why it is that VAT', kind: 'TAX_CODE', whenUnmapped: 'omit',
    entries: [...taxed.map(({ to }) => ({ from: to, to: 'STANDARD' })), ...reasons.map(({ from, to }) => ({ from: to, to: from }))],
  },
  {
    key: 'softmaat-tax-method', name: 'Tax code of all lines of an order with prices excl. VAT → how VAT stands to its prices', kind: 'TAX_CODE', whenUnmapped: 'default', defaultValue: 'EXCLUSIVE',
    entries: [...taxed, ...reasons].map(({ from, to }) => ({ from: to, to: from === 'REVERSE_CHARGE' ? 'REVERSE_CHARGED' : 'EXCLUSIVE' })),
  },
];
}; // prettier-ignore
