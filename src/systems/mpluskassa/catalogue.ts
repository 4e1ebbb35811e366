/** The fields of MplusKASSA's records that mappings can read: the vendor's own, as documents hold them, and computed ones. */
import type { Field, RecordCatalogue } from '../../base/document.js';
import { articleComputed, productComputed, stockComputed } from './derive.js';
import { neutralFields } from './neutral.js';
import { writableArticleFields, writableProductFields } from './product-words.js';
import { branchShape, groupShape, productShape, stockShape } from './records.js';
import { saleCatalogue } from './sale-catalogue.js';

const labels = {
  productNumber: 'Product number',
  description: 'Description',
  extraText: 'Long text',
  articleList: 'Articles',
  groupNumbers: 'Article groups',
  sortOrderGroupList: 'Position in article groups',
  articleNumber: 'Article number',
  extArticleId: 'External article id',
  pluNumber: 'PLU number',
  createTimestamp: 'Created at',
  active: 'Active',
  colour: 'Colour',
  size: 'Size',
  invoiceText: 'Text on invoices',
  receiptText: 'Text on receipts',
  displayText: 'Text on displays',
  barcode: 'Barcode',
  brandName: 'Brand',
  turnoverGroup: 'Turnover group',
  vatCode: 'VAT code',
  vatPercentage: 'VAT rate in percentage points',
  averagePurchasePrice: 'Average purchase price',
  purchasePrice: 'Purchase price',
  priceIncl: 'Price including VAT',
  priceExcl: 'Price excluding VAT',
  unit: 'Unit',
  siUnit: 'SI unit',
  supplierRelationNumber: 'Supplier',
  supplierArticleNumber: 'Article number of the supplier',
  webshop: 'Meant for the web shop',
  categoryIds: 'Card categories',
  stockArticle: 'Keeps stock',
  customFieldList: 'Custom fields',
  barcodeList: 'Further barcodes',
  discontinued: 'Discontinued',
  groupNumber: 'Group number',
  parentGroupNumber: 'Parent group',
  name: 'Name',
  text: 'Description',
  sortOrder: 'Position among its siblings',
  isDeleted: 'Removed',
  branchNumber: 'Branch number',
  branchName: 'Branch name',
  abbreviation: 'Abbreviation',
  extBranchId: 'External branch id',
  countryIso3: 'Country (ISO 3166-1 alpha-3)',
  amountFree: 'Free to sell',
  amountReserved: 'Reserved for orders',
  amountIncoming: 'On purchase orders',
  changeTimestamp: 'Changed at',
} as const;

const required = (fields: readonly Field[], ...names: readonly string[]): readonly Field[] =>
  fields.map((field) => (names.includes(field.name) ? { ...field, required: true } : field));

const readOnly = (field: Field): Field => ({ ...field, onCreate: false, onUpdate: false });
const writable = (fields: readonly Field[], names: ReadonlySet<string>): readonly Field[] =>
  fields.map((field) => (names.has(field.name) ? field : readOnly(field)));

/** What hurts a shop when it changes in many articles at once. */
const meanings: Readonly<Record<string, Field['watched']>> = {
  priceIncl: 'price',
  priceExcl: 'price',
  active: 'inUse',
  webshop: 'inUse',
};
const watched = (fields: readonly Field[]): readonly Field[] =>
  fields.map((field) => {
    const meaning = meanings[field.name];
    return meaning === undefined ? field : { ...field, watched: meaning };
  });

const productFields = writable(
  neutralFields(productShape.type, labels, productShape.without).map((field): Field => {
    if (field.name === 'groupNumbers') return { ...field, type: 'reference', entity: 'category' };
    if (field.name !== 'articleList') return field;
    const fields = writable(watched(required(field.fields ?? [], 'articleNumber')), writableArticleFields);
    return { ...field, itemKey: 'articleNumber', fields: [...fields, ...articleComputed] };
  }),
  writableProductFields,
);

/** Which fields of a group can be written, and that its parent is another one. */
function groupField(field: Field): Field {
  if (field.name === 'parentGroupNumber') return { ...field, type: 'reference', entity: 'category' };
  const isWritable = ['name', 'text', 'sortOrder'].includes(field.name);
  return isWritable ? field : readOnly(field);
}

export const catalogue: readonly RecordCatalogue[] = [
  {
    record: 'product',
    fields: [...required(productFields, 'productNumber'), ...productComputed],
  },
  {
    record: 'articleGroup',
    fields: required(neutralFields(groupShape.type, labels, groupShape.without), 'name').map(groupField),
  },
  {
    record: 'branch',
    fields: required(neutralFields(branchShape.type, labels, branchShape.without), 'branchNumber', 'branchName'),
  },
  {
    record: 'stock',
    fields: [
      ...required(
        neutralFields(stockShape.type, labels, stockShape.without),
        'articleNumber',
        'branchNumber',
        'amountFree',
        'amountReserved',
        'amountIncoming',
      ),
      { name: 'changeTimestamp', type: 'instant', label: labels.changeTimestamp },
      ...stockComputed,
    ],
  },
  {
    // What can be told about stock: how much of an article each branch should hold.
    record: 'stockSetting',
    fields: [
      {
        name: 'articleNumber',
        type: 'reference',
        entity: 'variant',
        required: true,
        onUpdate: false,
        label: labels.articleNumber,
      },
      {
        name: 'levels',
        type: 'object',
        list: true,
        required: true,
        mergeBy: 'branchNumber',
        sum: ['amount'],
        label: 'Stock per branch',
        fields: [
          { name: 'branchNumber', type: 'text', required: true, label: labels.branchNumber },
          { name: 'amount', type: 'decimal', required: true, watched: 'stock', label: 'Physical amount' },
        ],
      },
    ],
  },
  ...saleCatalogue,
];
