/** Values of a record in one form each, by the catalogue, so that `12.10` is `12.1` and an instant is one in any zone. Pure. */
import { normaliseDecimal } from '../../base/decimal.js';
import type { Document, Field, Json } from '../../base/document.js';
import { instantOf, microsOf } from './instant.js';

export function normalValue(value: Json, field: Field | undefined): Json {
  if (field === undefined || value === null) return value;
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item) => normalValue(item, { ...field, list: false }));
  if (typeof value === 'object') {
    const entries = Object.entries(value as Document).map(([name, inner]): [string, Json] => [
      name,
      normalValue(
        inner,
        field.fields?.find((one) => one.name === name),
      ),
    ]);
    return Object.fromEntries(entries);
  }
  if (typeof value !== 'string') return value;
  if (field.type === 'decimal') return normaliseDecimal(value) ?? value;
  const micros = field.type === 'instant' ? microsOf(value) : undefined;
  return micros === undefined ? value : instantOf(micros);
}
