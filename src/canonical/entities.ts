/**
 * The canonical entities and their fields: the middle of every mapping. A canonical document is what an inbound mapping
 * makes and what an outbound mapping reads. References hold canonical ids once ingest has resolved them.
 */
import type { Field, RecordCatalogue } from '../base/document.js';
import { addressFields, contactFields, customerFields } from './customer-fields.js';
import { lineFields, orderFields, paymentFields } from './order-fields.js';

/** Records that have an identity, a version and a row of their own. */
export const canonicalEntities = [
  'product',
  'variant',
  'category',
  'stock_location',
  'stock_level',
  'customer',
  'order',
] as const;
export type CanonicalEntity = (typeof canonicalEntities)[number];

/**
 * What a target is given as one document. `stock` is all levels of one variant, because several branches may add up to
 * one warehouse; its canonical id is the variant's. `contact` is the first contact of a company; its id is the customer's.
 */
export const projectedEntities = ['product', 'variant', 'category', 'stock', 'customer', 'contact', 'order'] as const;
export type ProjectedEntity = (typeof projectedEntities)[number];

/** What a flow moves; `product` carries products with their variants, `order` orders with the customers that they need. */
export const flowEntities = ['product', 'category', 'stock', 'customer', 'order'] as const;
export type FlowEntity = (typeof flowEntities)[number];

/** Whether a flow in this state has a say: a draft has none yet, an ended one none any more; a paused or stopped one keeps it. */
export const isInUse = (state: string): boolean => state !== 'DRAFT' && state !== 'DISABLED';

/** The flows that may carry a projected record, the first one before the others. */
export const carriersOf = {
  product: ['product'],
  variant: ['product'],
  category: ['category'],
  stock: ['stock'],
  customer: ['customer', 'order'],
  contact: ['customer', 'order'],
  order: ['order'],
} as const satisfies Record<ProjectedEntity, readonly FlowEntity[]>;

export const isCarriedBy = (entity: ProjectedEntity, flow: FlowEntity): boolean =>
  (carriersOf[entity] as readonly FlowEntity[]).includes(flow);

export const productTypes = ['SIMPLE', 'CONFIGURABLE'] as const;
export const productStatuses = ['ACTIVE', 'DISCONTINUED', 'ARCHIVED'] as const;

const codeAndValue: readonly Field[] = [
  { name: 'code', type: 'text', required: true, label: 'Code' },
  { name: 'value', type: 'text', required: true, label: 'Value' },
];

const attributeFields: readonly Field[] = [...codeAndValue, { name: 'unit', type: 'text', label: 'Unit' }];

export const variantFields = [
  { name: 'sku', type: 'text', required: true, maxLength: 255, label: 'SKU' },
  { name: 'position', type: 'integer', label: 'Position among the variants' },
  { name: 'name', type: 'text', label: 'Name of the variant' },
  { name: 'gtin', type: 'text', maxLength: 14, label: 'EAN / GTIN, with a valid check digit' },
  { name: 'barcodes', type: 'text', list: true, label: 'Other barcodes' },
  { name: 'isActive', type: 'boolean', label: 'Active' },
  { name: 'options', type: 'object', list: true, fields: codeAndValue, label: 'Options (size, colour)' },
  { name: 'priceAmount', type: 'decimal', label: 'Price' },
  { name: 'priceCurrency', type: 'text', maxLength: 3, label: 'Currency (ISO 4217)' },
  { name: 'priceIncludesTax', type: 'boolean', label: 'Price includes VAT' },
  { name: 'taxClass', type: 'text', label: 'Tax class' },
  { name: 'taxRate', type: 'decimal', label: 'VAT rate in percentage points' },
  { name: 'purchasePrice', type: 'decimal', label: 'Purchase price' },
  { name: 'unitCode', type: 'text', label: 'Sales unit' },
  { name: 'weightGrams', type: 'integer', label: 'Weight in grams' },
  { name: 'tracksStock', type: 'boolean', label: 'Keeps stock' },
] as const satisfies readonly Field[];

export const productFields = [
  { name: 'code', type: 'text', label: 'Code of the product as a whole' },
  { name: 'type', type: 'text', values: productTypes, label: 'Simple or configurable' },
  { name: 'status', type: 'text', values: productStatuses, label: 'Status' },
  { name: 'name', type: 'text', required: true, label: 'Name' },
  { name: 'shortDescription', type: 'text', label: 'Short description' },
  { name: 'description', type: 'text', label: 'Description' },
  { name: 'brand', type: 'text', label: 'Brand' },
  { name: 'isVisibleInWebshop', type: 'boolean', label: 'Visible in the web shop' },
  { name: 'categories', type: 'reference', entity: 'category', list: true, label: 'Categories' },
  { name: 'attributes', type: 'object', list: true, byCode: 'any', fields: attributeFields, label: 'Characteristics' },
] as const satisfies readonly Field[];

export const categoryFields = [
  { name: 'code', type: 'text', label: 'Code' },
  { name: 'name', type: 'text', required: true, label: 'Name' },
  { name: 'description', type: 'text', label: 'Description' },
  { name: 'parent', type: 'reference', entity: 'category', label: 'Parent category' },
  { name: 'position', type: 'integer', label: 'Position among its siblings' },
  { name: 'isActive', type: 'boolean', label: 'Active' },
] as const satisfies readonly Field[];

export const stockLocationFields = [
  { name: 'code', type: 'text', required: true, label: 'Code' },
  { name: 'name', type: 'text', required: true, label: 'Name' },
  { name: 'country', type: 'text', maxLength: 2, label: 'Country (ISO 3166-1 alpha-2)' },
  { name: 'isActive', type: 'boolean', label: 'Active' },
] as const satisfies readonly Field[];

export const stockLevelFields = [
  { name: 'variant', type: 'reference', entity: 'variant', required: true, label: 'Variant' },
  { name: 'location', type: 'reference', entity: 'stock_location', required: true, label: 'Location' },
  { name: 'onHand', type: 'decimal', required: true, label: 'On hand' },
  { name: 'reserved', type: 'decimal', label: 'Reserved for orders' },
  { name: 'incoming', type: 'decimal', label: 'Incoming' },
  { name: 'safetyStock', type: 'decimal', label: 'Safety stock' },
  { name: 'asOf', type: 'instant', label: 'Stated at' },
] as const satisfies readonly Field[];

/** Name of a field of each entity; tables keyed by it must be total, so a new field does not compile until it is decided. */
export type EntityField = {
  product: (typeof productFields)[number]['name'];
  variant: (typeof variantFields)[number]['name'] | 'product';
  category: (typeof categoryFields)[number]['name'];
  stock_location: (typeof stockLocationFields)[number]['name'];
  stock_level: (typeof stockLevelFields)[number]['name'];
  customer: (typeof customerFields)[number]['name'];
  order: (typeof orderFields)[number]['name'];
};

/** The hub's id as a record that the hub made carries it; by it the hub recognises its own record. */
const ownId: Field = { name: 'hubId', type: 'text', label: 'The id of the hub that the record carries' };

const settledIds: Field = {
  name: 'settlesMarked',
  type: 'text',
  list: true,
  label: 'Ids of the hub that the orders carry which the invoice is of',
};

/** What inbound mappings write: a product comes with its variants, where its system says them together. */
export const inboundCatalogue = [
  {
    record: 'product',
    fields: [
      ...productFields,
      {
        name: 'variants',
        type: 'object',
        list: true,
        label: 'All its variants; when none is stated, they are records of their own',
        fields: [{ name: 'externalId', type: 'text', required: true, label: 'Id in the system' }, ...variantFields],
      },
    ],
  },
  {
    record: 'variant',
    fields: [{ name: 'product', type: 'reference', entity: 'product', required: true }, ...variantFields],
  },
  { record: 'category', fields: categoryFields },
  { record: 'stock_location', fields: stockLocationFields },
  { record: 'stock_level', fields: stockLevelFields },
  { record: 'customer', fields: [ownId, ...customerFields] },
  { record: 'order', fields: [ownId, settledIds, ...orderFields] },
] as const satisfies readonly RecordCatalogue[];

const settingsField: Field = {
  name: 'settings',
  type: 'object',
  label: 'Settings of the flow',
  fields: [
    { name: 'country', type: 'text', label: 'Country of the shop (ISO 3166-1 alpha-2)' },
    { name: 'currency', type: 'text', label: 'Currency of the shop (ISO 4217)' },
    { name: 'employee', type: 'text', label: 'Employee who books' },
    { name: 'branch', type: 'text', label: 'Branch that gets turnover and stock movement' },
    { name: 'entryBranch', type: 'text', label: 'Branch of entry' },
    { name: 'workplace', type: 'text', label: 'Workplace of entry' },
    { name: 'orderCategory', type: 'text', label: 'Category of orders' },
    { name: 'documentType', type: 'text', label: 'What an order becomes in the target: ORDER or INVOICE' },
    { name: 'shippingArticle', type: 'text', label: 'Article that stands for shipping costs' },
    { name: 'roundingArticle', type: 'text', label: 'Article that stands for rounding differences' },
    { name: 'defaultCustomer', type: 'text', label: "The target's own id of the default customer" },
  ],
};

const idField = { name: 'id', type: 'text', label: 'Id' } as const;

/** What outbound mappings read: each projected document with the records around it and the flow's settings. */
export const outboundCatalogue = [
  {
    record: 'product',
    fields: [
      idField,
      ...productFields,
      {
        name: 'variants',
        type: 'object',
        list: true,
        label: 'All its variants, inactive ones too',
        fields: [
          idField,
          ...variantFields,
          { name: 'colour', type: 'text', computed: true, label: 'The option that is a colour' },
          { name: 'size', type: 'text', computed: true, label: 'The option that is a size' },
          { name: 'number', type: 'text', computed: true, label: 'Its number in a target that knows numbers only' },
          { name: 'otherSku', type: 'text', computed: true, label: 'The SKU, when the number is another one' },
        ],
      },
      settingsField,
    ],
  },
  {
    record: 'variant',
    fields: [
      idField,
      ...variantFields,
      { name: 'product', type: 'object', label: 'Product', fields: [idField, ...productFields] },
      settingsField,
    ],
  },
  { record: 'category', fields: [idField, ...categoryFields, settingsField] },
  {
    record: 'stock',
    fields: [
      idField,
      { name: 'variant', type: 'reference', entity: 'variant', label: 'Variant' },
      { name: 'sku', type: 'text', label: 'SKU' },
      { name: 'tracksStock', type: 'boolean', label: 'Keeps stock' },
      {
        name: 'levels',
        type: 'object',
        list: true,
        label: 'Stock per location',
        fields: [
          { name: 'locationCode', type: 'text', label: 'Location' },
          { name: 'onHand', type: 'decimal', label: 'On hand' },
          { name: 'reserved', type: 'decimal', label: 'Reserved for orders' },
          { name: 'incoming', type: 'decimal', label: 'Incoming' },
          { name: 'safetyStock', type: 'decimal', label: 'Safety stock' },
          { name: 'quantity', type: 'decimal', computed: true, label: 'Result of the stock calculation of the flow' },
        ],
      },
      settingsField,
    ],
  },
  {
    record: 'customer',
    fields: [
      idField,
      ...customerFields,
      { name: 'primaryContact', type: 'object', computed: true, fields: contactFields, label: 'First contact' },
      { name: 'billingAddress', type: 'object', computed: true, fields: addressFields, label: 'Address for bills' },
      { name: 'shippingAddress', type: 'object', computed: true, fields: addressFields, label: 'Address for parcels' },
      settingsField,
    ],
  },
  {
    record: 'contact',
    fields: [
      idField,
      { name: 'customer', type: 'reference', entity: 'customer', label: 'The company' },
      { name: 'kind', type: 'text', label: 'Kind of the customer' },
      ...contactFields,
      settingsField,
    ],
  },
  {
    record: 'order',
    fields: [
      idField,
      ...orderFields.filter((field) => field.name !== 'lines' && field.name !== 'payments'),
      {
        name: 'lines',
        type: 'object',
        list: true,
        label: 'Lines',
        fields: [
          ...lineFields,
          { name: 'price', type: 'decimal', computed: true, label: 'Price per unit that makes the totals agree' },
          { name: 'discount', type: 'decimal', computed: true, label: 'Discount that makes the totals agree' },
        ],
      },
      {
        name: 'payments',
        type: 'object',
        list: true,
        label: 'Payments that the target has not booked itself',
        fields: [
          ...paymentFields,
          { name: 'mark', type: 'text', computed: true, label: 'Reference by which the hub knows the payment there' },
        ],
      },
      { name: 'shippingAmount', type: 'decimal', computed: true, label: 'Sum of the lines of kind SHIPPING' },
      { name: 'shippingTaxRate', type: 'decimal', computed: true, label: 'VAT rate of the shipping costs' },
      { name: 'shippingTaxCategory', type: 'text', computed: true, label: 'Why they have that VAT' },
      { name: 'locationCode', type: 'text', computed: true, label: 'Code of the branch or warehouse' },
      { name: 'usesDefaultCustomer', type: 'boolean', computed: true, label: 'The default customer stands in' },
      { name: 'isSilent', type: 'boolean', computed: true, label: 'Placed before the flow went live, or only returns' },
      { name: 'customerIsCompany', type: 'boolean', computed: true, label: 'The customer is a company with a contact' },
      settingsField,
    ],
  },
] as const satisfies readonly RecordCatalogue[];
