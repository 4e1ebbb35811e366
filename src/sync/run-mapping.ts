/** One run of a published outbound mapping over a record that the target has, or has not yet. Pure. */
import type { Document } from '../base/document.js';
import type { MappedRecord } from '../mapping/mapping.js';
import type { PublishedMapping } from './configuration.js';

/** What cannot be said of fields that the target has stated itself is no problem: nothing of them is written. */
export function runMapping(
  { compiled }: PublishedMapping,
  document: Document,
  isThere: boolean,
  ofTarget: ReadonlySet<string>,
): MappedRecord {
  if (!isThere) return compiled.run(document, 'create');
  const mapped = compiled.run(document, 'update');
  return mapped.type === 'failed' && ofTarget.size > 0 ? compiled.run(document, 'update', ofTarget) : mapped;
}
