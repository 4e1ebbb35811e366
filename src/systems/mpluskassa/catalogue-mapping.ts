/**
 * From canonical categories, products and stock to MplusKASSA's records, as data; people edit copies. A product goes with all
 * its variants as articles. Exactly one of the two prices is given; the service calculates the other.
 */
import type { MappingDefinition, Predicate, Rule } from '../../mapping/mapping.js';

const outbound = { direction: 'outbound', connector: 'mpluskassa' } as const;

const copy = (target: string, source: string, more: Partial<Rule> = {}): Rule =>
  ({ kind: 'copy', target, source, ...more }) as Rule;

const categoryOut: MappingDefinition = {
  ...outbound,
  key: 'mpluskassa-category-out',
  record: 'articleGroup',
  entity: 'category',
  rules: [
    copy('name', 'name', { whenEmpty: 'fail' }),
    copy('text', 'description'),
    copy('parentGroupNumber', 'parent', { whenEmpty: 'clear' }),
    {
      kind: 'condition',
      target: 'sortOrder',
      rows: [{ when: { field: 'position', is: 'gt', value: 0 }, then: { copy: 'position' } }],
      note: 'Without a position a new group stands last, and one that exists stays where it is.',
    },
  ],
};

const isGone: Predicate = { field: '^.status', is: 'in', value: ['DISCONTINUED', 'ARCHIVED'] };
const hasOwnName: Predicate = {
  all: [
    { field: '^.type', is: 'eq', value: 'CONFIGURABLE' },
    { field: 'name', is: 'filled' },
  ],
};

const articleRules: readonly Rule[] = [
  copy('articleNumber', 'number', { whenEmpty: 'fail' }),
  copy('extArticleId', 'id'),
  copy('pluNumber', 'otherSku', { note: 'An article under another number keeps its SKU here.' }),
  {
    kind: 'condition',
    target: 'active',
    rows: [
      { when: { field: 'isActive', is: 'false' }, then: { constant: false } },
      { when: isGone, then: { constant: false } },
    ],
    otherwise: { constant: true },
  },
  {
    kind: 'condition',
    target: 'description',
    rows: [{ when: hasOwnName, then: { copy: 'name' } }],
    otherwise: { copy: '^.name' },
  },
  copy('colour', 'colour', { whenEmpty: 'clear' }),
  copy('size', 'size', { whenEmpty: 'clear' }),
  copy('barcode', 'gtin', { whenEmpty: 'clear' }),
  copy('brandName', '^.brand', { whenEmpty: 'clear' }),
  {
    kind: 'valueList',
    target: 'vatCode',
    source: 'taxRate',
    list: 'mpluskassa-vat-code',
    secondKey: '^.settings.country',
    whenEmpty: 'fail',
  },
  {
    kind: 'condition',
    target: 'priceIncl',
    rows: [{ when: { not: { field: 'priceIncludesTax', is: 'false' } }, then: { copy: 'priceAmount' } }],
  },
  {
    kind: 'condition',
    target: 'priceExcl',
    rows: [{ when: { field: 'priceIncludesTax', is: 'false' }, then: { copy: 'priceAmount' } }],
  },
  copy('purchasePrice', 'purchasePrice'),
  copy('unit', 'unitCode'),
  copy('webshop', '^.isVisibleInWebshop', { default: true }),
  copy('stockArticle', 'tracksStock', { default: false }),
  {
    kind: 'list',
    target: 'customFieldList',
    source: '^.attributes',
    rules: [copy('code', 'code'), copy('value', 'value')],
    whenEmpty: 'clear',
  },
];

const productOut: MappingDefinition = {
  ...outbound,
  key: 'mpluskassa-product-out',
  record: 'product',
  entity: 'product',
  includeWhen: { field: 'variants', is: 'filled', note: 'Nothing of it is sold yet.' },
  rules: [
    copy('description', 'name', { whenEmpty: 'fail' }),
    copy('extraText', 'description', { whenEmpty: 'clear' }),
    copy('groupNumbers', 'categories', { whenEmpty: 'clear' }),
    { kind: 'list', target: 'articleList', source: 'variants', rules: articleRules, whenEmpty: 'fail' },
  ],
};

const stockOut: MappingDefinition = {
  ...outbound,
  key: 'mpluskassa-stock-out',
  record: 'stockSetting',
  entity: 'stock',
  includeWhen: { field: 'tracksStock', is: 'true', note: 'The article keeps no stock.' },
  rules: [
    copy('articleNumber', 'variant'),
    {
      kind: 'list',
      target: 'levels',
      source: 'levels',
      rules: [
        { kind: 'valueList', target: 'branchNumber', source: 'locationCode', list: 'mpluskassa-branch' },
        copy('amount', 'quantity'),
      ],
    },
  ],
};

export const catalogueMappings: readonly MappingDefinition[] = [categoryOut, productOut, stockOut];
