/**
 * The fields that Softmaat's records offer to mappings. `product` is any product as it is read, and a configurable one
 * when it is written; `variant` is what is sold: a simple product or a variant. `stock` is all rows of one SKU in one
 * document, `stock_row` one row as it is read.
 */
import type { Document, Field, Json, RecordCatalogue } from '../../base/document.js';
import { debtorCatalogue } from './debtor-catalogue.js';
import { orderCatalogue } from './order-catalogue.js';
import { deriveOrder } from './order-derive.js';

const system = { onCreate: false, onUpdate: false } as const;

const stamps: readonly Field[] = [
  { name: 'updatedAt', type: 'instant', ...system, label: 'Changed at' },
  { name: 'version', type: 'integer', ...system, label: 'Version' },
];

const codeAndValue: readonly Field[] = [
  { name: 'code', type: 'text', required: true, maxLength: 64, label: 'Code' },
  { name: 'value', type: 'text', required: true, maxLength: 255, label: 'Value' },
];

const productTypes = ['simple', 'configurable', 'variant'];

const descriptive: readonly Field[] = [
  { name: 'sku', type: 'text', required: true, maxLength: 64, label: 'SKU' },
  { name: 'type', type: 'text', required: true, values: productTypes, label: 'Type' },
  { name: 'name', type: 'text', required: true, maxLength: 255, label: 'Name' },
  { name: 'shortDescription', type: 'text', maxLength: 500, label: 'Short description' },
  { name: 'description', type: 'text', maxLength: 100_000, label: 'Description (HTML)' },
  { name: 'ean', type: 'text', maxLength: 14, label: 'EAN / GTIN' },
  { name: 'brand', type: 'text', maxLength: 255, label: 'Brand' },
  { name: 'weightGrams', type: 'integer', label: 'Weight in grams' },
  { name: 'active', type: 'boolean', watched: 'inUse', label: 'Active' },
  { name: 'visibleInShop', type: 'boolean', watched: 'inUse', label: 'Visible in the shop' },
  { name: 'manageStock', type: 'boolean', label: 'Manages stock' },
  { name: 'categoryIds', type: 'reference', entity: 'category', list: true, label: 'Categories' },
  { name: 'options', type: 'object', list: true, fields: codeAndValue, label: 'Options (size, colour)' },
  {
    name: 'characteristics',
    type: 'object',
    list: true,
    byCode: [],
    label: 'Characteristics',
    fields: [
      { name: 'code', type: 'text', required: true, maxLength: 64, label: 'Code' },
      { name: 'value', type: 'text', required: true, maxLength: 1_000, label: 'Value' },
      { name: 'unit', type: 'text', maxLength: 32, label: 'Unit' },
    ],
  },
];

const priced = (required: boolean): readonly Field[] => [
  {
    name: 'price',
    type: 'object',
    required,
    label: 'Price',
    fields: [
      { name: 'amount', type: 'decimal', required: true, watched: 'price', label: 'Amount' },
      { name: 'currency', type: 'text', required: true, maxLength: 3, label: 'Currency' },
      { name: 'taxIncluded', type: 'boolean', required: true, label: 'VAT included' },
    ],
  },
  { name: 'taxCode', type: 'text', required, label: 'Tax code' },
];

const parentSku: Field = {
  name: 'parentSku',
  type: 'reference',
  entity: 'product',
  use: 'key',
  maxLength: 64,
  label: 'SKU of the configurable product',
};
const id: Field = { name: 'id', type: 'text', ...system, label: 'Id' };
const createdAt: Field = { name: 'createdAt', type: 'instant', ...system, label: 'Made at' };

const writtenProduct: readonly Field[] = [id, ...descriptive, ...priced(false), parentSku, createdAt, ...stamps];

const rowFields: readonly Field[] = [
  { name: 'onHand', type: 'decimal', required: true, watched: 'stock', label: 'On hand' },
  { name: 'reserved', type: 'decimal', ...system, label: 'Reserved' },
  { name: 'incoming', type: 'decimal', ...system, label: 'Incoming' },
  { name: 'available', type: 'decimal', ...system, label: 'Available' },
  ...stamps,
];
const warehouseCode: Field = { name: 'warehouseCode', type: 'text', required: true, maxLength: 32, label: 'Warehouse' };
const variantSku: Field = {
  name: 'sku',
  type: 'reference',
  entity: 'variant',
  use: 'key',
  required: true,
  maxLength: 64,
  label: 'SKU',
};

export const catalogue: readonly RecordCatalogue[] = [
  {
    record: 'product',
    fields: [
      ...writtenProduct,
      {
        name: 'variants',
        type: 'object',
        list: true,
        computed: true,
        fields: writtenProduct,
        label: 'What of it is sold',
      },
      { name: 'productCode', type: 'text', computed: true, label: 'SKU of the product as a whole' },
    ],
  },
  {
    record: 'variant',
    fields: [
      id,
      ...descriptive,
      ...priced(true),
      parentSku,
      createdAt,
      ...stamps,
      { name: 'parentKey', type: 'text', computed: true, label: 'The configurable product, by its SKU' },
    ],
  },
  {
    record: 'category',
    fields: [
      id,
      { name: 'code', type: 'text', maxLength: 64, label: 'Code' },
      { name: 'name', type: 'text', required: true, maxLength: 255, label: 'Name' },
      { name: 'parentId', type: 'reference', entity: 'category', label: 'Parent category' },
      { name: 'position', type: 'integer', label: 'Position' },
      { name: 'active', type: 'boolean', watched: 'inUse', label: 'Active' },
      ...stamps,
    ],
  },
  {
    record: 'stock',
    fields: [
      variantSku,
      {
        name: 'levels',
        type: 'object',
        list: true,
        required: true,
        mergeBy: 'warehouseCode',
        sum: ['onHand'],
        label: 'Stock per warehouse',
        fields: [warehouseCode, ...rowFields],
      },
    ],
  },
  {
    record: 'stock_row',
    fields: [
      variantSku,
      warehouseCode,
      ...rowFields,
      { name: 'variantKey', type: 'text', computed: true, label: 'What is in stock, by its SKU' },
      { name: 'warehouseKey', type: 'text', computed: true, label: 'Where it is, by the code of the warehouse' },
    ],
  },
  {
    record: 'warehouse',
    fields: [
      { name: 'code', type: 'text', required: true, label: 'Code' },
      { name: 'name', type: 'text', label: 'Name' },
    ],
  },
  ...debtorCatalogue,
  ...orderCatalogue,
];

export function fieldsOf(record: string): readonly Field[] {
  return catalogue.find((one) => one.record === record)?.fields ?? [];
}

/**
 * Adds the computed fields. A simple product is the one thing that is sold of itself; a configurable one sells nothing
 * itself, its variants are records of their own that name it. Pure.
 */
export function derive(record: string, document: Document, system: string): Document {
  switch (record) {
    case 'order':
      return deriveOrder(document, system);
    case 'product':
      return {
        ...document,
        productCode: document['sku'] ?? null,
        variants: document['type'] === 'simple' ? [document] : [],
      };
    case 'variant':
      return { ...document, parentKey: byKey(document['parentSku']) };
    case 'stock_row':
      return { ...document, variantKey: byKey(document['sku']), warehouseKey: byKey(document['warehouseCode']) };
    default:
      return document;
  }
}

/** Names another record by its natural key. */
const byKey = (key: Json | undefined): Json => (typeof key === 'string' && key !== '' ? `key:${key}` : null);

/** The catalogue's fields of a record as the system answered them. */
export function known(record: string, row: Document): Document {
  const document: Record<string, Json> = {};
  for (const field of fieldsOf(record)) {
    const value = row[field.name];
    if (field.computed !== true && value !== undefined) document[field.name] = value;
  }
  return document;
}
