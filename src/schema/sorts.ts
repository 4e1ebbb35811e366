/** Sort orders of lists. */
import { Field, InputType } from 'type-graphql';
import { enumeration, type ValueOf } from './enumeration.js';

export const SortDirection = enumeration('SortDirection', 'Which end comes first.', ['ASC', 'DESC']);
export const ProductSortField = enumeration('ProductSortField', 'What products can be sorted by.', [
  'NAME',
  'SKU',
  'CREATED_AT',
  'UPDATED_AT',
]);
export const StockLevelSortField = enumeration('StockLevelSortField', 'What stock levels can be sorted by.', [
  'SKU',
  'AVAILABLE',
  'AS_OF',
]);
export const CustomerSortField = enumeration('CustomerSortField', 'What customers can be sorted by.', [
  'NAME',
  'NUMBER',
  'CREATED_AT',
  'UPDATED_AT',
]);
export const OrderSortField = enumeration('OrderSortField', 'What orders can be sorted by.', [
  'PLACED_AT',
  'NUMBER',
  'TOTAL',
  'UPDATED_AT',
]);
export const DeadLetterSortField = enumeration('DeadLetterSortField', 'What problems can be sorted by.', [
  'FIRST_FAILED_AT',
  'LAST_FAILED_AT',
  'ATTEMPT_COUNT',
]);

@InputType({ description: 'Order of products.' })
export class ProductSort {
  @Field(() => ProductSortField)
  field!: ValueOf<typeof ProductSortField>;

  @Field(() => SortDirection, { defaultValue: 'ASC' })
  direction!: ValueOf<typeof SortDirection>;
}

@InputType({ description: 'Order of stock levels.' })
export class StockLevelSort {
  @Field(() => StockLevelSortField)
  field!: ValueOf<typeof StockLevelSortField>;

  @Field(() => SortDirection, { defaultValue: 'ASC' })
  direction!: ValueOf<typeof SortDirection>;
}

@InputType({ description: 'Order of customers.' })
export class CustomerSort {
  @Field(() => CustomerSortField)
  field!: ValueOf<typeof CustomerSortField>;

  @Field(() => SortDirection, { defaultValue: 'ASC' })
  direction!: ValueOf<typeof SortDirection>;
}

@InputType({ description: 'Order of orders.' })
export class OrderSort {
  @Field(() => OrderSortField)
  field!: ValueOf<typeof OrderSortField>;

  @Field(() => SortDirection, { defaultValue: 'DESC' })
  direction!: ValueOf<typeof SortDirection>;
}

@InputType({ description: 'Order of problems.' })
export class DeadLetterSort {
  @Field(() => DeadLetterSortField)
  field!: ValueOf<typeof DeadLetterSortField>;

  @Field(() => SortDirection, { defaultValue: 'DESC' })
  direction!: ValueOf<typeof SortDirection>;
}
