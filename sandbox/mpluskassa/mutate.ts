/**
 * Edits as a person at the back office or behind the till would make them. In: a kind, how many, a seed. Out: which records
 * differ now. Every edit goes through the same saving as calls do, so it takes markers and moves stock; it leaves no
 * line in the ledger, which is for the writes of clients.
 */
import { makeRandom, type Random } from '../engine/random.js';
import { SandboxUsageError, type MutateOrder, type MutateResult } from '../engine/sandbox-system.js';
import type { Changed, Restriction } from './edit.js';
import { addCustomField } from './custom-fields.js';
import { editGroup } from './mutate-groups.js';
import { editOrder } from './mutate-orders.js';
import { editProduct, healProduct, poisonProduct } from './mutate-products.js';
import { editRelation } from './mutate-relations.js';
import { editStock } from './mutate-stock.js';
import type { Shop } from './shop.js';

/** `customFields` adds fields to articles and fills them in, `poison` gives products a VAT code that means nothing, `heal` takes it away again; `mixed` does none of these. */
export const mutateKinds = [
  'products',
  'groups',
  'stock',
  'relations',
  'orders',
  'invoices',
  'customFields',
  'mixed',
  'poison',
  'heal',
] as const;
type EditKind = Exclude<(typeof mutateKinds)[number], 'mixed'>;

const edits: Readonly<Record<EditKind, (shop: Shop, random: Random, changed: Changed, only: Restriction) => void>> = {
  products: editProduct,
  groups: editGroup,
  stock: editStock,
  relations: editRelation,
  orders: editOrder,
  // Sales that end in an invoice, and invoices that are credited.
  invoices: (shop, random, changed, only) =>
    editOrder(shop, random, changed, { edits: ['new', 'invoice', 'credit'], ...only }),
  customFields: addCustomField,
  poison: poisonProduct,
  heal: healProduct,
};

export function mutate(shop: Shop, order: MutateOrder): MutateResult {
  if (shop.products.size === 0) throw new SandboxUsageError('there is nothing to edit: the shop has no products');
  const random = makeRandom(order.seed);
  const sets: Record<string, Set<string>> = {
    products: new Set(),
    articles: new Set(),
    groups: new Set(),
    stock: new Set(),
    relations: new Set(),
    orders: new Set(),
    invoices: new Set(),
    customFields: new Set(),
  };
  const changed: Changed = (type, key) => sets[type]?.add(key);
  const only: Restriction = { of: order.of ?? 'own', ...(order.edits === undefined ? {} : { edits: order.edits }) };
  for (let at = 0; at < order.count; at++) edits[kindOf(order.kind, random)](shop, random, changed, only);
  return { changed: Object.fromEntries(Object.entries(sets).map(([type, keys]) => [type, [...keys]])) };
}

function kindOf(kind: string, random: Random): EditKind {
  if (kind !== 'mixed') return kind as EditKind;
  const draw = random.next();
  return draw < 0.6 ? 'products' : draw < 0.7 ? 'groups' : 'stock';
}
