/**
 * Comparing what was asked for with what is there. What is there may hold more: fields of its own inside objects, and, when
 * that is allowed, items of its own beside the asked ones in lists of objects.
 */
import { sameJson } from './content-hash.js';
import { isObject, type Document, type Field, type Json } from './document.js';

export interface SaysOptions {
  /** Lists of objects may hold further items, and hold them in another order. */
  readonly mayHoldMore?: boolean;
  /** Lists of objects may hold the same items in another order. */
  readonly anyOrder?: boolean;
}

/** True when `there` says what was asked; an empty wish is met by an absent value. */
export function says(there: Json | undefined, asked: Json, options: SaysOptions = {}): boolean {
  if (asked === null) return there === undefined || there === null || there === '';
  if (Array.isArray(asked)) return listSays(there, asked as readonly Json[], options);
  if (!isObject(asked)) return there === asked;
  // An object of empty wishes is an empty wish.
  if (!isObject(there) && there !== undefined && there !== null) return false;
  return Object.entries(asked).every(([name, value]) => says(there?.[name], value, options));
}

function listSays(there: Json | undefined, asked: readonly Json[], options: SaysOptions): boolean {
  if (!Array.isArray(there)) return asked.length === 0 && (there === undefined || there === null);
  const items = there as readonly Json[];
  if (items.length === asked.length && asked.every((item, index) => says(items[index], item, options))) return true;
  const isLoose = options.mayHoldMore === true || (options.anyOrder === true && items.length === asked.length);
  if (!isLoose || asked.length === 0 || !asked.every(isObject)) return sameJson(items, asked);
  return (
    items.length * asked.length <= 250_000 && asked.every((item) => items.some((each) => says(each, item, options)))
  );
}

/** The part of `value` that `like` speaks of: in objects, and in the objects of lists, only fields that it has. */
export function alike(value: Json, like: Json | undefined): Json {
  if (isObject(value) && isObject(like)) {
    const part: Record<string, Json> = {};
    for (const name of Object.keys(like)) {
      const inner = value[name];
      if (inner !== undefined) part[name] = alike(inner, like[name]);
    }
    return part;
  }
  if (!Array.isArray(value) || !Array.isArray(like) || !(like as readonly Json[]).every(isObject) || like.length === 0)
    return value;
  const fields = new Map<string, Json>();
  for (const item of like as readonly Document[])
    for (const [name, inner] of Object.entries(item)) fields.set(name, inner);
  const shape = Object.fromEntries(fields);
  return (value as readonly Json[]).map((item) => (isObject(item) ? alike(item, shape) : item));
}

/** Names of the lists among the fields that are the hub's as a whole: they may not hold more. */
export const wholeListsOf = (fields: readonly Field[]): ReadonlySet<string> =>
  new Set(fields.filter((field) => field.whole === true).map((field) => field.name));

/** Names of the fields to which a write only adds: there may have been nothing to add. */
export const addedToOf = (fields: readonly Field[]): ReadonlySet<string> =>
  new Set(fields.filter((field) => field.advances === true).map((field) => field.name));
