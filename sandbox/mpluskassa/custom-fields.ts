/**
 * Custom fields and card categories: what the back office defines, and the way in which a person adds a field and fills it in.
 */
import type { Document } from '../../src/base/document.js';
import type { Random } from '../engine/random.js';
import type { Changed } from './edit.js';
import { changedArticle } from './product-calls.js';
import { saveProduct } from './product-saving.js';
import { articlesOf } from './products.js';
import { listIn } from './records.js';
import type { Shop } from './shop.js';

const stringField = (fieldName: string): Document => ({ fieldName, dataType: 'DATA-TYPE-STRING', isRequired: false });

/** What articles are described by beside size and colour. */
export const articleCustomFields = ['herkomst', 'materiaal', 'levertijd'] as const;

export const getCustomFieldLists = (shop: Shop): Document => ({
  articleCustomFieldList: [...articleCustomFields.map(stringField), ...shop.customFields.values()],
  employeeCustomFieldList: [],
  relationCustomFieldList: [stringField('taal')],
});

export const getCardCategories = (): Document => ({
  articleCardCategoryList: [{ categoryId: 1, name: 'Assortiment', isVipGroup: false, isSupplierGroup: false }],
  employeeCardCategoryList: [],
  relationCardCategoryList: [
    { categoryId: 10, name: 'Particulier', isVipGroup: false, isSupplierGroup: false },
    { categoryId: 11, name: 'Zakelijk', isVipGroup: true, isSupplierGroup: false },
    { categoryId: 12, name: 'Leverancier', isVipGroup: false, isSupplierGroup: true },
  ],
});

const kinds: readonly { readonly dataType: string; readonly valueOf: (random: Random) => Document }[] = [
  { dataType: 'DATA-TYPE-STRING', valueOf: (random) => ({ strValue: `wassen op ${random.pick([30, 40, 60])}°` }) },
  { dataType: 'DATA-TYPE-INT', valueOf: (random) => ({ intValue: String(random.integer(1, 99)) }) },
  { dataType: 'DATA-TYPE-BOOL', valueOf: (random) => ({ boolValue: random.chance(0.5) }) },
  {
    dataType: 'DATA-TYPE-DECIMAL',
    valueOf: (random) => ({ intValue: String(random.integer(1, 9_999)), decimalPlaces: 2 }),
  },
];

/** Adds a field to articles, of the next kind (text, number, yes or no, decimal), and fills it in for up to ten products. */
export function addCustomField(shop: Shop, random: Random, changed: Changed): void {
  const nth = shop.customFields.size;
  const { dataType, valueOf } = kinds[nth % kinds.length]!;
  const fieldName = `eigen veld ${nth + 1}.0`;
  shop.customFields.put(fieldName, { fieldName, dataType, isRequired: false });
  changed('customFields', fieldName);
  for (const product of [...shop.products.values()].slice(0, 10)) {
    const value = { fieldName, dataType, ...valueOf(random) };
    const articles = articlesOf(shop, product).map((article) =>
      changedArticle(article, { customFieldList: [...listIn<Document>(article, 'customFieldList'), value] }),
    );
    for (const key of saveProduct(shop, product, articles).changedArticles) changed('articles', key);
  }
}
