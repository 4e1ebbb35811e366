/**
 * Fields that several systems have a say in. `furthest`: a value that goes through stages. `union`: a list to which each
 * system adds its own items, known by their `key`; an item is a system's own when its key starts with that of the system.
 * `furthestItems`: quantities by `key`, each of which only grows. Pure.
 */
import { Big } from 'big.js';
import { sameJson } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import { isKeyOf } from '../base/payment-keys.js';

/** True when `after` comes later in the order than `before`; values that the order does not know come first. */
export function isFurther(order: readonly string[], before: Json | undefined, after: Json | undefined): boolean {
  return order.indexOf(String(after)) > order.indexOf(String(before));
}

/**
 * The list after a system has stated its view of it: its own items as it states them now, of others' items only what was
 * empty is filled in, and none of them is taken away. One of another system that it has stated before (`last`) and that is held no
 * more, that system has taken back: it is not added again. Stating the same again changes nothing.
 */
export function unite(before: Json | undefined, stated: Json | undefined, system: string, last?: Json): Json {
  const held = itemsOf(before);
  const former = new Set(itemsOf(last).map(keyOf));
  const said = new Map<string, Document>();
  for (const item of itemsOf(stated)) if (!said.has(keyOf(item))) said.set(keyOf(item), item);
  const united: Document[] = [];
  const seen = new Set<string>();
  for (const item of held) {
    const key = keyOf(item);
    const now = said.get(key);
    if (seen.has(key)) continue;
    seen.add(key);
    if (!isKeyOf(system, key)) united.push(now === undefined ? item : { ...now, ...item });
    else if (now !== undefined) united.push(now);
  }
  for (const [key, item] of said) {
    if (!seen.has(key) && (isKeyOf(system, key) || !former.has(key))) united.push(item);
  }
  return united;
}

/** The quantities after some have been stated: the larger one of each, or what is stated where it may go back. */
export function advance(
  before: Json | undefined,
  stated: readonly Document[],
  mayGoBack: (item: Document) => boolean,
): Json {
  const quantities = new Map(itemsOf(before).map((item) => [keyOf(item), quantityOf(item)]));
  for (const item of stated) {
    const now = quantityOf(item);
    if (mayGoBack(item) || now.abs().gt(quantities.get(keyOf(item))?.abs() ?? 0)) quantities.set(keyOf(item), now);
  }
  return [...quantities]
    .filter(([, quantity]) => !quantity.eq(0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, quantity]) => ({ key, quantity: quantity.toFixed() }));
}

/** Whether the item says less than it said in an earlier list; of a list that is not known nothing is certain. */
export function isLess(item: Document, earlier: Json | undefined): boolean {
  if (!Array.isArray(earlier)) return true;
  const former = itemsOf(earlier).find((each) => keyOf(each) === keyOf(item));
  return former !== undefined && quantityOf(item).abs().lt(quantityOf(former).abs());
}

/** Of the stated quantities those that differ from what the system stated before; what it no longer names is none. */
export function changedItems(before: Json | undefined, stated: Json): Json {
  const former = new Map(itemsOf(before).map((item) => [keyOf(item), item]));
  const now = new Set(itemsOf(stated).map(keyOf));
  return [
    ...itemsOf(stated).filter((item) => !sameJson(former.get(keyOf(item)), item)),
    ...[...former.keys()].filter((key) => !now.has(key)).map((key) => ({ key, quantity: '0' })),
  ];
}

/**
 * Items that name lines of a copy, by the keys of the lines of the order: the line with that key; where the copy has keys of
 * its own, a line of the same product, of the same quantity first. Items of lines that the order does not have are kept for
 * their product; without one they are left out.
 */
export function withKeysOf(
  lines: Json | undefined,
  items: Json | undefined,
  copied: Json | undefined,
): readonly Document[] {
  const free = new Set(itemsOf(lines));
  const found = new Map<Document, Document>();
  const rules: readonly ((line: Document, copy: Document) => boolean)[] = [
    (line, copy) => keyOf(line) === keyOf(copy),
    (line, copy) => isOfProduct(line, copy) && line['quantity'] === copy['quantity'],
    isOfProduct,
  ];
  for (const isSame of rules) {
    for (const copy of itemsOf(copied)) {
      const line = found.has(copy) ? undefined : [...free].find((each) => isSame(each, copy));
      if (line === undefined) continue;
      free.delete(line);
      found.set(copy, line);
    }
  }
  const keys = new Map([...found].map(([copy, line]) => [keyOf(copy), keyOf(line)]));
  const own = new Set(itemsOf(lines).map(keyOf));
  const products = new Map(itemsOf(copied).map((copy) => [keyOf(copy), keyOfProduct(copy)]));
  return itemsOf(items).flatMap((item) => {
    const key = keys.get(keyOf(item)) ?? (own.has(keyOf(item)) ? keyOf(item) : products.get(keyOf(item)));
    return key === undefined ? [] : [{ ...item, key }];
  });
}

/**
 * Quantities of an order whose lines have become others: that of a line that was taken out is kept for its product, and is
 * that of the next line of the product that has none yet. What any system has sent is not forgotten with a line.
 */
export function carriedOver(before: Json | undefined, after: Json | undefined, items: Json | undefined): Json {
  const former = new Map(itemsOf(before).map((line) => [keyOf(line), keyOfProduct(line)]));
  const named = new Set(itemsOf(items).map(keyOf));
  const free = itemsOf(after).filter((line) => !named.has(keyOf(line)));
  const listed = new Set(itemsOf(after).map(keyOf));
  return itemsOf(items)
    .map((item) => {
      if (listed.has(keyOf(item))) return item;
      const product = former.get(keyOf(item)) ?? keyOf(item);
      const index = free.findIndex((line) => keyOfProduct(line) === product);
      const [line] = index === -1 ? [] : free.splice(index, 1);
      return { ...item, key: line === undefined ? product : keyOf(line) };
    })
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Stands for the line of a product that the order does not have; no system gives a line such a key. */
const keyOfProduct = ({ variant }: Document): string | undefined =>
  typeof variant === 'string' ? `without line: ${variant}` : undefined;

const isOfProduct = (line: Document, copy: Document): boolean =>
  line['variant'] !== undefined && line['variant'] === copy['variant'];

const quantityOf = (item: Document): Big => new Big(String(item['quantity'] ?? '0'));

export const itemsOf = (value: Json | undefined): readonly Document[] =>
  Array.isArray(value) ? (value as readonly Document[]) : [];

const keyOf = (item: Document): string => String(item['key'] ?? '');
