/** What an expression gives, as documents hold it. */
import { Optional } from '@marcbachmann/cel-js';
import type { Json } from '../../base/document.js';
import { normaliseDecimal } from '../../base/decimal.js';
import { Decimal } from './decimal.js';
import { ExpressionFailure } from './failure.js';
import { documentOf, View } from './views.js';

/** A value of the language as documents hold it; undefined for nothing. */
export function toJson(value: unknown): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (typeof value === 'number') return numberText(value);
  if (value instanceof Decimal) return value.toString();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (value instanceof Optional) return value.hasValue() ? toJson(value.value()) : undefined;
  if (value instanceof View) return documentOf(value);
  if (Array.isArray(value)) return value.map(toJson).filter((each): each is Json => each !== undefined);
  if (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null) {
    const entries = Object.entries(value as object).map(([name, each]) => [name, toJson(each)] as const);
    return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
  }
  throw new ExpressionFailure('the expression gives something that no field holds');
}

/** A literal with a point, as the decimal that is written. */
function numberText(value: number): string {
  const text = normaliseDecimal(String(value));
  if (text === undefined) throw new ExpressionFailure('the expression gives no number');
  return text;
}
