/**
 * What a record of Softmaat must look like, so that a changed contract is noticed here and not as nonsense later. In: any
 * JSON. Out: where it is wrong. Unknown fields are let through: they stay in the log for later. Pure.
 */
import type { Document, Json } from '../../base/document.js';
import { microsOf } from './instant.js';

type Check = (value: Json) => boolean;
/** `?` at the end of a name: may be null or absent. */
export type Shape = Readonly<Record<string, Check>>;

export const text: Check = (value) => typeof value === 'string';
export const filled: Check = (value) => typeof value === 'string' && value !== '';
export const flag: Check = (value) => typeof value === 'boolean';
export const integer: Check = (value) => typeof value === 'number' && Number.isSafeInteger(value);
export const decimal: Check = (value) => typeof value === 'string' && /^-?\d{1,20}(\.\d{1,10})?$/.test(value);
export const instant: Check = (value) => typeof value === 'string' && microsOf(value) !== undefined;
export const one =
  (...values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value);
export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
export const object =
  (shape: Shape): Check =>
  (value) =>
    problemIn(shape, value) === undefined;

export const productShape: Shape = {
  id: filled,
  sku: filled,
  type: one('simple', 'configurable', 'variant'),
  'parentSku?': text,
  name: text,
  'shortDescription?': text,
  'description?': text,
  'price?': object({ amount: decimal, currency: text, taxIncluded: flag }),
  'taxCode?': text,
  'ean?': text,
  'brand?': text,
  'weightGrams?': integer,
  active: flag,
  visibleInShop: flag,
  manageStock: flag,
  categoryIds: listOf(filled),
  options: listOf(object({ code: text, value: text })),
  characteristics: listOf(object({ code: text, value: text, 'unit?': text })),
  updatedAt: instant,
  version: integer,
};

export const categoryShape: Shape = {
  id: filled,
  'code?': text,
  name: text,
  'parentId?': filled,
  'position?': integer,
  active: flag,
  updatedAt: instant,
  version: integer,
};

export const warehouseShape: Shape = { code: filled, name: text };

export const stockRowShape: Shape = {
  sku: filled,
  warehouseCode: filled,
  onHand: decimal,
  reserved: decimal,
  incoming: decimal,
  available: decimal,
  updatedAt: instant,
  version: integer,
};

export const accountShape: Shape = {
  id: filled,
  name: filled,
  currency: filled,
  country: filled,
  timeZone: filled,
  apiVersion: filled,
};

/** The first field that is wrong, as a path; undefined when all is well. */
export function problemIn(shape: Shape, value: Json): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is no object';
  const document = value as Document;
  for (const [key, check] of Object.entries(shape)) {
    const optional = key.endsWith('?');
    const name = optional ? key.slice(0, -1) : key;
    const member = Object.hasOwn(document, name) ? document[name] : undefined;
    if (member === undefined || member === null) {
      if (!optional) return `${name} is missing`;
    } else if (!check(member)) return `${name} is not what it should be`;
  }
  return undefined;
}
