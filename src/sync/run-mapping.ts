/** One run of a published outbound mapping over a record that the target has, or has not yet. Pure. */
import type { Document, Json } from '../base/document.js';
import { cleanJson } from '../canonical/clean-text.js';
import type { MappedRecord } from '../mapping/mapping.js';
import type { PublishedMapping } from './configuration.js';

/**
 * What an expression cuts in half or makes up cannot be stored, nor written in XML: it is cleaned as what comes in is. What cannot be said of fields that the target has stated itself is no problem: nothing of them is written.
 */
export function runMapping(
  { compiled }: PublishedMapping,
  document: Document,
  isThere: boolean,
  ofTarget: ReadonlySet<string>,
): MappedRecord {
  if (!isThere) return cleaned(compiled.run(document, 'create'));
  const mapped = compiled.run(document, 'update');
  return cleaned(mapped.type === 'failed' && ofTarget.size > 0 ? compiled.run(document, 'update', ofTarget) : mapped);
}

const cleaned = (mapped: MappedRecord): MappedRecord => cleanJson(mapped as unknown as Json) as unknown as MappedRecord;
