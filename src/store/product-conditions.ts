/** Which products and variants a filter means. In: filter of the API. Out: SQL over `product p` or `variant v`. */
import { KoppelError } from '../base/errors.js';
import type { CategoryFilter, ProductFilter, ProductVariantFilter, SyncFilter } from '../schema/filters.js';
import { projectionStatesOf } from '../schema/sync-states.js';
import { listCondition, searchConditions, textConditions, timeConditions } from './conditions.js';
import { allOf, anyOf, raw, sql, type Sql } from './sql.js';

/** Deepest nesting of and/or/not. */
const depthLimit = 5;

export function productConditions(filter: ProductFilter | null | undefined, depth = 0): Sql[] {
  if (filter === null || filter === undefined) return [];
  if (depth > depthLimit) {
    throw new KoppelError('BAD_INPUT', { where: 'filter', what: `it is nested deeper than ${depthLimit}` });
  }
  const inner = (one: ProductFilter): Sql => allOf(productConditions(one, depth + 1));
  const found = [
    ...textConditions('p.id', filter.id),
    ...listCondition('p.type', filter.type),
    ...listCondition('p.status', filter.status),
    ...textConditions('p.name', filter.name),
    ...textConditions('p.brand', filter.brand),
    ...timeConditions('p.updated_at', filter.updatedAt),
    ...categoryConditions(filter.categoryId),
    ...variantExists([...textConditions('v.sku', filter.sku)]),
    ...variantExists([...textConditions('v.gtin', filter.gtin)]),
    ...syncConditions('product', 'p.id', filter.sync),
  ];
  if (filter.and) found.push(allOf(filter.and.map(inner)));
  if (filter.or) found.push(anyOf(filter.or.map(inner)));
  if (filter.not) found.push(sql`not ${inner(filter.not)}`);
  return found;
}

const variantExists = (conditions: readonly Sql[]): Sql[] =>
  conditions.length === 0
    ? []
    : [sql`p.id in (select v.product_id from variant v where v.deleted_at is null and ${allOf(conditions)})`];

function categoryConditions(filter: ProductFilter['categoryId']): Sql[] {
  if (filter === null || filter === undefined) return [];
  const found: Sql[] = [];
  if (filter.eq) found.push(sql`p.categories && array[${filter.eq}]::text[]`);
  if (filter.in) found.push(sql`p.categories && ${filter.in}::text[]`);
  if (filter.notIn) found.push(sql`not p.categories && ${filter.notIn}::text[]`);
  if (filter.isNull === true) found.push(raw(`p.categories = '{}'`));
  if (filter.isNull === false) found.push(raw(`p.categories <> '{}'`));
  return found;
}

/**
 * Records that are in one of the states in a system. A simple product is written as its only variant in some systems; its
 * own row is excluded there, and the variant's state is the product's.
 */
export function syncConditions(
  entity: 'product' | 'variant' | 'category',
  id: string,
  filter: SyncFilter | null | undefined,
): Sql[] {
  if (!filter || (!filter.states && !filter.systemId)) return [];
  const states = filter.states ? projectionStatesOf(filter.states) : null;
  const target = filter.systemId
    ? sql`pr.target = (select s.key from system s where s.id = ${filter.systemId})`
    : raw('true');
  const inState = states === null ? raw('true') : sql`pr.state = any(${states}::text[])`;
  const found = [sql`${raw(id)} in (${rowsOf(entity, sql`${target} and ${inState}`)})`];
  if (filter.states?.includes('NOT_LINKED')) {
    found.push(sql`not exists (select 1 from projection pr where pr.canonical_id = ${raw(id)} and ${target})
      and not exists (select 1 from external_reference r where r.canonical_id = ${raw(id)}
        and ${filter.systemId ? sql`r.system = (select s.key from system s where s.id = ${filter.systemId})` : raw('true')})`);
  }
  return [anyOf(found)];
}

function rowsOf(entity: 'product' | 'variant' | 'category', condition: Sql): Sql {
  const own = sql`select pr.canonical_id from projection pr where pr.entity = ${entity} and ${condition}`;
  if (entity !== 'product') return own;
  return sql`${own} and not exists (
        select 1 from product q join variant w on w.product_id = q.id
        join projection pw on pw.target = pr.target and pw.entity = 'variant' and pw.canonical_id = w.id
        where pr.state = 'excluded' and q.id = pr.canonical_id and q.type = 'SIMPLE')
    union all
    select w.product_id from projection pr join variant w on w.id = pr.canonical_id
      join product q on q.id = w.product_id and q.type = 'SIMPLE'
      left join projection po on po.target = pr.target and po.entity = 'product' and po.canonical_id = q.id
    where pr.entity = 'variant' and (po.state is null or po.state = 'excluded') and ${condition}`;
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
