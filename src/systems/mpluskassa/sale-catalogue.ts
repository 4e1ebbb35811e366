/** Relations, orders and invoices in the catalogue: labels, what can be written, what an order goes through in one direction. */
import type { Field, RecordCatalogue } from '../../base/document.js';
import { neutralFields } from './neutral.js';
import { relationComputed, saleComputed } from './sale-derive.js';
import { contactFieldsWithout, invoiceShape, orderShape, relationShape } from './sale-shapes.js';

const labels = {
  relationNumber: 'Relation number',
  extRelationId: 'External id of the relation',
  name: 'Name',
  companyName: 'Company name',
  contact: 'Contact person',
  address: 'Street and number',
  zipcode: 'Postal code',
  city: 'City',
  country: 'Country, free text',
  telephone: 'Telephone',
  mobile: 'Mobile',
  email: 'E-mail',
  website: 'Website',
  vatNumber: 'VAT number',
  commerceNumber: 'Chamber of commerce number',
  paymentWithinDays: 'Days within which to pay',
  extraText: 'Memo',
  active: 'Active',
  orderId: 'Order id',
  extOrderId: 'External id of the order; never reusable',
  invoiceId: 'Invoice id',
  orderIds: 'Orders that the invoice is of',
  extOrderIds: 'External ids of these orders, where they have one',
  creditedInvoiceId: 'Invoice that it takes back',
  extInvoiceId: 'External id of the invoice',
  transactionString: 'Readable number',
  orderType: 'Type of order',
  invoiceType: 'Type of invoice',
  employeeNumber: 'Employee who books',
  entryTimestamp: 'Time of entry',
  entryBranchNumber: 'Branch of entry',
  financialDate: 'Financial date',
  financialBranchNumber: 'Branch that gets turnover and stock movement',
  workplaceNumber: 'Workplace of entry',
  reference: 'Reference',
  deliveryAddress: 'Delivery address',
  deliveryZipcode: 'Postal code of the delivery',
  deliveryCity: 'City of the delivery',
  deliveryCountry: 'Country of the delivery',
  invoiceAddress: 'Invoice address',
  vatMethod: 'How VAT stands to prices',
  vatGroupList: 'VAT per code, authoritative',
  vatCountryIso3: 'Country of VAT (ISO 3166-1 alpha-3)',
  totalInclAmount: 'Total including VAT',
  totalExclAmount: 'Total excluding VAT',
  prepaidAmount: 'Paid so far',
  paidAmount: 'Paid so far',
  fullyPaid: 'Paid in full',
  deliveryMethod: 'Delivery method',
  deliveryDate: 'Delivery date',
  dueDate: 'Due date',
  paymentMethod: 'Intended payment method',
  deliveryState: 'State of delivery',
  cancelState: 'State of cancellation',
  completeState: 'State of completion',
  orderCategoryNumber: 'Order category',
  lineList: 'Lines',
  lineId: 'Line id',
  tempId: 'Key of the line that its maker chose',
  articleNumber: 'Article number',
  text: 'Text',
  data: 'Quantities and amounts',
  quantity: 'Quantity',
  deliveredQuantity: 'Quantity delivered',
  cancelledQuantity: 'Quantity cancelled',
  price: 'Price per unit including VAT',
  priceExcl: 'Price per unit excluding VAT',
  discountAmount: 'Discount on the line including VAT',
  discountAmountExcl: 'Discount on the line excluding VAT',
  vatCode: 'VAT code',
  vatPercentage: 'VAT rate in percentage points',
  paymentList: 'Payments as booked',
  amount: 'Amount',
  method: 'Method',
} as const;

const writableOnCreate: ReadonlySet<string> = new Set(['extRelationId', 'extOrderId', 'orderType', 'employeeNumber', 'entryTimestamp', 'entryBranchNumber', 'financialBranchNumber', 'workplaceNumber', 'orderCategoryNumber']); // prettier-ignore
const relationWritable: ReadonlySet<string> = new Set(['name', 'companyName', 'contact', 'address', 'zipcode', 'city', 'country', 'deliveryAddress', 'deliveryZipcode', 'deliveryCity', 'deliveryCountry', 'telephone', 'mobile', 'email', 'website', 'vatNumber', 'commerceNumber', 'paymentWithinDays', 'extraText', 'active']); // prettier-ignore
const orderWritable: ReadonlySet<string> = new Set(['relationNumber', 'reference', 'financialDate', 'invoiceAddress', 'deliveryAddress', 'vatMethod', 'deliveryMethod', 'deliveryDate', 'paymentMethod', 'vatCountryIso3', 'lineList', 'deliveryState', 'cancelState']); // prettier-ignore
const lineWritable: ReadonlySet<string> = new Set(['tempId', 'articleNumber', 'text', 'data']);
const dataWritable: ReadonlySet<string> = new Set(['quantity', 'price', 'priceExcl', 'discountAmount', 'discountAmountExcl', 'vatCode']); // prettier-ignore
const addressWritable: ReadonlySet<string> = new Set(['name', 'contact', 'companyName', 'address', 'zipcode', 'city', 'country']); // prettier-ignore

const readOnly = (field: Field): Field => ({ ...field, onCreate: false, onUpdate: false });

/** Which fields can be written, and which only when the record is made. */
const writable =
  (names: ReadonlySet<string>) =>
  (field: Field): Field => {
    if (writableOnCreate.has(field.name)) return { ...field, onUpdate: false };
    return names.has(field.name) ? field : readOnly(field);
  };

const text = (name: string, label?: string): Field => ({
  name,
  type: 'text',
  ...(label === undefined ? {} : { label }),
});

const relationFields: readonly Field[] = [
  ...neutralFields(relationShape.type, labels, relationShape.without)
    .map(writable(relationWritable))
    .map((field): Field => (field.name === 'name' ? { ...field, required: true } : field))
    .map((field): Field => (field.name === 'active' ? { ...field, watched: 'inUse' } : field)),
  readOnly({
    name: 'contactList',
    type: 'object',
    list: true,
    label: 'Contact persons',
    fields: neutralFields(relationShape.type, labels, contactFieldsWithout),
  }),
  ...relationComputed,
];

/** Both read from `paymentList`, where the key stands in `externalReference`. */
const payments: Field = {
  name: 'payments',
  type: 'object',
  list: true,
  advances: true,
  label: 'Payments by key; those that are missing are booked as prepayments',
  fields: [
    {
      name: 'key',
      type: 'text',
      required: true,
      label: 'Mark of the hub, else the id of the payment',
    },
    readOnly(text('id', 'Id of the payment')),
    { name: 'method', type: 'text', required: true, label: labels.method },
    { name: 'amount', type: 'decimal', required: true, label: labels.amount },
    { name: 'paidAt', type: 'instant', label: 'Booked at; of a new payment the day counts, by the clock of the shop' },
    readOnly(text('reference', 'Reference of whoever took the payment')),
  ],
};

const deliveries: Field = {
  name: 'deliveries',
  type: 'object',
  list: true,
  mergeBy: 'key',
  advances: true,
  label: 'Quantities delivered, per line; what is missing of them is delivered',
  fields: [
    { name: 'key', type: 'text', required: true, label: 'Key of the line' },
    { name: 'quantity', type: 'decimal', required: true, label: labels.deliveredQuantity },
  ],
};

/** Other sales that an invoice names. */
const saleReferences: ReadonlySet<string> = new Set(['orderIds', 'creditedInvoiceId']);

function invoiceField(field: Field): Field {
  const own = readOnly(field);
  if (field.name === 'relationNumber') return { ...own, type: 'reference', entity: 'customer' };
  return saleReferences.has(field.name) ? { ...own, type: 'reference', entity: 'order' } : own;
}

function orderField(field: Field): Field {
  const own = writable(orderWritable)(field);
  switch (field.name) {
    case 'relationNumber':
      return { ...own, type: 'reference', entity: 'customer', required: true };
    case 'deliveryState':
    case 'cancelState':
      return { ...own, advances: true, onCreate: true };
    case 'invoiceAddress':
    case 'deliveryAddress':
      return { ...own, fields: (field.fields ?? []).map(writable(addressWritable)) };
    case 'lineList':
      return { ...own, whole: true, fields: (field.fields ?? []).map(lineField) };
    default:
      return own;
  }
}

function lineField(field: Field): Field {
  const own = writable(lineWritable)(field);
  if (field.name === 'articleNumber') return { ...own, type: 'reference', entity: 'variant', required: true };
  if (field.name !== 'data') return own;
  const required = new Set(['quantity']);
  return {
    ...own,
    fields: (field.fields ?? [])
      .map(writable(dataWritable))
      .map((each) => (required.has(each.name) ? { ...each, required: true } : each)),
  };
}

const orderFields: readonly Field[] = [
  ...neutralFields(orderShape.type, labels, orderShape.without).map(orderField),
  payments,
  deliveries,
  {
    name: 'documentType',
    type: 'text',
    values: ['ORDER', 'INVOICE'],
    onUpdate: false,
    label: 'What it becomes; ORDER when nothing is said',
  },
  ...saleComputed,
];

const invoiceFields: readonly Field[] = [
  ...neutralFields(invoiceShape.type, labels, invoiceShape.without).map(invoiceField),
  readOnly(payments),
  ...saleComputed,
];

export const saleCatalogue: readonly RecordCatalogue[] = [
  { record: 'relation', fields: relationFields },
  { record: 'order', fields: orderFields },
  { record: 'invoice', fields: invoiceFields },
];
