/**
 * Edits as a person in the back office makes them. In: kind, count, seed. Out: which records differ now. `products`
 * touches only what a till does not know; `products-owned` also name and price, which it does.
 */
import { Big } from 'big.js';
import { characteristicEdit, enrich } from './mutate-texts.js';
import { makeRandom, type Random } from '../engine/random.js';
import type { MutateOrder, MutateResult } from '../engine/sandbox-system.js';
import type { Row } from './answers.js';
import { naturalKey, type Resource, type Shop } from './shop.js';
import { countStock } from './stock-calls.js';
import { changeOrder } from './order-calls.js';
import { textOf } from './answers.js';

type Edit = (shop: Shop, row: Row, random: Random) => void;

const editProduct: Edit = (shop, row, random) => {
  const edits: ReadonlyArray<() => Row> = [
    () => ({ description: enrich(random, textOf(row['name'])) }),
    () => ({
      shortDescription: `Nu in de winkel: ${[...textOf(row['name'])].slice(0, 200).join('')} (${random.integer(1, 999_999)})`,
    }),
    () => ({ characteristics: characteristicEdit(random, row['characteristics'] as readonly Row[]) }),
    () => ({ visibleInShop: row['visibleInShop'] !== true }),
  ];
  shop.save('products', textOf(row['id']), random.pick(edits)(), undefined);
};

const editOwned: Edit = (shop, row, random) => {
  const price = row['price'] as Row | null;
  const dearer =
    price === null
      ? undefined
      : new Big(textOf(price['amount'])).plus(new Big(random.integer(1, 500)).div(100)).toFixed(2);
  const renamed = { name: `${[...textOf(row['name'])].slice(0, 240).join('')} #${random.integer(1, 999)}` };
  const edit: Row = dearer !== undefined && random.chance(0.5) ? { price: { ...price, amount: dearer } } : renamed;
  shop.save('products', textOf(row['id']), edit, undefined);
};

const editCategory: Edit = (shop, row, random) => {
  const position = Number(row['position'] ?? 0) + random.integer(1, 9);
  const edit: Row = random.chance(0.5)
    ? { position }
    : { name: `${[...textOf(row['name'])].slice(0, 240).join('')} (${random.integer(1, 999)})` };
  shop.save('categories', textOf(row['id']), edit, undefined);
};

const editStock: Edit = (shop, row, random) => {
  const shift = random.integer(1, 5) * (random.chance(0.5) ? 1 : -1);
  countStock(shop, row, new Big(textOf(row['onHand'])).plus(shift).toString());
};

const editDebtor: Edit = (shop, row, random) => {
  const edit: Row = random.chance(0.5)
    ? { phone: `+32 9 ${random.integer(1_000_000, 9_999_999)}` }
    : { blocked: row['blocked'] !== true };
  shop.save('debtors', textOf(row['id']), edit, undefined);
};

const nextStatus: Readonly<Record<string, string>> = {
  new: 'confirmed',
  confirmed: 'shipped',
  partially_shipped: 'shipped',
  shipped: 'completed',
};
const editOrder: Edit = (shop, row) => {
  const status = nextStatus[textOf(row['status'])];
  if (status !== undefined) changeOrder(shop, row, { status }, undefined);
};

const remove =
  (resource: Resource): Edit =>
  (shop, row) =>
    shop.remove(resource, textOf(row['id']));

const kinds: Readonly<Record<string, ReadonlyArray<readonly [Resource, Edit]>>> = {
  mixed: [['products', editProduct], ['stock', editStock]],
  products: [['products', editProduct]],
  'products-owned': [['products', editOwned]],
  'products-deleted': [['products', remove('products')]],
  categories: [['categories', editCategory]],
  'categories-deleted': [['categories', remove('categories')]],
  stock: [['stock', editStock]],
  debtors: [['debtors', editDebtor]],
  orders: [['orders', editOrder]],
}; // prettier-ignore

export const mutateKinds = Object.keys(kinds);

export function mutate(shop: Shop, order: MutateOrder): MutateResult {
  const random = makeRandom(order.seed).fork(order.kind);
  const changed: Record<string, Set<string>> = {};
  for (let at = 0; at < order.count; at++) {
    const [resource, edit] = random.pick(kinds[order.kind] ?? []);
    const table = shop.table[resource];
    if (table.size === 0) continue;
    const [key, row] = pickRow([...table.entries()], random);
    // Each edit is a transaction of its own to whoever reads, so it gets its own stamp.
    shop.begin();
    edit(shop, row, random);
    (changed[resource] ??= new Set()).add(naturalKey(resource, key, row));
  }
  return { changed: Object.fromEntries(Object.entries(changed).map(([type, keys]) => [type, [...keys]])) };
}

const pickRow = (entries: ReadonlyArray<readonly [string, Row]>, random: Random): readonly [string, Row] =>
  random.pick(entries);
