/** The fields of orders, with what is computed from them for inbound mappings (order-derive.ts). */
import type { Field, RecordCatalogue } from '../../base/document.js';
import { addressFields } from './debtor-catalogue.js';

const system = { onCreate: false, onUpdate: false } as const;

/** In the order in which they are gone through. */
const statuses = ['new', 'confirmed', 'partially_shipped', 'shipped', 'completed', 'cancelled'];
const paymentStatuses = ['open', 'partially_paid', 'paid', 'refunded'];

const lineFields: readonly Field[] = [
  { name: 'id', type: 'text', ...system, label: 'Id of the line' },
  { name: 'sku', type: 'reference', entity: 'variant', use: 'key', required: true, maxLength: 64, label: 'SKU' },
  { name: 'description', type: 'text', label: 'Description' },
  { name: 'quantity', type: 'decimal', required: true, label: 'Quantity, not negative' },
  { name: 'unitPrice', type: 'decimal', required: true, label: 'Price per unit; negative for a return' },
  { name: 'taxCode', type: 'text', label: "Tax code; the product's own when left out" },
  { name: 'taxRate', type: 'decimal', ...system, label: 'VAT rate of the tax code' },
  { name: 'discountAmount', type: 'decimal', label: 'Discount on the whole line' },
  { name: 'revenueAccount', type: 'text', label: 'Revenue account' },
  { name: 'warehouseCode', type: 'text', label: 'Warehouse' },
  { name: 'shippedQuantity', type: 'decimal', label: 'Quantity shipped' },
];

const paymentFields: readonly Field[] = [
  { name: 'id', type: 'text', ...system, label: 'Id of the payment' },
  { name: 'methodCode', type: 'text', required: true, label: 'Payment method' },
  { name: 'amount', type: 'decimal', required: true, label: 'Amount; negative for a refund' },
  { name: 'paidAt', type: 'instant', label: 'Paid at' },
  { name: 'reference', type: 'text', label: 'Reference' },
];

const totals: Field = {
  name: 'totals',
  type: 'object',
  ...system,
  label: 'Totals',
  fields: [
    { name: 'excl', type: 'decimal', label: 'Total excluding VAT' },
    { name: 'tax', type: 'decimal', label: 'VAT' },
    { name: 'incl', type: 'decimal', label: 'Total including VAT' },
    {
      name: 'taxes',
      type: 'object',
      list: true,
      label: 'VAT per rate',
      fields: [
        { name: 'taxCode', type: 'text', label: 'Tax code' },
        { name: 'rate', type: 'decimal', label: 'VAT rate in percentage points' },
        { name: 'base', type: 'decimal', label: 'Amount excluding VAT' },
        { name: 'amount', type: 'decimal', label: 'VAT' },
      ],
    },
  ],
};

const computed: readonly Field[] = [
  {
    name: 'orderLines',
    type: 'object',
    list: true,
    computed: true,
    label: 'Lines, shipping costs as one of them',
    fields: [
      { name: 'key', type: 'text', label: 'Id of the line' },
      { name: 'kind', type: 'text', label: 'Kind' },
      { name: 'variant', type: 'text', label: '`key:` and the SKU' },
      ...lineFields.filter((field) => field.name !== 'id' && field.name !== 'sku'),
      { name: 'sku', type: 'text', label: 'SKU' },
    ],
  },
  {
    name: 'orderPayments',
    type: 'object',
    list: true,
    computed: true,
    label: 'Payments with the key that they have in all systems',
    fields: [{ name: 'key', type: 'text', label: 'Id of the payment' }, ...paymentFields],
  },
  { name: 'paidAmount', type: 'decimal', computed: true, label: 'Sum of the payments' },
  { name: 'placedAtLocal', type: 'text', computed: true, label: 'Placed at, as it was written' },
  { name: 'isPartlyShipped', type: 'boolean', computed: true, label: 'Something of it was shipped' },
  {
    name: 'warehouseKey',
    type: 'text',
    computed: true,
    label: '`key:` and the warehouse of its lines, when it is one',
  },
  {
    name: 'commonTaxCode',
    type: 'text',
    computed: true,
    label: 'Tax code of all lines and of shipping, when it is one',
  },
  { name: 'firstTaxCode', type: 'text', computed: true, label: 'Tax code of the first line that has one' },
];

export const orderCatalogue: readonly RecordCatalogue[] = [
  {
    record: 'order',
    fields: [
      { name: 'id', type: 'text', ...system, label: 'Id' },
      { name: 'number', type: 'text', ...system, label: 'Order number' },
      { name: 'externalReference', type: 'text', maxLength: 100, label: 'Reference of the other system' },
      { name: 'debtorId', type: 'reference', entity: 'customer', required: true, label: 'Debtor' },
      { name: 'contactId', type: 'reference', entity: 'contact', label: 'Contact' },
      { name: 'status', type: 'text', required: true, values: statuses, advances: true, label: 'Status' },
      // Goes back too: what is added to a paid order makes it partly paid.
      { name: 'paymentStatus', type: 'text', values: paymentStatuses, label: 'Payment status' },
      { name: 'placedAt', type: 'instant', label: 'Placed at' },
      { name: 'reference', type: 'text', label: 'Reference' },
      { name: 'currency', type: 'text', required: true, maxLength: 3, label: 'Currency' },
      { name: 'pricesIncludeTax', type: 'boolean', label: 'Prices include VAT' },
      { name: 'paymentMethodCode', type: 'text', label: 'Payment method' },
      { name: 'paymentTermCode', type: 'text', label: 'Payment term' },
      { name: 'shippingMethodCode', type: 'text', label: 'Shipping method' },
      { name: 'billingAddress', type: 'object', fields: addressFields, label: 'Billing address' },
      { name: 'shippingAddress', type: 'object', fields: addressFields, label: 'Shipping address' },
      { name: 'lines', type: 'object', list: true, required: true, whole: true, fields: lineFields, label: 'Lines' },
      {
        name: 'deliveries',
        type: 'object',
        list: true,
        mergeBy: 'key',
        label: 'Quantities shipped by id of the line; what is missing of them is written into the lines',
        fields: [
          { name: 'key', type: 'text', required: true, label: 'Id of the line' },
          { name: 'quantity', type: 'decimal', required: true, label: 'Quantity shipped in all' },
        ],
      },
      {
        name: 'shippingCost',
        type: 'object',
        label: 'Shipping costs',
        fields: [
          { name: 'amount', type: 'decimal', label: 'Amount, in the basis of the lines' },
          { name: 'taxCode', type: 'text', label: 'Tax code' },
        ],
      },
      totals,
      { name: 'payments', type: 'object', list: true, fields: paymentFields, label: 'Payments' },
      { name: 'note', type: 'text', label: 'Note' },
      { name: 'silent', type: 'boolean', onUpdate: false, label: 'Without confirmation and reservation' },
      { name: 'updatedAt', type: 'instant', ...system, label: 'Changed at' },
      { name: 'version', type: 'integer', ...system, label: 'Version' },
      ...computed,
    ],
  },
];
