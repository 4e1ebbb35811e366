/** The value that a problem is about. Pure: in a payload and a path such as `lines.0.taxRate`, out what stands there, or null. */
import type { Json } from '../base/document.js';

/** Where paths begin: in the document to be written, in the record that was read, or in the payload itself. */
const roots = ['wanted', 'document'] as const;

export function valueAt(payload: Json, path: string | null): Json {
  if (path === null || path === '') return null;
  const starts = [...roots.map((root) => below(payload, root)), payload];
  for (const start of starts) {
    const found = path.split('.').reduce<Json | undefined>((value, name) => below(value, name), start);
    if (found !== undefined) return found;
  }
  return null;
}

function below(value: Json | undefined, name: string): Json | undefined {
  if (Array.isArray(value)) return /^\d{1,6}$/.test(name) ? (value as readonly Json[])[Number(name)] : undefined;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, Json>>)[name];
}
