/**
 * Edits as a person in the back office makes them. In: kind, count, seed. Out: which records differ now. `products`
 * touches only what a till does not know; `products-owned` also name and price, which it does.
 */
import { Big } from 'big.js';
import { characteristicEdit, enrich } from './mutate-texts.js';
import { makeRandom, type Random } from '../engine/random.js';
import { SandboxUsageError, type MutateOrder, type MutateResult } from '../engine/sandbox-system.js';
import type { Row } from './answers.js';
import { naturalKey, type Resource, type Shop } from './shop.js';
import { countStock } from './stock-calls.js';
import { debtorEdits, editDebtors } from './mutate-debtors.js';
import { editOrders, orderEdits } from './mutate-orders.js';
import { textOf } from './answers.js';
import type { Restriction } from './restriction.js';

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
}; // prettier-ignore

/** Edits that choose their records themselves. In: what is allowed. Out: the ids of what differs now. */
interface NamedEdits {
  readonly resource: Resource;
  readonly names: readonly string[];
  readonly edit: (shop: Shop, random: Random, only: Restriction) => readonly string[];
}

const named: Readonly<Record<string, NamedEdits>> = {
  debtors: { resource: 'debtors', names: debtorEdits, edit: editDebtors },
  orders: { resource: 'orders', names: orderEdits, edit: editOrders },
};

export const mutateKinds = [...Object.keys(kinds), ...Object.keys(named)];

export function mutate(shop: Shop, order: MutateOrder): MutateResult {
  const random = makeRandom(order.seed).fork(order.kind);
  const changed: Record<string, Set<string>> = {};
  const note = (resource: Resource, key: string, row: Row): void =>
    void (changed[resource] ??= new Set()).add(naturalKey(resource, key, row));
  const own = named[order.kind];
  for (let at = 0; at < order.count; at++) {
    // Each edit is a transaction of its own to whoever reads, so it gets its own stamp.
    shop.begin();
    if (own !== undefined) {
      const { of = 'own', edits } = order;
      const strange = edits?.find((name) => !own.names.includes(name));
      if (strange !== undefined)
        throw new SandboxUsageError(`edits of ${order.kind} are ${own.names.join(', ')}; got ${strange}`);
      const only = { of, ...(edits === undefined ? {} : { edits }) };
      for (const key of own.edit(shop, random, only)) note(own.resource, key, shop.table[own.resource].get(key) ?? {});
      continue;
    }
    const [resource, edit] = random.pick(kinds[order.kind] ?? []);
    const table = shop.table[resource];
    if (table.size === 0) continue;
    const [key, row] = pickRow([...table.entries()], random);
    edit(shop, row, random);
    note(resource, key, row);
  }
  return { changed: Object.fromEntries(Object.entries(changed).map(([type, keys]) => [type, [...keys]])) };
}

const pickRow = (entries: ReadonlyArray<readonly [string, Row]>, random: Random): readonly [string, Row] =>
  random.pick(entries);
