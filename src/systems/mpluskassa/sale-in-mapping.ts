/**
 * Default mappings from orders and invoices to orders of the hub. Totals and VAT are copied, never calculated. The till has
 * an axis of its own for each of cancelling, delivering and completing; what they mean is said by value lists.
 */
import type { ConditionRule, MappingDefinition, Operand, Predicate, Rule } from '../../mapping/mapping.js';
import { clear, copy } from './relation-mapping.js';

const eq = (field: string, value: string): Predicate => ({ field, is: 'eq', value });
const condition = (
  target: string,
  rows: readonly (readonly [when: Predicate, then: Operand])[],
  otherwise?: Operand,
  more: Partial<ConditionRule> = {},
): Rule => ({
  kind: 'condition',
  target,
  rows: rows.map(([when, then]) => ({ when, then })),
  ...(otherwise === undefined ? {} : { otherwise }),
  ...more,
});
const codes = (target: string, field: string, pairs: readonly (readonly [string, string])[], otherwise: string): Rule =>
  condition(
    target,
    pairs.map(([value, constant]) => [eq(field, value), { constant }] as const),
    { constant: otherwise },
  );

/** Prices include VAT or not as a whole; each side of a line has its own fields. */
const isInclusive = eq('^.vatMethod', 'VAT-METHOD-INCLUSIVE');
const byBasis = (target: string, incl: string, excl: string): Rule =>
  condition(target, [[isInclusive, { copy: incl }]], { copy: excl });

const lineRules = (fulfilled: string): readonly Rule[] => [
  condition('key', [[{ field: 'tempId', is: 'filled' }, { copy: 'tempId' }]], { copy: 'lineId' }),
  condition(
    'kind',
    [
      [eq('data.turnoverGroupType', 'TURNOVER-GROUP-TYPE-REFUNDABLE-DEPOSIT'), { constant: 'DEPOSIT' }],
      [eq('data.priceType', 'PRICE-TYPE-GIFT-CARD'), { constant: 'GIFT_CARD' }],
      [eq('data.turnoverGroup', '900'), { constant: 'SHIPPING' }],
    ],
    { constant: 'PRODUCT' },
    { note: '900 is the turnover group of shipping costs.' },
  ),
  copy('variant', 'articleNumber'),
  copy('sku', 'articleNumber'),
  copy('description', 'text'),
  copy('quantity', 'data.quantity', { whenEmpty: 'fail' }),
  copy('quantityFulfilled', fulfilled, { default: '0' }),
  copy('quantityCancelled', 'data.cancelledQuantity', { default: '0' }),
  copy('unitCode', 'data.siUnit'),
  byBasis('unitPrice', 'data.price', 'data.priceExcl'),
  byBasis('discountAmount', 'data.discountAmount', 'data.discountAmountExcl'),
  byBasis('total', 'data.totalInclAmount', 'data.totalExclAmount'),
  copy('taxRate', 'data.vatPercentage'),
  copy('taxClass', 'data.vatCode'),
  { kind: 'valueList', target: 'taxCategory', source: 'data.vatCode', list: 'mpluskassa-tax-category' },
];

/** `fulfilled`: field of a line that says how much of it was handed over. */
const linesOf = (fulfilled: string): Rule => ({
  kind: 'list',
  target: 'lines',
  source: 'lineList',
  includeWhen: { not: { field: 'lineKind', is: 'in', value: ['LINE-KIND-SUBTOTAL', 'LINE-KIND-HEADER', 'LINE-KIND-SECONDARY-HEADER'] } }, // prettier-ignore
  rules: lineRules(fulfilled),
  ...clear,
});

const addressRules = (target: string, source: string): readonly Rule[] => [
  condition(`${target}.name`, [[{ field: `${source}.contact`, is: 'filled' }, { copy: `${source}.contact` }]], {
    copy: `${source}.name`,
  }),
  condition(`${target}.company`, [
    [{ field: `${source}.companyName`, is: 'filled' }, { copy: `${source}.companyName` }],
    [
      {
        all: [
          { field: `${source}.contact`, is: 'filled' },
          { field: `${source}.name`, is: 'filled' },
          { expression: `record.${source}.name != record.${source}.contact` },
        ],
      },
      { copy: `${source}.name` },
    ],
  ]),
  copy(`${target}.line1`, `${source}.address`),
  copy(`${target}.postalCode`, `${source}.zipcode`),
  copy(`${target}.city`, `${source}.city`),
  { kind: 'valueList', target: `${target}.country`, source: `${source}.country`, list: 'mpluskassa-country' },
  copy(`${target}.countryText`, `${source}.country`),
];

const shared: readonly Rule[] = [
  copy('number', 'numberText'),
  copy('reference', 'reference', clear),
  codes(
    'paymentStatus',
    'paidState',
    [
      ['PART', 'PARTIALLY_PAID'],
      ['ALL', 'PAID'],
      ['TOO-MUCH', 'OVERPAID'],
      ['PART-REFUNDED', 'PARTIALLY_REFUNDED'],
      ['REFUNDED', 'REFUNDED'],
    ],
    'UNPAID',
  ),
  copy('customer', 'relationNumber', { ...clear, note: 'A sale to nobody in particular has no customer.' }),
  condition(
    'customerSnapshot.kind',
    [
      [{ field: 'invoiceAddress.companyName', is: 'filled' }, { constant: 'COMPANY' }],
      [{ field: 'relationVatNumber', is: 'filled' }, { constant: 'COMPANY' }],
    ],
    { constant: 'PERSON' },
  ),
  copy('customerSnapshot.name', 'relationName'),
  copy('customerSnapshot.vatNumber', 'relationVatNumber'),
  ...addressRules('billingAddress', 'invoiceAddress'),
  ...addressRules('shippingAddress', 'deliveryAddress'),
  copy('placedAt', 'entryTimestamp', { whenEmpty: 'fail' }),
  copy('placedAtLocal', 'entryTimestampLocal'),
  copy('documentDate', 'financialDate', clear),
  copy('location', 'financialBranchNumber', clear),
  copy('currency', 'currency', { note: 'Amounts of MplusKASSA have no currency: it is a setting of the system.' }),
  codes(
    'taxMethod',
    'vatMethod',
    [
      ['VAT-METHOD-EXCLUSIVE', 'EXCLUSIVE'],
      ['VAT-METHOD-SHIFTED', 'REVERSE_CHARGED'],
      ['VAT-METHOD-NONE', 'NONE'],
    ],
    'INCLUSIVE',
  ),
  { kind: 'valueList', target: 'taxCountry', source: 'saleCountryIso3', list: 'mpluskassa-vat-country', ...clear },
  {
    kind: 'list',
    target: 'taxes',
    source: 'vatGroupList',
    rules: [
      copy('rate', 'vatPercentage'),
      copy('taxClass', 'vatCode'),
      { kind: 'valueList', target: 'taxCategory', source: 'vatCode', list: 'mpluskassa-tax-category' },
      copy('base', 'exclAmount'),
      copy('amount', 'vatAmount'),
    ],
    ...clear,
    note: 'The VAT of the till counts; nothing is calculated again.',
  },
  copy('totalExcl', 'totalExclAmount'),
  copy('totalTax', 'totalVatAmount'),
  copy('totalIncl', 'totalInclAmount'),
  {
    kind: 'list',
    target: 'payments',
    source: 'payments',
    rules: [
      copy('key', 'key'),
      { kind: 'valueList', target: 'method', source: 'method', list: 'mpluskassa-payment-method' },
      copy('amount', 'amount'),
      copy('paidAt', 'paidAt'),
      copy('reference', 'reference'),
    ],
    ...clear,
    note: 'Payments that the other system has booked stay.',
  },
];

const orderIn: MappingDefinition = {
  key: 'mpluskassa-order-in',
  direction: 'inbound',
  connector: 'mpluskassa',
  record: 'order',
  entity: 'order',
  rules: [
    copy('hubId', 'extOrderId'),
    { kind: 'constant', target: 'type', value: 'ORDER' },
    condition(
      'status',
      [
        [
          { field: 'cancelState', is: 'filled' },
          { translate: { source: 'cancelState', secondKey: 'completeState', list: 'mpluskassa-order-status' } },
        ],
      ],
      { translate: { source: 'completeState', list: 'mpluskassa-order-status' } },
      { default: 'OPEN', note: 'Cancelled or not counts first, then completed or not.' },
    ),
    {
      kind: 'valueList',
      target: 'fulfillmentStatus',
      source: 'deliveryState',
      list: 'mpluskassa-delivery-status',
      default: 'UNFULFILLED',
    },
    copy('deliveryDate', 'deliveryDate', clear),
    { kind: 'valueList', target: 'shippingMethod', source: 'deliveryMethod', list: 'mpluskassa-delivery-method' },
    { kind: 'valueList', target: 'paymentMethod', source: 'paymentMethod', list: 'mpluskassa-payment-method' },
    copy('paidAmount', 'prepaidAmount'),
    linesOf('data.deliveredQuantity'),
    ...shared,
  ],
};

const invoiceIn: MappingDefinition = {
  key: 'mpluskassa-invoice-in',
  direction: 'inbound',
  connector: 'mpluskassa',
  record: 'invoice',
  entity: 'order',
  rules: [
    copy('hubId', 'extInvoiceId'),
    codes('type', 'invoiceType', [['INVOICE-TYPE-CREDIT-INVOICE', 'CREDIT_NOTE']], 'INVOICE'),
    copy('settles', 'orderIds'),
    copy('settlesMarked', 'extOrderIds'),
    copy('credits', 'creditedInvoiceId'),
    { kind: 'valueList', target: 'status', source: 'state', list: 'mpluskassa-invoice-status', default: 'OPEN' },
    {
      ...codes('fulfillmentStatus', 'invoiceType', [['INVOICE-TYPE-CREDIT-INVOICE', 'RETURNED']], 'FULFILLED'),
      note: 'What is invoiced was handed over, whether or not it is paid.',
    },
    copy('dueDate', 'dueDate', clear),
    copy('paidAmount', 'paidAmount'),
    linesOf('data.quantity'),
    ...shared,
  ],
};

export const saleInMappings: readonly MappingDefinition[] = [orderIn, invoiceIn];
