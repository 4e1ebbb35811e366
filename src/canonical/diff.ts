/** What differs between two documents, field by field. Pure. */
import type { Document } from '../base/document.js';
import { sameJson } from '../base/content-hash.js';
import type { Changes } from './record.js';

/** Fields that hold something else after than before; an absent field is null. */
export function diff(before: Document, after: Document): Changes {
  const changes: Record<string, Changes[string]> = {};
  for (const field of Object.keys(after)) {
    if (!sameJson(before[field], after[field])) changes[field] = [before[field] ?? null, after[field] ?? null];
  }
  for (const field of Object.keys(before)) {
    if (after[field] === undefined && before[field] !== null) changes[field] = [before[field] ?? null, null];
  }
  return changes;
}
