/**
 * Default mapping from an order of the hub to one of the till. Prices and discounts are those that make the totals agree;
 * exactly one of price and priceExcl is sent. Shipping costs and rounding are lines of the articles that the flow names.
 */
import type { Lookup, MappingDefinition, Predicate, Rule } from '../../mapping/mapping.js';
import { clear, copy } from './relation-mapping.js';

const create = { onUpdate: false } as const;
const isInclusive: Predicate = { field: '^.taxMethod', is: 'eq', value: 'INCLUSIVE' };
const when = (target: string, predicate: Predicate, source: string): Rule => ({
  kind: 'condition',
  target,
  rows: [{ when: predicate, then: { copy: source } }],
});
const firstOf = (target: string, first: string, second: string, more: Partial<Rule> = {}): Rule =>
  ({
    kind: 'condition',
    target,
    rows: [{ when: { field: first, is: 'filled' }, then: { copy: first } }],
    otherwise: { copy: second },
    ...more,
  }) as Rule;

const addressRules = (target: string, source: string): readonly Rule[] => [
  copy(`${target}.name`, `${source}.name`, clear),
  copy(`${target}.companyName`, `${source}.company`, clear),
  copy(`${target}.address`, `${source}.line1`, clear),
  copy(`${target}.zipcode`, `${source}.postalCode`, clear),
  copy(`${target}.city`, `${source}.city`, clear),
  { kind: 'valueList', target: `${target}.country`, source: `${source}.country`, list: 'mpluskassa-country-out', ...clear }, // prettier-ignore
];

const kindIs = (value: string): Predicate => ({ field: 'kind', is: 'eq', value });

/** A rate of 0 does not tell which of these it is. */
const withoutVat = ['ZERO_RATED', 'EXEMPT', 'REVERSE_CHARGE', 'INTRA_COMMUNITY', 'EXPORT', 'OUT_OF_SCOPE'];
const vatCode = (source: string): Lookup => ({ source, list: 'mpluskassa-vat-code', secondKey: '^.taxCountry' });

const line: readonly Rule[] = [
  copy('tempId', 'key'),
  {
    kind: 'condition',
    target: 'articleNumber',
    rows: [
      { when: kindIs('SHIPPING'), then: { copy: '^.settings.shippingArticle' } },
      { when: kindIs('ROUNDING'), then: { copy: '^.settings.roundingArticle' } },
    ],
    otherwise: { copy: 'variant' },
    note: 'Shipping costs need an article in the settings of the flow.',
  },
  copy('text', 'description'),
  copy('data.quantity', 'quantity'),
  when('data.price', isInclusive, 'price'),
  when('data.priceExcl', { not: isInclusive }, 'price'),
  when('data.discountAmount', isInclusive, 'discount'),
  when('data.discountAmountExcl', { not: isInclusive }, 'discount'),
  {
    kind: 'condition',
    target: 'data.vatCode',
    rows: [
      { when: { field: '^.taxMethod', is: 'in', value: ['REVERSE_CHARGED', 'NONE'] }, then: { constant: null } },
      { when: { field: 'taxCategory', is: 'in', value: withoutVat }, then: { translate: vatCode('taxCategory') } },
    ],
    otherwise: { translate: vatCode('taxRate') },
    note: 'Where the method of the order says that there is no VAT, the article keeps its code.',
  },
];

const orderOut: MappingDefinition = {
  key: 'mpluskassa-order-out',
  direction: 'outbound',
  connector: 'mpluskassa',
  record: 'order',
  entity: 'order',
  rules: [
    copy('extOrderId', 'id', { whenEmpty: 'fail', ...create }),
    { kind: 'constant', target: 'orderType', value: 'ORDER-TYPE-EXTERNAL-SALES-ORDER', ...create },
    copy('documentType', 'settings.documentType', { default: 'ORDER', ...create }),
    {
      kind: 'condition',
      target: 'relationNumber',
      rows: [{ when: { field: 'usesDefaultCustomer', is: 'true' }, then: { copy: 'settings.defaultCustomer' } }],
      otherwise: { copy: 'customer' },
      note: 'An order needs a relation; name a default customer in the settings of the flow for sales without one.',
    },
    firstOf('reference', 'reference', 'number', clear),
    copy('employeeNumber', 'settings.employee', { default: '999999', note: '999999 is the superuser.', ...create }),
    {
      kind: 'condition',
      target: 'financialBranchNumber',
      rows: [{ when: { field: 'settings.branch', is: 'filled' }, then: { copy: 'settings.branch' } }],
      otherwise: { translate: { source: 'locationCode', list: 'mpluskassa-branch' } },
      note: 'The branch of the settings, else the one that is the warehouse of the order.',
      ...create,
    },
    firstOf('entryBranchNumber', 'settings.entryBranch', 'settings.branch', create),
    copy('workplaceNumber', 'settings.workplace', create),
    copy('orderCategoryNumber', 'settings.orderCategory', create),
    copy('entryTimestamp', 'placedAt', create),
    copy('financialDate', 'documentDate'),
    {
      kind: 'condition',
      target: 'vatMethod',
      rows: [
        { when: { field: 'taxMethod', is: 'eq', value: 'EXCLUSIVE' }, then: { constant: 'VAT-METHOD-EXCLUSIVE' } },
        { when: { field: 'taxMethod', is: 'eq', value: 'REVERSE_CHARGED' }, then: { constant: 'VAT-METHOD-SHIFTED' } },
        { when: { field: 'taxMethod', is: 'eq', value: 'NONE' }, then: { constant: 'VAT-METHOD-NONE' } },
      ],
      otherwise: { constant: 'VAT-METHOD-INCLUSIVE' },
    },
    { kind: 'valueList', target: 'vatCountryIso3', source: 'taxCountry', list: 'mpluskassa-vat-country-out' },
    ...addressRules('invoiceAddress', 'billingAddress'),
    ...addressRules('deliveryAddress', 'shippingAddress'),
    { kind: 'valueList', target: 'deliveryMethod', source: 'shippingMethod', list: 'mpluskassa-delivery-method-out' },
    copy('deliveryDate', 'deliveryDate', clear),
    { kind: 'valueList', target: 'paymentMethod', source: 'paymentMethod', list: 'mpluskassa-payment-method-out' },
    {
      kind: 'list',
      target: 'lineList',
      source: 'lines',
      includeWhen: {
        all: [
          { not: kindIs('TEXT') },
          { not: { all: [kindIs('SHIPPING'), { field: 'price', is: 'eq', value: '0' }] } },
        ],
      },
      rules: line,
      ...clear,
      note: 'The till has no lines of text only; free shipping needs no line.',
    },
    {
      kind: 'list',
      target: 'payments',
      source: 'payments',
      rules: [
        copy('key', 'mark'),
        { kind: 'valueList', target: 'method', source: 'method', list: 'mpluskassa-payment-method-out' },
        copy('amount', 'amount'),
        copy('paidAt', 'paidAt'),
      ],
      ...clear,
      note: 'Payments without a method cannot be booked.',
    },
    {
      kind: 'condition',
      target: 'deliveryState',
      rows: [
        {
          when: { field: 'fulfillmentStatus', is: 'eq', value: 'FULFILLED' },
          then: { constant: 'ORDER-DELIVERY-STATE-COMPLETE' },
        },
      ],
    },
    {
      kind: 'list',
      target: 'deliveries',
      source: 'deliveries',
      rules: [copy('key', 'key'), copy('quantity', 'quantity')],
    },
    {
      kind: 'condition',
      target: 'cancelState',
      rows: [
        { when: { field: 'status', is: 'eq', value: 'CANCELLED' }, then: { constant: 'ORDER-CANCEL-STATE-COMPLETE' } },
      ],
    },
  ],
};

export const orderOutMappings: readonly MappingDefinition[] = [orderOut];
