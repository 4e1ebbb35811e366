/**
 * The complete default mappings from MplusKASSA's records to canonical ones, as data; people edit copies. A group that was
 * removed becomes inactive, never deleted; the same holds for articles that were switched off.
 */
import type { MappingDefinition, Rule } from '../../mapping/mapping.js';
import { catalogueMappings } from './catalogue-mapping.js';
import { orderOutMappings } from './order-out-mapping.js';
import { relationMappings } from './relation-mapping.js';
import { saleInMappings } from './sale-in-mapping.js';

const copy = (target: string, source: string, more: Partial<Rule> = {}): Rule =>
  ({ kind: 'copy', target, source, ...more }) as Rule;

const articleRules: readonly Rule[] = [
  copy('externalId', 'articleNumber', { whenEmpty: 'fail' }),
  copy('sku', 'sku', { whenEmpty: 'fail' }),
  copy('position', 'position'),
  copy('name', 'description', { whenEmpty: 'clear' }),
  copy('gtin', 'validGtin', { whenEmpty: 'clear' }),
  copy('barcodes', 'otherBarcodes', { whenEmpty: 'clear' }),
  copy('isActive', 'isSold'),
  {
    kind: 'list',
    target: 'options',
    source: 'options',
    rules: [copy('code', 'code'), copy('value', 'value')],
    whenEmpty: 'clear',
  },
  copy('priceAmount', 'priceIncl'),
  copy('priceCurrency', '^.currency', {
    note: 'Amounts of MplusKASSA have no currency: it is a setting of the system.',
  }),
  { kind: 'constant', target: 'priceIncludesTax', value: true },
  copy('taxClass', 'vatCode', { whenEmpty: 'clear' }),
  // A VAT code may have no rate at the moment; the last known one would be a guess.
  copy('taxRate', 'vatPercentage', { whenEmpty: 'clear' }),
  copy('purchasePrice', 'purchasePrice'),
  copy('unitCode', 'unit', { whenEmpty: 'clear' }),
  copy('tracksStock', 'stockArticle', { default: false }),
];

const product: MappingDefinition = {
  key: 'mpluskassa-product-in',
  direction: 'inbound',
  connector: 'mpluskassa',
  record: 'product',
  entity: 'product',
  rules: [
    copy('code', 'productCode'),
    {
      kind: 'condition',
      target: 'type',
      rows: [{ when: { field: 'articleCount', is: 'gt', value: 1 }, then: { constant: 'CONFIGURABLE' } }],
      otherwise: { constant: 'SIMPLE' },
    },
    {
      kind: 'condition',
      target: 'status',
      rows: [{ when: { field: 'anyActive', is: 'true' }, then: { constant: 'ACTIVE' } }],
      otherwise: { constant: 'DISCONTINUED' },
      note: 'MplusKASSA never deletes an article; it is switched off.',
    },
    copy('name', 'displayName', { whenEmpty: 'fail' }),
    copy('description', 'longText', { whenEmpty: 'clear' }),
    copy('brand', 'brandName', { whenEmpty: 'clear' }),
    copy('isVisibleInWebshop', 'anyWebshop'),
    copy('categories', 'groupNumbers', { whenEmpty: 'clear' }),
    {
      kind: 'list',
      target: 'attributes',
      source: 'characteristics',
      rules: [copy('code', 'code'), copy('value', 'value')],
      whenEmpty: 'clear',
    },
    { kind: 'list', target: 'variants', source: 'articleList', rules: articleRules, whenEmpty: 'fail' },
  ],
};

const articleGroup: MappingDefinition = {
  key: 'mpluskassa-category-in',
  direction: 'inbound',
  connector: 'mpluskassa',
  record: 'articleGroup',
  entity: 'category',
  rules: [
    copy('code', 'groupNumber'),
    copy('name', 'name', { whenEmpty: 'fail' }),
    copy('description', 'text', { whenEmpty: 'clear' }),
    copy('parent', 'parentGroupNumber', { whenEmpty: 'clear' }),
    copy('position', 'sortOrder'),
    {
      kind: 'condition',
      target: 'isActive',
      rows: [{ when: { field: 'isDeleted', is: 'true' }, then: { constant: false } }],
      otherwise: { constant: true },
      note: 'A removed group is switched off, never deleted.',
    },
  ],
};

const branch: MappingDefinition = {
  key: 'mpluskassa-stock-location-in',
  direction: 'inbound',
  connector: 'mpluskassa',
  record: 'branch',
  entity: 'stock_location',
  rules: [
    copy('code', 'branchNumber', { whenEmpty: 'fail' }),
    {
      kind: 'condition',
      target: 'name',
      rows: [{ when: { field: 'branchName', is: 'filled' }, then: { copy: 'branchName' } }],
      otherwise: { copy: 'branchNumber' },
    },
    { kind: 'valueList', target: 'country', source: 'countryIso3', list: 'mpluskassa-vat-country' },
    { kind: 'constant', target: 'isActive', value: true },
  ],
};

const stock: MappingDefinition = {
  key: 'mpluskassa-stock-level-in',
  direction: 'inbound',
  connector: 'mpluskassa',
  record: 'stock',
  entity: 'stock_level',
  rules: [
    copy('variant', 'articleNumber', { whenEmpty: 'fail' }),
    copy('location', 'branchNumber', { whenEmpty: 'fail' }),
    copy('onHand', 'amountPhysical', { whenEmpty: 'fail' }),
    copy('reserved', 'amountReserved'),
    copy('incoming', 'amountIncoming'),
    copy('asOf', 'changeTimestamp'),
  ],
};

export const defaultMappings: readonly MappingDefinition[] = [
  product,
  articleGroup,
  branch,
  stock,
  ...catalogueMappings,
  ...relationMappings,
  ...saleInMappings,
  ...orderOutMappings,
];
