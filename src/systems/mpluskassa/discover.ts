/**
 * The fields that people added in the till: custom fields of articles and relations, and card categories. In: the lists of its
 * back office. Out: fields as rules name them. Custom fields of articles are found twice: on each article, and on the product,
 * where the first article that has one speaks. Sales have none; employees are no records of the hub.
 */
import type { DiscoveredField, Document, FieldType } from '../../base/document.js';
import type { Api } from './api.js';
import { listIn } from './product-words.js';
import { textIn } from './records.js';

const onArticles = [
  { record: 'product', list: 'articleList.customFieldList' },
  { record: 'product', list: 'characteristics' },
];
const onRelations = [{ record: 'relation', list: 'customFieldList' }];

export async function discover(api: Api, signal: AbortSignal): Promise<readonly DiscoveredField[]> {
  const fields = await api.ask('getCustomFieldLists', {}, signal);
  const categories = await api.ask('getCardCategories', {}, signal);
  return [
    ...customFields(listIn(fields, 'articleCustomFieldList'), onArticles),
    ...customFields(listIn(fields, 'relationCustomFieldList'), onRelations),
    ...cardCategories(listIn(categories, 'articleCardCategoryList'), 'product', 'articleList.categoryIds'),
    ...cardCategories(listIn(categories, 'relationCardCategoryList'), 'relation', 'categoryIds'),
  ];
}

/** What is in the text that the value travels as. */
const types: Readonly<Record<string, FieldType>> = {
  INT: 'integer',
  DECIMAL: 'decimal',
  BOOL: 'boolean',
  DATE: 'instant',
  DATETIME: 'instant',
};

function customFields(
  list: readonly Document[],
  places: readonly { readonly record: string; readonly list: string }[],
): readonly DiscoveredField[] {
  return list.flatMap((field) => {
    const name = textIn(field, 'fieldName') ?? '';
    if (name === '') return [];
    const type = types[(textIn(field, 'dataType') ?? '').replace('DATA-TYPE-', '')] ?? 'text';
    return places.map((place) => ({ record: place.record, path: `${place.list}.${name}`, type, label: name }));
  });
}

/** Whether an article or relation is in a category, which is known by its number: names change. */
function cardCategories(list: readonly Document[], record: string, path: string): readonly DiscoveredField[] {
  return list.map((category) => ({
    record,
    path: `${path}.${String(category['categoryId'])}`,
    type: 'boolean',
    label: `In card category ${textIn(category, 'name') ?? ''}`.trim(),
  }));
}
