/** Products, variants and categories: queries and the edges between them. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { Attribute, AttributeAssignment, Barcode, ProductOption, SelectedOption } from '../schema/attribute.js';
import { Category } from '../schema/category.js';
import {
  CategoryConnection,
  ProductConnection,
  ProductVariantConnection,
  StockLevelConnection,
} from '../schema/connections.js';
import { CategoryFilter, ProductFilter, ProductVariantFilter } from '../schema/filters.js';
import { CategoryBy, ProductBy } from '../schema/inputs.js';
import { Money, ProductPrice } from '../schema/money.js';
import { PageArgs } from '../schema/page.js';
import { Product } from '../schema/product.js';
import { ProductVariant } from '../schema/product-variant.js';
import { Locale } from '../schema/scalars.js';
import { ProductSort } from '../schema/sorts.js';
import { StockSummary } from '../schema/stock-level.js';
import {
  assignmentsOf,
  barcodesOf,
  emptySummary,
  moneyOf,
  optionOf,
  priceOf,
  selectedOptionsOf,
  slugOf,
} from './shapes.js';
import type { Context } from './context.js';
import { alongProduct, alongProducts, recordsToWrite, recordToWrite } from './look-ahead.js';

const language = () => Arg('language', () => Locale, { nullable: true });

@Resolver(() => Product)
export class ProductResolver {
  @Query(() => ProductConnection, { description: 'Products in pages.' })
  products(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Arg('filter', () => ProductFilter, { nullable: true }) filter: ProductFilter | null,
    @Arg('sort', () => ProductSort, { nullable: true }) sort: ProductSort | null,
    @Ctx() { reads }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reads.products({ search, filter, sort }, page, alongProducts(info), recordsToWrite(info));
  }

  @Query(() => Product, { nullable: true, description: 'One product by exactly one of its keys.' })
  product(@Arg('by', () => ProductBy) by: ProductBy, @Ctx() { reads }: Context, @Info() info: GraphQLResolveInfo) {
    return reads.product(by, alongProduct(info), recordToWrite(info));
  }

  @FieldResolver(() => String, {
    description: 'Falls back to the language that the source has, so that it is never null.',
  })
  name(@Root() product: Product, @language() _language?: string) {
    return product.name;
  }

  @FieldResolver(() => String, { nullable: true })
  description(@Root() product: Product, @language() _language?: string) {
    return product.description;
  }

  @FieldResolver(() => String, { nullable: true })
  shortDescription(@Root() product: Product, @language() _language?: string) {
    return product.shortDescription;
  }

  @FieldResolver(() => Category, { nullable: true })
  primaryCategory(@Root() product: Product, @Ctx() { reads }: Context) {
    return product.categories[0] === undefined ? null : reads.load.category.load(product.categories[0]);
  }

  @FieldResolver(() => [Category], { description: 'A category that was mentioned but not read yet is left out.' })
  async categories(@Root() product: Product, @Ctx() { reads }: Context) {
    return (await reads.load.category.loadMany(product.categories)).filter((found) => found !== null);
  }

  @FieldResolver(() => [AttributeAssignment], { description: 'Characteristics that describe the product.' })
  attributes(@Root() product: Product, @Arg('codes', () => [String], { nullable: true }) codes: string[] | null) {
    return assignmentsOf(product.attributes, codes);
  }

  @FieldResolver(() => [ProductOption], {
    description: 'Attributes that tell the variants apart; empty for a simple product.',
  })
  async options(@Root() product: Product, @Ctx() { reads }: Context) {
    return (await reads.load.options.load(product.id)).map(optionOf);
  }

  @FieldResolver(() => ProductVariantConnection, { description: 'A simple product has exactly one variant.' })
  variants(@Root() product: Product, @Args(() => PageArgs) page: PageArgs, @Ctx() { reads }: Context) {
    return reads.variantsOf(product.id, page);
  }

  @FieldResolver(() => ProductVariant, { nullable: true, description: 'Null until the first variant has been read.' })
  defaultVariant(@Root() product: Product, @Ctx() { reads }: Context) {
    return reads.load.defaultVariant.load(product.id);
  }
}

@Resolver(() => ProductVariant)
export class ProductVariantResolver {
  @Query(() => ProductVariantConnection, { description: 'Variants in pages.' })
  productVariants(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Arg('filter', () => ProductVariantFilter, { nullable: true }) filter: ProductVariantFilter | null,
    @Ctx() { reads }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reads.productVariants(search, filter, page, recordsToWrite(info));
  }

  @FieldResolver(() => Product, { nullable: true })
  product(@Root() variant: ProductVariant, @Ctx() { reads }: Context) {
    return reads.load.product.load(variant.productId);
  }

  @FieldResolver(() => String, { description: "The variant's own name, else its product's, else its SKU." })
  async name(@Root() variant: ProductVariant, @Ctx() { reads }: Context, @language() _language?: string) {
    return variant.name ?? (await reads.load.product.load(variant.productId))?.name ?? variant.sku;
  }

  @FieldResolver(() => [Barcode])
  barcodes(@Root() variant: ProductVariant) {
    return barcodesOf(variant);
  }

  @FieldResolver(() => [SelectedOption])
  selectedOptions(@Root() variant: ProductVariant) {
    return selectedOptionsOf(variant.options);
  }

  @FieldResolver(() => ProductPrice, {
    nullable: true,
    description: 'The list price that applies now; null without a price or VAT rate.',
  })
  price(@Root() variant: ProductVariant) {
    return priceOf(variant);
  }

  @FieldResolver(() => Money, { nullable: true })
  purchasePrice(@Root() variant: ProductVariant) {
    return moneyOf(variant.purchasePrice, variant.priceCurrency);
  }

  @FieldResolver(() => String, { description: 'Sales unit; C62 is a piece.' })
  unitCode(@Root() variant: ProductVariant) {
    return variant.unitCode ?? 'C62';
  }

  @FieldResolver(() => StockSummary)
  stock(@Root() variant: ProductVariant, @Ctx() { reads }: Context) {
    const found = reads.load.stockSummary.get(variant.id);
    return found instanceof Promise ? found.then((read) => read ?? emptySummary) : (found ?? emptySummary);
  }

  @FieldResolver(() => StockLevelConnection)
  stockLevels(@Root() variant: ProductVariant, @Args(() => PageArgs) page: PageArgs, @Ctx() { reads }: Context) {
    return reads.levelsOf(variant.id, page);
  }
}

@Resolver(() => Category)
export class CategoryResolver {
  @Query(() => CategoryConnection, { description: 'Categories in pages.' })
  categories(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Arg('filter', () => CategoryFilter, { nullable: true }) filter: CategoryFilter | null,
    @Ctx() { reads }: Context,
  ) {
    return reads.categories(search, filter, page);
  }

  @Query(() => Category, { nullable: true, description: 'One category by exactly one of its keys.' })
  category(@Arg('by', () => CategoryBy) by: CategoryBy, @Ctx() { reads }: Context) {
    return reads.category(by);
  }

  @Query(() => [Category], { description: 'All top categories; walk down with children.' })
  rootCategories(@Ctx() { reads }: Context) {
    return reads.rootCategories();
  }

  @FieldResolver(() => String)
  name(@Root() category: Category, @language() _language?: string) {
    return category.name;
  }

  @FieldResolver(() => String)
  slug(@Root() category: Category) {
    return slugOf(category);
  }

  @FieldResolver(() => Int, { description: '0 for a top category.' })
  async depth(@Root() category: Category, @Ctx() { reads }: Context) {
    return (await reads.load.ancestors.load(category.id)).length;
  }

  @FieldResolver(() => Category, { nullable: true })
  parent(@Root() category: Category, @Ctx() { reads }: Context) {
    return category.parentId === null ? null : reads.load.category.load(category.parentId);
  }

  @FieldResolver(() => [Category], { description: 'Root first, the category itself not included.' })
  ancestors(@Root() category: Category, @Ctx() { reads }: Context) {
    return reads.load.ancestors.load(category.id);
  }

  @FieldResolver(() => CategoryConnection)
  children(@Root() category: Category, @Args(() => PageArgs) page: PageArgs, @Ctx() { reads }: Context) {
    return reads.childrenOf(category.id, page);
  }

  @FieldResolver(() => ProductConnection)
  products(
    @Root() category: Category,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('includeDescendants', () => Boolean, { defaultValue: false }) includeDescendants: boolean,
    @Arg('filter', () => ProductFilter, { nullable: true }) filter: ProductFilter | null,
    @Arg('sort', () => ProductSort, { nullable: true }) sort: ProductSort | null,
    @Ctx() { reads }: Context,
  ) {
    return reads.productsIn(category.id, { filter, sort }, includeDescendants, page);
  }
}

@Resolver(() => Attribute)
export class AttributeResolver {
  @FieldResolver(() => String)
  label(@Root() attribute: Attribute, @language() _language?: string) {
    return attribute.code;
  }
}
