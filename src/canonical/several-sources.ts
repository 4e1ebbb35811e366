/**
 * Fields that several systems have a say in. `furthest`: a value that goes through stages. `union`: a list to which each
 * system adds its own items, known by their `key`; an item is a system's own when its key starts with that of the system. Pure.
 */
import type { Document, Json } from '../base/document.js';
import { isKeyOf } from './payment-keys.js';

/** True when `after` comes later in the order than `before`; values that the order does not know come first. */
export function isFurther(order: readonly string[], before: Json | undefined, after: Json | undefined): boolean {
  return order.indexOf(String(after)) > order.indexOf(String(before));
}

/**
 * The list after a system has stated its view of it: its own items as it states them now, of others' items only what was
 * empty is filled in, and none of them is taken away. Stating the same again changes nothing.
 */
export function unite(before: Json | undefined, stated: Json | undefined, system: string): Json {
  const held = itemsOf(before);
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
  for (const [key, item] of said) if (!seen.has(key)) united.push(item);
  return united;
}

const itemsOf = (value: Json | undefined): readonly Document[] =>
  Array.isArray(value) ? (value as readonly Document[]) : [];

const keyOf = (item: Document): string => String(item['key'] ?? '');
