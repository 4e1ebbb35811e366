/** Typed filters of the catalogue's lists. */
import { Field, ID, InputType } from 'type-graphql';
import { ProductStatus, ProductType } from './product.js';
import { DateTime, Decimal, Duration } from './scalars.js';
import { EntitySyncState } from './sync-status.js';

const optional = { nullable: true } as const;

@InputType({ description: 'Conditions on a text; all that are given must hold.' })
export class StringFilter {
  @Field(() => String, optional)
  eq?: string | null;

  @Field(() => [String], optional)
  in?: string[] | null;

  @Field(() => [String], optional)
  notIn?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Case-insensitive.' })
  contains?: string | null;

  @Field(() => String, optional)
  startsWith?: string | null;

  @Field(() => Boolean, optional)
  isNull?: boolean | null;
}

@InputType({ description: 'Conditions on an id.' })
export class IdFilter {
  @Field(() => ID, optional)
  eq?: string | null;

  @Field(() => [ID], optional)
  in?: string[] | null;

  @Field(() => [ID], optional)
  notIn?: string[] | null;

  @Field(() => Boolean, optional)
  isNull?: boolean | null;
}

@InputType({ description: 'Conditions on a number.' })
export class DecimalFilter {
  @Field(() => Decimal, optional)
  eq?: string | null;

  @Field(() => Decimal, optional)
  lt?: string | null;

  @Field(() => Decimal, optional)
  lte?: string | null;

  @Field(() => Decimal, optional)
  gt?: string | null;

  @Field(() => Decimal, optional)
  gte?: string | null;

  @Field(() => Boolean, optional)
  isNull?: boolean | null;
}

@InputType({ description: 'A span of time.' })
export class DateTimeFilter {
  @Field(() => DateTime, { nullable: true, description: 'Inclusive.' })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Exclusive.' })
  to?: Date | null;

  @Field(() => Duration, { nullable: true, description: 'Shorthand for `from: now - duration`.' })
  within?: string | null;

  @Field(() => Boolean, optional)
  isNull?: boolean | null;
}

@InputType({
  description:
    'Finds records by their state in one system, e.g. everything that failed in it, exactly as syncStatuses shows it. A system without states: what it has or is to have. States without a system: in any of them.',
})
export class SyncFilter {
  @Field(() => ID, optional)
  systemId?: string | null;

  @Field(() => [EntitySyncState], optional)
  states?: string[] | null;
}

@InputType({ description: 'Which products.' })
export class ProductFilter {
  @Field(() => [ProductFilter], optional)
  and?: ProductFilter[] | null;

  @Field(() => [ProductFilter], optional)
  or?: ProductFilter[] | null;

  @Field(() => ProductFilter, optional)
  not?: ProductFilter | null;

  @Field(() => IdFilter, optional)
  id?: IdFilter | null;

  @Field(() => [ProductType], optional)
  type?: string[] | null;

  @Field(() => [ProductStatus], optional)
  status?: string[] | null;

  @Field(() => StringFilter, optional)
  sku?: StringFilter | null;

  @Field(() => StringFilter, optional)
  gtin?: StringFilter | null;

  @Field(() => StringFilter, optional)
  name?: StringFilter | null;

  @Field(() => StringFilter, optional)
  brand?: StringFilter | null;

  @Field(() => IdFilter, optional)
  categoryId?: IdFilter | null;

  @Field(() => ID, { nullable: true, description: 'In this category or in one below it.' })
  withinCategoryId?: string | null;

  @Field(() => DateTimeFilter, optional)
  updatedAt?: DateTimeFilter | null;

  @Field(() => SyncFilter, optional)
  sync?: SyncFilter | null;
}

@InputType({ description: 'Which variants.' })
export class ProductVariantFilter {
  @Field(() => IdFilter, optional)
  id?: IdFilter | null;

  @Field(() => IdFilter, optional)
  productId?: IdFilter | null;

  @Field(() => StringFilter, optional)
  sku?: StringFilter | null;

  @Field(() => StringFilter, optional)
  gtin?: StringFilter | null;

  @Field(() => Boolean, optional)
  isActive?: boolean | null;

  @Field(() => DateTimeFilter, optional)
  updatedAt?: DateTimeFilter | null;

  @Field(() => SyncFilter, optional)
  sync?: SyncFilter | null;
}

@InputType({ description: 'Which categories.' })
export class CategoryFilter {
  @Field(() => IdFilter, optional)
  id?: IdFilter | null;

  @Field(() => IdFilter, optional)
  parentId?: IdFilter | null;

  @Field(() => StringFilter, optional)
  name?: StringFilter | null;

  @Field(() => SyncFilter, optional)
  sync?: SyncFilter | null;
}

@InputType({ description: 'Which stock levels.' })
export class StockLevelFilter {
  @Field(() => IdFilter, optional)
  variantId?: IdFilter | null;

  @Field(() => IdFilter, optional)
  locationId?: IdFilter | null;

  @Field(() => StringFilter, optional)
  sku?: StringFilter | null;

  @Field(() => DecimalFilter, optional)
  available?: DecimalFilter | null;

  @Field(() => DateTimeFilter, optional)
  asOf?: DateTimeFilter | null;
}
