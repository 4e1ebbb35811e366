/**
 * Wishes for nothing: an empty value says "clear this" only where the hub has put something before. Elsewhere it means that
 * the hub has nothing to say, and what people have there stays. Pure. In: what a mapping made, what was asked for last. Out:
 * the same without the idle wishes inside lists of objects; whole fields are judged by who stated them (owned-by-target.ts).
 */
import { sameJson } from '../base/content-hash.js';
import { isObject, type Document, type Field, type Json } from '../base/document.js';

/** Whether nothing is wished. */
export const isIdle = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

export function withoutIdleWishes(document: Document, asked: Document | null, fields: readonly Field[]): Document {
  let left: Record<string, Json> | undefined;
  for (const field of fields) {
    const wish = document[field.name];
    if (field.list !== true || field.fields === undefined || !Array.isArray(wish)) continue;
    left = { ...(left ?? document), [field.name]: itemsOf(wish as readonly Json[], asked?.[field.name], field.fields) };
  }
  return left ?? document;
}

function itemsOf(wishes: readonly Json[], asked: Json | undefined, members: readonly Field[]): readonly Json[] {
  const before = (Array.isArray(asked) ? asked : []) as readonly Json[];
  const keys = members.filter(({ required }) => required === true).map(({ name }) => name);
  return wishes.map((wish, index) => {
    if (!isObject(wish)) return wish;
    // Items are known by what each of them must have; where they have nothing of that kind, by their place.
    const same =
      keys.length === 0
        ? before[index]
        : before.find((item) => isObject(item) && keys.every((key) => sameJson(item[key], wish[key])));
    const former = isObject(same) ? same : {};
    return Object.fromEntries(Object.entries(wish).filter(([name, value]) => !isIdle(value) || !isIdle(former[name])));
  });
}
