/**
 * Reads of products, variants and categories for the API. Every function is one SQL statement, also those that answer for
 * many records at once.
 */
import { Category } from '../schema/category.js';
import type { CategoryFilter, ProductFilter, ProductVariantFilter } from '../schema/filters.js';
import type { ProductSort } from '../schema/sorts.js';
import type { Product } from '../schema/product.js';
import type { ProductVariant } from '../schema/product-variant.js';
import { columnsIn, type Columns } from './columns.js';
import { searchConditions } from './conditions.js';
import type { Query } from './database.js';
import { selectList } from './entity-columns.js';
import type { List, Order } from './pages.js';
import { branchOf, categoryListConditions, productConditions, productSearch, variantConditions } from './product-conditions.js'; // prettier-ignore
import { raw, selected, sql, type Sql } from './sql.js';

export const categoryColumns = selectList(Category, 'c');

const id = (alias: string) => ({ expression: `${alias}.id`, type: 'text' }) as const;

const productOrders: Readonly<Record<ProductSort['field'], Omit<Order, 'descending'>>> = {
  NAME: { name: 'name', keys: [{ expression: 'p.name', type: 'text' }, id('p')] },
  CREATED_AT: { name: 'created', keys: [{ expression: 'p.created_at', type: 'timestamptz' }, id('p')] },
  UPDATED_AT: { name: 'updated', keys: [{ expression: 'p.updated_at', type: 'timestamptz' }, id('p')] },
  SKU: {
    name: 'sku',
    keys: [
      {
        expression: `coalesce((select min(o.sku) from variant o where o.product_id = p.id and o.deleted_at is null), '')`,
        type: 'text',
      },
      id('p'),
    ],
  },
};

export interface ProductQuery {
  readonly search?: string | null | undefined;
  readonly filter?: ProductFilter | null | undefined;
  readonly sort?: ProductSort | null | undefined;
  /** Columns besides those of the product, with a comma before. */
  readonly along?: ((columns: Columns) => Sql) | undefined;
}

export function productList({ search, filter, sort, along }: ProductQuery): List {
  const order = sort ? productOrders[sort.field] : { name: 'id', keys: [id('p')] };
  return {
    select: (columns) => sql`${raw(columns.product)}${along?.(columns) ?? raw('')}`,
    from: raw('product p'),
    where: [raw('p.deleted_at is null'), ...productSearch(search), ...productConditions(filter)],
    order: { ...order, descending: sort?.direction === 'DESC' },
  };
}

/** Products of a category, or of it and everything below it. */
export function productsOfCategory(query: ProductQuery, includeDescendants: boolean): List & { readonly parent: Sql } {
  const list = productList(query);
  const inside = includeDescendants
    ? sql`p.categories && ${branchOf(raw('parent.id'))}`
    : raw('p.categories && array[parent.id]');
  return { ...list, where: [inside, ...list.where], parent: raw('parent.id') };
}

export function variantList(search: string | null | undefined, filter: ProductVariantFilter | null | undefined): List {
  return {
    select: ({ variant }) => raw(variant),
    from: raw('variant v'),
    where: [
      raw('v.deleted_at is null'),
      ...searchConditions(['v.sku', 'v.gtin', 'v.name'], search),
      ...variantConditions(filter),
    ],
    order: { name: 'id', keys: [id('v')], descending: false },
  };
}

export const variantsOfProduct: List & { readonly parent: Sql } = {
  select: ({ variant }) => raw(variant),
  from: raw('variant v'),
  where: [raw('v.deleted_at is null')],
  order: { name: 'position', keys: [{ expression: 'v.position', type: 'integer' }, id('v')], descending: false },
  parent: raw('v.product_id'),
};

export function categoryList(search: string | null | undefined, filter: CategoryFilter | null | undefined): List {
  return {
    select: raw(categoryColumns),
    from: raw('category c'),
    where: [
      raw('c.deleted_at is null'),
      ...searchConditions(['c.name', 'c.code'], search),
      ...categoryListConditions(filter),
    ],
    order: { name: 'id', keys: [id('c')], descending: false },
  };
}

export const childrenOfCategory: List & { readonly parent: Sql } = {
  select: raw(categoryColumns),
  from: raw('category c'),
  where: [raw('c.deleted_at is null')],
  order: { name: 'position', keys: [{ expression: 'c.position', type: 'integer' }, id('c')], descending: false },
  parent: raw('c.parent_id'),
};

export const readProducts = (query: Query, ids: readonly string[]): Promise<Product[]> =>
  selected(query, `select ${columnsIn(query).product} from product p where p.id = any($1)`, [ids]);

export const readVariants = (query: Query, ids: readonly string[]): Promise<ProductVariant[]> =>
  selected(query, `select ${columnsIn(query).variant} from variant v where v.id = any($1)`, [ids]);

export const readCategories = (query: Query, ids: readonly string[]): Promise<Category[]> =>
  selected(query, `select ${categoryColumns} from category c where c.id = any($1)`, [ids]);

export const readRootCategories = (query: Query): Promise<Category[]> =>
  selected(
    query,
    `select ${categoryColumns} from category c where c.parent_id is null and c.deleted_at is null
     order by c.position, c.id limit 1000`,
  );

/** First variant of each product. */
export const readDefaultVariants = (query: Query, productIds: readonly string[]): Promise<ProductVariant[]> =>
  selected(
    query,
    `select distinct on (v.product_id) ${columnsIn(query).variant} from variant v
     where v.product_id = any($1) order by v.product_id, v.deleted_at nulls first, v.position, v.id`,
    [productIds],
  );

/** Ancestors of each category, root first, the category itself not included; a loop in the data ends the walk. */
export const readAncestors = (query: Query, ids: readonly string[]): Promise<(Category & { readonly of: string })[]> =>
  selected(
    query,
    `with recursive up(of, id, distance) as (
       select c.id, c.parent_id, 1 from category c where c.id = any($1) and c.parent_id is not null
       union all
       select up.of, c.parent_id, up.distance + 1 from up join category c on c.id = up.id
       where c.parent_id is not null and up.distance < 50)
     select up.of, ${categoryColumns} from up join category c on c.id = up.id order by up.of, up.distance desc`,
    [ids],
  );

/** Options of each product's variants: every code with its values, in order of first use. */
export const readOptions = (
  query: Query,
  productIds: readonly string[],
): Promise<{ readonly productId: string; readonly code: string; readonly values: string[] }[]> =>
  selected(
    query,
    `select used.product_id as "productId", used.code, array_agg(used.value order by used.place) as values
     from (select v.product_id, option.item->>'code' as code, option.item->>'value' as value,
             min(v.position * 1000 + option.place) as place, min(option.place) as code_place
           from variant v cross join lateral jsonb_array_elements(v.options) with ordinality as option(item, place)
           where v.product_id = any($1) and v.deleted_at is null
           group by 1, 2, 3) as used
     group by used.product_id, used.code order by used.product_id, min(used.code_place)`,
    [productIds],
  );

/** How one product is found. */
export type ProductKey =
  | { readonly id: string }
  | { readonly sku: string }
  | { readonly gtin: string }
  | { readonly systemId: string; readonly externalId: string };

/** The product with the id, that has a variant with this SKU or GTIN, or that a system knows by this id. The oldest when there are several. */
export function findProduct<T>(query: Query, by: ProductKey, select: string): Promise<T[]> {
  if ('id' in by) return selected(query, `select ${select} from product p where p.id = $1`, [by.id]);
  return 'systemId' in by
    ? selected(
        query,
        `select ${select} from external_reference r join system s on s.key = r.system
         left join variant v on r.entity = 'variant' and v.id = r.canonical_id
         join product p on p.id = coalesce(v.product_id, r.canonical_id)
         where s.id = $1 and r.external_id = $2 and r.entity in ('product', 'variant')
         order by r.entity limit 1`,
        [by.systemId, by.externalId],
      )
    : selected(
        query,
        `select ${select} from variant v join product p on p.id = v.product_id
         where v.${'sku' in by ? 'sku' : 'gtin'} = $1
         order by p.deleted_at nulls first, p.id limit 1`,
        ['sku' in by ? by.sku : by.gtin],
      );
}

/** The category that a system knows by this id, or whose code is the slug. */
export async function findCategory(
  query: Query,
  by: { readonly slug: string } | { readonly systemId: string; readonly externalId: string },
): Promise<Category | null> {
  const rows =
    'slug' in by
      ? await selected<Category>(
          query,
          `select ${categoryColumns} from category c where c.code = $1 or c.id = $1
           order by c.deleted_at nulls first, c.id limit 1`,
          [by.slug],
        )
      : await selected<Category>(
          query,
          `select ${categoryColumns} from external_reference r join system s on s.key = r.system
           join category c on c.id = r.canonical_id
           where s.id = $1 and r.external_id = $2 and r.entity = 'category' limit 1`,
          [by.systemId, by.externalId],
        );
  return rows[0] ?? null;
}
