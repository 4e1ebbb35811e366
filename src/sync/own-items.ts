/**
 * In some lists of a record (articles of a product, characteristics, custom fields) people in the target have items of their own beside
 * the hub's. Pure. In: what the target showed. Out: the same without items that the hub neither wants nor has asked for: those are
 * nobody's but theirs, so that they are no difference, and no write takes them out.
 */
import { isObject, type Document, type Field, type Json } from '../base/document.js';
import type { Projection } from '../store/projections.js';
import type { Prepared } from './plan.js';

/** The row with what the target holds of the hub's. */
export function withOwnItemsOnly(
  { row, mapped }: { readonly row: Projection; readonly mapped: Prepared },
  fields: readonly Field[],
): Projection {
  if (mapped.type !== 'mapped' || row.held === null) return row;
  const said = [mapped.document, ...(row.wanted === null ? [] : [row.wanted])];
  return { ...row, held: withOwnItems(row.held, said, fields) };
}

/** `said`: the record as it is wanted now, and as it was asked for. */
export function withOwnItems(held: Document, said: readonly Document[], fields: readonly Field[]): Document {
  const kept: Record<string, Json> = {};
  for (const field of fields) {
    const key = keyOf(field);
    if (key === undefined || !Array.isArray(held[field.name])) continue;
    const spoken = byKey(
      said.flatMap((document) => itemsIn(document[field.name])),
      key,
    );
    kept[field.name] = (held[field.name] as readonly Json[]).flatMap((item): readonly Json[] => {
      if (!isObject(item)) return [item];
      const its = spoken.get(String(item[key]));
      return its === undefined ? [] : [withOwnItems(item, its, field.fields ?? [])];
    });
  }
  return Object.keys(kept).length === 0 ? held : { ...held, ...kept };
}

/** Undefined where all items are the hub's, or a connector sees to it. */
const keyOf = ({ itemKey, byCode }: Field): string | undefined =>
  itemKey ?? (byCode === undefined ? undefined : 'code');

function byKey(items: readonly Document[], key: string): ReadonlyMap<string, readonly Document[]> {
  const found = new Map<string, Document[]>();
  for (const item of items) {
    const name = String(item[key]);
    const same = found.get(name);
    if (same === undefined) found.set(name, [item]);
    else same.push(item);
  }
  return found;
}

const itemsIn = (value: Json | undefined): readonly Document[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
