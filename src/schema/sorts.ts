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

@InputType({ description: 'Order of problems.' })
export class DeadLetterSort {
  @Field(() => DeadLetterSortField)
  field!: ValueOf<typeof DeadLetterSortField>;

  @Field(() => SortDirection, { defaultValue: 'DESC' })
  direction!: ValueOf<typeof SortDirection>;
}
