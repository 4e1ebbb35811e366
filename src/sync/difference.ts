/**
 * Which top-level fields of a record a target has to be told. Pure. A field needs a write when the hub wants something else
 * than it last asked for, or when somebody changed it in the target, and the target does not say the wanted thing already.
 * What a target makes of a value (rounding, trimming) is therefore no difference.
 */
import { sameJson } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';

export interface Known {
  /** The document of the last acknowledged write. */
  readonly wanted: Document | null;
  /** What the target held after it, or showed later. */
  readonly held: Document | null;
  /** Fields that were changed in the target. */
  readonly drifted: readonly string[];
}

/** Stands in `drifted` for "the target showed the record while it was being written": look before judging. */
export const unclear = '*';

/** Top-level fields of `wanted` that differ from what is known, in order. */
export function changedFields(wanted: Document, known: Known): readonly string[] {
  return Object.keys(wanted).filter((field) => {
    const value = wanted[field] ?? null;
    const isAsked = known.wanted !== null && field in known.wanted && sameJson(known.wanted[field], value);
    if (isAsked && !known.drifted.includes(field)) return false;
    return known.held === null || !says(known.held[field], value);
  });
}

/** True when a held value says the wanted one; objects may hold more, an empty wish is met by an absent value. */
export function says(held: Json | undefined, wanted: Json): boolean {
  if (wanted === null) return held === undefined || held === null || held === '';
  if (typeof wanted !== 'object') return held === wanted;
  if (Array.isArray(wanted)) {
    if (!Array.isArray(held)) return wanted.length === 0 && (held === undefined || held === null);
    const items = held as readonly Json[];
    return (
      items.length === wanted.length && (wanted as readonly Json[]).every((item, index) => says(items[index], item))
    );
  }
  if (typeof held !== 'object' || held === null || Array.isArray(held)) return false;
  return Object.entries(wanted).every(([name, value]) => says((held as Document)[name], value as Json));
}

/** The named fields of a document; absent ones are left out. */
export function pick(document: Document, fields: Iterable<string>): Document {
  const picked: Record<string, Json> = {};
  for (const field of fields) {
    const value = Object.hasOwn(document, field) ? document[field] : undefined;
    if (value !== undefined) picked[field] = value;
  }
  return picked;
}

/** Fields of `before` that `after` shows with another value. */
export function differingFields(before: Document, after: Document): readonly string[] {
  return Object.keys(before).filter((field) => !sameJson(before[field], after[field]));
}
