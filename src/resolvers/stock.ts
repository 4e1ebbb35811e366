/** Stock levels and locations. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { StockLevelConnection, StockLocationConnection } from '../schema/connections.js';
import { StockLevelFilter } from '../schema/filters.js';
import { subtracted } from '../schema/money.js';
import { PageArgs } from '../schema/page.js';
import { ProductVariant } from '../schema/product-variant.js';
import { Decimal } from '../schema/scalars.js';
import { StockLevelSort } from '../schema/sorts.js';
import { StockLevel } from '../schema/stock-level.js';
import { StockLocation } from '../schema/stock-location.js';
import { ExternalReference } from '../schema/sync-status.js';
import type { Context } from './context.js';
import { recordsToWrite } from './look-ahead.js';

@Resolver(() => StockLevel)
export class StockLevelResolver {
  @Query(() => StockLevelConnection, { description: 'Stock levels in pages.' })
  stockLevels(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Arg('filter', () => StockLevelFilter, { nullable: true }) filter: StockLevelFilter | null,
    @Arg('sort', () => StockLevelSort, { nullable: true }) sort: StockLevelSort | null,
    @Ctx() { reads }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reads.stockLevels({ search, filter, sort }, page, recordsToWrite(info));
  }

  @FieldResolver(() => Decimal)
  available(@Root() level: StockLevel) {
    return subtracted(level.onHand, level.reserved, level.safetyStock);
  }

  @FieldResolver(() => ProductVariant, { nullable: true, description: 'Null until the variant has been read.' })
  variant(@Root() level: StockLevel, @Ctx() { reads }: Context) {
    return reads.load.variant.load(level.variantId);
  }

  @FieldResolver(() => StockLocation, { nullable: true, description: 'Null until the location has been read.' })
  location(@Root() level: StockLevel, @Ctx() { reads }: Context) {
    return reads.load.location.load(level.locationId);
  }
}

@Resolver(() => StockLocation)
export class StockLocationResolver {
  @Query(() => StockLocationConnection, { description: 'Branches and warehouses in pages.' })
  stockLocations(@Args(() => PageArgs) page: PageArgs, @Ctx() { reads }: Context) {
    return reads.stockLocations(page);
  }

  @FieldResolver(() => [ExternalReference])
  externalReferences(@Root() location: StockLocation, @Ctx() { reads }: Context) {
    return reads.load.references.load(location.id);
  }

  @FieldResolver(() => StockLevelConnection)
  levels(
    @Root() location: StockLocation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => StockLevelFilter, { nullable: true }) filter: StockLevelFilter | null,
    @Arg('sort', () => StockLevelSort, { nullable: true }) sort: StockLevelSort | null,
    @Ctx() { reads }: Context,
  ) {
    return reads.levelsAt(location.id, { filter, sort }, page);
  }
}
