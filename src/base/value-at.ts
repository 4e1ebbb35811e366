/** What stands at a dotted path of a document, such as `lines.0.taxRate`. Pure and total: undefined where there is nothing. */
import type { Json } from './document.js';

export function valueAt(document: Json, path: string | null | undefined): Json | undefined {
  if (path === undefined || path === null || path === '') return undefined;
  return path.split('.').reduce<Json | undefined>(below, document);
}

function below(value: Json | undefined, name: string): Json | undefined {
  if (Array.isArray(value)) return /^\d{1,6}$/.test(name) ? (value as readonly Json[])[Number(name)] : undefined;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, Json>>)[name];
}
