/** Which products and variants a filter means. In: filter of the API. Out: SQL over `product p` or `variant v`. */
import type { CategoryFilter, ProductFilter, ProductVariantFilter } from '../schema/filters.js';
import {
  limited,
  listCondition,
  nestedConditions,
  searchConditions,
  textConditions,
  timeConditions,
} from './conditions.js';
import { allOf, raw, sql, type Sql } from './sql.js';
import { syncConditions } from './sync-conditions.js';

export const productConditions = (filter: ProductFilter | null | undefined): Sql[] =>
  nestedConditions(filter, (one) => [
    ...textConditions('p.id', one.id),
    ...listCondition('p.type', one.type),
    ...listCondition('p.status', one.status),
    ...textConditions('p.name', one.name),
    ...textConditions('p.brand', one.brand),
    ...timeConditions('p.updated_at', one.updatedAt),
    ...categoryConditions(one.categoryId),
    ...(one.withinCategoryId ? [sql`p.categories && ${branchOf(sql`${one.withinCategoryId}::text`)}`] : []),
    ...variantExists([...textConditions('v.sku', one.sku)]),
    ...variantExists([...textConditions('v.gtin', one.gtin)]),
    ...syncConditions('product', 'p.id', one.sync),
  ]);

const variantExists = (conditions: readonly Sql[]): Sql[] =>
  conditions.length === 0
    ? []
    : [sql`p.id in (select v.product_id from variant v where v.deleted_at is null and ${allOf(conditions)})`];

/** Ids of a category and of all below it, as an array. */
export const branchOf = (category: Sql): Sql =>
  sql`(with recursive tree(id) as (
      select ${category} union select c.id from category c join tree on c.parent_id = tree.id)
    select array_agg(tree.id) from tree)`;

function categoryConditions(filter: ProductFilter['categoryId']): Sql[] {
  if (filter === null || filter === undefined) return [];
  const found: Sql[] = [];
  if (filter.eq) found.push(sql`p.categories && array[${filter.eq}]::text[]`);
  if (filter.in) found.push(sql`p.categories && ${limited(filter.in)}::text[]`);
  if (filter.notIn) found.push(sql`not p.categories && ${limited(filter.notIn)}::text[]`);
  if (filter.isNull === true) found.push(raw(`p.categories = '{}'`));
  if (filter.isNull === false) found.push(raw(`p.categories <> '{}'`));
  return found;
}

export function variantConditions(filter: ProductVariantFilter | null | undefined): Sql[] {
  if (filter === null || filter === undefined) return [];
  const found = [
    ...textConditions('v.id', filter.id),
    ...textConditions('v.product_id', filter.productId),
    ...textConditions('v.sku', filter.sku),
    ...textConditions('v.gtin', filter.gtin),
    ...timeConditions('v.updated_at', filter.updatedAt),
    ...syncConditions('variant', 'v.id', filter.sync),
  ];
  if (typeof filter.isActive === 'boolean') found.push(sql`v.is_active = ${filter.isActive}`);
  return found;
}

export function categoryListConditions(filter: CategoryFilter | null | undefined): Sql[] {
  if (filter === null || filter === undefined) return [];
  return [
    ...textConditions('c.id', filter.id),
    ...textConditions('c.parent_id', filter.parentId),
    ...textConditions('c.name', filter.name),
    ...syncConditions('category', 'c.id', filter.sync),
  ];
}

/** Every word occurs in the name, brand or code of the product, or in the SKU or GTIN of one of its variants. */
export function productSearch(search: string | null | undefined): Sql[] {
  return searchWords(search).map(
    (word) => sql`(${allOf(searchConditions(['p.name', 'p.brand', 'p.code'], word))}
      or p.id in (select v.product_id from variant v where ${allOf(searchConditions(['v.sku', 'v.gtin', 'v.name'], word))}))`,
  );
}

export const searchWords = (search: string | null | undefined): string[] =>
  (search ?? '')
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8);
