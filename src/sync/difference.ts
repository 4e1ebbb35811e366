/**
 * Which top-level fields of a record a target has to be told. Pure. A field needs a write when the hub wants something else
 * than it last asked for, or when somebody changed it in the target, and the target does not say the wanted thing already.
 * What a target makes of a value (rounding, trimming) is therefore no difference.
 */
import { sameJson } from '../base/content-hash.js';
import type { Document, Field, Json } from '../base/document.js';
import { alike, says } from '../base/says.js';
import { isIdle } from './idle-wishes.js';

export interface Known {
  /** The document of the last acknowledged write. */
  readonly wanted: Document | null;
  /** What the target held after it, or showed later. */
  readonly held: Document | null;
  /** Fields that were changed in the target. */
  readonly drifted: readonly string[];
  /** Fields that were moved back on purpose. */
  readonly movedBack?: ReadonlySet<string>;
}

/** Stands in `drifted` for "the target showed the record while it was being written": look before judging. */
export const unclear = '*';

/**
 * Top-level fields of `wanted` that differ from what is known, in order. A field that advances is left where the target has
 * it when that is further on, unless it was moved back on purpose: then the target is asked, and what it refuses is seen.
 */
export function changedFields(wanted: Document, known: Known, fields: readonly Field[] = []): readonly string[] {
  const advancing = new Map(fields.filter((field) => field.advances === true).map((field) => [field.name, field]));
  return Object.keys(wanted).filter((field) => {
    const value = wanted[field] ?? null;
    const isAsked = known.wanted !== null && field in known.wanted && sameJson(known.wanted[field], value);
    const isToGoBack = !isAsked && known.movedBack?.has(field) === true;
    if (!isToGoBack && isFurther(advancing.get(field), known.held?.[field], value)) return false;
    if (isAsked && !known.drifted.includes(field)) return false;
    // Nothing known of a field is not the same as nothing there: what it is emptied of may be the target's own.
    if (known.held === null || (isIdle(value) && !Object.hasOwn(known.held, field))) return true;
    return !says(known.held[field], value);
  });
}

/** Whether the target is further on than it is asked to be. */
function isFurther(field: Field | undefined, held: Json | undefined, value: Json): boolean {
  const places: readonly Json[] = field?.values ?? [];
  const wanted = places.indexOf(value);
  return wanted >= 0 && held !== undefined && places.indexOf(held) > wanted;
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

/**
 * What a target holds of the fields that were asked for: the image that echoes and drift are measured against. `known` is
 * the image before. What was found filled where the hub has nothing to say is people's own, and no part of it.
 */
export function imageOf(
  held: Document,
  asked: Document,
  fields: Iterable<string>,
  known: Document | null = null,
): Document {
  const image: Record<string, Json> = {};
  for (const [field, value] of Object.entries(pick(held, fields))) {
    const isTheirs = isIdle(asked[field]) && !isIdle(value) && !Object.hasOwn(known ?? {}, field);
    if (!isTheirs) image[field] = alike(value, asked[field]);
  }
  return image;
}

/** Fields of `before` that `after` says otherwise; lists may hold more by now, unless they are the hub's as a whole. */
export function strayedFields(before: Document, after: Document, wholeLists: ReadonlySet<string>): readonly string[] {
  return Object.keys(before).filter(
    (field) =>
      !says(after[field], before[field] ?? null, wholeLists.has(field) ? { anyOrder: true } : { mayHoldMore: true }),
  );
}

/** Fields of `before` that `after` shows with another value. */
export function differingFields(before: Document, after: Document): readonly string[] {
  return Object.keys(before).filter((field) => !sameJson(before[field], after[field]));
}
