/**
 * Orders in both directions. Softmaat has one list of states where the hub has three axes: what is delivered and what is
 * paid are read out of two fields, and put together again from the axes. An order keeps the words of where it was placed.
 */
import type { ConditionRule, MappingDefinition, Rule } from '../../mapping/mapping.js';
import { orderAddressesOut } from './debtor-mapping.js';

const lineIn: readonly Rule[] = [
  ...(['key', 'kind', 'variant', 'sku', 'description', 'quantity', 'unitPrice', 'discountAmount', 'taxRate', 'revenueAccount'] as const).map(
    (name): Rule => ({ kind: 'copy', target: name, source: name }),
  ),
  { kind: 'copy', target: 'quantityFulfilled', source: 'shippedQuantity' },
  { kind: 'copy', target: 'taxClass', source: 'taxCode' },
  { kind: 'valueList', target: 'taxCategory', source: 'taxCode', list: 'softmaat-tax-category' },
]; // prettier-ignore

const orderIn: MappingDefinition = {
  direction: 'inbound',
  connector: 'softmaat',
  key: 'softmaat-order-in',
  record: 'order',
  entity: 'order',
  rules: [
    { kind: 'copy', target: 'hubId', source: 'externalReference' },
    { kind: 'constant', target: 'type', value: 'ORDER' },
    { kind: 'copy', target: 'number', source: 'number' },
    { kind: 'copy', target: 'reference', source: 'reference' },
    { kind: 'valueList', target: 'status', source: 'status', list: 'softmaat-order-status-in', default: 'OPEN' },
    {
      kind: 'valueList',
      target: 'fulfillmentStatus',
      source: 'status',
      secondKey: 'isPartlyShipped',
      list: 'softmaat-fulfillment-status-in',
      default: 'UNFULFILLED',
    },
    { kind: 'valueList', target: 'paymentStatus', source: 'paymentStatus', list: 'softmaat-payment-status-in' },
    { kind: 'copy', target: 'customer', source: 'debtorId' },
    { kind: 'copy', target: 'customerSnapshot.name', source: 'billingAddress.name' },
    { kind: 'copy', target: 'billingAddress', source: 'billingAddress', whenEmpty: 'clear' },
    { kind: 'copy', target: 'shippingAddress', source: 'shippingAddress', whenEmpty: 'clear' },
    { kind: 'copy', target: 'placedAt', source: 'placedAt' },
    { kind: 'copy', target: 'placedAtLocal', source: 'placedAtLocal' },
    { kind: 'copy', target: 'currency', source: 'currency' },
    {
      kind: 'condition',
      target: 'taxMethod',
      rows: [{ when: { field: 'pricesIncludeTax', is: 'true' }, then: { constant: 'INCLUSIVE' } }],
      otherwise: { translate: { source: 'commonTaxCode', list: 'softmaat-tax-method' } },
      default: 'EXCLUSIVE',
    },
    { kind: 'copy', target: 'location', source: 'warehouseKey', whenEmpty: 'clear' },
    { kind: 'valueList', target: 'taxCountry', source: 'firstTaxCode', list: 'softmaat-tax-country' },
    { kind: 'list', target: 'lines', source: 'orderLines', rules: lineIn },
    { kind: 'valueList', target: 'shippingMethod', source: 'shippingMethodCode', list: 'softmaat-shipping-method-in' },
    {
      kind: 'list',
      target: 'taxes',
      source: 'totals.taxes',
      rules: [
        { kind: 'copy', target: 'rate', source: 'rate' },
        { kind: 'copy', target: 'taxClass', source: 'taxCode' },
        { kind: 'valueList', target: 'taxCategory', source: 'taxCode', list: 'softmaat-tax-category' },
        { kind: 'copy', target: 'base', source: 'base' },
        { kind: 'copy', target: 'amount', source: 'amount' },
      ],
    },
    { kind: 'copy', target: 'totalExcl', source: 'totals.excl' },
    { kind: 'copy', target: 'totalTax', source: 'totals.tax' },
    { kind: 'copy', target: 'totalIncl', source: 'totals.incl' },
    { kind: 'copy', target: 'paidAmount', source: 'paidAmount' },
    {
      kind: 'list',
      target: 'payments',
      source: 'orderPayments',
      rules: [
        { kind: 'copy', target: 'key', source: 'key' },
        { kind: 'valueList', target: 'method', source: 'methodCode', list: 'softmaat-payment-method-in' },
        { kind: 'copy', target: 'amount', source: 'amount' },
        { kind: 'copy', target: 'paidAt', source: 'paidAt' },
        { kind: 'copy', target: 'reference', source: 'reference' },
      ],
      whenEmpty: 'clear',
      note: 'Payments that the other system has booked stay.',
    },
    { kind: 'valueList', target: 'paymentMethod', source: 'paymentMethodCode', list: 'softmaat-payment-method-in' },
    { kind: 'valueList', target: 'paymentTerm', source: 'paymentTermCode', list: 'softmaat-payment-term-in' },
    { kind: 'copy', target: 'note', source: 'note', whenEmpty: 'clear' },
  ],
};

/** A rate of 0 does not tell which of these it is. */
const withoutVat = ['ZERO_RATED', 'EXEMPT', 'REVERSE_CHARGE', 'INTRA_COMMUNITY', 'EXPORT', 'OUT_OF_SCOPE'];
/** By why there is no VAT, else by the rate. */
const byVat = (target: string, list: string, category: string, rate: string, secondKey: string): ConditionRule => ({
  kind: 'condition',
  target,
  rows: [
    {
      when: { field: category, is: 'in', value: withoutVat },
      then: { translate: { source: category, list, secondKey } },
    },
  ],
  otherwise: { translate: { source: rate, list, secondKey } },
});

const lineOut: readonly Rule[] = [
  {
    kind: 'condition',
    target: 'sku',
    rows: [
      {
        when: {
          all: [
            { field: 'kind', is: 'eq', value: 'ROUNDING' },
            { field: 'variant', is: 'empty' },
          ],
        },
        then: { copy: '^.settings.roundingArticle' },
      },
    ],
    otherwise: { copy: 'variant' },
  },
  { kind: 'copy', target: 'description', source: 'description' },
  { kind: 'copy', target: 'quantity', source: 'quantity' },
  { kind: 'copy', target: 'unitPrice', source: 'price' },
  {
    ...byVat('taxCode', 'softmaat-tax-code', 'taxCategory', 'taxRate', '^.taxCountry'),
    note: 'A line without a rate gets the tax code of its product.',
  },
  { kind: 'copy', target: 'discountAmount', source: 'discount', default: '0' },
  byVat('revenueAccount', 'softmaat-revenue-account', 'taxCategory', 'taxRate', '^.taxCountry'),
  { kind: 'valueList', target: 'warehouseCode', source: '^.locationCode', list: 'softmaat-warehouse' },
  {
    kind: 'condition',
    target: 'shippedQuantity',
    rows: [{ when: { field: 'quantityFulfilled', is: 'gt', value: 0 }, then: { copy: 'quantityFulfilled' } }],
    note: 'Nothing is shipped of what comes back.',
  },
];

const statusOut: Rule = {
  kind: 'valueList',
  target: 'status',
  source: 'status',
  secondKey: 'fulfillmentStatus',
  list: 'softmaat-order-status-out',
  default: 'confirmed',
};

const debtorOut: readonly Rule[] = [
  {
    kind: 'condition',
    target: 'debtorId',
    rows: [{ when: { field: 'usesDefaultCustomer', is: 'true' }, then: { copy: 'settings.defaultCustomer' } }],
    otherwise: { copy: 'customer' },
  },
  {
    kind: 'condition',
    target: 'contactId',
    rows: [
      {
        when: {
          all: [{ field: 'customerIsCompany', is: 'true' }, { not: { field: 'usesDefaultCustomer', is: 'true' } }],
        },
        then: { copy: 'customer' },
      },
    ],
    note: 'The contact has the id of its company.',
  },
];

const orderOut: MappingDefinition = {
  direction: 'outbound',
  connector: 'softmaat',
  key: 'softmaat-order-out',
  record: 'order',
  entity: 'order',
  rules: [
    { kind: 'copy', target: 'externalReference', source: 'id', onUpdate: false },
    ...debtorOut,
    statusOut,
    { kind: 'valueList', target: 'paymentStatus', source: 'paymentStatus', list: 'softmaat-payment-status-out' },
    { kind: 'copy', target: 'placedAt', source: 'placedAt' },
    {
      kind: 'condition',
      target: 'reference',
      rows: [{ when: { field: 'reference', is: 'filled' }, then: { copy: 'reference' } }],
      otherwise: { copy: 'number' },
    },
    { kind: 'copy', target: 'currency', source: 'currency' },
    {
      kind: 'condition',
      target: 'pricesIncludeTax',
      rows: [{ when: { field: 'taxMethod', is: 'eq', value: 'INCLUSIVE' }, then: { constant: true } }],
      otherwise: { constant: false },
    },
    { kind: 'valueList', target: 'paymentMethodCode', source: 'paymentMethod', list: 'softmaat-payment-method-out' },
    { kind: 'valueList', target: 'paymentTermCode', source: 'paymentTerm', list: 'softmaat-payment-term-out' },
    {
      kind: 'valueList',
      target: 'shippingMethodCode',
      source: 'shippingMethod',
      list: 'softmaat-shipping-method-out',
      secondKey: 'settings.country',
    },
    ...orderAddressesOut,
    {
      kind: 'list',
      target: 'lines',
      source: 'lines',
      includeWhen: { field: 'kind', is: 'in', value: ['', 'PRODUCT', 'FEE', 'GIFT_CARD', 'DEPOSIT', 'ROUNDING'] },
      rules: lineOut,
      note: 'Shipping costs have a field of their own; a text sells nothing.',
    },
    {
      kind: 'list',
      target: 'deliveries',
      source: 'deliveries',
      rules: [
        { kind: 'copy', target: 'key', source: 'key' },
        { kind: 'copy', target: 'quantity', source: 'quantity' },
      ],
      note: 'For orders of the shop, whose lines the hub leaves alone.',
    },
    {
      kind: 'condition',
      target: 'shippingCost.amount',
      rows: [
        {
          when: { all: [{ field: 'shippingAmount', is: 'filled' }, { field: 'shippingAmount', is: 'ne', value: 0 }] },
          then: { copy: 'shippingAmount' },
        },
      ],
      whenEmpty: 'clear',
    },
    byVat('shippingCost.taxCode', 'softmaat-tax-code', 'shippingTaxCategory', 'shippingTaxRate', 'taxCountry'),
    {
      kind: 'list',
      target: 'payments',
      source: 'payments',
      rules: [
        { kind: 'valueList', target: 'methodCode', source: 'method', list: 'softmaat-payment-method-out', default: 'OTHER' },
        { kind: 'copy', target: 'amount', source: 'amount' },
        { kind: 'copy', target: 'paidAt', source: 'paidAt' },
        { kind: 'copy', target: 'reference', source: 'mark' },
      ],
      whenEmpty: 'clear',
      note: 'The mark tells the payments of the hub from those of the shop.',
    },
    { kind: 'copy', target: 'note', source: 'note' },
    {
      kind: 'condition',
      target: 'silent',
      rows: [{ when: { field: 'isSilent', is: 'true' }, then: { constant: true } }],
      onUpdate: false,
    },
  ],
}; // prettier-ignore

export const orderMappings: readonly MappingDefinition[] = [orderIn, orderOut];
