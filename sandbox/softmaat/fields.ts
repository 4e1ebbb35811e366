/**
 * The fields of every resource that can be written: what a body may hold, what must be there, and what the system makes
 * of it silently. One table for creating, changing and normalising. It follows docs/softmaat-openapi.yaml by hand, and
 * the contract test holds the two against each other.
 */
export interface FieldRule {
  readonly kind:
    'text' | 'html' | 'decimal' | 'positive' | 'integer' | 'boolean' | 'instant' | 'object' | 'list' | 'texts';
  readonly required?: true;
  /** Null is refused, because the field has no empty state. */
  readonly filled?: true;
  readonly max?: number;
  readonly least?: number;
  readonly values?: readonly string[];
  readonly pattern?: RegExp;
  /** What a record has when nothing was said. */
  readonly initial?: string | number | boolean | null | readonly [];
  readonly fields?: FieldTable;
  /** Kept exactly as sent; other texts are trimmed. */
  readonly verbatim?: true;
  /** Decimal places that are kept. */
  readonly places?: number;
  /** Always taken from elsewhere; what is sent is ignored. */
  readonly ignored?: true;
}
export type FieldTable = Readonly<Record<string, FieldRule>>;

const optional: FieldRule = { kind: 'text', initial: null };
const country: FieldRule = { kind: 'text', required: true, filled: true, pattern: /^[A-Z]{2}$/ };
const currency: FieldRule = { kind: 'text', required: true, filled: true, pattern: /^[A-Z]{3}$/ };
const code: FieldRule = { kind: 'text', required: true, filled: true, least: 1, max: 64 };
const name: FieldRule = { kind: 'text', required: true, filled: true, least: 1, max: 255 };
const flag = (initial: boolean): FieldRule => ({ kind: 'boolean', filled: true, initial });

export const productTable: FieldTable = {
  sku: { kind: 'text', required: true, filled: true, least: 1, max: 64, verbatim: true },
  type: { kind: 'text', required: true, filled: true, values: ['simple', 'configurable', 'variant'] },
  parentSku: { kind: 'text', max: 64, initial: null, verbatim: true },
  name,
  shortDescription: { kind: 'html', max: 500, initial: null },
  description: { kind: 'html', max: 100_000, initial: null },
  price: {
    kind: 'object',
    initial: null,
    fields: {
      amount: { kind: 'positive', required: true, filled: true, places: 2 },
      currency,
      taxIncluded: { kind: 'boolean', required: true, filled: true },
    },
  },
  taxCode: optional,
  ean: { kind: 'text', max: 14, initial: null },
  brand: { kind: 'text', max: 255, initial: null },
  weightGrams: { kind: 'integer', initial: null, least: 0, max: 2_147_483_647 },
  active: flag(true),
  visibleInShop: flag(false),
  manageStock: flag(false),
  categoryIds: { kind: 'texts', filled: true, initial: [] },
  options: {
    kind: 'list',
    filled: true,
    initial: [],
    fields: { code, value: { kind: 'text', required: true, filled: true, max: 255 } },
  },
  characteristics: {
    kind: 'list',
    filled: true,
    initial: [],
    fields: {
      code,
      value: { kind: 'text', required: true, filled: true, max: 1_000 },
      unit: { kind: 'text', max: 32 },
    },
  },
};

export const categoryTable: FieldTable = {
  code: { kind: 'text', least: 1, max: 64, initial: null, verbatim: true },
  name,
  parentId: optional,
  position: { kind: 'integer', initial: null },
  active: flag(true),
};

const addressTable: FieldTable = {
  name: { kind: 'text' },
  street: { kind: 'text', required: true, filled: true, least: 1 },
  houseNumber: { kind: 'text' },
  addition: { kind: 'text' },
  line2: { kind: 'text' },
  postalCode: { kind: 'text' },
  city: { kind: 'text', required: true, filled: true, least: 1 },
  region: { kind: 'text' },
  country,
};

export const debtorTable: FieldTable = {
  kind: { kind: 'text', required: true, filled: true, values: ['company', 'person'] },
  companyName: { kind: 'text', max: 255, initial: null },
  firstName: optional,
  infix: optional,
  lastName: { kind: 'text', max: 255, initial: null },
  email: { kind: 'text', max: 254, initial: null },
  phone: optional,
  mobile: optional,
  vatNumber: optional,
  chamberOfCommerce: optional,
  language: optional,
  paymentTermCode: optional,
  priceListCode: optional,
  blocked: flag(false),
  addresses: {
    kind: 'list',
    filled: true,
    initial: [],
    fields: { role: { kind: 'text', required: true, filled: true, values: ['billing', 'shipping'] }, ...addressTable },
  },
  externalReference: optional,
};

export const contactTable: FieldTable = {
  lastName: name,
  firstName: optional,
  email: optional,
  phone: optional,
  jobTitle: optional,
  primary: flag(false),
};

export const orderTable: FieldTable = {
  externalReference: { kind: 'text', max: 100, initial: null },
  debtorId: { kind: 'text', required: true, filled: true },
  contactId: optional,
  status: {
    kind: 'text',
    required: true,
    filled: true,
    values: ['new', 'confirmed', 'partially_shipped', 'shipped', 'completed', 'cancelled'],
  },
  paymentStatus: {
    kind: 'text',
    filled: true,
    initial: 'open',
    values: ['open', 'partially_paid', 'paid', 'refunded'],
  },
  placedAt: { kind: 'instant', initial: null },
  reference: optional,
  currency,
  pricesIncludeTax: flag(false),
  paymentMethodCode: optional,
  paymentTermCode: optional,
  shippingMethodCode: optional,
  billingAddress: { kind: 'object', initial: null, fields: addressTable },
  shippingAddress: { kind: 'object', initial: null, fields: addressTable },
  lines: {
    kind: 'list',
    required: true,
    filled: true,
    fields: {
      id: { kind: 'text' },
      sku: { kind: 'text', required: true, filled: true, verbatim: true, least: 1, max: 64 },
      description: { kind: 'text', initial: null },
      quantity: { kind: 'positive', required: true, filled: true },
      unitPrice: { kind: 'decimal', required: true, filled: true, places: 2 },
      taxCode: { kind: 'text', initial: null },
      taxRate: { kind: 'positive', ignored: true },
      discountAmount: { kind: 'positive', places: 2, initial: '0.00' },
      revenueAccount: { kind: 'text', initial: null },
      warehouseCode: { kind: 'text', initial: null },
      shippedQuantity: { kind: 'positive', initial: '0' },
    },
  },
  shippingCost: {
    kind: 'object',
    initial: null,
    fields: {
      amount: { kind: 'positive', required: true, filled: true, places: 2 },
      taxCode: { kind: 'text', required: true, filled: true },
    },
  },
  payments: {
    kind: 'list',
    filled: true,
    initial: [],
    fields: {
      id: { kind: 'text' },
      methodCode: { kind: 'text', required: true, filled: true, least: 1 },
      amount: { kind: 'decimal', required: true, filled: true, places: 2 },
      paidAt: { kind: 'instant', initial: null },
      reference: { kind: 'text', initial: null },
    },
  },
  note: optional,
  silent: { kind: 'boolean', filled: true },
};

export const stockTable: FieldTable = {
  data: {
    kind: 'list',
    required: true,
    filled: true,
    fields: {
      sku: { kind: 'text', required: true, filled: true, verbatim: true, least: 1, max: 64 },
      warehouseCode: { kind: 'text', required: true, filled: true, verbatim: true, least: 1, max: 32 },
      onHand: { kind: 'decimal', required: true, filled: true },
      version: { kind: 'integer', filled: true, least: 0 },
    },
  },
};

export const webhookTable: FieldTable = {
  url: { kind: 'text', required: true, filled: true, max: 2_000 },
  resources: { kind: 'texts', filled: true, initial: [] },
  secret: { kind: 'text', filled: true, least: 16, max: 200, verbatim: true },
};
