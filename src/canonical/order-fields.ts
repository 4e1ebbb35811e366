/**
 * Orders, invoices and credit notes as the hub keeps them: one document with its lines, taxes and payments, because both
 * systems change lines as a whole. Amounts of lines are in the basis that `taxMethod` names. An order keeps its own copy
 * of names, prices and VAT. Its state has three axes: document, payment, fulfilment.
 */
import type { Field } from '../base/document.js';
import { addressFields, customerKinds } from './customer-fields.js';

export const orderTypes = ['ORDER', 'INVOICE', 'CREDIT_NOTE'] as const;
export type OrderType = (typeof orderTypes)[number];
const documentWords: Readonly<Record<OrderType, string>> = { ORDER: 'orders', INVOICE: 'invoices', CREDIT_NOTE: 'credit notes' }; // prettier-ignore
/** Several documents of a type, as sentences say it. */
export const documentsOf = (type: string): string => documentWords[type as OrderType] ?? type;
/** In the order in which an order goes through them; `furthest` fields never go back by an old statement. */
export const orderStatuses = ['DRAFT', 'OPEN', 'ON_HOLD', 'PARTIALLY_CANCELLED', 'COMPLETED', 'CANCELLED'] as const;
export const paymentStatuses = [
  'UNPAID',
  'AUTHORIZED',
  'PARTIALLY_PAID',
  'PAID',
  'OVERPAID',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'VOIDED',
] as const;
export const fulfillmentStatuses = [
  'NOT_APPLICABLE',
  'UNFULFILLED',
  'PARTIALLY_FULFILLED',
  'FULFILLED',
  'PARTIALLY_RETURNED',
  'RETURNED',
] as const;
export const taxMethods = ['INCLUSIVE', 'EXCLUSIVE', 'REVERSE_CHARGED', 'NONE'] as const;
/** Why a line has the VAT that it has (EN 16931): a rate of 0 alone does not tell. */
export const taxCategories = [
  'STANDARD',
  'ZERO_RATED',
  'EXEMPT',
  'REVERSE_CHARGE',
  'INTRA_COMMUNITY',
  'EXPORT',
  'OUT_OF_SCOPE',
] as const;
export const lineKinds = ['PRODUCT', 'SHIPPING', 'FEE', 'GIFT_CARD', 'DEPOSIT', 'TEXT', 'ROUNDING'] as const;

export const lineFields = [
  { name: 'key', type: 'text', required: true, label: 'Key of the line in the system that it came from' },
  { name: 'kind', type: 'text', values: lineKinds, label: 'Kind of line; PRODUCT when nothing is said' },
  { name: 'variant', type: 'reference', entity: 'variant', label: 'What is sold' },
  { name: 'sku', type: 'text', label: 'SKU as it was ordered' },
  { name: 'description', type: 'text', label: 'Description as it was ordered' },
  { name: 'quantity', type: 'decimal', required: true, label: 'Quantity; negative for a return' },
  { name: 'quantityFulfilled', type: 'decimal', label: 'Quantity delivered' },
  { name: 'quantityCancelled', type: 'decimal', label: 'Quantity cancelled' },
  { name: 'unitCode', type: 'text', label: 'Unit' },
  { name: 'unitPrice', type: 'decimal', required: true, label: 'Price per unit before discount' },
  { name: 'discountAmount', type: 'decimal', label: 'Discount on the whole line, positive' },
  { name: 'total', type: 'decimal', label: 'Total of the line as the system stated it' },
  { name: 'taxRate', type: 'decimal', label: 'VAT rate in percentage points' },
  { name: 'taxClass', type: 'text', label: 'Tax class' },
  { name: 'taxCategory', type: 'text', values: taxCategories, label: 'Why it has that VAT' },
  { name: 'revenueAccount', type: 'text', label: 'Revenue account' },
] as const satisfies readonly Field[];

export const deliveryFields = [
  { name: 'key', type: 'text', required: true, label: 'Key of the line' },
  { name: 'quantity', type: 'decimal', required: true, label: 'Quantity delivered in all; negative for a return' },
] as const satisfies readonly Field[];

export const taxFields = [
  { name: 'rate', type: 'decimal', required: true, label: 'VAT rate in percentage points' },
  { name: 'taxClass', type: 'text', label: 'Tax class' },
  { name: 'taxCategory', type: 'text', values: taxCategories, label: 'Why it is that VAT' },
  { name: 'base', type: 'decimal', required: true, label: 'Amount excluding VAT' },
  { name: 'amount', type: 'decimal', required: true, label: 'VAT' },
] as const satisfies readonly Field[];

export const paymentFields = [
  {
    name: 'key',
    type: 'text',
    required: true,
    label: 'Key of the payment, the same in all systems: `<system>:<its id>` where it was first seen',
  },
  { name: 'method', type: 'text', label: 'Payment method' },
  { name: 'amount', type: 'decimal', required: true, label: 'Amount; negative for a refund' },
  { name: 'paidAt', type: 'instant', label: 'Paid at' },
  { name: 'reference', type: 'text', label: 'Reference' },
] as const satisfies readonly Field[];

export const snapshotFields = [
  { name: 'kind', type: 'text', values: customerKinds, label: 'Person or company' },
  { name: 'name', type: 'text', label: 'Name' },
  { name: 'email', type: 'text', label: 'E-mail' },
  { name: 'phone', type: 'text', label: 'Telephone' },
  { name: 'vatNumber', type: 'text', label: 'VAT number' },
] as const satisfies readonly Field[];

export const orderFields = [
  { name: 'type', type: 'text', values: orderTypes, label: 'Kind of document: order, invoice or credit note' },
  { name: 'number', type: 'text', label: 'Number by which people know the order' },
  { name: 'reference', type: 'text', label: "Reference of the buyer or of the order's origin" },
  { name: 'settles', type: 'reference', entity: 'order', list: true, label: 'Orders that the invoice is of' },
  { name: 'credits', type: 'reference', entity: 'order', label: 'Invoice that the credit note takes back' },
  { name: 'status', type: 'text', values: orderStatuses, label: 'State of the document' },
  { name: 'paymentStatus', type: 'text', values: paymentStatuses, label: 'State of payment' },
  { name: 'fulfillmentStatus', type: 'text', values: fulfillmentStatuses, label: 'State of delivery' },
  { name: 'customer', type: 'reference', entity: 'customer', label: 'Customer' },
  {
    name: 'customerSnapshot',
    type: 'object',
    fields: snapshotFields,
    label: 'The customer as it was when the order was placed',
  },
  { name: 'billingAddress', type: 'object', fields: addressFields, label: 'Billing address' },
  { name: 'shippingAddress', type: 'object', fields: addressFields, label: 'Shipping address' },
  { name: 'placedAt', type: 'instant', required: true, label: 'Placed at' },
  { name: 'placedAtLocal', type: 'text', label: 'Local time of placing, as the system wrote it with its offset' },
  { name: 'documentDate', type: 'text', maxLength: 10, label: 'Financial date (YYYY-MM-DD)' },
  { name: 'deliveryDate', type: 'text', maxLength: 10, label: 'Delivery date (YYYY-MM-DD)' },
  { name: 'dueDate', type: 'text', maxLength: 10, label: 'Due date (YYYY-MM-DD)' },
  { name: 'location', type: 'reference', entity: 'stock_location', label: 'Branch or warehouse' },
  { name: 'currency', type: 'text', maxLength: 3, required: true, label: 'Currency (ISO 4217)' },
  { name: 'taxMethod', type: 'text', values: taxMethods, label: 'How VAT stands to the prices of the lines' },
  { name: 'taxCountry', type: 'text', maxLength: 2, label: 'Country whose VAT applies' },
  { name: 'lines', type: 'object', list: true, fields: lineFields, label: 'Lines, shipping costs included' },
  {
    name: 'deliveries',
    type: 'object',
    list: true,
    fields: deliveryFields,
    label: 'Quantities delivered by line, as far as any system has got; read off the lines where nothing else is said',
  },
  { name: 'shippingMethod', type: 'text', label: 'Shipping method' },
  { name: 'taxes', type: 'object', list: true, fields: taxFields, label: 'VAT per rate as the system stated it' },
  { name: 'totalExcl', type: 'decimal', label: 'Total excluding VAT' },
  { name: 'totalTax', type: 'decimal', label: 'VAT' },
  { name: 'totalIncl', type: 'decimal', label: 'Total including VAT' },
  { name: 'paidAmount', type: 'decimal', label: 'Paid so far' },
  { name: 'payments', type: 'object', list: true, fields: paymentFields, label: 'Payments' },
  { name: 'paymentMethod', type: 'text', label: 'Intended payment method' },
  { name: 'paymentTerm', type: 'text', label: 'Payment term' },
  { name: 'note', type: 'text', label: 'Note' },
] as const satisfies readonly Field[];
