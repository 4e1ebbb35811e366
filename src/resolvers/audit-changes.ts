/**
 * What a change made different, for the audit: by field, as `[before, after]`. In: what was and what is set. Out: only what differs, fields
 * inside objects with their whole path. Pure. Secrets must not be given to it.
 */
import { sameJson } from '../base/content-hash.js';
import { isObject, type Document, type Json } from '../base/document.js';

/** Fields that only one of the two has were, or are, not set. */
export function changesBetween(
  before: Document,
  after: Document,
  prefix = '',
): Readonly<Record<string, readonly Json[]>> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.assign(
    {},
    ...names.map((name) => {
      const [was, is] = [before[name], after[name]];
      if ((isObject(was) || was == null) && (isObject(is) || is == null) && !(was == null && is == null))
        return changesBetween(was ?? {}, is ?? {}, `${prefix}${name}.`);
      return sameJson(was ?? null, is ?? null) ? {} : { [prefix + name]: [was ?? null, is ?? null] };
    }),
  ) as Readonly<Record<string, readonly Json[]>>;
}
