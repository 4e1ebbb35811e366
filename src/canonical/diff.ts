/** What differs between two documents, field by field. Pure. */
import type { Document, Json } from '../base/document.js';
import { sameJson } from '../base/content-hash.js';
import type { Changes } from './record.js';

/** Fields that hold something else after than before; an absent field is null. */
export function diff(before: Document, after: Document): Changes {
  const changes: Record<string, Changes[string]> = {};
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const pair = [held(before, field), held(after, field)] as const;
    if (!sameJson(pair[0], pair[1])) changes[field] = pair;
  }
  return changes;
}

/** A field may be called like something that every object has. */
const held = (document: Document, field: string): Json =>
  Object.hasOwn(document, field) ? (document[field] ?? null) : null;
