/**
 * Makes a whole shop from a seed: the same arguments always make the same records, down to the last marker, because
 * the store does not write seeded records to disk but makes them again. Times are relative to a fixed day.
 */
import type { SeedSettings } from '../../engine/store.js';
import { makeRandom } from '../../engine/random.js';
import type { Shop } from '../shop.js';
import { seedGroups } from './seed-groups.js';
import { seedOrders } from './seed-orders.js';
import { seedProblems } from './seed-problems.js';
import { seedProducts } from './seed-products.js';
import { seedEmployees, seedRelations } from './seed-relations.js';
import { seedServices } from './seed-services.js';

export function seedShop(shop: Shop, { seed, products, withProblems }: SeedSettings): void {
  const { store } = shop;
  const random = makeRandom(seed);
  const numbers = {
    // A till without products has nothing to put into groups either.
    ...(products > 0 ? seedGroups(store, random.fork('groups')) : { articleGroup: 0, groupNumber: 0 }),
    ...seedEmployees(store),
    ...seedRelations(store, random.fork('relations'), 200),
    ...seedProducts(store, random.fork('products'), products),
  };
  const keep = (sequences: object): void => {
    for (const [name, value] of Object.entries(sequences)) shop.sequences.put(name, { value: Number(value) });
  };
  keep(numbers);
  seedOrders(shop, random.fork('orders'));
  if (products > 0) keep(seedServices(store, numbers));
  if (withProblems === true) seedProblems(shop);
}
