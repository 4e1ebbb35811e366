/** Finding a record by whatever is known of it. */
import { createUnionType } from 'type-graphql';
import { Category } from './category.js';
import { Customer } from './customer.js';
import { Flow } from './flow.js';
import { Mapping } from './mapping.js';
import { SalesOrder } from './order.js';
import { Product } from './product.js';
import { ProductVariant } from './product-variant.js';
import { DeadLetter } from './sync-event.js';
import { typeOfId } from './syncable.js';
import { connectionOf } from './page.js';
import { System } from './system.js';
import { ValueMap } from './value-map.js';

/** Everything that can be found. */
export const SearchHit = createUnionType({
  name: 'SearchHit',
  description: 'What can be found by its name, number or code.',
  types: () =>
    [Product, ProductVariant, Category, Customer, SalesOrder, Flow, Mapping, ValueMap, System, DeadLetter] as const,
  resolveType: (found: { readonly id: string }) => typeOfId(found.id),
});

export const SearchHitConnection = connectionOf('SearchHit', () => SearchHit);
