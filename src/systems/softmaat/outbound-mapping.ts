/**
 * From canonical records to Softmaat's. What people in the shop enrich (texts, visibility) is given once, when the record
 * is made, and never again. A simple product is represented by its only variant.
 */
import type { MappingDefinition, Predicate, Rule } from '../../mapping/mapping.js';

const connector = 'softmaat';
const outbound = { direction: 'outbound', connector } as const;

/** Given when the record is made; afterwards it belongs to the shop. */
const once = { onUpdate: false, note: 'Enriched in the shop, so an update leaves it alone.' } as const;

const isConfigurable: Predicate = {
  field: 'type',
  is: 'eq',
  value: 'CONFIGURABLE',
  note: 'A simple product is represented by its only variant.',
};
const isVariant: Predicate = { field: 'product.type', is: 'eq', value: 'CONFIGURABLE' };

const characteristics = (source: string): Rule => ({
  kind: 'list',
  target: 'characteristics',
  source,
  whenEmpty: 'clear',
  rules: [
    { kind: 'copy', target: 'code', source: 'code' },
    { kind: 'copy', target: 'value', source: 'value' },
    { kind: 'copy', target: 'unit', source: 'unit' },
  ],
});

const categoryOut: MappingDefinition = {
  ...outbound,
  key: 'softmaat-category-out',
  record: 'category',
  entity: 'category',
  rules: [
    { kind: 'copy', target: 'code', source: 'code' },
    { kind: 'copy', target: 'name', source: 'name' },
    { kind: 'copy', target: 'parentId', source: 'parent', whenEmpty: 'clear' },
    { kind: 'copy', target: 'position', source: 'position' },
    { kind: 'copy', target: 'active', source: 'isActive', default: true },
  ],
};

const productOut: MappingDefinition = {
  ...outbound,
  key: 'softmaat-product-out',
  record: 'product',
  entity: 'product',
  includeWhen: isConfigurable,
  rules: [
    { kind: 'copy', target: 'sku', source: 'code' },
    { kind: 'constant', target: 'type', value: 'configurable' },
    { kind: 'copy', target: 'name', source: 'name' },
    { kind: 'copy', target: 'shortDescription', source: 'shortDescription', ...once },
    { kind: 'copy', target: 'description', source: 'description', ...once },
    { kind: 'copy', target: 'brand', source: 'brand', whenEmpty: 'clear' },
    {
      kind: 'condition',
      target: 'active',
      rows: [{ when: { field: 'status', is: 'in', value: ['DISCONTINUED', 'ARCHIVED'] }, then: { constant: false } }],
      otherwise: { constant: true },
    },
    { kind: 'copy', target: 'visibleInShop', source: 'isVisibleInWebshop', ...once },
    { kind: 'constant', target: 'manageStock', value: false },
    { kind: 'copy', target: 'categoryIds', source: 'categories', whenEmpty: 'clear' },
    characteristics('attributes'),
  ],
};

const variantOut: MappingDefinition = {
  ...outbound,
  key: 'softmaat-variant-out',
  record: 'variant',
  entity: 'variant',
  rules: [
    { kind: 'copy', target: 'sku', source: 'sku' },
    { kind: 'condition', target: 'type', rows: [{ when: isVariant, then: { constant: 'variant' } }], otherwise: { constant: 'simple' } },
    { kind: 'condition', target: 'parentSku', rows: [{ when: isVariant, then: { copy: 'product.id' } }], whenEmpty: 'clear' },
    {
      kind: 'condition',
      target: 'name',
      rows: [{ when: { all: [isVariant, { field: 'name', is: 'filled' }] }, then: { copy: 'name' } }],
      otherwise: { copy: 'product.name' },
    },
    { kind: 'copy', target: 'shortDescription', source: 'product.shortDescription', ...once },
    { kind: 'copy', target: 'description', source: 'product.description', ...once },
    { kind: 'copy', target: 'visibleInShop', source: 'product.isVisibleInWebshop', ...once },
    { kind: 'copy', target: 'price.amount', source: 'priceAmount', whenEmpty: 'fail' },
    { kind: 'condition', target: 'price.currency', rows: [{ when: { field: 'priceCurrency', is: 'filled' }, then: { copy: 'priceCurrency' } }], otherwise: { copy: 'settings.currency' }, whenEmpty: 'fail' },
    { kind: 'copy', target: 'price.taxIncluded', source: 'priceIncludesTax', default: true },
    { kind: 'valueList', target: 'taxCode', source: 'taxRate', list: 'softmaat-tax-code', secondKey: 'settings.country', whenEmpty: 'fail' },
    { kind: 'copy', target: 'ean', source: 'gtin', whenEmpty: 'clear' },
    { kind: 'copy', target: 'brand', source: 'product.brand', whenEmpty: 'clear' },
    { kind: 'copy', target: 'weightGrams', source: 'weightGrams', whenEmpty: 'clear' },
    {
      kind: 'condition',
      target: 'active',
      rows: [
        { when: { field: 'isActive', is: 'false' }, then: { constant: false } },
        { when: { field: 'product.status', is: 'in', value: ['DISCONTINUED', 'ARCHIVED'] }, then: { constant: false } },
      ],
      otherwise: { constant: true },
    },
    { kind: 'copy', target: 'manageStock', source: 'tracksStock', default: false },
    { kind: 'copy', target: 'categoryIds', source: 'product.categories', whenEmpty: 'clear' },
    {
      kind: 'list',
      target: 'options',
      source: 'options',
      whenEmpty: 'clear',
      rules: [
        { kind: 'copy', target: 'code', source: 'code' },
        { kind: 'copy', target: 'value', source: 'value' },
      ],
    },
    characteristics('product.attributes'),
  ],
}; // prettier-ignore

const stockOut: MappingDefinition = {
  ...outbound,
  key: 'softmaat-stock-out',
  record: 'stock',
  entity: 'stock',
  includeWhen: { field: 'tracksStock', is: 'true', note: 'The article keeps no stock.' },
  rules: [
    { kind: 'copy', target: 'sku', source: 'variant' },
    {
      kind: 'list',
      target: 'levels',
      source: 'levels',
      rules: [
        { kind: 'valueList', target: 'warehouseCode', source: 'locationCode', list: 'softmaat-warehouse' },
        { kind: 'copy', target: 'onHand', source: 'quantity' },
      ],
    },
  ],
};

export const outboundMappings: readonly MappingDefinition[] = [categoryOut, productOut, variantOut, stockOut];
