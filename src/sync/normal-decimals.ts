/** A system's image of a record with its decimals in normal form: `"10.00"` is what was asked for as `"10"`. Pure. */
import { normaliseDecimal } from '../base/decimal.js';
import type { Document, Field, Json } from '../base/document.js';

/** The same document when there is nothing to change. */
export function withNormalDecimals(document: Document, fields: readonly Field[]): Document {
  let out: Record<string, Json> | undefined;
  for (const field of fields) {
    const value = document[field.name];
    if (value === undefined || value === null) continue;
    const made = Array.isArray(value)
      ? (value as readonly Json[]).map((item) => normalOf(item, field))
      : normalOf(value, field);
    if (made === value) continue;
    out ??= { ...document };
    out[field.name] = made;
  }
  return out ?? document;
}

function normalOf(value: Json, field: Field): Json {
  if (field.type === 'decimal') {
    return typeof value === 'string' || typeof value === 'number' ? (normaliseDecimal(String(value)) ?? value) : value;
  }
  if (field.fields === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return withNormalDecimals(value as Document, field.fields);
}
