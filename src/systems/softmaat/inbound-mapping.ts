/**
 * From Softmaat's records to canonical ones. Each record says what it is about and no more: a simple product is a product
 * with one variant, a configurable one the product without its variants, and a variant is a part of the product that its
 * parent is, whichever of them is read first.
 */
import type { MappingDefinition, Rule } from '../../mapping/mapping.js';

const inbound = { direction: 'inbound', connector: 'softmaat' } as const;

const codeAndValue: readonly Rule[] = [
  { kind: 'copy', target: 'code', source: 'code' },
  { kind: 'copy', target: 'value', source: 'value' },
];

const variantRules: readonly Rule[] = [
  { kind: 'copy', target: 'sku', source: 'sku' },
  { kind: 'copy', target: 'name', source: 'name' },
  { kind: 'copy', target: 'gtin', source: 'ean', whenEmpty: 'clear' },
  { kind: 'copy', target: 'isActive', source: 'active' },
  { kind: 'list', target: 'options', source: 'options', rules: codeAndValue, whenEmpty: 'clear' },
  { kind: 'copy', target: 'priceAmount', source: 'price.amount' },
  { kind: 'copy', target: 'priceCurrency', source: 'price.currency' },
  { kind: 'copy', target: 'priceIncludesTax', source: 'price.taxIncluded' },
  { kind: 'copy', target: 'taxClass', source: 'taxCode' },
  { kind: 'valueList', target: 'taxRate', source: 'taxCode', list: 'softmaat-tax-rate' },
  { kind: 'copy', target: 'weightGrams', source: 'weightGrams', whenEmpty: 'clear' },
  { kind: 'copy', target: 'tracksStock', source: 'manageStock' },
];

const productIn: MappingDefinition = {
  ...inbound,
  key: 'softmaat-product-in',
  record: 'product',
  entity: 'product',
  includeWhen: { field: 'type', is: 'ne', value: 'variant', note: 'A variant is read as a part of its product.' },
  rules: [
    { kind: 'copy', target: 'code', source: 'productCode' },
    {
      kind: 'condition',
      target: 'type',
      rows: [{ when: { field: 'type', is: 'eq', value: 'simple' }, then: { constant: 'SIMPLE' } }],
      otherwise: { constant: 'CONFIGURABLE' },
    },
    {
      kind: 'condition',
      target: 'status',
      rows: [{ when: { field: 'active', is: 'false' }, then: { constant: 'DISCONTINUED' } }],
      otherwise: { constant: 'ACTIVE' },
    },
    { kind: 'copy', target: 'name', source: 'name' },
    { kind: 'copy', target: 'shortDescription', source: 'shortDescription', whenEmpty: 'clear' },
    { kind: 'copy', target: 'description', source: 'description', whenEmpty: 'clear' },
    { kind: 'copy', target: 'brand', source: 'brand', whenEmpty: 'clear' },
    { kind: 'copy', target: 'isVisibleInWebshop', source: 'visibleInShop' },
    { kind: 'copy', target: 'categories', source: 'categoryIds', whenEmpty: 'clear' },
    {
      kind: 'list',
      target: 'attributes',
      source: 'characteristics',
      rules: [...codeAndValue, { kind: 'copy', target: 'unit', source: 'unit' }],
      whenEmpty: 'clear',
    },
    {
      kind: 'list',
      target: 'variants',
      source: 'variants',
      rules: [{ kind: 'copy', target: 'externalId', source: 'id' }, ...variantRules],
    },
  ],
};

const variantIn: MappingDefinition = {
  ...inbound,
  key: 'softmaat-variant-in',
  record: 'variant',
  entity: 'variant',
  rules: [{ kind: 'copy', target: 'product', source: 'parentKey', whenEmpty: 'fail' }, ...variantRules],
};

const warehouseIn: MappingDefinition = {
  ...inbound,
  key: 'softmaat-warehouse-in',
  record: 'warehouse',
  entity: 'stock_location',
  rules: [
    { kind: 'copy', target: 'code', source: 'code' },
    {
      kind: 'condition',
      target: 'name',
      rows: [{ when: { field: 'name', is: 'filled' }, then: { copy: 'name' } }],
      otherwise: { copy: 'code' },
    },
    { kind: 'constant', target: 'isActive', value: true },
  ],
};

const categoryIn: MappingDefinition = {
  ...inbound,
  key: 'softmaat-category-in',
  record: 'category',
  entity: 'category',
  rules: [
    { kind: 'copy', target: 'code', source: 'code' },
    { kind: 'copy', target: 'name', source: 'name' },
    { kind: 'copy', target: 'parent', source: 'parentId', whenEmpty: 'clear' },
    { kind: 'copy', target: 'position', source: 'position' },
    { kind: 'copy', target: 'isActive', source: 'active' },
  ],
};

const stockIn: MappingDefinition = {
  ...inbound,
  key: 'softmaat-stock-in',
  record: 'stock_row',
  entity: 'stock_level',
  rules: [
    { kind: 'copy', target: 'variant', source: 'variantKey' },
    { kind: 'copy', target: 'location', source: 'warehouseKey' },
    { kind: 'copy', target: 'onHand', source: 'onHand' },
    { kind: 'copy', target: 'reserved', source: 'reserved' },
    { kind: 'copy', target: 'incoming', source: 'incoming' },
    { kind: 'copy', target: 'asOf', source: 'updatedAt' },
  ],
};

export const inboundMappings: readonly MappingDefinition[] = [productIn, variantIn, categoryIn, warehouseIn, stockIn];
